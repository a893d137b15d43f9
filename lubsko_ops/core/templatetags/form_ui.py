"""Components of forms as template tags, builtin in every template: fields, error summary, the bar with the buttons.

As in ``ui``, tags render only their arguments, and their markup is in templates/components/ and templates/bootstrap5/.
"""

from django import forms, template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from lubsko_ops.core.forms import is_deleted
from lubsko_ops.core.polish import count_of
from lubsko_ops.core.templatetags.ui import render_component

register = template.Library()


@register.inclusion_tag("components/savebar.html")
def savebar(
    label: str,
    keeps_drafts: bool = True,
    saved_at: str = "",
    cancel_url: str = "",
    submit_value: str = "",
    secondary_label: str = "",
):
    """The bar at the foot of a form: draft status, primary button, "Zapisz szkic" (without JavaScript), "Anuluj".

    submit_value: posted as "then" by the primary button; secondary_label: a second button that saves without it, as
    Enter in a field does.
    """
    return {
        "label": label,
        "keeps_drafts": keeps_drafts,
        "saved_at": saved_at,
        "cancel_url": cancel_url,
        "submit_value": submit_value,
        "secondary_label": secondary_label,
    }


@register.simple_tag
def error_summary(*forms_and_formsets, heading: str = "") -> SafeString:
    """All errors above the form, with links to the fields. Empty when there are none.

    heading: by default `error_title` of the first form ("Rodziny nie zapisano."). The number of places is added;
    several errors of one field count as one place.
    """
    errors = [error for each in forms_and_formsets if each is not None for error in list_errors(each)]
    if not errors:
        return SafeString()
    heading = heading or getattr(forms_and_formsets[0], "error_title", "Nie zapisano.")
    places = count_of(len({target or message for target, message in errors}), "miejsce,miejsca,miejsc")
    return render_component("error_summary", heading=heading, places=places, errors=errors)


def list_errors(form) -> list[tuple[str, str]]:
    """Pairs (id of the widget or '', message) of a form or formset, in page order."""
    if hasattr(form, "error_summary"):  # a BaseForm includes the errors of its formsets
        return form.error_summary()
    if isinstance(form, forms.BaseFormSet):
        rows = [row for row in form.forms if not is_deleted(row)]
        return [("", str(e)) for e in form.non_form_errors()] + [e for row in rows for e in list_errors(row)]
    errors = [("", str(error)) for error in form.non_field_errors()]
    for bound in form:
        target = "" if bound.is_hidden else bound.id_for_label or f"{bound.auto_id}_0"
        errors += [(target, str(error)) for error in bound.errors]
    return errors


register.filter(is_deleted)


@register.simple_tag
def field(bound: forms.BoundField, label: str | None = None, hint: str | None = None, **attrs) -> SafeString:
    """One field in the project's markup, also for forms of libraries; attrs: of the widget (_ means -)."""
    widget_attrs = bound.field.widget.attrs
    widget_attrs.pop("placeholder", None)  # libraries set it to the label
    widget_attrs.update({name.replace("_", "-"): value for name, value in attrs.items()})
    bound.label = bound.label if label is None else label
    bound.help_text = bound.help_text if hint is None else hint
    return render_to_string("bootstrap5/field.html", {"field": bound})


@register.filter
def widget(bound: forms.BoundField) -> SafeString:
    """The widget of a field with Bootstrap classes; dates are typed on the numeric keyboard of a phone."""
    widget = bound.field.widget
    attrs = {}
    if isinstance(widget, forms.CheckboxInput):
        css = "form-check-input"
    else:
        css = "form-select" if isinstance(widget, forms.Select) else "form-control"
    if isinstance(widget, forms.DateInput):
        attrs = {"inputmode": "numeric", "autocomplete": "off", "placeholder": "dd.mm.rrrr"}
    extra = widget.attrs.get("class", "")
    return bound.as_widget(attrs=attrs | widget.attrs | {"class": f"{css} {extra}".strip()})


@register.filter
def widget_variant(bound: forms.BoundField) -> str:
    """Rendering of a choice: seg, chips, tiles or check, from data-look; a few short radios are seg."""
    widget = bound.field.widget
    if variant := widget.attrs.get("data-look"):
        return variant
    labels = [str(label) for _, label in getattr(widget, "choices", ())]
    few = isinstance(widget, forms.RadioSelect) and len(labels) <= 4 and sum(map(len, labels)) <= 32
    return "seg" if few and not isinstance(widget, forms.CheckboxSelectMultiple) else "check"


@register.filter
def widget_is(bound: forms.BoundField, kind: str) -> bool:
    """Whether the widget is a 'checkbox' or a 'choice' (radios, several checkboxes)."""
    widget = bound.field.widget
    if kind == "checkbox":
        return isinstance(widget, forms.CheckboxInput)
    return isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple)


@register.filter
def choice_groups(bound: forms.BoundField) -> list[tuple[str | None, list[dict]]]:
    """The options of a choice by group; adjacent options without a group form one list."""
    widget = bound.field.widget
    attrs = bound.build_widget_attrs({"id": widget.attrs.get("id") or bound.auto_id})
    groups: list[tuple[str | None, list[dict]]] = []
    for name, options, _ in widget.optgroups(bound.html_name, widget.format_value(bound.value()), attrs):
        if groups and groups[-1][0] == name:
            groups[-1][1].extend(options)
        else:
            groups.append((name, list(options)))
    return groups


@register.filter
def first_line(text) -> str:
    """Text before the line break: the title of a tile."""
    return str(text).partition("\n")[0]


@register.filter
def second_line(text) -> str:
    """Text after the line break: the second line of a tile, or empty."""
    return str(text).partition("\n")[2]

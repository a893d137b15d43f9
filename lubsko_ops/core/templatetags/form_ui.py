"""Components of forms as template tags, builtin in every template: fields, error summary, the bar with the buttons.

As in ``ui``, tags render only their arguments. The markup of a field is in ``core/field_markup.py``, other markup in
templates/components/ and templates/bootstrap5/.
"""

from django import forms, template
from django.utils.safestring import SafeString

from lubsko_ops.core import field_markup
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


# ---- one field -------------------------------------------------------------------------------------
register.filter("widget", field_markup.draw_widget)
register.filter("field_hint", field_markup.draw_hint)
register.filter("field_errors", field_markup.draw_errors)
register.filter("choices", field_markup.draw_choices)
register.filter("option_input", field_markup.draw_option)
register.filter(field_markup.choice_groups)


@register.simple_tag
def field(bound: forms.BoundField, label: str | None = None, hint: str | None = None, **attrs) -> SafeString:
    """One field in the project's markup, also for forms of libraries; attrs: of the widget (_ means -)."""
    widget_attrs = bound.field.widget.attrs
    widget_attrs.pop("placeholder", None)  # libraries set it to the label
    widget_attrs.update({name.replace("_", "-"): value for name, value in attrs.items()})
    bound.label = bound.label if label is None else label
    bound.help_text = bound.help_text if hint is None else hint
    return field_markup.draw_field(bound)


@register.simple_tag
def layout_field(
    bound: forms.BoundField, wrapper_class: str = "", show_label: bool | str = True
) -> SafeString:
    """One field of a crispy layout (bootstrap5/field.html), with what the layout sets for it."""
    return field_markup.draw_field(bound, wrapper_class=wrapper_class, show_label=show_label is not False)


@register.filter
def first_line(text) -> str:
    """Text before the line break: the title of a tile."""
    return str(text).partition("\n")[0]


@register.filter
def second_line(text) -> str:
    """Text after the line break: the second line of a tile, or empty."""
    return str(text).partition("\n")[2]

"""The project's markup of one field: label, hint, error, control. ``{% field %}`` and ``{% crispy %}`` both come here.

Functions and not templates, because a form has a hundred fields and options, and a template costs most of each.
"""

from django import forms
from django.utils.safestring import SafeString, mark_safe

from lubsko_ops.core.form_renderer import attributes, escape, format_html

ERROR_ICON = mark_safe(
    '<svg class="i" aria-hidden="true" focusable="false"><use href="#i-exclamation-triangle-fill"/></svg>'
)
OPTIONAL = mark_safe(' <span class="opt">(nieobowiązkowe)</span>')
OPTION_CLASSES = {"chips": "chip", "tiles": "tile", "check": "check"}


def lines(*parts: str) -> SafeString:
    """Pieces of HTML, each on a line of its own; empty ones are left out."""
    return SafeString("\n".join(escape(part) for part in parts if part))


def draw_field(bound: forms.BoundField, *, wrapper_class: str = "", show_label: bool = True) -> SafeString:
    """One field. wrapper_class: further classes of its element; show_label: False hides it from sight only."""
    if bound.is_hidden:
        return bound.as_widget()
    errors = draw_errors(bound)
    css = " ".join(filter(None, ("field", "field-bad" if errors else "", wrapper_class)))
    if isinstance(bound.field.widget, forms.CheckboxInput):
        return draw_checkbox(bound, css, errors)
    hint, label = draw_hint(bound), bound.label
    if bound.field.required or getattr(bound.form, "mark_optional", True) is False:
        optional = ""
    else:
        optional = OPTIONAL
    if not bound.use_fieldset:
        hidden = "" if show_label else " visually-hidden"
        label = format_html(
            '<label class="form-label{}" for="{}">{}{}</label>', hidden, bound.id_for_label, label, optional
        )
        return format_html(
            '<div id="div_{}" class="{}">\n{}\n</div>',
            bound.auto_id,
            css,
            lines(label, hint, errors, draw_widget(bound)),
        )
    described = bound.aria_describedby
    return format_html(
        '<fieldset id="{}" class="{}"{}>\n<legend{}>{}{}</legend>\n{}\n</fieldset>',
        bound.auto_id,
        css,
        format_html(' aria-describedby="{}"', described) if described else "",
        "" if show_label else mark_safe(' class="visually-hidden"'),
        label,
        optional,
        lines(hint, errors, draw_choices(bound) if is_choice(bound) else draw_widget(bound)),
    )


def draw_checkbox(bound: forms.BoundField, css: str, errors: SafeString) -> SafeString:
    """A single checkbox: its label stands after it."""
    label = format_html(
        '<label class="check" for="{}">{}<span>{}</span></label>',
        bound.id_for_label,
        draw_widget(bound),
        bound.label,
    )
    return format_html(
        '<div id="div_{}" class="{}">\n{}\n</div>',
        bound.auto_id,
        css,
        lines(errors, label, draw_hint(bound)),
    )


def draw_errors(bound: forms.BoundField) -> SafeString:
    """The error messages of a field; empty when there are none."""
    if not bound.errors:
        return SafeString()
    messages = lines(*(format_html('<p class="error">{}{}</p>', ERROR_ICON, error) for error in bound.errors))
    return format_html('<div id="{}_error">\n{}\n</div>', bound.auto_id, messages)


def draw_hint(bound: forms.BoundField) -> SafeString:
    """The help text of a field; empty when there is none."""
    if not bound.help_text:
        return SafeString()
    return format_html('<div class="hint" id="{}_helptext">{}</div>', bound.auto_id, bound.help_text)


def draw_widget(bound: forms.BoundField) -> SafeString:
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


# ---- radios and several checkboxes -----------------------------------------------------------------
def is_choice(bound: forms.BoundField) -> bool:
    """Whether the widget is a set of radios or of checkboxes."""
    return isinstance(bound.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)


def choice_look(bound: forms.BoundField) -> str:
    """Rendering of a choice: seg, chips, tiles or check, from data-look; a few short radios are seg."""
    widget = bound.field.widget
    if look := widget.attrs.get("data-look"):
        return look
    labels = [str(label) for _, label in getattr(widget, "choices", ())]
    few = isinstance(widget, forms.RadioSelect) and len(labels) <= 4 and sum(map(len, labels)) <= 32
    return "seg" if few and not isinstance(widget, forms.CheckboxSelectMultiple) else "check"


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


def draw_choices(bound: forms.BoundField) -> SafeString:
    """The options of a choice; a named group is folded, except in the look "check"."""
    look = choice_look(bound)
    return lines(*(draw_group(look, name, options) for name, options in choice_groups(bound)))


def draw_group(look: str, name: str | None, options: list[dict]) -> SafeString:
    drawn = lines(*(draw_choice(look, option) for option in options))
    if look == "check":
        return lines(format_html('<p class="hint">{}</p>', name) if name else "", drawn)
    drawn = format_html('<div class="{}">\n{}\n</div>', look, drawn)
    if not name:
        return drawn
    return format_html('<details class="unfold mt-2">\n<summary>{}</summary>\n{}\n</details>', name, drawn)


def draw_choice(look: str, option: dict) -> SafeString:
    """One radio or checkbox with its label; the second line of a tile is what follows a line break."""
    label = option["label"]
    if look == "tiles":
        title, _, note = str(label).partition("\n")
        label = lines(format_html("<b>{}</b>", title), format_html("<span>{}</span>", note) if note else "")
    return format_html(
        "<label{}>\n{}\n<span>{}</span>\n</label>",
        "" if look == "seg" else format_html(' class="{}"', OPTION_CLASSES.get(look, "check")),
        draw_option(option, css="form-check-input" if look in ("check", "tiles") else ""),
        label,
    )


def draw_option(option: dict, css: str = "") -> SafeString:
    """The radio or checkbox itself."""
    return format_html(
        '<input{} type="{}" name="{}" value="{}"{}>',
        format_html(' class="{}"', css) if css else "",
        option["type"],
        option["name"],
        str(option["value"]),
        attributes(option["attrs"]),
    )

"""Layouts of forms: crispy's layout objects that draw their fields by functions.

Crispy renders a template for each field and row of a form, and parses the heading of each section as a template.
"""

from crispy_forms.layout import Div, Field, Fieldset, Layout
from crispy_forms.utils import TEMPLATE_PACK, render_field
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from lubsko_ops.core.field_markup import draw_field
from lubsko_ops.core.form_renderer import format_html


def is_plain(item) -> bool:
    """Whether a layout object is one field with nothing but a class of its element."""
    return (
        type(item) is Field and len(item.fields) == 1 and not item.attrs and item.template == Field.template
    )


def draw_item(item, form, context) -> str:
    """A field, by its name or with a class; everything else as crispy renders it."""
    name, wrapper_class = (item.fields[0], item.wrapper_class) if is_plain(item) else (item, None)
    if not isinstance(name, str) or name not in form.fields or name in form.rendered_fields:
        return render_field(item, form, context, template_pack=TEMPLATE_PACK)
    form.rendered_fields.add(name)
    show_label = context.get("form_show_labels") is not False
    return f"\n{draw_field(form[name], wrapper_class=wrapper_class or '', show_label=show_label)}\n"


class DrawnFields:
    """Mixin of a layout object: its fields are drawn by functions."""

    fields: list

    def get_rendered_fields(self, form, context, template_pack=TEMPLATE_PACK, **kwargs):
        return SafeString("".join(draw_item(item, form, context) for item in self.fields))


class FormLayout(DrawnFields, Layout):
    """The whole of a form."""


class FieldRow(DrawnFields, Div):
    """An element with a class around fields."""

    def render(self, form, context, template_pack=TEMPLATE_PACK, **kwargs):
        fields = self.get_rendered_fields(form, context)
        return format_html('<div class="{}">\n{}\n</div>\n', self.css_class, fields)


class Section(DrawnFields, Fieldset):
    """A section with a heading and, optionally, a note below it; both are HTML, written in the code."""

    def __init__(self, title: str, *fields, note: str = ""):
        super().__init__(title, *fields)
        self.note = note

    def render(self, form, context, template_pack=TEMPLATE_PACK, **kwargs):
        return format_html(
            '<fieldset class="fsec">\n{}{}{}\n</fieldset>\n',
            SafeString(f"<legend>\n<h2>{self.legend}</h2>\n</legend>\n" if self.legend else ""),
            SafeString(f'<p class="note">{self.note}</p>' if self.note else ""),
            self.get_rendered_fields(form, context),
        )


class TemplateLayout:
    """A layout object rendered from a template, with the form and the given context."""

    def __init__(self, template: str, **context):
        self.template, self.context = template, context

    def render(self, form, context, **kwargs):
        return render_to_string(self.template, {"form": form, **self.context})


def form_section(title: str, *content, note: str = "") -> Section:
    """A section of a form with a heading and, optionally, a note below it."""
    return Section(title, *content, note=note)


def side_by_side(*names, kind: str = "two-wide") -> FieldRow:
    """Fields in one row: ``two`` also on a phone, ``two-wide`` and ``three`` only from a tablet up."""
    return FieldRow(*names, css_class=f"row-f {kind}")

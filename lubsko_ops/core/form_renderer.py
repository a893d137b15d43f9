"""Form controls drawn by functions: the HTML of Django's own templates without rendering one per control and option."""

import html
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from django.forms.renderers import TemplatesSetting
from django.utils.formats import localize
from django.utils.safestring import SafeString, mark_safe


def escape(value: Any) -> str:
    """As Django's conditional_escape(), which costs twice as much: its decorator looks for translations."""
    if isinstance(value, SafeString):
        return value
    return value.__html__() if hasattr(value, "__html__") else html.escape(str(value))


def format_html(template: str, *values: Any) -> SafeString:
    """As Django's function of this name: the template with the values escaped."""
    return SafeString(template.format(*map(escape, values)))


def attributes(attrs: Mapping[str, Any]) -> SafeString:
    """Attributes of an element, each after a space; True gives one without a value, False none at all."""
    return SafeString(
        "".join(
            f" {escape(name)}" if value is True else f' {escape(name)}="{escape(value)}"'
            for name, value in attrs.items()
            if value is not False
        )
    )


def draw_input(widget: dict) -> SafeString:
    value = widget["value"]
    return format_html(
        '<input type="{}" name="{}"{}{}>',
        widget["type"],
        widget["name"],
        "" if value is None else format_html(' value="{}"', str_of(value)),
        attributes(widget["attrs"]),
    )


def draw_textarea(widget: dict) -> SafeString:
    # The browser drops the first line break after the tag, so a text that begins with one keeps it.
    return format_html(
        '<textarea name="{}"{}>\n{}</textarea>',
        widget["name"],
        attributes(widget["attrs"]),
        localize(widget["value"]) if widget["value"] else "",
    )


def draw_select(widget: dict) -> SafeString:
    parts = [format_html('<select name="{}"{}>', widget["name"], attributes(widget["attrs"]))]
    for group, options, _ in widget["optgroups"]:
        if group:
            parts.append(format_html('<optgroup label="{}">', localize(group)))
        parts += [CONTROLS[option["template_name"]](option) for option in options]
        if group:
            parts.append(mark_safe("</optgroup>"))
    return mark_safe("\n".join([*parts, "</select>"]))


def draw_option(option: dict) -> SafeString:
    return _draw_option(
        str_of(option["value"]), str(localize(option["label"])), tuple(option["attrs"].items())
    )


@lru_cache(4096)  # a filter has an option for each assistant and region, the same on every page
def _draw_option(value: str, label: str, attrs: tuple) -> SafeString:
    return format_html('<option value="{}"{}>{}</option>', value, attributes(dict(attrs)), label)


def str_of(value: object) -> str:
    """The value as Django's templates write it into an attribute: unlocalized."""
    return value if isinstance(value, str) else str(value)


INPUTS = [
    "text",
    "number",
    "email",
    "url",
    "tel",
    "search",
    "color",
    "password",
    "hidden",
    "file",
    "checkbox",
]
INPUTS += ["date", "datetime", "time"]
CONTROLS: dict[str, Callable[[dict], SafeString]] = {
    **{f"django/forms/widgets/{name}.html": draw_input for name in INPUTS},
    "django/forms/widgets/input.html": draw_input,
    "django/forms/widgets/textarea.html": draw_textarea,
    "django/forms/widgets/select.html": draw_select,
    "django/forms/widgets/select_option.html": draw_option,
}


class FormRenderer(TemplatesSetting):
    """Draws the controls of CONTROLS by their functions, all else (form sets, error lists) by templates as usual."""

    def render(self, template_name, context, request=None):
        draw = CONTROLS.get(template_name)
        return draw(context["widget"]) if draw else super().render(template_name, context, request)

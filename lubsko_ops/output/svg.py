"""SVG elements of the charts in chart.py."""

from decimal import Decimal
from textwrap import wrap

from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

Number = int | float | Decimal
WIDTH = 462  # text width of a portrait page, 163 mm, in points


def format_number(value: Number | None) -> str:
    """Polish notation: 1 234,5 with a non-breaking space, − below zero, "." for None."""
    if value is None:
        return "."
    return number_format(value, use_l10n=True, force_grouping=True).replace("-", "−")


def wrap_label(label: str, letters: int) -> list[str]:
    """Lines of a label for print, of about so many letters; at least one. Capitals are wider."""
    return wrap(label, letters * 3 // 4 if label.isupper() else letters) or [""]


def coordinate(value: float) -> str:
    """A coordinate with one decimal place."""
    return f"{value:.1f}"


def box(css: str, x: float, y: float, width: float, height: float) -> SafeString:
    """A rectangle for the screen, coloured by its class."""
    return format_html(
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>',
        css,
        x,
        coordinate(y),
        width,
        coordinate(height),
    )


def column(x: float, y: float, width: float, height: float, *, black: bool) -> SafeString:
    """A rectangle for print: black, or white with an outline."""
    return format_html(
        '<rect x="{}" y="{}" width="{}" height="{}" fill="{}" stroke="#000" stroke-width="0.6"/>',
        coordinate(x),
        coordinate(y),
        coordinate(width),
        coordinate(height),
        "#000" if black else "#fff",
    )


def text(x: float, y: float, content: str, *, anchor: str = "middle", bold: bool = False) -> SafeString:
    """Escaped text with its baseline at ``y``; ``anchor``: start, middle or end."""
    weight = SafeString(' font-weight="700"') if bold else ""
    return format_html(
        '<text x="{}" y="{}" text-anchor="{}"{}>{}</text>',
        coordinate(x),
        coordinate(y),
        anchor,
        weight,
        content,
    )


def line(x1: float, y1: float, x2: float, y2: float, *, dashed: bool = False) -> SafeString:
    """A black line: the base line of bars or, dashed, a limit."""
    return format_html(
        '<line x1="{}" y1="{}" x2="{}" y2="{}" stroke="#000" {}/>',
        coordinate(x1),
        coordinate(y1),
        coordinate(x2),
        coordinate(y2),
        SafeString('stroke-width="0.8" stroke-dasharray="3 2"' if dashed else 'stroke-width="0.9"'),
    )


def frame(description: str, width: float, height: float, content: SafeString, *, css: str) -> SafeString:
    """An SVG with its text alternative; hidden from screen readers without a description."""
    role = SafeString(' role="img"' if description else ' aria-hidden="true"')
    return format_html(
        '<svg{}{} width="{}" height="{}" viewBox="0 0 {} {}" focusable="false">{}{}</svg>',
        format_html(' class="{}"', css) if css else "",
        role,
        width,
        height,
        width,
        height,
        format_html("<title>{}</title>", description) if description else "",
        content,
    )


def print_frame(description: str, width: float, height: float, parts: list[SafeString]) -> SafeString:
    """An SVG for print (Lato, 8.5 pt, black) with its text alternative."""
    return format_html(
        '<svg role="img" viewBox="0 0 {0} {1}" width="{0}" height="{1}" font-family="Lato, Other Letters"'
        ' font-size="8.5" fill="#000"><title>{2}</title>{3}</svg>',
        width,
        coordinate(height),
        description,
        format_html_join("", "{}", ((part,) for part in parts)),
    )

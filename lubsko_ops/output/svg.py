"""The pieces the drawings of chart.py are made of: a number, a text, a line, a frame with its words."""

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

Number = int | float | Decimal
WIDTH = 462  # of the text on an upright page: 163 mm, so that one unit is one point


def format_number(value: Number | None) -> str:
    """The Polish way to write it: 1 234,5 with a non-breaking space, − below zero, "." for None."""
    if value is None:
        return "."
    return number_format(value, use_l10n=True, force_grouping=True).replace("-", "−")


def coordinate(value: float) -> str:
    """A coordinate: one decimal place is a third of a hair."""
    return f"{value:.1f}"


def box(css: str, x: float, y: float, width: float, height: float) -> SafeString:
    """A rectangle of the screen; the class gives the colour."""
    return format_html(
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>',
        css,
        x,
        coordinate(y),
        width,
        coordinate(height),
    )


def column(x: float, y: float, width: float, height: float, *, black: bool) -> SafeString:
    """A rectangle of paper: black, or white with an outline."""
    return format_html(
        '<rect x="{}" y="{}" width="{}" height="{}" fill="{}" stroke="#000" stroke-width="0.6"/>',
        coordinate(x),
        coordinate(y),
        coordinate(width),
        coordinate(height),
        "#000" if black else "#fff",
    )


def text(x: float, y: float, words: str, *, anchor: str = "middle", bold: bool = False) -> SafeString:
    """Words, escaped, standing on ``y``; ``anchor``: start, middle or end."""
    weight = SafeString(' font-weight="700"') if bold else ""
    return format_html(
        '<text x="{}" y="{}" text-anchor="{}"{}>{}</text>',
        coordinate(x),
        coordinate(y),
        anchor,
        weight,
        words,
    )


def line(x1: float, y1: float, x2: float, y2: float, *, dashed: bool = False) -> SafeString:
    """A black line: the ground a column stands on, or, dashed, a limit."""
    return format_html(
        '<line x1="{}" y1="{}" x2="{}" y2="{}" stroke="#000" {}/>',
        coordinate(x1),
        coordinate(y1),
        coordinate(x2),
        coordinate(y2),
        SafeString('stroke-width="0.8" stroke-dasharray="3 2"' if dashed else 'stroke-width="0.9"'),
    )


def frame(said: str, width: float, height: float, drawn: SafeString, *, css: str) -> SafeString:
    """The drawing with its words as the text alternative; without words it is hidden from a screen reader."""
    role = SafeString(' role="img"' if said else ' aria-hidden="true"')
    return format_html(
        '<svg{}{} width="{}" height="{}" viewBox="0 0 {} {}" focusable="false">{}{}</svg>',
        format_html(' class="{}"', css) if css else "",
        role,
        width,
        height,
        width,
        height,
        format_html("<title>{}</title>", said) if said else "",
        drawn,
    )


def print_frame(said: str, width: float, height: float, parts: list[SafeString]) -> SafeString:
    """The drawing for paper: Lato, black, 8.5 points, and the words that say all of it."""
    return format_html(
        '<svg role="img" viewBox="0 0 {0} {1}" width="{0}" height="{1}" font-family="Lato" font-size="8.5"'
        ' fill="#000"><title>{2}</title>{3}</svg>',
        width,
        coordinate(height),
        said,
        format_html_join("", "{}", ((part,) for part in parts)),
    )

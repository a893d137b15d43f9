"""Bars of a part of a whole, one under another: who came of those who could, what was spent of what was planned.

On the screen colours come from classes in reports.css; in print there is black and white only. Every number stands
beside its bar as text.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from lubsko_ops.output.svg import WIDTH, Number, box, column, print_frame, text, wrap_label

SCREEN_LENGTH, SCREEN_HEIGHT = 300.0, 14
START, LENGTH, BAR = 166.0, 206.0, 8.5  # of the bars in print
LABEL_LETTERS, LINE, ROW = 36, 10.0, 15.0  # of the labels in print


@dataclass(frozen=True)
class PartBar:
    """A bar. ``text``: its numbers in words: "13 z 14"; the part may be larger than the whole."""

    label: str
    part: Number
    whole: Number
    text: str


def part_bars(
    title: str, rows: Sequence[PartBar], *, part_name: str, whole_name: str, for_print: bool = False
) -> SafeString:
    """A full bar of each part in the outline of its whole. ``part_name``, ``whole_name``: what they are, for the key.

    Raises ValueError for a number below zero.
    """
    if any(row.part < 0 or row.whole < 0 for row in rows):
        raise ValueError("A bar cannot show a number below zero.")
    top = float(max([1, *(max(row.part, row.whole) for row in rows)]))
    key = f"pełny słupek: {part_name}, ramka: {whole_name}"
    draw = _print_bars if for_print else _screen_bars
    return draw(title, rows, top, key)


def _screen_bars(title: str, rows: Sequence[PartBar], top: float, key: str) -> SafeString:
    """A list that makes sense without its pictures; each bar is an SVG of its own, as wide as the page allows."""
    items = []
    for row in rows:
        part, whole = (SCREEN_LENGTH * float(value) / top for value in (row.part, row.whole))
        bars = format_html(
            "{}{}",
            box("p-whole", 0, 0, whole, SCREEN_HEIGHT) if row.whole else "",
            box("p-part", 0, 3, part, SCREEN_HEIGHT - 6) if row.part else "",
        )
        items.append((row.label, row.text, int(SCREEN_LENGTH), SCREEN_HEIGHT, bars))
    drawn = format_html_join(
        "",
        '<li><span>{}</span><b>{}</b><svg viewBox="0 0 {} {}" preserveAspectRatio="none" aria-hidden="true"'
        ' focusable="false">{}</svg></li>',
        items,
    )
    return format_html(
        '<ol class="plain part-bars" aria-label="{}">{}</ol><p class="note">{}.</p>',
        title,
        drawn,
        key[0].upper() + key[1:],
    )


def _print_bars(title: str, rows: Sequence[PartBar], top: float, key: str) -> SafeString:
    parts: list[SafeString] = []
    y = 4.0
    for row in rows:
        lines = wrap_label(row.label, LABEL_LETTERS)
        middle = y + ROW / 2
        for number, label in enumerate(lines):
            parts.append(text(0, middle + 3 + LINE * number, label, anchor="start"))
        if row.whole:
            parts.append(column(START, middle - BAR / 2, LENGTH * float(row.whole) / top, BAR, black=False))
        if row.part:
            parts.append(column(START, middle - BAR / 4, LENGTH * float(row.part) / top, BAR / 2, black=True))
        parts.append(text(WIDTH, middle + 3, row.text, anchor="end", bold=True))
        y += ROW + LINE * (len(lines) - 1)
    parts.append(text(START, y + 11, key, anchor="start"))
    numbers = "; ".join(f"{row.label}: {row.text}" for row in rows)
    return print_frame(f"{title}. {numbers}.", WIDTH, y + 15, parts)

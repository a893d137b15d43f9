"""Charts of ratings on a scale: the way from one mean to another, and how often each rating was given.

On the screen colours come from classes in surveys.css and app.css; in print there is black and white only.
"""

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from lubsko_ops.output.svg import Number, coordinate, frame, print_frame, text

LEFT, LENGTH, CHART_WIDTH, CHART_HEIGHT = 20.0, 200.0, 240, 28
BAR, GAP, PART, WIDE_PART = 9.0, 1.0, 24.0, 36.0  # widths in the chart of ratings
TOP = 26.0


def scale_axis(lowest: int = 1, highest: int = 5) -> SafeString:
    """The digits above a column of ``scale_change`` charts, hidden from screen readers."""
    digits = format_html_join(
        "",
        '<text x="{}" y="13">{}</text>',
        ((coordinate(_place(each, lowest, highest)), each) for each in range(lowest, highest + 1)),
    )
    return frame("", CHART_WIDTH, 16, format_html('<g class="scale-axis">{}</g>', digits), css="scale-change")


def scale_change(
    before: Number,
    after: Number,
    *,
    lowest: int = 1,
    highest: int = 5,
    title: str = "",
    for_print: bool = False,
) -> SafeString:
    """The mean before as an empty circle, after as a full one, and the way between them.

    Without a ``title`` it is hidden from screen readers: the table around it has the numbers. ValueError for a mean
    outside the scale.
    """
    if not all(lowest <= value <= highest for value in (before, after)):
        raise ValueError(f"A value lies outside {lowest}–{highest}.")
    line, stroke, empty, full = (
        (
            'stroke="#000" stroke-width="0.4" stroke-dasharray="1 2" fill="none"',
            'stroke="#000" stroke-width="1.4" fill="none"',
            'fill="#fff" stroke="#000" stroke-width="1"',
            'fill="#000"',
        )
        if for_print
        else ('class="g-line"', 'class="g-stroke"', 'class="g-dot0"', 'class="g-dot"')
    )
    places = [coordinate(_place(digit, lowest, highest)) for digit in range(lowest, highest + 1)]
    first, last = (coordinate(_place(value, lowest, highest)) for value in (before, after))
    grid = "".join(f'<path {line} d="M{x} 2V26"/>' for x in places)
    # Only numbers and constants; the description is escaped in frame().
    drawn = SafeString(
        f'{grid}<path {stroke} d="M{first} 14H{last}"/><circle {empty} cx="{first}" cy="14" r="6"/>'
        f'<circle {full} cx="{last}" cy="14" r="7"/>'
    )
    css = "" if for_print else "scale-change"
    return frame(title, CHART_WIDTH, CHART_HEIGHT, drawn, css=css)


def _place(value: Number, lowest: int, highest: int) -> float:
    return LEFT + LENGTH * float(value - lowest) / (highest - lowest)


def ratings(
    title: str,
    labels: Sequence[str],
    now: Sequence[int],
    earlier: Sequence[int] = (),
    *,
    for_print: bool = False,
) -> SafeString:
    """Small columns: how often each rating was given, earlier ones empty beside the present ones.

    ``title`` is followed by the numbers in the text alternative. ValueError for different lengths.
    """
    if len(labels) != len(now) or (earlier and len(earlier) != len(now)):
        raise ValueError("Labels and numbers differ in length.")
    top = max([*now, *earlier, 1])
    part = PART if all(len(label) == 1 for label in labels) else WIDE_PART
    drawn: list[SafeString] = []
    for index, label in enumerate(labels):
        middle = part * (index + 0.5)
        if earlier:
            drawn += _column(middle - BAR - GAP / 2, earlier[index], top, empty=True, for_print=for_print)
        start = middle + GAP / 2 if earlier else middle - BAR / 2
        drawn += _column(start, now[index], top, empty=False, for_print=for_print)
        drawn.append(text(middle, TOP + 15, label))
    width, height = part * len(labels), TOP + 19
    numbers = ", ".join(
        f"{label}: {f'{earlier[index]} i ' if earlier else ''}{now[index]}"
        for index, label in enumerate(labels)
    )
    description = f"{title}. {numbers}."
    if for_print:
        return print_frame(description, width, height, drawn)
    return frame(
        description, width, height, format_html_join("", "{}", ((each,) for each in drawn)), css="ratings"
    )


LOOKS = {
    (True, True): 'fill="#fff" stroke="#000" stroke-width="0.6"',
    (False, True): 'fill="#000"',
    (True, False): 'class="r-empty"',
    (False, False): 'class="r-full"',
}


def _column(x: float, count: int, top: int, *, empty: bool, for_print: bool) -> list[SafeString]:
    """A column; nothing for a rating that nobody gave."""
    if not count:
        return []
    height = (TOP - 2) * count / top
    column = format_html(
        '<rect {} x="{}" y="{}" width="{}" height="{}"/>',
        SafeString(LOOKS[empty, for_print]),
        coordinate(x),
        coordinate(TOP - height),
        coordinate(BAR),
        coordinate(height),
    )
    return [column]

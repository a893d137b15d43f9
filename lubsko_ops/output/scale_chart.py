"""Charts of ratings on a scale: the way from one mean to another, and how often each rating was given.

On the screen colours come from classes in surveys.css and app.css; in print there is black and white only.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from lubsko_ops.output.svg import WIDTH, Number, coordinate, frame, line, print_frame, text, wrap_label

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
    step: int = 1,
    title: str = "",
    for_print: bool = False,
) -> SafeString:
    """The mean before as an empty circle, after as a full one, and the way between them.

    Without a ``title`` it is hidden from screen readers: the table around it has the numbers. ValueError for a mean
    outside the scale.
    """
    if not all(lowest <= value <= highest for value in (before, after)):
        raise ValueError(f"A value lies outside {lowest}–{highest}.")
    grid_look, stroke, empty, full = (
        (
            'stroke="#000" stroke-width="0.4" stroke-dasharray="1 2" fill="none"',
            'stroke="#000" stroke-width="1.4" fill="none"',
            'fill="#fff" stroke="#000" stroke-width="1"',
            'fill="#000"',
        )
        if for_print
        else ('class="g-line"', 'class="g-stroke"', 'class="g-dot0"', 'class="g-dot"')
    )
    places = [coordinate(_place(digit, lowest, highest)) for digit in range(lowest, highest + 1, step)]
    first, last = (coordinate(_place(value, lowest, highest)) for value in (before, after))
    grid = "".join(f'<path {grid_look} d="M{x} 2V26"/>' for x in places)
    # Only numbers and constants; the description is escaped in frame().
    drawn = SafeString(
        f'{grid}<path {stroke} d="M{first} 14H{last}"/><circle {empty} cx="{first}" cy="14" r="6"/>'
        f'<circle {full} cx="{last}" cy="14" r="7"/>'
    )
    css = "" if for_print else "scale-change"
    return frame(title, CHART_WIDTH, CHART_HEIGHT, drawn, css=css)


def _place(value: Number, lowest: int, highest: int) -> float:
    return LEFT + LENGTH * float(value - lowest) / (highest - lowest)


@dataclass(frozen=True)
class ScaleRow:
    """A question with its means as numbers and as texts; ``before`` is None where there is one mean only."""

    label: str
    before: Number | None
    after: Number
    before_text: str
    after_text: str

    @property
    def text(self) -> str:
        """ "przed 2,9, po 4,0"."""
        if self.before is None:
            return self.after_text
        return f"przed {self.before_text}, po {self.after_text}"


@dataclass(frozen=True)
class Scale:
    """An axis; ``unit`` follows its numbers."""

    lowest: int
    highest: int
    step: int = 1
    unit: str = ""


def scale_changes(
    title: str, rows: Sequence[ScaleRow], scale: Scale, *, key: Sequence[str] = (), for_print: bool = False
) -> SafeString:
    """A chart of several questions on one scale, each with its means as text.

    ``key``: what the empty circle is, then the full one; of one mean only the latter. ValueError for a mean outside the
    scale.
    """
    means = [value for row in rows for value in (row.before, row.after) if value is not None]
    if not all(scale.lowest <= value <= scale.highest for value in means):
        raise ValueError(f"A value lies outside {scale.lowest}–{scale.highest}.")
    return _print_changes(title, rows, scale, key) if for_print else _screen_changes(title, rows, scale, key)


def _screen_changes(title: str, rows: Sequence[ScaleRow], scale: Scale, key: Sequence[str]) -> SafeString:
    """A list that makes sense without its pictures."""
    drawn = [
        (
            row.label,
            row.text,
            scale_change(
                row.after if row.before is None else row.before,
                row.after,
                lowest=scale.lowest,
                highest=scale.highest,
                step=scale.step,
            ),
        )
        for row in rows
    ]
    marks = ("kółko",) if len(key) == 1 else ("puste kółko", "pełne")
    words = ", ".join(f"{mark}: {name}" for mark, name in zip(marks, key, strict=False))
    ends = f"Skala od {scale.lowest} do {scale.highest}{scale.unit}."
    return format_html(
        '<ol class="plain scale-rows" aria-label="{}">{}</ol><p class="note">{}{}</p>',
        title,
        format_html_join("", "<li><span>{}</span><b>{}</b>{}</li>", drawn),
        ends,
        f" {words[0].upper()}{words[1:]}." if words else "",
    )


AXIS_START, AXIS_LENGTH = 200.0, 224.0  # in print
LABEL_LETTERS, LABEL_LINE, ROW = 38, 10.0, 18.0


def print_height(labels: Sequence[str]) -> float:
    """Height of the rows of a chart with these labels in print, in points."""
    return sum(ROW + LABEL_LINE * (len(wrap_label(label, LABEL_LETTERS)) - 1) for label in labels)


def _print_changes(title: str, rows: Sequence[ScaleRow], scale: Scale, key: Sequence[str]) -> SafeString:
    """As the paper of a report shows it: names on the left, the axis above, both means beside their circles."""

    def place(value: Number) -> float:
        return AXIS_START + AXIS_LENGTH * float(value - scale.lowest) / (scale.highest - scale.lowest)

    parts: list[SafeString] = []
    y = 31.0
    for row in rows:
        lines = wrap_label(row.label, LABEL_LETTERS)
        for number, label in enumerate(lines):
            parts.append(text(0, y + 3 + LABEL_LINE * number, label, anchor="start"))
        parts += _print_row(row, place, y)
        y += ROW + LABEL_LINE * (len(lines) - 1)
    bottom = y - 8
    axis = [_axis_line(place(each), bottom) for each in range(scale.lowest, scale.highest + 1, scale.step)]
    axis += [
        text(place(each), 15, f"{each}{scale.unit}")
        for each in range(scale.lowest, scale.highest + 1, scale.step)
    ]
    for index, name in enumerate(key):
        x = AXIS_START + 118.0 * index
        parts.append(_circle(x + 4, bottom + 12, full=index == len(key) - 1))
        parts.append(text(x + 12, bottom + 15, name, anchor="start"))
    numbers = "; ".join(f"{row.label}: {row.text}" for row in rows)
    return print_frame(f"{title}. {numbers}.", WIDTH, bottom + (20 if key else 4), [*axis, *parts])


def _print_row(row: ScaleRow, place: Callable[[Number], float], y: float) -> list[SafeString]:
    after = place(row.after)
    if row.before is None:
        return [
            _circle(after, y, full=True),
            *_beside(after, y, row.after_text, right=True, bold=True),
        ]
    before = place(row.before)
    rises = after >= before
    return [
        *_beside(before, y, row.before_text, right=not rises, bold=False),
        *_beside(after, y, row.after_text, right=rises, bold=True),
        line(before, y, after, y),
        _circle(before, y, full=False),
        _circle(after, y, full=True),
    ]


def _beside(x: float, y: float, content: str, *, right: bool, bold: bool) -> list[SafeString]:
    """A mean beside its circle, on white, so that no line of the axis runs through it."""
    width = 5.2 * len(content)
    start = x + 6 if right else x - 6 - width
    back = format_html(
        '<rect x="{}" y="{}" width="{}" height="10" fill="#fff"/>',
        coordinate(start),
        coordinate(y - 5),
        coordinate(width),
    )
    at = x + 7 if right else x - 7
    return [back, text(at, y + 3, content, anchor="start" if right else "end", bold=bold)]


def _circle(x: float, y: float, *, full: bool) -> SafeString:
    look = 'fill="#000"' if full else 'fill="#fff" stroke="#000" stroke-width="1"'
    return format_html('<circle cx="{}" cy="{}" r="3.6" {}/>', coordinate(x), coordinate(y), SafeString(look))


def _axis_line(x: float, bottom: float) -> SafeString:
    return format_html(
        '<line x1="{0}" y1="20" x2="{0}" y2="{1}" stroke="#000" stroke-width="0.4" stroke-dasharray="1 2"/>',
        coordinate(x),
        coordinate(bottom),
    )


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

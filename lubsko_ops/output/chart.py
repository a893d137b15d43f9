"""Small SVG drawings without script or style: one set of numbers, a dress for screen and one for paper.

On the screen colours come from classes in app.css (.bars, .spark, .units). Paper knows only black, white with
an outline and a dashed line; 462 units are the width of the text, so one unit is one point. Numbers stand on
their marks, columns start at zero, and all a picture says it says in words as well: in its <title>, or, for
the columns of the screen, in the list they are drawn in. ``None`` is "brak danych" and draws nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from lubsko_ops.output.svg import (
    WIDTH,
    Number,
    box,
    column,
    coordinate,
    format_number,
    frame,
    line,
    print_frame,
    text,
)


@dataclass(frozen=True)
class ChartLimit:
    """A line the columns are measured against: ``Limit(15, "limit 15")``."""

    value: Number
    label: str


def bars(
    title: str,
    labels: Sequence[str],
    now: Sequence[Number | None],
    earlier: Sequence[Number | None] = (),
    *,
    unit: str = "",
    earlier_name: str = "rok temu",
    limit: ChartLimit | None = None,
    marked: int = 1,
    paper: bool = False,
) -> SafeString:
    """Columns, one for each label, measured against an earlier time and against a limit.

    ``now`` and ``earlier`` are counts or sums (zero or more) in the order of ``labels``; the last ``marked``
    columns are the ones the reader came for. On paper a label may be two lines, parted by "\\n". On the
    screen the caption has to name the limit and the tick of the earlier time: columns carry numbers only.
    Different lengths or a number below zero raise ValueError.
    """
    pairs = _pairs(labels, now, earlier)
    top = max([value for pair in pairs for value in pair[1:] if value], default=0)
    top = float(max(top, limit.value if limit else 0)) or 1.0
    words = [
        f"{_one_line(label)}: {_said(value)}" + (f" ({earlier_name} {_said(before)})" if earlier else "")
        for label, value, before in pairs
    ]
    unit = f", {unit}" if unit else ""
    limit_words = f" Linia: {limit.label}." if limit else ""
    said = f"{title}{unit}. {', '.join(words)}.{limit_words}"
    draw = _paper_bars if paper else _screen_bars
    return draw(said, pairs, top, limit, len(pairs) - marked, earlier_name if earlier else "")


def _screen_bars(said, pairs, top, limit, first_marked, earlier_name) -> SafeString:
    """A list that reads without its pictures; each column is its own drawing and shrinks with the page."""

    def height(value):
        return 120 * 0.93 * float(value) / top

    columns = []
    for index, (label, value, before) in enumerate(pairs):
        marks = SafeString("")
        if value:
            marks = box("b-f", 3, 120 - height(value), 24, height(value))
        if before is not None:
            marks = format_html("{}{}", marks, box("b-o", 0, 120 - height(before) - 1.25, 30, 2.5))
        if limit:
            y = coordinate(120 - height(limit.value))
            marks = format_html('{}<path class="b-limit c-today" d="M0 {}H30"/>', marks, y)
        told = f", {earlier_name} {_said(before)}" if earlier_name else ""
        columns.append(
            (
                SafeString(' class="quarter"') if index >= first_marked else "",
                format_number(value),
                marks,
                _one_line(label),
                format_html('<span class="visually-hidden">{}</span>', told) if told else "",
            )
        )
    return format_html(
        '<ol class="plain bars" aria-label="{}">{}</ol>',
        said,
        format_html_join(
            "",
            '<li{}><b>{}</b><svg viewBox="0 0 30 120" preserveAspectRatio="none" aria-hidden="true"'
            ' focusable="false">{}</svg><span>{}</span>{}</li>',
            columns,
        ),
    )


def _paper_bars(said, pairs, top, limit, first_marked, earlier_name) -> SafeString:
    """Columns up to 90 points high: the marked ones black, or all of them beside earlier, white ones."""
    ground, step = 104.0, WIDTH / max(len(pairs), 1)
    grouped = bool(earlier_name)
    width = min(30.0, step * (0.38 if grouped else 0.62))
    parts = []
    for index, (label, value, before) in enumerate(pairs):
        middle, marked = step * (index + 0.5), index >= first_marked
        if grouped:
            parts += _paper_column(middle - width / 2, width, before, top, ground)
        at = middle + (width / 2 if grouped else 0)
        parts += _paper_column(at, width, value, top, ground, black=marked or grouped, bold=marked)
        for row, words in enumerate(label.split("\n"), start=1):
            parts.append(text(middle, ground + 10 * row, words, bold=marked))
    height = ground + 4 + 10 * max([label.count("\n") + 1 for label, _, _ in pairs], default=1)
    if limit:
        y = ground - 90 * float(limit.value) / top
        parts += [line(0, y, WIDTH, y, dashed=True), text(WIDTH, y - 3, limit.label, anchor="end")]
    if grouped:
        height += 13
        parts.append(text(0, height - 2, f"słupek biały: {earlier_name}", anchor="start"))
    return print_frame(said, WIDTH, height, [*parts, line(0, ground, WIDTH, ground)])


def _paper_column(middle, width, value, top, ground, *, black=False, bold=False) -> list[SafeString]:
    height = 90 * float(value or 0) / top
    drawn = [column(middle - width / 2, ground - height, width, height, black=black)] if value else []
    return [*drawn, text(middle, ground - height - 4, format_number(value), bold=bold)]


def horizontal_bars(
    title: str, labels: Sequence[str], values: Sequence[Number | None], *, limit: ChartLimit | None = None
) -> SafeString:
    """Horizontal bars for paper, for names too long to stand under a column; otherwise as ``bars``."""
    pairs = _pairs(labels, values, ())
    top = float(max([*filter(None, values), *([limit.value] if limit else [])], default=0)) or 1.0
    words = ", ".join(f"{_one_line(label)} {_said(value)}" for label, value, _ in pairs)
    said = f"{title}. {words}." + (f" Linia: {limit.label}." if limit else "")
    start, longest, height = 130.0, 316.0, 26 + 13.5 * len(pairs)
    parts = []
    for index, (label, value, _) in enumerate(pairs):
        y = 25.6 + 13.5 * index
        parts.append(text(0, y, _one_line(label), anchor="start"))
        parts.append(text(start - 6, y, format_number(value), anchor="end", bold=True))
        if value:
            parts.append(column(start, y - 7.6, longest * float(value) / top, 8.5, black=True))
    if limit:
        x = start + longest * float(limit.value) / top
        parts += [line(x, 12, x, height - 6, dashed=True), text(x, 8, limit.label)]
    return print_frame(said, WIDTH, height, [*parts, line(start, 14, start, height - 6)])


def sparkline(
    points: Sequence[Number | None],
    *,
    lowest: int = 1,
    highest: int = 5,
    title: str = "",
    paper: bool = False,
) -> SafeString:
    """A small line through marks on a scale, the last one full: has it got better?

    Without a ``title`` it is hidden from a screen reader: then the table around it has to say the same.
    """
    if any(value is not None and not lowest <= value <= highest for value in points):
        raise ValueError(f"A mark lies outside {lowest}–{highest}.")
    step = 92 / max(len(points) - 1, 1)
    places = [
        (coordinate(6 + step * index), coordinate(33 - 28 * float(value - lowest) / (highest - lowest)))
        for index, value in enumerate(points)
        if value is not None
    ]
    line, stroke, dot, last = (
        (
            'stroke="#000" stroke-width="0.4" stroke-dasharray="1 2"',
            'fill="none" stroke="#000" stroke-width="1.4"',
            'fill="#fff" stroke="#000" stroke-width="1"',
            'fill="#000"',
        )
        if paper
        else ('class="g-line"', 'class="g-stroke"', 'class="g-dot0"', 'class="g-dot"')
    )
    grid = "".join(f'<path {line} d="M0 {y}H104"/>' for y in (33, 19, 5))
    dots = [f'<circle {dot} cx="{x}" cy="{y}" r="2.5"/>' for x, y in places[:-1]]
    dots += [f'<circle {last} cx="{x}" cy="{y}" r="4"/>' for x, y in places[-1:]]
    way = " ".join(f"{x},{y}" for x, y in places)
    said = f"{title}: {', '.join(_said(value) for value in points)}." if title else ""
    # Numbers and constants only, so far; the words are escaped in _svg.
    drawn = SafeString(f'{grid}<polyline {stroke} points="{way}"/>{"".join(dots)}')
    return frame(said, 104, 38, drawn, css="" if paper else "spark")


def slots(
    filled: int, total: int, weights: Sequence[int] = (), *, title: str = "", paper: bool = False
) -> SafeString:
    """One field for each place, filled to a third, two or three thirds by ``weights`` (1–3, heaviest first).

    More filled than there are places is drawn as it is: a rule may be overridden, a picture may not lie.
    """
    heights = [6 * weight for weight in sorted(weights, reverse=True)] + [18] * (filled - len(weights))
    if len(heights) != filled or any(weight not in (1, 2, 3) for weight in weights):
        raise ValueError("Weights are 1, 2 or 3, at most one for each filled place.")
    back, full, free = (
        (
            'fill="#fff" stroke="#000" stroke-width="0.6"',
            'fill="#000"',
            'fill="#fff" stroke="#000" stroke-width="0.6" stroke-dasharray="2 2"',
        )
        if paper
        else ('class="u-b"', 'class="u-f"', 'class="u-e"')
    )
    drawn = "".join(
        f'<rect {back} x="{17 * place}" y="1" width="14" height="18"/>'
        f'<rect {full} x="{17 * place}" y="{19 - height}" width="14" height="{height}"/>'
        for place, height in enumerate(heights)
    ) + "".join(
        f'<rect {free} x="{17 * place + 0.5}" y="1.5" width="13" height="17"/>'
        for place in range(filled, total)
    )
    width = 17 * max(filled, total, 1)
    return frame(title or f"{filled} z {total}", width, 20, SafeString(drawn), css="" if paper else "units")


def _pairs(labels, now, earlier) -> list[tuple]:
    """(label, now, earlier) for each column."""
    earlier = earlier or [None] * len(labels)
    if not len(labels) == len(now) == len(earlier):
        raise ValueError("Labels and values are not of one length.")
    if any(value is not None and value < 0 for value in [*now, *earlier]):
        raise ValueError("A column cannot show a number below zero.")
    return list(zip(labels, now, earlier, strict=True))


def _said(value: Number | None) -> str:
    return "brak danych" if value is None else format_number(value)


def _one_line(label: str) -> str:
    return " ".join(label.split("\n"))

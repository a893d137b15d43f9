"""Small SVG charts without script or style, for the screen and for print.

On the screen colours come from classes in app.css (.bars, .spark, .units). In print there is only black, white with an
outline and a dashed line; the width is 462 units, so that one unit is one point. Bars start at zero. Every chart has a
text alternative: its <title> or, for bars on the screen, the list they are drawn in. ``None`` means no data ("brak
danych") and draws nothing.
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

ChartItem = tuple[str, Number | None, Number | None]  # label, value, value of the earlier period


@dataclass(frozen=True)
class ChartLimit:
    """A reference line: ``ChartLimit(15, "limit 15")``."""

    value: Number
    label: str


@dataclass(frozen=True)
class BarChart:
    """The content of a bar chart. ``top``: its highest value; ``earlier_name``: empty when nothing is compared."""

    description: str
    items: list[ChartItem]
    top: float
    limit: ChartLimit | None
    first_highlighted: int
    earlier_name: str


def bars(
    title: str,
    labels: Sequence[str],
    now: Sequence[Number | None],
    earlier: Sequence[Number | None] = (),
    *,
    unit: str = "",
    earlier_name: str = "rok temu",
    limit: ChartLimit | None = None,
    highlighted: int = 1,
    for_print: bool = False,
) -> SafeString:
    """A bar chart, compared with an earlier period and with a limit.

    ``now`` and ``earlier`` are zero or more, in the order of ``labels``; the last ``highlighted`` bars are emphasised.
    In print a label may have two lines, separated by "\\n". On the screen the caption has to explain the limit and the
    marks of the earlier period. Raises ValueError for different lengths or a number below zero.
    """
    items = _chart_items(labels, now, earlier)
    top = max([value for item in items for value in item[1:] if value], default=0)
    top = float(max(top, limit.value if limit else 0)) or 1.0
    value_texts = [
        f"{_one_line(label)}: {_value_text(value)}"
        + (f" ({earlier_name} {_value_text(before)})" if earlier else "")
        for label, value, before in items
    ]
    unit = f", {unit}" if unit else ""
    limit_text = f" Linia: {limit.label}." if limit else ""
    description = f"{title}{unit}. {', '.join(value_texts)}.{limit_text}"
    draw = _print_bars if for_print else _screen_bars
    return draw(
        BarChart(description, items, top, limit, len(items) - highlighted, earlier_name if earlier else "")
    )


def _screen_bars(chart: BarChart) -> SafeString:
    """An HTML list that makes sense without its pictures; each bar is an SVG of its own and scales with the page."""

    def height(value: Number) -> float:
        return 120 * 0.93 * float(value) / chart.top

    columns = []
    for index, (label, value, before) in enumerate(chart.items):
        marks = SafeString("")
        if value:
            marks = box("b-f", 3, 120 - height(value), 24, height(value))
        if before is not None:
            marks = format_html("{}{}", marks, box("b-o", 0, 120 - height(before) - 1.25, 30, 2.5))
        if chart.limit:
            y = coordinate(120 - height(chart.limit.value))
            marks = format_html('{}<path class="b-limit c-today" d="M0 {}H30"/>', marks, y)
        earlier_text = f", {chart.earlier_name} {_value_text(before)}" if chart.earlier_name else ""
        columns.append(
            (
                SafeString(' class="quarter"') if index >= chart.first_highlighted else "",
                format_number(value),
                marks,
                _one_line(label),
                format_html('<span class="visually-hidden">{}</span>', earlier_text) if earlier_text else "",
            )
        )
    return format_html(
        '<ol class="plain bars" aria-label="{}">{}</ol>',
        chart.description,
        format_html_join(
            "",
            '<li{}><b>{}</b><svg viewBox="0 0 30 120" preserveAspectRatio="none" aria-hidden="true"'
            ' focusable="false">{}</svg><span>{}</span>{}</li>',
            columns,
        ),
    )


def _print_bars(chart: BarChart) -> SafeString:
    """Bars up to 90 points high: highlighted ones black, or all of them next to white ones of the earlier period."""
    baseline, step = 104.0, WIDTH / max(len(chart.items), 1)
    grouped = bool(chart.earlier_name)
    width = min(30.0, step * (0.38 if grouped else 0.62))
    parts = []
    for index, (label, value, before) in enumerate(chart.items):
        middle, highlighted = step * (index + 0.5), index >= chart.first_highlighted
        if grouped:
            parts += _print_column(middle - width / 2, width, before, chart.top, baseline)
        at = middle + (width / 2 if grouped else 0)
        parts += _print_column(
            at, width, value, chart.top, baseline, black=highlighted or grouped, bold=highlighted
        )
        for row, label_line in enumerate(label.split("\n"), start=1):
            parts.append(text(middle, baseline + 10 * row, label_line, bold=highlighted))
    height = baseline + 4 + 10 * max([label.count("\n") + 1 for label, _, _ in chart.items], default=1)
    if chart.limit:
        y = baseline - 90 * float(chart.limit.value) / chart.top
        parts += [line(0, y, WIDTH, y, dashed=True), text(WIDTH, y - 3, chart.limit.label, anchor="end")]
    if grouped:
        height += 13
        parts.append(text(0, height - 2, f"słupek biały: {chart.earlier_name}", anchor="start"))
    return print_frame(chart.description, WIDTH, height, [*parts, line(0, baseline, WIDTH, baseline)])


def _print_column(
    middle: float,
    width: float,
    value: Number | None,
    top: float,
    baseline: float,
    *,
    black: bool = False,
    bold: bool = False,
) -> list[SafeString]:
    height = 90 * float(value or 0) / top
    drawn = [column(middle - width / 2, baseline - height, width, height, black=black)] if value else []
    return [*drawn, text(middle, baseline - height - 4, format_number(value), bold=bold)]


def horizontal_bars(
    title: str, labels: Sequence[str], values: Sequence[Number | None], *, limit: ChartLimit | None = None
) -> SafeString:
    """Horizontal bars for print, for labels too long to stand under a bar; otherwise like ``bars``."""
    items = _chart_items(labels, values, ())
    top = max([value for value in values if value], default=0)
    top = float(max(top, limit.value if limit else 0)) or 1.0
    value_texts = ", ".join(f"{_one_line(label)} {_value_text(value)}" for label, value, _ in items)
    description = f"{title}. {value_texts}." + (f" Linia: {limit.label}." if limit else "")
    start, max_length, height = 130.0, 316.0, 26 + 13.5 * len(items)
    parts = []
    for index, (label, value, _) in enumerate(items):
        y = 25.6 + 13.5 * index
        parts.append(text(0, y, _one_line(label), anchor="start"))
        parts.append(text(start - 6, y, format_number(value), anchor="end", bold=True))
        if value:
            parts.append(column(start, y - 7.6, max_length * float(value) / top, 8.5, black=True))
    if limit:
        x = start + max_length * float(limit.value) / top
        parts += [line(x, 12, x, height - 6, dashed=True), text(x, 8, limit.label)]
    return print_frame(description, WIDTH, height, [*parts, line(start, 14, start, height - 6)])


def bar_rows(
    title: str, labels: Sequence[str], values: Sequence[Number | None], texts: Sequence[str] = ()
) -> SafeString:
    """Horizontal bars for the screen, in the order of ``labels``; an HTML list that makes sense without its pictures.

    ``texts``: the values as they are written, otherwise in Polish notation. ValueError as with ``bars``.
    """
    items = _chart_items(labels, values, ())
    top = float(max([value for value in values if value], default=0)) or 1.0
    texts = list(texts) or ["–" if value is None else format_number(value) for value in values]
    rows = [
        (label, box("b-f", 0, 0, 100 * float(value) / top, 10) if value else "", text)
        for (label, value, _), text in zip(items, texts, strict=True)
    ]
    return format_html(
        '<ol class="plain bar-rows" aria-label="{}">{}</ol>',
        title,
        format_html_join(
            "",
            '<li><span>{}</span><svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"'
            ' focusable="false">{}</svg><b>{}</b></li>',
            rows,
        ),
    )


def sparkline(
    points: Sequence[Number | None],
    *,
    lowest: int = 1,
    highest: int = 5,
    title: str = "",
    for_print: bool = False,
) -> SafeString:
    """A line through ratings on a scale, the last point filled.

    Without a ``title`` it is hidden from screen readers; the surrounding table has to contain the values.
    """
    if any(value is not None and not lowest <= value <= highest for value in points):
        raise ValueError(f"A value lies outside {lowest}–{highest}.")
    step = 92 / max(len(points) - 1, 1)
    points_xy = [
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
        if for_print
        else ('class="g-line"', 'class="g-stroke"', 'class="g-dot0"', 'class="g-dot"')
    )
    grid = "".join(f'<path {line} d="M0 {y}H104"/>' for y in (33, 19, 5))
    dots = [f'<circle {dot} cx="{x}" cy="{y}" r="2.5"/>' for x, y in points_xy[:-1]]
    dots += [f'<circle {last} cx="{x}" cy="{y}" r="4"/>' for x, y in points_xy[-1:]]
    path = " ".join(f"{x},{y}" for x, y in points_xy)
    description = f"{title}: {', '.join(_value_text(value) for value in points)}." if title else ""
    # Only numbers and constants; the description is escaped in frame().
    drawn = SafeString(f'{grid}<polyline {stroke} points="{path}"/>{"".join(dots)}')
    return frame(description, 104, 38, drawn, css="" if for_print else "spark")


def slots(
    filled: int, total: int, weights: Sequence[int] = (), *, title: str = "", for_print: bool = False
) -> SafeString:
    """A box for each slot, filled by thirds according to ``weights`` (1–3, heaviest first).

    More filled slots than the total are drawn too, because the limit may be overridden.
    """
    heights = [6 * weight for weight in sorted(weights, reverse=True)] + [18] * (filled - len(weights))
    if len(heights) != filled or any(weight not in (1, 2, 3) for weight in weights):
        raise ValueError("Weights are 1, 2 or 3, at most one for each filled slot.")
    back, full, free = (
        (
            'fill="#fff" stroke="#000" stroke-width="0.6"',
            'fill="#000"',
            'fill="#fff" stroke="#000" stroke-width="0.6" stroke-dasharray="2 2"',
        )
        if for_print
        else ('class="u-b"', 'class="u-f"', 'class="u-e"')
    )
    # One path of each kind, not an element for each slot: the board of a large centre has a hundred such charts.
    parts = (
        (back, [f"M{17 * index} 1h14v18h-14z" for index in range(filled)]),
        (full, [f"M{17 * index} {19 - height}h14v{height}h-14z" for index, height in enumerate(heights)]),
        (free, [f"M{17 * index + 0.5} 1.5h13v17h-13z" for index in range(filled, total)]),
    )
    drawn = "".join(f'<path {look} d="{"".join(boxes)}"/>' for look, boxes in parts if boxes)
    width = 17 * max(filled, total, 1)
    return frame(
        title or f"{filled} z {total}", width, 20, SafeString(drawn), css="" if for_print else "units"
    )


def _chart_items(
    labels: Sequence[str], now: Sequence[Number | None], earlier: Sequence[Number | None]
) -> list[ChartItem]:
    earlier = earlier or [None] * len(labels)
    if not len(labels) == len(now) == len(earlier):
        raise ValueError("Labels and values differ in length.")
    if any(value is not None and value < 0 for value in [*now, *earlier]):
        raise ValueError("A bar cannot show a number below zero.")
    return list(zip(labels, now, earlier, strict=True))


def _value_text(value: Number | None) -> str:
    return "brak danych" if value is None else format_number(value)


def _one_line(label: str) -> str:
    return " ".join(label.split("\n"))

"""From when to when a series lasts: the spans given of it, put together into periods."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from lubsko_ops.core.dates import ONE_DAY, Period, Range
from lubsko_ops.core.polish import short_date
from sessions.schedule.hours import ScheduleError
from sessions.schedule.patterns import end_of_months
from sessions.sentences.parts import (
    AnswerChoice,
    Ask,
    CalendarPoint,
    DurationPart,
    Missing,
    MonthsPart,
    OpenEndPart,
    Part,
    RangePart,
)
from sessions.sentences.years import first_day, last_day

SPAN_PARTS = (RangePart, MonthsPart, DurationPart, OpenEndPart)
UNIT_NAMES = {"month": "miesiąc", "week": "tydzień", "day": "dzień"}


@dataclass
class Bounds:
    """Either whole periods, or a start and perhaps an end. ``in_months``: only months were given, no single days."""

    periods: list[Period] = field(default_factory=list)
    start: date | None = None
    end: date | None = None
    open_ended: bool = False
    in_months: bool = True

    @property
    def key(self) -> tuple[object, ...]:
        return (
            tuple((period.start, period.end) for period in self.periods),
            self.start,
            self.end,
            self.open_ended,
        )


def bounds_of(spans: list[Part], text: str, span: Range | None, *, limited: bool) -> Bounds:
    """The bounds that the parts say together, completed by the span of the group.

    limited: the series ends by its number of meetings or hours, so the span does not end it.
    """
    bounds = Bounds()
    months = [part for part in spans if isinstance(part, MonthsPart)]
    for months_part in months:
        bounds.periods += [
            _period(first_day(point, text), last_day(point, text)) for point in months_part.points
        ]
    if len(months) > 1:
        bounds.periods = _year_and_months(months, bounds.periods, text)
    bounds.periods = _merged(bounds.periods)
    _add_ranges(bounds, [part for part in spans if isinstance(part, RangePart)], text)
    durations = [part for part in spans if isinstance(part, DurationPart)]
    bounds.open_ended = any(isinstance(part, OpenEndPart) for part in spans)
    if durations:
        _add_duration(bounds, durations, text, span)
    if bounds.periods and (bounds.start or bounds.end):
        _intersect(bounds)
    if not bounds.periods and span:
        if bounds.start is None:
            bounds.start = span[0]
        if bounds.end is None and not limited and not bounds.open_ended:
            bounds.end = span[1]
            bounds.open_ended = span[1] is None
    if bounds.start and bounds.end and not bounds.periods:
        bounds.periods = [_period(bounds.start, bounds.end)]
    return bounds


def _period(start: date, end: date) -> Period:
    if end < start:
        raise ScheduleError(
            f"Koniec ({short_date(end)}) jest przed początkiem ({short_date(start)}). Popraw jedną z dat."
        )
    return Period(start, end)


def _year_and_months(parts: list[MonthsPart], periods: list[Period], text: str) -> list[Period]:
    """Months beside their year ("w marcu w 2026 roku"): the months alone. Raises Ask when they are of another year."""
    years = [point for part in parts for point in part.points if not point.month]
    if not years or len(years) == len(periods):
        return periods
    whole = [period for period in periods if period.days > 31]
    months = [period for period in periods if period.days <= 31]
    if any(not any(year.start <= month.start <= year.end for year in whole) for month in months):
        quoted = text[years[0].start : years[0].end]
        raise Ask(Missing.YEAR, f"„{quoted}” nie jest rokiem podanych miesięcy. Rozdziel zdania średnikiem.")
    return months


def _merged(periods: list[Period]) -> list[Period]:
    merged: list[Period] = []
    for period in sorted(set(periods), key=lambda each: each.start):
        if merged and period.start <= merged[-1].end + ONE_DAY:
            merged[-1] = Period(merged[-1].start, max(merged[-1].end, period.end))
        else:
            merged.append(Period(period.start, period.end))
    return merged


def _add_ranges(bounds: Bounds, ranges: list[RangePart], text: str) -> None:
    for part in ranges:
        first, last = part.first, part.last
        if last and last.month and not last.day and not part.closes and not (first and not first.day):
            raise _ask_about_month(part, last, text)
        if (first and bounds.start) or (last and bounds.end):
            raise Ask(
                Missing.MEANING,
                f"„{text[part.start : part.end]}”: w tym zdaniu są już inne daty od – do. Napisz drugie zdanie po "
                "średniku.",
            )
        if first:
            bounds.start = first_day(first, text)
        if last:
            bounds.end = last_day(last, text)
        if (first and first.day) or (last and last.day):
            bounds.in_months = False


def _ask_about_month(part: RangePart, last: CalendarPoint, text: str) -> Ask:
    quoted = text[last.start : last.end]
    before = text[: last.start]
    rest = text[last.end :]
    end = first_day(last, text) - ONE_DAY
    return Ask(
        Missing.END,
        f"„{text[part.start : part.end]}”: czy w tym miesiącu też są spotkania?",
        AnswerChoice(f"tak, do końca {quoted}", f"{before}końca {quoted}{rest}"),
        AnswerChoice(f"nie, do {short_date(end)}", f"{before}{short_date(end)}{rest}"),
    )


def _add_duration(bounds: Bounds, durations: list[DurationPart], text: str, span: Range | None) -> None:
    part = durations[0]
    quoted = text[part.start : part.end]
    if len(durations) > 1 or bounds.end or bounds.periods:
        raise Ask(Missing.MEANING, f"„{quoted}”: w tym zdaniu jest już inny koniec. Zostaw jeden z nich.")
    start = bounds.start or (span[0] if span else None)
    if start is None:
        raise Ask(Missing.START, f"„{quoted}”: od którego dnia? Dopisz np. „od 1.09.2026”.")
    if not 1 <= part.number <= 400:
        raise ScheduleError(f"„{quoted}”: podaj długość od 1 do 400.")
    bounds.start = start
    if part.unit == "month":
        bounds.end = end_of_months(start, part.number)
    else:
        days = part.number * (7 if part.unit == "week" else 1)
        bounds.end = start + timedelta(days=days - 1)
    bounds.in_months = bounds.in_months and start.day == 1 and part.unit == "month"


def _intersect(bounds: Bounds) -> None:
    """Keep of the months what lies between start and end ("w 2026 roku od marca")."""
    start, end = bounds.start or date.min, bounds.end or date.max
    if end < start:
        _period(start, end)
    kept = [part for period in bounds.periods if (part := period.intersection(start, end))]
    if not kept:
        raise ScheduleError("Te daty nie mają wspólnego dnia. Sprawdź miesiąc oraz daty od – do.")
    bounds.periods, bounds.start, bounds.end = kept, None, None

"""Days left out, as the sentence says them, in the time of the schedule."""

from collections.abc import Iterable
from datetime import date, timedelta

from lubsko_ops.core.dates import Period, Range
from lubsko_ops.core.polish import short_date
from sessions.schedule.patterns import DaysOfMonth, Pattern, WeekdaysOfMonth, Weekly
from sessions.schedule.rules import Exclusion
from sessions.schedule.schedule import Schedule
from sessions.sentences.parts import (
    AnswerChoice,
    Ask,
    CalendarPoint,
    DatesPart,
    DaysKind,
    DaysPart,
    ExceptPart,
    Missing,
    MonthsPart,
    Part,
    RangePart,
)
from sessions.sentences.years import first_day, last_day, points_of, settle_years, years_within


def exclusions_of(exceptions: Iterable[ExceptPart], schedule: Schedule, text: str) -> list[Exclusion]:
    """The days left out. A missing year is the one in which the day lies within the schedule; otherwise it is asked."""
    parts = [part for each in exceptions for part in each.parts]
    if not parts:
        return []
    span = span_of(schedule)
    for point in points_of(parts):
        if point.year is None and point.month:
            _settle(point, parts, span, text)
    settle_years([part for part in parts if not isinstance(part, DaysPart)], text, span, None)
    return [exclusion for part in parts for exclusion in _exclusions(part, span, text)]


def span_of(schedule: Schedule) -> Range:
    """The first and last day of the schedule; None at the end of an open-ended one."""
    starts = [rule.start for rule in schedule.rules] + [single.start for single in schedule.singles]
    if schedule.is_open_ended:
        return min(starts), None
    days = schedule.meetings()
    ends = [rule.end for rule in schedule.rules if rule.end]
    # a counted series gets longer by each day that is left out
    margin = timedelta(days=31) if any(rule.end is None for rule in schedule.rules) else timedelta(0)
    return min(starts), max([days[-1].end + margin, *ends])


def _settle(point: CalendarPoint, parts: list[Part], span: Range, text: str) -> None:
    in_range = any(isinstance(part, RangePart) and point in (part.first, part.last) for part in parts)
    years = years_within(point, span)
    if len(years) == 1:
        point.year = years[0]
    elif not in_range or len(years) > 1:
        quoted = text[point.start : point.end]
        joint = "." if point.day and "." in quoted else " "
        raise Ask(
            Missing.YEAR,
            f"Którego roku dotyczy wyjątek „{quoted}”? Dopisz rok."
            if years
            else f"Wyjątek „{quoted}” nie wypada w czasie spotkań. Popraw go albo usuń.",
            *(
                AnswerChoice(str(year), f"{text[: point.end]}{joint}{year}{text[point.end :]}")
                for year in years
            ),
        )


def _exclusions(part: Part, span: Range, text: str) -> list[Exclusion]:
    if isinstance(part, DaysPart):
        return [Exclusion(pattern=_pattern(part, span, text))]
    if isinstance(part, RangePart):
        start = first_day(part.first, text) if part.first else span[0]
        end = last_day(part.last, text) if part.last else span[1]
        if end is None:
            raise Ask(
                Missing.END, f"Do kiedy jest przerwa „{text[part.start : part.end]}”? Dopisz jej koniec."
            )
        periods = [(start, end)]
    elif isinstance(part, DatesPart | MonthsPart):
        periods = [(first_day(point, text), last_day(point, text)) for point in part.points]
    else:
        return []
    for start, end in periods:
        if end >= start and not Period(start, end).intersection(*span):
            raise Ask(
                Missing.MEANING,
                f"Wyjątek „{text[part.start : part.end]}” nie wypada w czasie spotkań, od {short_date(span[0])}"
                f"{f' do {short_date(span[1])}' if span[1] else ''}. Popraw go albo usuń.",
            )
    return [Exclusion(start, end if end != start else None) for start, end in periods]


def _pattern(days: DaysPart, span: Range, text: str) -> Pattern:
    quoted = text[days.start : days.end]
    if (
        days.every > 1
        or days.number_given
        or days.kind not in (DaysKind.WEEKLY, DaysKind.NTH, DaysKind.OF_MONTH)
    ):
        raise Ask(Missing.MEANING, f"Które dni są wyjątkiem: „{quoted}”? Wpisz ich daty.")
    if days.kind == DaysKind.WEEKLY:
        return Weekly(tuple(sorted(days.weekdays)))
    if days.kind == DaysKind.OF_MONTH:
        return DaysOfMonth(days.numbers)
    last = span[1] or date.max
    if not days.monthly and (span[0].year, span[0].month) != (last.year, last.month):
        before, rest = text[: days.end], text[days.end :]
        raise Ask(
            Missing.MEANING,
            f"Wyjątek „{quoted}”: w każdym miesiącu czy tylko raz? Jeśli raz, wpisz datę.",
            AnswerChoice(f"{quoted} miesiąca", f"{before} miesiąca{rest}"),
            AnswerChoice("raz, wpiszę datę"),
        )
    return WeekdaysOfMonth(days.places, working=days.working)

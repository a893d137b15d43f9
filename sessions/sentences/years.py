"""Years that are not written: taken from the dates beside them where only one can be meant, otherwise asked."""

from collections.abc import Iterable
from datetime import date
from itertools import pairwise

from lubsko_ops.core.dates import Month, Period, Range
from lubsko_ops.core.polish import WEEKDAYS, short_date
from sessions.schedule.hours import ScheduleError
from sessions.schedule.patterns import FIRST_YEAR, LAST_YEAR
from sessions.sentences.parts import (
    AnswerChoice,
    Ask,
    CalendarPoint,
    DatesPart,
    Missing,
    MonthsPart,
    MovePart,
    Part,
    RangePart,
)


def day_of(point: CalendarPoint, text: str) -> date:
    """The day of a settled point. ScheduleError when the calendar has no such day or the weekday is another one."""
    assert point.year is not None
    try:
        day = date(point.year, point.month, point.day)
    except ValueError as error:
        written = f"{point.day:02}.{point.month:02}.{point.year}"
        last = Month(point.year, point.month).end.day
        raise ScheduleError(f"Nie ma takiego dnia: {written}. Ten miesiąc ma wtedy {last} dni.") from error
    if point.weekday is not None and day.weekday() != point.weekday:
        quoted, real = WEEKDAYS[point.weekday], WEEKDAYS[day.weekday()]
        raise Ask(
            Missing.MEANING,
            f"„{text[point.start : point.end]}”: {short_date(day)} to {real}, a nie {quoted}. Popraw dzień "
            "tygodnia albo datę.",
        )
    return day


def first_day(point: CalendarPoint, text: str) -> date:
    """The first day of a settled point: the day itself, or the first of the month or year."""
    assert point.year is not None
    if not point.month:
        return date(point.year, 1, 1)
    return day_of(point, text) if point.day else date(point.year, point.month, 1)


def last_day(point: CalendarPoint, text: str) -> date:
    """The last day of a settled point."""
    assert point.year is not None
    if not point.month:
        return date(point.year, 12, 31)
    return day_of(point, text) if point.day else Month(point.year, point.month).end


def settle_years(parts: Iterable[Part], text: str, span: Range | None, today: date | None) -> None:
    """Give each point of the parts its year. Raises Ask when a year may be any."""
    parts = list(parts)
    mentions = points_of(parts)
    for part in parts:
        if isinstance(part, MonthsPart | DatesPart):
            _settle_list(part.points, text, today)
    _settle_ranges(parts)
    given = {point.year for point in mentions if point.year}
    whole_years = {point.year for point in mentions if not point.month and point.year}
    only_year = given.pop() if given == whole_years and len(given) == 1 else None
    for number in range(len(mentions) - 1, -1, -1):
        if mentions[number].year is None:
            mentions[number].year = only_year or _year(mentions, number, span)
            _settle_ranges(parts)
    for point in mentions:
        if point.year is None:
            raise _ask(point, text, today)
        _check(point.year)


def _settle_list(points: list[CalendarPoint], text: str, today: date | None) -> None:
    """Years within a list that has one: "3.10, 7.11 i 5.12.2022". Raises Ask when the order of the days forbids it."""
    if all(point.year is None for point in points):
        return
    for later, earlier in pairwise(reversed(points)):
        if earlier.year is None and later.year and _key(earlier) <= _key(later):
            earlier.year = later.year
    for earlier, later in pairwise(points):
        if later.year is None and earlier.year and _key(earlier) <= _key(later):
            later.year = earlier.year
    for point in points:
        if point.year is None:
            raise _ask(point, text, today)


def points_of(parts: Iterable[Part]) -> list[CalendarPoint]:
    """All points that the parts mention, in their order."""
    points: list[CalendarPoint] = []
    for part in parts:
        if isinstance(part, RangePart):
            points += [point for point in (part.first, part.last) if point]
        elif isinstance(part, MonthsPart | DatesPart):
            points += part.points
        elif isinstance(part, MovePart):
            points += [point for point in (part.day, part.to) if point]
    return points


def _settle_ranges(parts: Iterable[Part]) -> None:
    for part in parts:
        if isinstance(part, RangePart) and part.first and part.last:
            _settle_range(part)


def _settle_range(part: RangePart) -> None:
    """The other end of a range with one year: the last day comes after the first, and less than a year later."""
    first, last = part.first, part.last
    assert first and last
    if first.year is None and last.year is not None:
        first.year = last.year if not last.month or _key(first) <= _key(last) else last.year - 1
    elif last.year is None and first.year is not None:
        last.year = first.year if not last.month or _key(first) <= _key(last) else first.year + 1


def _key(point: CalendarPoint) -> tuple[int, int]:
    return point.month, point.day or 1


def _year(mentions: list[CalendarPoint], number: int, span: Range | None) -> int | None:
    """The year of a point without one: that of the next or of the previous date, where the order allows it."""
    point = mentions[number]
    beside = mentions[max(number - 1, 0) : number + 2]
    whole_years = {each.year for each in beside if each.year and not each.month}
    if whole_years:  # "w poniedziałki marca w 2027 roku"
        return whole_years.pop() if len(whole_years) == 1 else None
    following = next((each for each in mentions[number + 1 :] if each.year and each.month), None)
    if following and point.month and _key(point) <= _key(following):
        return following.year
    previous = next((each for each in reversed(mentions[:number]) if each.year and each.month), None)
    if previous and not following and (not point.month or _key(point) >= _key(previous)):
        return previous.year
    if previous or following:
        return None
    years = years_within(point, span) if span else []
    return years[0] if len(years) == 1 else None


def years_within(point: CalendarPoint, span: Range) -> list[int]:
    """The years in which the day or month lies in the span."""
    start, end = span
    last = end or date(min(start.year + 2, LAST_YEAR), 12, 31)
    years = []
    for year in range(start.year, last.year + 1):
        try:
            first = date(year, point.month or 1, point.day or 1)
        except ValueError:
            continue
        until = first if point.day else (Month(year, point.month).end if point.month else date(year, 12, 31))
        if Period(first, until).intersection(start, last):
            years.append(year)
    return years


def _check(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ScheduleError(f"Rok {year} to chyba pomyłka. Wpisz rok od {FIRST_YEAR} do {LAST_YEAR}.")


def _ask(point: CalendarPoint, text: str, today: date | None) -> Ask:
    quoted = text[point.start : point.end]
    choices = []
    if today:
        joint = "." if point.day and "." in quoted else " "
        for year in (today.year, today.year + 1):
            choices.append(AnswerChoice(str(year), f"{text[: point.end]}{joint}{year}{text[point.end :]}"))
    return Ask(Missing.YEAR, f"Którego roku dotyczy „{quoted}”? Dopisz rok.", *choices)

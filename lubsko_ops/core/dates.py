"""Dates and periods: both ends always included; months clipped at their end; Polish working days.

Pure functions; the current day comes from ``clock``.
A *range* is a pair ``(start, end)`` of days, both included; ``end`` None means "until further notice".
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import count
from typing import ClassVar, Self, TypeVar

import holidays
from dateutil.relativedelta import relativedelta

ONE_DAY = timedelta(days=1)
MONTH_NAMES = (
    "styczeń",
    "luty",
    "marzec",
    "kwiecień",
    "maj",
    "czerwiec",
    "lipiec",
    "sierpień",
    "wrzesień",
    "październik",
    "listopad",
    "grudzień",
)
ROMAN_NUMERALS = ("I", "II", "III", "IV")

Range = tuple[date, date | None]
CalendarPeriodT = TypeVar("CalendarPeriodT", bound="CalendarPeriod")


def add_months(day: date, months: int) -> date:
    """The same day of the month ``months`` later (or earlier), clipped to the end of a shorter month.

    31 August + 6 months is 28 (29) February. Raises OverflowError beyond the years 1–9999.
    """
    try:
        later: date = day + relativedelta(months=months)
    except ValueError as error:
        raise OverflowError("date out of range") from error
    return later


def half_years_from(day: date) -> Iterator[date]:
    """Endless series of days every half a year after ``day``, without the day itself.

    Counted from the *original* day, so clipping does not accumulate: 31 August gives 28 February,
    then 31 August again.
    """
    for number in count(1):
        try:
            yield add_months(day, 6 * number)
        except OverflowError:
            return


def full_months(born_on: date, day: date) -> int:
    """Age in full months on the day, each completed at its beginning. ValueError before the birth.

    Those born on 29, 30 or 31 complete a shorter month on its last day (art. 112 of the Civil Code).
    """
    if day < born_on:
        raise ValueError("Not yet born on that day.")
    months = 12 * (day.year - born_on.year) + day.month - born_on.month
    return months if add_months(born_on, months) <= day else months - 1


def age_on(born_on: date, day: date) -> int:
    """Age in full years on the day. ValueError before the birth.

    A year is completed at the beginning of the birthday; for those born on 29 February, on 28 February of a common
    year.
    """
    return full_months(born_on, day) // 12


# ---- periods -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Period:
    """Days from ``start`` to ``end``, both included. ValueError when the end comes before the start.

    Periods of different classes are never equal, even over the same days.
    """

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError("A period cannot end before it starts.")

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    @property
    def days(self) -> int:
        """Number of days, at least one."""
        return (self.end - self.start).days + 1

    @property
    def name(self) -> str:
        """Label for pages: "01.05.2026–14.05.2026", a single day "01.05.2026"."""
        first, last = (f"{day:%d.%m}.{day.year}" for day in (self.start, self.end))
        return first if first == last else f"{first}–{last}"

    @property
    def previous(self) -> "Period":
        """The period just before, with as many days; a calendar period gives one of its own class."""
        return Period(self.start - timedelta(days=self.days), self.start - ONE_DAY)

    @property
    def year_earlier(self) -> "Period":
        """The same days a year earlier (29 February gives 28 February)."""
        return Period(add_months(self.start, -12), add_months(self.end, -12))

    @property
    def year_to_date(self) -> "Period":
        """From 1 January of the year in which the period ends to its end."""
        return Period(date(self.end.year, 1, 1), self.end)

    def overlaps(self, other: "Period") -> bool:
        """Whether the periods have at least one day in common."""
        return self.start <= other.end and other.start <= self.end

    def intersection(self, start: date, end: date | None) -> "Period | None":
        """The part of the range that lies within the period; None when there is none."""
        first, last = max(self.start, start), self.end if end is None else min(self.end, end)
        return Period(first, last) if first <= last else None

    def each_day(self) -> Iterator[date]:
        """All days, in order."""
        return (self.start + timedelta(days=number) for number in range(self.days))

    def split_by(self, kind: type[CalendarPeriodT]) -> Iterator[CalendarPeriodT]:
        """All months (quarters, half-years, years) with at least one day in the period, in order."""
        part = kind.of(self.start)
        while part.end < self.end:
            yield part
            part = part.following
        yield part


class CalendarPeriod(Period):
    """A calendar period: the ``number``-th part of a year, counted from 1."""

    months: ClassVar[int]

    def __init__(self, year: int, number: int = 1) -> None:
        if not 1 <= number <= 12 // self.months:
            raise ValueError(f"There is no such {type(self).__name__.lower()} in a year: {number}.")
        last = number * self.months
        super().__init__(date(year, last - self.months + 1, 1), date(year, last, monthrange(year, last)[1]))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.year}, {self.number})"

    @classmethod
    def of(cls, day: date) -> Self:
        """The period that contains the day."""
        return cls(day.year, (day.month - 1) // cls.months + 1)

    @property
    def year(self) -> int:
        return self.start.year

    @property
    def number(self) -> int:
        """Number within the year, from 1."""
        return (self.start.month - 1) // self.months + 1

    @property
    def previous(self) -> Self:
        return type(self).of(self.start - ONE_DAY)

    @property
    def following(self) -> Self:
        """The period just after."""
        return type(self).of(self.end + ONE_DAY)

    @property
    def year_earlier(self) -> Self:
        return type(self)(self.year - 1, self.number)


class Month(CalendarPeriod):
    """A calendar month: "październik 2026 r."."""

    months = 1

    @property
    def name(self) -> str:
        return f"{MONTH_NAMES[self.number - 1]} {self.year} r."


class Quarter(CalendarPeriod):
    """A quarter of a year: "III kwartał 2026 r."."""

    months = 3

    @property
    def name(self) -> str:
        return f"{ROMAN_NUMERALS[self.number - 1]} kwartał {self.year} r."


class HalfYear(CalendarPeriod):
    """Half a calendar year, as in the statutory report: "I półrocze 2026 r."."""

    months = 6

    @property
    def name(self) -> str:
        return f"{ROMAN_NUMERALS[self.number - 1]} półrocze {self.year} r."


class Year(CalendarPeriod):
    """A calendar year: "rok 2026"."""

    months = 12

    @property
    def name(self) -> str:
        return f"rok {self.year}"


# ---- ranges ------------------------------------------------------------------------------------------


def max_overlap(ranges: Iterable[Range], since: date) -> int:
    """The greatest number of ranges that contain one and the same day, from ``since`` on; 0 for none."""
    changes: list[tuple[date, int]] = []
    for start, end in ranges:
        if end is not None and end < max(start, since):
            continue
        changes.append((max(start, since), +1))
        if end is not None and end < date.max:
            changes.append((end + ONE_DAY, -1))
    current = highest = 0
    for _, change in sorted(changes):  # on the same day ends (-1) come before starts (+1)
        current += change
        highest = max(highest, current)
    return highest


def uncovered_periods(period: Period, ranges: Iterable[Range]) -> list[Period]:
    """The parts of the period that no range covers, as long as possible, in order."""
    gaps, first = [], period.start
    covered = [part for start, end in ranges if (part := period.intersection(start, end))]
    for part in sorted(covered, key=lambda part: part.start):
        if part.start > first:
            gaps.append(Period(first, part.start - ONE_DAY))
        if part.end == period.end:
            return gaps
        first = max(first, part.end + ONE_DAY)
    return [*gaps, Period(first, period.end)]


# ---- working days ------------------------------------------------------------------------------------


@lru_cache(maxsize=400)
def _holidays_in(year: int) -> dict[date, str]:
    # Built and cached by year: the library's own lazily filled calendar is not safe to share between threads,
    # one of which could see a year that is marked as present but not filled yet.
    return dict(holidays.country_holidays("PL", language="pl", years=year, expand=False))


def holiday_name(day: date) -> str:
    """Name of the public holiday on that day, in Polish; empty on other days. From 2025 also 24 December."""
    return _holidays_in(day.year).get(day, "")


def is_working_day(day: date) -> bool:
    """Monday to Friday and no public holiday."""
    return day.weekday() < 5 and not holiday_name(day)


def add_working_days(day: date, number: int) -> date:
    """The ``number``-th working day after ``day`` (before it, when negative).

    The day itself never counts, as a term counted in days leaves out the day of the event. 0 gives the day itself.
    """
    step = ONE_DAY if number > 0 else -ONE_DAY
    left = abs(number)
    while left:
        day += step
        left -= is_working_day(day)
    return day


def working_days_between(start: date, end: date) -> int:
    """Number of working days after ``start`` up to and including ``end``; negative when the end comes first.

    The same day gives 0, and ``add_working_days(start, n)`` is the first day that gives n.
    """
    if end < start:
        return -working_days_between(end, start)
    return sum(is_working_day(start + timedelta(days=number)) for number in range(1, (end - start).days + 1))


def quarter_and_previous(day: date) -> tuple[Period, Period]:
    """The quarter of the day until the day, and the previous one until its corresponding (or last) day."""
    quarter = Quarter.of(day)
    before = quarter.previous
    same_day = before.start + (day - quarter.start)
    return Period(quarter.start, day), Period(before.start, min(same_day, before.end))


def thirty_days(day: date) -> Period:
    """Thirty days, the last of them the day."""
    return Period(day - timedelta(days=29), day)

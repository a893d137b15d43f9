"""Days and periods: both ends always included; months clipped at their end; Polish working days.

Pure functions of days. Nothing here asks what day it is (that is the clock's).
A *range* is a pair ``(start, end)`` of days, both included; ``end`` None means "until further notice".
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import count
from typing import ClassVar, Self

import holidays

DAY = timedelta(days=1)
MONTHS = (
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
ROMAN = ("I", "II", "III", "IV")

Range = tuple[date, date | None]


def add_months(day: date, months: int) -> date:
    """The same day of the month, so many months later (or earlier); clipped to the end of a shorter month.

    31 August + 6 months is 28 (29) February. Raises OverflowError beyond the years 1–9999.
    """
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        raise OverflowError("A day beyond the calendar.")
    return day.replace(year=year, month=month0 + 1, day=min(day.day, monthrange(year, month0 + 1)[1]))


def half_years_from(day: date) -> Iterator[date]:
    """The chain of days every half a year after ``day``, the day itself left out, without end.

    Counted by month from the *original* day, so clipping does not creep: 31 August gives 28 February,
    then 31 August again.
    """
    for number in count(1):
        try:
            yield add_months(day, 6 * number)
        except OverflowError:
            return


def age_on(born_on: date, day: date) -> int:
    """Age in full years on the day. ValueError when not yet born.

    A year of age is full at the beginning of the birthday; who was born on 29 February has it on
    28 February of a common year (art. 112 of the Civil Code).
    """
    if day < born_on:
        raise ValueError("Not yet born on that day.")
    years = day.year - born_on.year
    return years if add_months(born_on, 12 * years) <= day else years - 1


# ---- periods -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Period:
    """Days from ``start`` to ``end``, both included. ValueError when the end comes before the start.

    Periods of different kinds are never equal, even over the same days: a quarter has a name and a
    quarter before it, three months between two dates have neither.
    """

    start: date
    end: date

    def __post_init__(self):
        if self.end < self.start:
            raise ValueError("A period cannot end before it starts.")

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    @property
    def days(self) -> int:
        """How many days, at least one."""
        return (self.end - self.start).days + 1

    @property
    def name(self) -> str:
        """Days as on a page: "01.05.2026–14.05.2026", one day alone as "01.05.2026"."""
        first, last = (f"{day:%d.%m}.{day.year}" for day in (self.start, self.end))
        return first if first == last else f"{first}–{last}"

    @property
    def previous(self) -> "Period":
        """The period just before; a calendar period gives its own kind, other periods as many days."""
        return Period(self.start - timedelta(days=self.days), self.start - DAY)

    @property
    def year_earlier(self) -> "Period":
        """The same days a year earlier (29 February gives 28 February)."""
        return Period(add_months(self.start, -12), add_months(self.end, -12))

    @property
    def since_january(self) -> "Period":
        """From 1 January of the year in which the period ends to its end."""
        return Period(date(self.end.year, 1, 1), self.end)

    def overlaps(self, other: "Period") -> bool:
        """Whether both have at least one day in common."""
        return self.start <= other.end and other.start <= self.end

    def clip(self, start: date, end: date | None) -> "Period | None":
        """The days of the range that lie within the period; None when there are none."""
        first, last = max(self.start, start), self.end if end is None else min(self.end, end)
        return Period(first, last) if first <= last else None

    def each_day(self) -> Iterator[date]:
        """Every day, first to last."""
        return (self.start + timedelta(days=number) for number in range(self.days))

    def each(self, kind: "type[CalendarPeriod]") -> "Iterator[CalendarPeriod]":
        """Every month (quarter, half-year, year) with at least one day in the period, first to last."""
        one = kind.of(self.start)
        while one.end < self.end:
            yield one
            one = one.following
        yield one


class CalendarPeriod(Period):
    """A period cut by the calendar: the ``number``-th part of a year, counted from 1."""

    months: ClassVar[int]

    def __init__(self, year: int, number: int = 1):
        if not 1 <= number <= 12 // self.months:
            raise ValueError(f"There is no such {type(self).__name__.lower()} in a year: {number}.")
        last = number * self.months
        super().__init__(date(year, last - self.months + 1, 1), date(year, last, monthrange(year, last)[1]))

    def __repr__(self):
        return f"{type(self).__name__}({self.year}, {self.number})"

    @classmethod
    def of(cls, day: date) -> Self:
        """The one in which the day lies."""
        return cls(day.year, (day.month - 1) // cls.months + 1)

    @property
    def year(self) -> int:
        return self.start.year

    @property
    def number(self) -> int:
        """Which one of the year, from 1."""
        return (self.start.month - 1) // self.months + 1

    @property
    def previous(self) -> Self:
        return type(self).of(self.start - DAY)

    @property
    def following(self) -> Self:
        """The one just after."""
        return type(self).of(self.end + DAY)

    @property
    def year_earlier(self) -> Self:
        return type(self)(self.year - 1, self.number)


class Month(CalendarPeriod):
    """A calendar month: "październik 2026 r."."""

    months = 1

    @property
    def name(self) -> str:
        return f"{MONTHS[self.number - 1]} {self.year} r."


class Quarter(CalendarPeriod):
    """A quarter of a year: "III kwartał 2026 r."."""

    months = 3

    @property
    def name(self) -> str:
        return f"{ROMAN[self.number - 1]} kwartał {self.year} r."


class HalfYear(CalendarPeriod):
    """Half a calendar year, as the statutory report has it: "I półrocze 2026 r."."""

    months = 6

    @property
    def name(self) -> str:
        return f"{ROMAN[self.number - 1]} półrocze {self.year} r."


class Year(CalendarPeriod):
    """A calendar year: "rok 2026"."""

    months = 12

    @property
    def name(self) -> str:
        return f"rok {self.year}"


# ---- ranges ------------------------------------------------------------------------------------------


def peak(ranges: Iterable[Range], since: date) -> int:
    """The greatest number of ranges that hold on one and the same day, on ``since`` or later; 0 for none."""
    changes: list[tuple[date, int]] = []
    for start, end in ranges:
        if end is not None and end < max(start, since):
            continue
        changes.append((max(start, since), +1))
        if end is not None and end < date.max:
            changes.append((end + DAY, -1))
    now = most = 0
    for _, change in sorted(changes):  # on one day what has ended leaves before what starts comes
        now += change
        most = max(most, now)
    return most


def days_uncovered(period: Period, ranges: Iterable[Range]) -> list[Period]:
    """The parts of the period, in order and as long as can be, in which none of the ranges holds."""
    gaps, first = [], period.start
    held = [part for start, end in ranges if (part := period.clip(start, end))]
    for part in sorted(held, key=lambda part: part.start):
        if part.start > first:
            gaps.append(Period(first, part.start - DAY))
        if part.end == period.end:
            return gaps
        first = max(first, part.end + DAY)
    return [*gaps, Period(first, period.end)]


# ---- working days ------------------------------------------------------------------------------------


@lru_cache(maxsize=400)
def _holidays_of(year: int) -> dict[date, str]:
    # Built whole and remembered by year: the library's own lazily growing calendar is shared by the
    # threads of a server, and one of them could see a year announced and not yet filled.
    return dict(holidays.country_holidays("PL", language="pl", years=year, expand=False))


def holiday_name(day: date) -> str:
    """Name of the public holiday on that day, in Polish; empty on other days. From 2025 also 24 December."""
    return _holidays_of(day.year).get(day, "")


def is_working_day(day: date) -> bool:
    """Monday to Friday and no public holiday."""
    return day.weekday() < 5 and not holiday_name(day)


def add_working_days(day: date, number: int) -> date:
    """The ``number``-th working day after ``day`` (before it, when negative).

    The day itself never counts, working or not, as a term counted in days leaves out the day of the event.
    Nought gives the day itself.
    """
    step = DAY if number > 0 else -DAY
    left = abs(number)
    while left:
        day += step
        left -= is_working_day(day)
    return day


def working_days_between(start: date, end: date) -> int:
    """How many working days have passed: ``start`` does not count, ``end`` does.

    So the same day gives 0, and ``add_working_days(start, n)`` is the first day that gives n.
    With the end before the start it is the same number, negative.
    """
    if end < start:
        return -working_days_between(end, start)
    return sum(is_working_day(start + timedelta(days=number)) for number in range(1, (end - start).days + 1))

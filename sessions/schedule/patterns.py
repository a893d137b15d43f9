"""Patterns: on which days of a calendar a rule has meetings. They are computed by dateutil.rrule.

Each pattern gives the days from ``start`` on, which is also where "every second" is counted from: the first day of the
pattern on or after ``start`` is always one of them. Weeks begin on Monday.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from dateutil.rrule import DAILY, MO, MONTHLY, WEEKLY, rrule, weekday

from lubsko_ops.core.dates import Month, add_months, holiday_name, is_working_day
from sessions.schedule.hours import ScheduleError

LAST_YEAR = 2099  # holidays are reckoned up to here, and no project is planned beyond it
FIRST_YEAR = 2000
MAX_EVERY = 60
WEEK = tuple(range(7))
POSITIONS = (1, 2, 3, 4, 5, -1, -2, -3, -4, -5)


def _check_every(every: int) -> None:
    if not 1 <= every <= MAX_EVERY:
        raise ScheduleError(f"Odstęp między spotkaniami to liczba od 1 do {MAX_EVERY}.")


def _check_all(values: tuple[Any, ...], allowed: Any, what: str) -> None:
    if not values or len(set(values)) < len(values) or any(value not in allowed for value in values):
        raise ScheduleError(f"Nie wiadomo, {what}.")


@dataclass(frozen=True)
class Pattern:
    """Base of the patterns. ``rrule_arguments`` are those of dateutil.rrule; None when no RRULE says the same."""

    def rrule_arguments(self) -> dict[str, Any] | None:
        raise NotImplementedError

    def days(self, start: date) -> Iterator[date]:
        """The days from ``start`` on, in order, until the end of LAST_YEAR."""
        arguments = self.rrule_arguments()
        assert arguments is not None
        arguments = {"wkst": MO, "until": datetime(LAST_YEAR, 12, 31), "cache": False, **arguments}
        if arguments.get("interval", 1) > 1:
            # counted from the first day of the pattern, not from the week or month of ``start``
            first = next(iter(rrule(dtstart=_midnight(start), **{**arguments, "interval": 1})), None)
            if first is None:
                return
            start = first.date()
        yield from (moment.date() for moment in rrule(dtstart=_midnight(start), **arguments))

    def is_on(self, day: date) -> bool:
        """Whether the day itself belongs to the pattern; for patterns without an interval."""
        return next(self.days(day), None) == day


@dataclass(frozen=True)
class Weekly(Pattern):
    """On weekdays (0 is Monday) of each ``every``-th week."""

    weekdays: tuple[int, ...]
    every: int = 1

    def __post_init__(self) -> None:
        _check_every(self.every)
        _check_all(self.weekdays, WEEK, "w które dni tygodnia są spotkania")

    def rrule_arguments(self) -> dict[str, Any]:
        return {"freq": WEEKLY, "interval": self.every, "byweekday": self.weekdays}


@dataclass(frozen=True)
class EveryDays(Pattern):
    """Each ``every``-th day."""

    every: int = 1

    def __post_init__(self) -> None:
        _check_every(self.every)

    def rrule_arguments(self) -> dict[str, Any]:
        return {"freq": DAILY, "interval": self.every}


@dataclass(frozen=True)
class WorkingDays(Pattern):
    """Monday to Friday without public holidays."""

    def rrule_arguments(self) -> None:
        return None

    def days(self, start: date) -> Iterator[date]:
        return (day for day in Weekly(WEEK[:5]).days(start) if is_working_day(day))


@dataclass(frozen=True)
class WeekdaysOfMonth(Pattern):
    """On weekdays with their position in the month: (1, 4) is its first Friday, (-1, 2) its last Wednesday.

    working: only those that are no public holiday are counted, so the first working Friday is the next one when the
    first is a holiday.
    """

    places: tuple[tuple[int, int], ...]
    every: int = 1
    working: bool = False

    def __post_init__(self) -> None:
        _check_every(self.every)
        _check_all(
            self.places, [(place, day) for place in POSITIONS for day in WEEK], "które to dni miesiąca"
        )
        if self.working and any(day > 4 for _, day in self.places):
            raise ScheduleError(
                "Sobota i niedziela nie są dniami roboczymi. Wybierz dzień od poniedziałku do piątku."
            )

    def rrule_arguments(self) -> dict[str, Any] | None:
        if self.working:
            return None
        places = [weekday(day, place) for place, day in self.places]
        return {"freq": MONTHLY, "interval": self.every, "byweekday": places}

    def days(self, start: date) -> Iterator[date]:
        return _by_month(self, start) if self.working else super().days(start)

    def days_of_month(self, month: Month) -> set[date]:
        """For the working ones: the days in the month."""
        chosen = set()
        for place, number in self.places:
            days = [day for day in month.each_day() if day.weekday() == number and not holiday_name(day)]
            chosen |= _at(days, place)
        return chosen


@dataclass(frozen=True)
class WorkingDaysOfMonth(Pattern):
    """On the n-th working day of the month; -1 is the last."""

    positions: tuple[int, ...]
    every: int = 1

    def __post_init__(self) -> None:
        _check_every(self.every)
        _check_all(self.positions, [*range(1, 24), *range(-23, 0)], "który to dzień roboczy miesiąca")

    def rrule_arguments(self) -> None:
        return None

    def days(self, start: date) -> Iterator[date]:
        return _by_month(self, start)

    def days_of_month(self, month: Month) -> set[date]:
        days = [day for day in month.each_day() if is_working_day(day)]
        return {day for place in self.positions for day in _at(days, place)}


@dataclass(frozen=True)
class DaysOfMonth(Pattern):
    """On days by their number in the month; -1 is the last day. A month without such a day has no meeting."""

    numbers: tuple[int, ...]
    every: int = 1

    def __post_init__(self) -> None:
        _check_every(self.every)
        _check_all(self.numbers, [*range(1, 32), -1], "który to dzień miesiąca")

    def rrule_arguments(self) -> dict[str, Any]:
        return {"freq": MONTHLY, "interval": self.every, "bymonthday": self.numbers}


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(0))


def _at(days: list[date], place: int) -> set[date]:
    """The day at the place counted from 1, or from the end; empty when there are fewer."""
    index = place - 1 if place > 0 else place
    return set(days[index : index + 1 or None])


def _by_month(pattern: WeekdaysOfMonth | WorkingDaysOfMonth, start: date) -> Iterator[date]:
    """The days of a pattern that asks the holidays, month by month from the first one with a day."""
    first = start.replace(day=1)
    begun = False
    while first.year <= LAST_YEAR:
        days = sorted(day for day in pattern.days_of_month(Month.of(first)) if day >= start)
        yield from days
        begun = begun or bool(days)
        first = add_months(first, pattern.every if begun else 1)


def end_of_months(start: date, months: int) -> date:
    """The last day of a period of so many months that begins on ``start``: 15 October and 3 months is 14 January."""
    return add_months(start, months) - timedelta(days=1)

"""Parts of a schedule: the rule of a series, a single meeting, days left out, a change of one day."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lubsko_ops.core.dates import Period, holiday_name
from lubsko_ops.core.polish import count_of, short_date
from sessions.schedule.hours import UNSETTLED, ScheduleError, TimeSlot, check_clock_change
from sessions.schedule.patterns import FIRST_YEAR, LAST_YEAR, Pattern

MAX_MEETINGS = 1000
MAX_MEETING_DAYS = 31
MEETING_FORMS = "spotkanie,spotkania,spotkań"
TOO_MANY = (
    f"To więcej niż {count_of(MAX_MEETINGS, MEETING_FORMS)}. Podziel harmonogram na części albo sprawdź daty."
)


class HolidayPolicy(StrEnum):
    """What becomes of a meeting of a rule on a public holiday."""

    KEEP = "keep"  # it stays and is marked
    SKIP = "skip"  # it is left out and does not count in a counted series
    NEXT_WORKING_DAY = "next_working_day"


def check_day(day: date) -> None:
    """ScheduleError for a year in which no project is planned."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ScheduleError(f"Rok {day.year} to chyba pomyłka. Wpisz rok od {FIRST_YEAR} do {LAST_YEAR}.")


@dataclass(frozen=True)
class PlannedMeeting:
    """A meeting as the schedule gives it: on one day, or over several days with the same hours on each."""

    start: date
    end: date
    slot: TimeSlot = UNSETTLED

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    @property
    def minutes(self) -> int | None:
        """Length on all its days together; None while it is not settled."""
        return None if self.slot.minutes is None else self.slot.minutes * self.days

    @property
    def holidays(self) -> tuple[str, ...]:
        """Names of the public holidays on its days."""
        return tuple(name for day in Period(self.start, self.end).each_day() if (name := holiday_name(day)))

    @property
    def sort_key(self) -> tuple[date, str, date, int, str]:
        start = self.slot.start.isoformat() if self.slot.start else ""
        return self.start, start, self.end, self.slot.minutes or 0, self.slot.place


@dataclass(frozen=True)
class MeetingRule:
    """A series: the pattern of its days, where it begins, and what ends it.

    Without ``end``, ``count`` and ``total_minutes`` it is open-ended: made for a window, prolonged by hand. Several
    slots that apply on a day are as many meetings. ``count`` counts meetings, not days; ``total_minutes`` ends the
    series with the meeting that completes them.
    """

    pattern: Pattern
    start: date
    end: date | None = None
    count: int | None = None
    total_minutes: int | None = None
    slots: tuple[TimeSlot, ...] = (UNSETTLED,)

    def __post_init__(self) -> None:
        check_day(self.start)
        if self.end is not None:
            check_day(self.end)
            if self.end < self.start:
                raise ScheduleError(
                    f"Koniec ({short_date(self.end)}) jest przed początkiem ({short_date(self.start)}). "
                    "Popraw jedną z dat."
                )
        if sum(each is not None for each in (self.end, self.count, self.total_minutes)) > 1:
            raise ScheduleError("Zostaw jedno: ostatni dzień, liczbę spotkań albo łączną liczbę godzin.")
        if self.count is not None and self.count < 1:
            raise ScheduleError("Harmonogram musi mieć co najmniej jedno spotkanie.")
        if self.count is not None and self.count > MAX_MEETINGS:
            raise ScheduleError(TOO_MANY)
        if self.total_minutes is not None:
            if self.total_minutes < 1:
                raise ScheduleError("Łączna liczba godzin musi być większa od zera.")
            if any(slot.minutes is None for slot in self.slots):
                raise ScheduleError(
                    "Żeby policzyć spotkania z łącznej liczby godzin, podaj, ile trwa każde z nich."
                )
        if not self.slots:
            raise ScheduleError("Nie wiadomo, o jakich godzinach są spotkania.")

    @property
    def is_open_ended(self) -> bool:
        return self.end is None and self.count is None and self.total_minutes is None

    def meetings(
        self, until: date | None = None, place: Callable[[date], date | None] = lambda day: day
    ) -> Iterator[PlannedMeeting]:
        """The meetings in order of the pattern's days, all of them or those of the days until ``until``.

        place: the day on which the meeting of that day is held, None when it is left out; what is left out does not
        count. ScheduleError for an open-ended rule without a last day, and for more than MAX_MEETINGS.
        """
        if self.is_open_ended and until is None:
            raise ScheduleError("Ten harmonogram nie ma końca. Podaj, do którego dnia go pokazać.")
        number = minutes = 0
        for meeting in self._each_meeting(until, place):
            number, minutes = number + 1, minutes + (meeting.minutes or 0)
            if number > MAX_MEETINGS:
                raise ScheduleError(TOO_MANY)
            yield meeting
            if number == self.count or (self.total_minutes and minutes >= self.total_minutes):
                return
        if until is None and self.end is None:
            raise ScheduleError(f"Do końca {LAST_YEAR} roku nie starczy dni na tyle spotkań.")

    def _each_meeting(
        self, until: date | None, place: Callable[[date], date | None]
    ) -> Iterator[PlannedMeeting]:
        """The meetings until the end of the rule and the last day, without regard to their number."""
        last = min([each for each in (self.end, until) if each], default=date.max)
        held: set[tuple[date, TimeSlot]] = set()
        for day in self.pattern.days(self.start):
            if day > last:
                return
            held_on = place(day)
            for slot in self.slots_on(day) if held_on else ():
                if (
                    held_on and (held_on, slot) not in held
                ):  # else moved to a day that has this meeting anyway
                    held.add((held_on, slot))
                    yield PlannedMeeting(held_on, held_on, slot)

    def slots_on(self, day: date) -> list[TimeSlot]:
        """The slots of the day by hour; one without hours when none applies."""
        slots = {slot.everywhere for slot in self.slots if slot.applies_on(day)} or {UNSETTLED}
        return sorted(slots, key=lambda slot: PlannedMeeting(day, day, slot).sort_key)


@dataclass(frozen=True)
class SingleMeeting:
    """One meeting on a day of its own, or over several days (``end``)."""

    start: date
    end: date | None = None
    slot: TimeSlot = UNSETTLED

    def __post_init__(self) -> None:
        check_day(self.start)
        last = self.end or self.start
        check_day(last)
        if last < self.start:
            raise ScheduleError(
                f"Spotkanie kończyłoby się {short_date(last)}, a zaczyna się {short_date(self.start)}. "
                "Popraw jedną z dat."
            )
        if (last - self.start).days >= MAX_MEETING_DAYS:
            raise ScheduleError(
                f"Jedno spotkanie trwa najwyżej {MAX_MEETING_DAYS} dni. Podaj, w które dni są spotkania."
            )

    @property
    def meeting(self) -> PlannedMeeting:
        return PlannedMeeting(self.start, self.end or self.start, self.slot)


@dataclass(frozen=True)
class Exclusion:
    """Days without meetings: from day to day, or all days of a pattern (``pattern``: each Sunday)."""

    start: date | None = None
    end: date | None = None
    pattern: Pattern | None = None

    def __post_init__(self) -> None:
        if (self.start is None) == (self.pattern is None):
            raise ScheduleError("Nie wiadomo, które dni są bez spotkań.")
        if self.start and self.end and self.end < self.start:
            raise ScheduleError(
                f"Przerwa kończyłaby się {short_date(self.end)}, a zaczyna się {short_date(self.start)}."
            )

    @property
    def last(self) -> date | None:
        return self.end or self.start

    def __contains__(self, day: date) -> bool:
        if self.pattern is not None:
            return self.pattern.is_on(day)
        return self.start is not None and self.last is not None and self.start <= day <= self.last


@dataclass(frozen=True)
class DayChange:
    """A change of what a rule gives on one day: moved to another day, called off (``to`` None), or other hours."""

    day: date
    to: date | None = None
    slot: TimeSlot | None = None
    reason: str = ""


def check_meeting(meeting: PlannedMeeting) -> None:
    """ScheduleError for a meeting at an hour that the night of the clock change makes ambiguous."""
    for day in Period(meeting.start, meeting.end).each_day():
        check_clock_change(day, meeting.slot)

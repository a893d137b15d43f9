"""A schedule: the union of rules and single meetings, without the days left out, with changes of single days."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from lubsko_ops.core.dates import ONE_DAY, Month, Period, holiday_name, is_working_day
from lubsko_ops.core.polish import count_of, join_list, number, short_date
from sessions.schedule.hours import ScheduleError, TimeSlot, teaching_hours
from sessions.schedule.patterns import DaysOfMonth, WeekdaysOfMonth
from sessions.schedule.rules import (
    MAX_MEETINGS,
    MEETING_FORMS,
    TOO_MANY,
    DayChange,
    Exclusion,
    HolidayPolicy,
    MeetingRule,
    PlannedMeeting,
    SingleMeeting,
    check_meeting,
)

HOUR_FORMS = "godzina,godziny,godzin"
MONTHS_LOCATIVE = (
    "styczniu",
    "lutym",
    "marcu",
    "kwietniu",
    "maju",
    "czerwcu",
    "lipcu",
    "sierpniu",
    "wrześniu",
    "październiku",
    "listopadzie",
    "grudniu",
)


@dataclass(frozen=True)
class ScheduleTotals:
    """Numbers of a list of meetings. ``minutes`` is the sum of those whose length is settled."""

    meetings: int
    minutes: int
    without_length: int

    @property
    def hours(self) -> float:
        """Clock hours."""
        return self.minutes / 60

    @property
    def teaching_hours(self) -> float:
        """Hours of 45 minutes."""
        return teaching_hours(self.minutes)

    @property
    def text(self) -> str:
        """ "9 spotkań, 18 godzin (24 godziny lekcyjne)"; without hours while the length of a meeting is not settled."""
        counted = count_of(self.meetings, MEETING_FORMS)
        if self.without_length or not self.meetings:
            return counted
        lessons = count_of(
            self.teaching_hours, "godzina lekcyjna,godziny lekcyjne,godzin lekcyjnych,godziny lekcyjnej"
        )
        return f"{counted}, {count_of(self.hours, HOUR_FORMS)} ({lessons})"

    def difference(self, declared: int) -> str:
        """How the number of meetings differs from the declared one, as a sentence; empty when it does not."""
        missing = declared - self.meetings
        if missing == 0:
            return ""
        what = f"{number(abs(missing))} {'spotkania' if abs(missing) == 1 else 'spotkań'}"
        comparison = f"Zadeklarowano {number(declared)}, a wynika {number(self.meetings)}."
        return f"{comparison} Brakuje {what}." if missing > 0 else f"{comparison} Jest za dużo o {what}."


@dataclass(frozen=True)
class Schedule:
    """All meetings of a group: rules and single meetings, minus exclusions, with changes of days.

    holidays: what becomes of the meetings of *rules* on public holidays; a single meeting stands on a day that was
    chosen by hand and stays there. changes: of single days, stronger than ``holidays``.
    """

    rules: tuple[MeetingRule, ...] = ()
    singles: tuple[SingleMeeting, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    changes: tuple[DayChange, ...] = ()
    holidays: HolidayPolicy = HolidayPolicy.KEEP
    _changed: dict[date, DayChange] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._changed.update({change.day: change for change in self.changes})

    @property
    def is_open_ended(self) -> bool:
        return any(rule.is_open_ended for rule in self.rules)

    def meetings(self, window: Period | None = None) -> list[PlannedMeeting]:
        """All meetings in order, each once; of a window those that begin in it.

        ScheduleError when there is none, when there are more than MAX_MEETINGS, when an open-ended rule has no window,
        or when a meeting falls into the night of a clock change.
        """
        meetings = _without_doubles([*self._of_rules(window), *self._of_singles()])
        if window is not None:
            meetings = [meeting for meeting in meetings if meeting.start in window]
        if not meetings:
            raise ScheduleError(self._why_none())
        if len(meetings) > MAX_MEETINGS:
            raise ScheduleError(TOO_MANY)
        for meeting in meetings:
            check_meeting(meeting)
        return meetings

    def is_empty(self, window: Period | None = None) -> bool:
        """Whether no meeting is left: the exceptions may have taken all of them."""
        meetings = [*self._of_rules(window), *self._of_singles()]
        return not any(window is None or meeting.start in window for meeting in meetings)

    def totals(self, window: Period | None = None) -> ScheduleTotals:
        """Numbers of meetings and hours."""
        return totals_of(self.meetings(window))

    def notes(self, window: Period | None = None) -> list[str]:
        """Sentences on what the rules leave out: months without such a day."""
        meetings = self.meetings(window)
        return [note for rule in self.rules if (note := _missing_days(rule, meetings[-1].end))]

    def unclear_days(self) -> list[date]:
        """Days with a meeting without an hour beside another one: perhaps the same meeting, perhaps not."""
        slots: dict[tuple[date, date], set[TimeSlot]] = {}
        for each in [*self._of_rules(None), *self._of_singles()]:
            slots.setdefault((each.start, each.end), set()).add(each.slot)
        return sorted(
            start
            for (start, _), own in slots.items()
            if len(own) > 1 and any(slot.start is None for slot in own)
        )

    def with_holidays(self, policy: HolidayPolicy) -> "Schedule":
        return replace(self, holidays=policy)

    def _of_rules(self, window: Period | None) -> Iterator[PlannedMeeting]:
        for rule in self.rules:
            for meeting in rule.meetings(self._last_day(window), self._held_on):
                slot = self._slot_of(meeting)
                yield replace(meeting, slot=slot) if slot else meeting

    def _last_day(self, window: Period | None) -> date | None:
        """The last day from which a meeting may have been moved into the window."""
        return None if window is None else max([window.end, *self._changed])

    def _slot_of(self, meeting: PlannedMeeting) -> TimeSlot | None:
        changed = (change for change in self.changes if change.to == meeting.start and change.slot)
        return next((change.slot for change in changed), None)

    def _held_on(self, day: date) -> date | None:
        """The day on which a rule's meeting of the day is held; None when it is left out."""
        if change := self._changed.get(day):
            return change.to
        if any(day in each for each in self.exclusions):
            return None
        if self.holidays == HolidayPolicy.KEEP or not holiday_name(day):
            return day
        if self.holidays == HolidayPolicy.SKIP:
            return None
        while not is_working_day(day):
            day += ONE_DAY
        return day

    def _of_singles(self) -> Iterator[PlannedMeeting]:
        for single in self.singles:
            meeting = single.meeting
            if change := self._changed.get(meeting.start):
                if change.to is None:
                    continue
                slot = change.slot or meeting.slot
                meeting = PlannedMeeting(change.to, change.to + (meeting.end - meeting.start), slot)
            elif any(meeting.start in each for each in self.exclusions):
                continue
            yield meeting

    def _why_none(self) -> str:
        for rule in self.rules:
            if rule.end:
                return (
                    f"Z tego nie wynika żadne spotkanie: między {short_date(rule.start)} a {short_date(rule.end)} "
                    "nie ma takiego dnia. Sprawdź dni i daty."
                )
        return "Z tego nie wynika żadne spotkanie. Sprawdź dni i daty."


def totals_of(meetings: Iterable[PlannedMeeting]) -> ScheduleTotals:
    """Numbers of the meetings and their hours."""
    minutes = [meeting.minutes for meeting in meetings]
    return ScheduleTotals(len(minutes), sum(each or 0 for each in minutes), minutes.count(None))


def _without_doubles(meetings: list[PlannedMeeting]) -> list[PlannedMeeting]:
    """The meetings in order, each once.

    A meeting without an hour is the same as any other of its days: it says only that there is one.
    """
    with_hour = {(each.start, each.end) for each in meetings if each.slot.start}
    chosen: dict[object, PlannedMeeting] = {}
    for each in sorted(meetings, key=lambda each: each.sort_key):
        days = (each.start, each.end)
        if each.slot.start:
            chosen.setdefault((days, each.slot), each)
        elif days not in with_hour:
            chosen[days] = each  # of several lengths the longest, which comes last
    return sorted(chosen.values(), key=lambda each: each.sort_key)


def _missing_days(rule: MeetingRule, last: date) -> str:
    """The months of the rule in which a day does not occur: the 31st, the fifth Wednesday."""
    rare: DaysOfMonth | WeekdaysOfMonth
    match rule.pattern:
        case DaysOfMonth(numbers, 1) if kept := tuple(each for each in numbers if each > 28):
            rare, what, expected = (
                DaysOfMonth(kept),
                join_list([f"{each}." for each in kept], "ani"),
                len(kept),
            )
        case WeekdaysOfMonth(places, 1, False) if fifth := tuple(
            each for each in places if abs(each[0]) == 5
        ):
            rare, what, expected = WeekdaysOfMonth(fifth), "piątego takiego", len(fifth)
        case _:
            return ""
    end = rule.end or last
    months = [
        month
        for month in Period(rule.start, end).split_by(Month)
        if month.start >= rule.start
        and month.end <= end
        and sum(rare.is_on(day) for day in month.each_day()) < expected
    ]
    names = join_list([f"{MONTHS_LOCATIVE[month.number - 1]} {month.year}" for month in months])
    return f"Nie ma {what} dnia w: {names}." if months else ""

"""What the page of a schedule shows of its plan: months, the list of meetings, differences, what saving does."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from lubsko_ops.core.dates import ONE_DAY, Month, Period, holiday_name
from lubsko_ops.core.polish import MONTHS_GENITIVE, count_of, join_list, number, short_date
from sessions.choices import MeetingState
from sessions.conflicts import WantedMeeting
from sessions.models import Meeting
from sessions.planning.changes import Change, PlanChanges
from sessions.planning.plan import HolidayChoice, SchedulePlan, choice_of
from sessions.planning.words import SHORT_WEEKDAYS, some_days
from sessions.schedule.rules import MEETING_FORMS, PlannedMeeting
from sessions.schedule.schedule import HOUR_FORMS

MAX_MONTHS = 24
LISTED_CONFLICTS = 8
WEEKDAYS_ACCUSATIVE = ("poniedziałek", "wtorek", "środę", "czwartek", "piątek", "sobotę", "niedzielę")
WEEKDAYS_GENITIVE = ("poniedziałku", "wtorku", "środy", "czwartku", "piątku", "soboty", "niedzieli")
HOLIDAY_WORDS = {
    HolidayChoice.SKIP: "spotkanie pominięte",
    HolidayChoice.MOVE: "spotkanie przeniesione",
}


@dataclass(frozen=True)
class DayCell:
    """A day in a month: how it looks (``kind``) and what it holds."""

    day: date
    kind: str = ""
    text: str = ""


@dataclass(frozen=True)
class MonthTable:
    """A month in weeks; None where a week begins or ends outside it."""

    month: Month
    weeks: list[list[DayCell | None]]

    @property
    def name(self) -> str:
        """ "listopad 2026"."""
        return self.month.name.removesuffix(" r.")


@dataclass(frozen=True)
class ListedMeeting:
    """A line of the list of meetings. ``number`` is empty where the meeting was called off."""

    number: int | None
    days: str
    day: date
    hours: str
    notes: list[str]
    conflicts: list[str]


class Preview:
    """The plan as the page shows it. ``conflicts``: by meeting of the plan, in its order."""

    def __init__(
        self, plan: SchedulePlan, changes: PlanChanges | None, conflicts: Sequence[list[str]], today: date
    ) -> None:
        self.plan, self.changes, self.today = plan, changes, today
        self.conflicts = conflicts or [[] for _ in plan.meetings]

    # ---- numbers -----------------------------------------------------------------------------------
    @property
    def totals(self):
        return self.plan.totals

    @property
    def declared(self) -> int | None:
        return self.plan.group.meetings

    @property
    def differs(self) -> bool:
        return bool(self.plan.meetings and self.declared and self.totals.meetings != self.declared)

    @property
    def difference(self) -> str:
        """ "Brakuje 1 spotkania.", "Jest za dużo o 2 spotkania."; empty where the number is the declared one."""
        if not self.differs:
            return ""
        missing = self.declared - self.totals.meetings
        if missing > 0:
            return f"Brakuje {number(missing)} {'spotkania' if missing == 1 else 'spotkań'}."
        return f"Za dużo o {count_of(-missing, MEETING_FORMS)}."

    @property
    def hours_difference(self) -> str:
        """The declared hours, where the meetings come to others."""
        declared, totals = self.plan.group.hours, self.totals
        if not declared or not self.plan.meetings or totals.without_length or declared * 60 == totals.minutes:
            return ""
        return (
            f"Zadeklarowano {count_of(declared, HOUR_FORMS)}, a ze spotkań wynika "
            f"{count_of(totals.hours, HOUR_FORMS)}."
        )

    @cached_property
    def offered_day(self) -> date | None:
        """A day that could be added where meetings are missing: of the usual weekday, between the meetings or after."""
        if not self.differs or self.declared < self.totals.meetings:
            return None
        starts = [each.start for each in self.plan.meetings]
        usual = Counter(each.weekday() for each in starts).most_common(1)[0][0]
        beyond = starts[-1] + timedelta(weeks=5)
        days = (day for day in Period(starts[0], beyond).each_day() if day.weekday() == usual)
        free = (day for day in days if day not in starts and not holiday_name(day))
        return next((day for day in free if self.plan.group.is_active_on(day)), None)

    @property
    def offered_text(self) -> str:
        """ "środę 2 grudnia"."""
        day = self.offered_day
        if day is None:
            return ""
        return f"{WEEKDAYS_ACCUSATIVE[day.weekday()]} {day.day} {MONTHS_GENITIVE[day.month - 1]}"

    # ---- the calendar ------------------------------------------------------------------------------
    @cached_property
    def months(self) -> list[MonthTable]:
        """All months from the first meeting, or holiday in question, to the last."""
        days = [day for each in self.plan.meetings for day in (each.start, each.end)]
        days += [each.day for each in self.plan.questions]
        if not days:
            return []
        months = Period(min(days), max(days)).split_by(Month)
        cells = self._cells()
        return [_table(each, cells) for each, _ in zip(months, range(MAX_MONTHS), strict=False)]

    @property
    def has_more_months(self) -> bool:
        return (
            bool(self.months)
            and self.plan.meetings[-1:] != []
            and (self.plan.meetings[-1].end > self.months[-1].month.end)
        )

    def _cells(self) -> dict[date, DayCell]:
        """The days that hold something."""
        cells = {
            day: DayCell(day, "c-meet", "spotkanie")
            for each in self.plan.meetings
            for day in Period(each.start, each.end).each_day()
        }
        for question in self.plan.questions:
            if question.day in cells:
                if question.answer is None:
                    text = f"{question.names}, spotkanie do decyzji"
                    cells[question.day] = DayCell(question.day, "c-conf", text)
            elif question.answer is not None:
                words = HOLIDAY_WORDS[choice_of(question.answer)]
                cells[question.day] = DayCell(question.day, "c-conf", f"{question.names}, {words}")
        return cells

    @property
    def kinds(self) -> set[str]:
        """Which looks of days there are, for the key below the months."""
        cells = (cell for table in self.months for week in table.weeks for cell in week if cell)
        return {cell.kind for cell in cells}

    @property
    def has_meetings(self) -> bool:
        return "c-meet" in self.kinds

    @property
    def has_asked(self) -> bool:
        return "c-conf" in self.kinds

    @property
    def has_holidays(self) -> bool:
        return "c-hol" in self.kinds

    # ---- the list ----------------------------------------------------------------------------------
    @cached_property
    def lines(self) -> list[ListedMeeting]:
        moved = {each.to: each.day for each in self.plan.answers if choice_of(each) == HolidayChoice.MOVE}
        return [
            ListedMeeting(
                position,
                days_of(each),
                each.start,
                each.slot.text,
                self._notes(each, moved.get(each.start)),
                clashes,
            )
            for position, (each, clashes) in enumerate(
                zip(self.plan.meetings, self.conflicts, strict=True), start=1
            )
        ]

    def _notes(self, each: PlannedMeeting, instead_of: date | None) -> list[str]:
        notes = []
        if instead_of:
            notes.append(f"zamiast {WEEKDAYS_GENITIVE[instead_of.weekday()]} {brief(instead_of)}, święta")
        if each.holidays:
            notes.append(f"święto: {join_list(each.holidays)}")
        if each.slot.place:
            notes.append(each.slot.place)
        meeting = self.changes.meeting_of(each) if self.changes else None
        if meeting is not None:
            if meeting.state != MeetingState.PLANNED:
                notes.append(meeting.get_state_display())
            elif (meeting.starts_on, meeting.starts_at) != (each.start, each.slot.start):
                notes.append(f"jest przeniesione na {meeting}")
        return notes

    # ---- what saving does --------------------------------------------------------------------------
    @property
    def effects(self) -> list[str]:
        """Sentences on what becomes of the meetings there are; empty on the first saving."""
        changes = self.changes
        if changes is None:
            return []
        lines = []
        if changes.kept or changes.changed or changes.withdrawn:
            if changes.is_empty:
                return ["Spotkania się nie zmienią."]
            if changes.made:
                lines.append(f"{counted(changes.made, 'Nowe')}: {planned_days(changes.made)}.")
            lines += self.losses
            if changes.kept:
                lines.append(f"Bez zmian: {count_of(len(changes.kept), MEETING_FORMS)}.")
        if changes.extra:
            days = some_days(each.days_text for each in changes.extra)
            lines.append(
                f"Zostają, choć nie ma ich w zdaniach, bo dodano je osobno albo coś o nich zapisano: {days}."
            )
        return lines

    @property
    def losses(self) -> list[str]:
        """Meetings that change or go, and those made in the past: what is confirmed before saving."""
        changes, lines = self.changes, []
        if changes is None:
            return []
        if changes.changed:
            moves = [move_text(each) for each in changes.changed]
            lines.append(f"{counted(moves, 'Zmieniony termin')}: {some_days(moves, separator='; ')}.")
        past = [each for each in changes.withdrawn if each.is_over(self.today)]
        coming = [each for each in changes.withdrawn if not each.is_over(self.today)]
        if coming:
            lines.append(f"{counted(coming, 'Wycofane')}: {stored_days(coming)}.")
        if past:
            lines.append(
                f"{counted(past, 'Wycofane z minionych dni, bez żadnego wpisu')}: {stored_days(past)}. "
                "Jeśli się odbyły, najpierw wpisz obecność."
            )
        late = [each for each in changes.made if each.end < self.today]
        if late:
            lines.append(f"{counted(late, 'Nowe w dniach, które minęły')}: {planned_days(late)}.")
        return lines

    @property
    def confirmations(self) -> list[str]:
        """What is asked before saving: conflicts and what is lost."""
        busy = [
            f"{days_of(each)}: {' '.join(clashes)}"
            for each, clashes in zip(self.plan.meetings, self.conflicts, strict=True)
            if clashes
        ]
        if len(busy) > LISTED_CONFLICTS:
            more = number(len(busy) - LISTED_CONFLICTS)
            busy = [*busy[:LISTED_CONFLICTS], f"Inne spotkania z kolizjami, na liście poniżej: {more}."]
        return [*busy, *self.losses]


def wanted_of(plan: SchedulePlan, changes: PlanChanges) -> dict[int, WantedMeeting]:
    """The meetings of the plan that are new or change, as they ask for a place and people; by their place in it."""
    changed = {id(each.wanted) for each in changes.changed}
    return {
        position: _wanted(each, changes)
        for position, each in enumerate(plan.meetings)
        if id(each) in changed or changes.meeting_of(each) is None
    }


def _wanted(each: PlannedMeeting, changes: PlanChanges) -> WantedMeeting:
    slot, place = each.slot, changes.places.get(each.slot.place.casefold())
    other = "" if place else slot.place
    return WantedMeeting(each.start, each.end, slot.start, slot.minutes, place.pk if place else None, other)


def _table(month: Month, cells: dict[date, DayCell]) -> MonthTable:
    weeks: list[list[DayCell | None]] = []
    day = month.start - timedelta(days=month.start.weekday())
    while day <= month.end:
        week: list[DayCell | None] = []
        for _ in range(7):
            week.append(cells.get(day) or _plain(day) if day in month else None)
            day += ONE_DAY
        weeks.append(week)
    return MonthTable(month, weeks)


def _plain(day: date) -> DayCell:
    name = holiday_name(day)
    return DayCell(day, "c-hol", f"święto: {name}") if name else DayCell(day)


def brief(day: date) -> str:
    """ "11.11"."""
    return f"{day.day}.{day.month:02}"


def days_of(each: PlannedMeeting) -> str:
    """ "śr 04.11.2026", "pt 30.09.2022–nd 02.10.2022"."""
    days = [each.start] if each.start == each.end else [each.start, each.end]
    return "–".join(f"{SHORT_WEEKDAYS[day.weekday()]} {short_date(day)}" for day in days)


def move_text(change: Change) -> str:
    """ "śr 04.11.2026 → cz 05.11.2026", "śr 04.11.2026: 9:00–11:00 → 10:00–12:00", "śr 04.11.2026: inne miejsce"."""
    before, after = change.before, change.meeting
    days = (before.starts_on, before.ends_on), (after.starts_on, after.ends_on)
    old, new = (days_of(PlannedMeeting(*each)) for each in days)
    was, now = (each.hours_text or "bez godziny" for each in (before, after))
    if old != new:
        return f"{old} → {new}" if was == now else f"{old} {was} → {new} {now}"
    return f"{old}: {was} → {now}" if was != now else f"{old}: inne miejsce"


def planned_days(rows: Iterable[PlannedMeeting]) -> str:
    return some_days(f"{days_of(each)} {each.slot.text}".strip() for each in rows)


def stored_days(rows: Iterable[Meeting]) -> str:
    return some_days(str(each) for each in rows)


def counted(rows: Sequence, word: str) -> str:
    """ "Nowe (3)"."""
    return f"{word} ({len(rows)})"

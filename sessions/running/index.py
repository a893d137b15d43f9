"""All meetings of a group, light: their numbers, totals, the one before and after each, the next one."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cached_property

from lubsko_ops.core import clock
from lubsko_ops.core.polish import (
    MONTHS_GENITIVE,
    NBSP,
    SHORT_WEEKDAYS,
    WEEKDAYS,
    accusative,
    count_of,
    distance,
    format_minutes,
    plural_form,
    with_preposition,
)
from projects.models import ProjectGroup
from sessions.choices import MeetingState
from sessions.models import Meeting

ORDER = ("starts_on", "starts_at", "pk")
COLUMNS = ("pk", "starts_on", "ends_on", "starts_at", "minutes", "state")
MEETING_FORMS = "spotkanie,spotkania,spotkań"
HOUR_FORMS = "godzina,godziny,godzin"


# The lists of meetings behind the numbers: code in the address and label.
LISTS = {
    "": "Wszystkie",
    "odbyte": "Odbyte",
    "bez-dziennika": "Bez dziennika",
    "przyszle": "Przyszłe",
    "odwolane": "Odwołane",
}


class GroupMeetings:
    """The meetings of a group in order, without those withdrawn; ``now`` is any aware moment. One statement."""

    def __init__(self, group: ProjectGroup, *, now: datetime) -> None:
        rows = Meeting.objects.filter(group=group).exclude(state=MeetingState.WITHDRAWN)
        self.group, self.now = group, now.astimezone(clock.WARSAW)
        self.rows = list(rows.only(*COLUMNS).order_by(*ORDER))

    @property
    def today(self) -> date:
        return self.now.date()

    @cached_property
    def counted(self) -> list[Meeting]:
        """Those that take place: planned or held."""
        return [each for each in self.rows if each.takes_place]

    @cached_property
    def numbers(self) -> dict[int, int]:
        return numbers_of(self.rows)

    @property
    def total(self) -> int:
        return len(self.counted)

    def number_text(self, meeting: Meeting) -> str:
        """ "7 z 9"; empty for a meeting that does not take place."""
        return number_text(meeting, self.numbers)

    @cached_property
    def held(self) -> list[Meeting]:
        return [each for each in self.rows if each.state == MeetingState.HELD]

    @cached_property
    def unrecorded(self) -> list[Meeting]:
        """Planned ones whose day is over: nobody wrote whether they were held."""
        return [each for each in self.rows if is_unrecorded(each, self.today)]

    @cached_property
    def coming(self) -> list[Meeting]:
        """Planned ones whose day is not over."""
        planned = (each for each in self.rows if each.state == MeetingState.PLANNED)
        return [each for each in planned if not each.is_over(self.today)]

    @cached_property
    def next(self) -> Meeting | None:
        """The first one that is still to begin."""
        return next((each for each in self.coming if not each.has_begun(self.now)), None)

    def listed(self, code: str) -> list[Meeting]:
        """The meetings of one of ``LISTS``."""
        cancelled = [each for each in self.rows if each.state == MeetingState.CANCELLED]
        lists = {
            "odbyte": self.held,
            "bez-dziennika": self.unrecorded,
            "przyszle": self.coming,
            "odwolane": cancelled,
        }
        return lists.get(code, self.rows)

    def before_and_after(self, meeting: Meeting) -> tuple[Meeting | None, Meeting | None]:
        """The meetings before and after this one, those called off included."""
        place = next((n for n, each in enumerate(self.rows) if each.pk == meeting.pk), None)
        if place is None:
            return None, None
        before = self.rows[place - 1] if place else None
        return before, self.rows[place + 1] if place + 1 < len(self.rows) else None

    # ---- texts ---------------------------------------------------------------------------------------
    @property
    def minutes(self) -> int:
        return sum(each.total_minutes for each in self.counted)

    @property
    def title(self) -> str:
        """ "Spotkania: 9, razem 18 godzin"."""
        return f"Spotkania: {self.total}" + (f", razem {hours_text(self.minutes)}" if self.minutes else "")

    @property
    def hours(self) -> str:
        """ "14 z 18", of hours; empty while no length is settled."""
        held = sum(each.total_minutes for each in self.held)
        if not self.minutes:
            return ""
        if held % 60 or self.minutes % 60:
            return f"{format_minutes(held)} z {format_minutes(self.minutes)}"
        return f"{held // 60} z {self.minutes // 60}"

    @property
    def lede(self) -> str:
        """ "7 z 9 spotkań odbytych. Następne w poniedziałek 21 grudnia o 9:00."."""
        if not self.total:
            return ""
        done = f"Odbyte spotkania: {len(self.held)} z 1."
        if self.total > 1:
            done = f"{len(self.held)} z {self.total} spotkań odbytych."
        return f"{done} Następne {when_text(self.next, self.today)}." if self.next else done

    @property
    def next_text(self) -> str:
        """ "pn 21.12.2026, 9:00"; empty without one."""
        if self.next is None:
            return ""
        day = f"{SHORT_WEEKDAYS[self.next.starts_on.weekday()]} {self.next.days_text}"
        return ", ".join(filter(None, (day, self.next.short_hours)))

    @property
    def unrecorded_text(self) -> str:
        return count_of(len(self.unrecorded), "spotkanie,spotkania,spotkań") if self.unrecorded else ""

    @property
    def unrecorded_verb(self) -> str:
        return plural_form(len(self.unrecorded), "czeka,czekają,czeka")


def numbers_of(meetings: Iterable[Meeting]) -> dict[int, int]:
    """The ordinal of each meeting of a group that takes place, by id. ``meetings``: all of them, by ORDER."""
    counted = (each for each in meetings if each.takes_place)
    return {each.pk: number for number, each in enumerate(counted, start=1)}


def number_text(meeting: Meeting, numbers: Mapping[int, int]) -> str:
    """ "7 z 9"; empty for a meeting that does not take place."""
    number = numbers.get(meeting.pk)
    return f"{number} z {len(numbers)}" if number else ""


def is_unrecorded(meeting: Meeting, today: date) -> bool:
    """Whether it is still planned although its day is over."""
    return meeting.state == MeetingState.PLANNED and meeting.is_over(today)


def hours_text(minutes: int) -> str:
    """ "18 godzin", "13 godz. 30 min"."""
    return count_of(minutes // 60, HOUR_FORMS) if not minutes % 60 else format_minutes(minutes)


def when_text(meeting: Meeting, today: date) -> str:
    """ "w poniedziałek 21 grudnia o 9:00", "jutro o 16:30"."""
    day = meeting.starts_on
    if 0 <= (day - today).days <= 1:
        words = distance(day, today)
    else:
        year = f" {day.year}" if day.year != today.year else ""
        weekday = with_preposition("w", accusative(WEEKDAYS[day.weekday()]))
        words = f"{weekday} {day.day}{NBSP}{MONTHS_GENITIVE[day.month - 1]}{year}"
    return f"{words} o{NBSP}{meeting.short_hours}" if meeting.starts_at else words

"""What stands in a calendar: its hours, what overlaps, and where an entry stands on a sheet of hours. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from lubsko_ops.core.polish import NBSP, count_of
from sessions.calendars.periods import IN_WEEKDAY

ASSUMED_LENGTH = timedelta(hours=1)  # of what has a beginning and no end
WHOLE_DAY = "cały dzień"
HALF_HOUR, ROWS = 30, 48
FIRST_ROW, LAST_ROW = 14, 38  # from 7:00 to 19:00, whatever stands in the calendar
LANES = (("",), ("ev-left", "ev-right"), ("ev-third-1", "ev-third-2", "ev-third-3"))
COUNT_WORDS = {2: "dwie", 3: "trzy", 4: "cztery"}


class ItemKind(StrEnum):
    """What an entry of the calendar is."""

    VISIT = "visit"
    MEETING = "meeting"
    GROUP_DAY = "group-day"
    CONSULTATION = "consultation"


KIND_WORDS = {ItemKind.VISIT: "wizyta", ItemKind.CONSULTATION: "konsultacja"}
CSS = {ItemKind.MEETING: "ev-group", ItemKind.GROUP_DAY: "ev-group", ItemKind.CONSULTATION: "ev-other"}


@dataclass(frozen=True)
class CalendarItem:
    """An entry on one day. ``starts`` and ``ends``: local time; both empty for one without an hour.

    ``is_assumed``: the end is an hour after the beginning because nothing says when it ends. ``is_done``: of what has
    been entered; ``is_called_off``: it takes no time. ``part``: hours of a day that is one of several ("od 18:00"),
    which stands above the hours, because it would make the sheet a whole day and night long.
    """

    kind: ItemKind
    day: date
    title: str
    note: str = ""
    url: str = ""
    starts: datetime | None = None
    ends: datetime | None = None
    is_assumed: bool = False
    is_done: bool = False
    is_called_off: bool = False
    part: str = ""
    group: int | None = None

    @property
    def is_timed(self) -> bool:
        """Whether it stands among the hours: others stand above them."""
        return self.starts is not None and not self.part and not self.is_called_off

    @property
    def takes_time(self) -> bool:
        return self.starts is not None and not self.is_called_off

    @property
    def hour(self) -> str:
        """ "8:30"; empty without an hour."""
        return hour_text(self.starts) if self.starts else ""

    @property
    def hours(self) -> str:
        """ "8:30–10:00", "8:30" where the end is assumed, "cały dzień"."""
        if self.part or self.starts is None or self.ends is None:
            return self.part or WHOLE_DAY
        return self.hour if self.is_assumed else f"{self.hour}–{hour_text(self.ends)}"

    @property
    def label(self) -> str:
        """In a sentence: "Szymańscy (wizyta, 11:00)"."""
        what = KIND_WORDS.get(self.kind, "")
        inside = self.hours if not what or self.title.lower() == what else f"{what}, {self.hours}"
        return f"{self.title} ({inside})"

    @property
    def note_above(self) -> str:
        """The note with its hours, where the entry stands above the sheet: "od 18:00, dzień zajęć"."""
        return ", ".join(filter(None, (self.part or self.hour, self.note)))

    @property
    def sort_key(self) -> tuple[date, bool, datetime, str]:
        """By day, first those without an hour."""
        return self.day, self.starts is not None, self.starts or datetime.min, self.title


def hour_text(moment: datetime) -> str:
    """ "8:30"."""
    return f"{moment.hour}:{moment:%M}"


def interval(day: date, starts_at: time, minutes: int | None) -> tuple[datetime, datetime]:
    """Beginning and end in local time; an hour long where its length is not settled."""
    start = datetime.combine(day, starts_at)
    return start, start + (timedelta(minutes=minutes) if minutes else ASSUMED_LENGTH)


# ---- conflicts ---------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Conflict:
    """Two entries that overlap; ``first`` begins no later than ``second``."""

    first: CalendarItem
    second: CalendarItem

    @property
    def day(self) -> date:
        return self.second.day

    @property
    def when(self) -> str:
        """ "w czwartek 15.10"."""
        return f"{IN_WEEKDAY[self.day.weekday()]} {self.day:%d.%m}"


def find_conflicts(items: Iterable[CalendarItem]) -> list[Conflict]:
    """Every two entries that overlap, in order; one that begins when another ends does not.

    A meeting on a day of its own group is part of that day.
    """
    timed = sorted((each for each in items if each.takes_time), key=lambda each: (each.starts, each.ends))
    conflicts = []
    for number, first in enumerate(timed):
        for second in timed[number + 1 :]:
            if second.starts >= first.ends:
                break
            if first.group is None or first.group != second.group or first.kind == second.kind:
                conflicts.append(Conflict(first, second))
    return conflicts


def conflicts_text(conflicts: list[Conflict]) -> str:
    """ "W czwartek dwie sprawy zachodzą na siebie."; with several days only which; empty without any."""
    days = sorted({each.day for each in conflicts})
    if not days:
        return ""
    if len(days) > 1:
        names = [IN_WEEKDAY[day.weekday()] for day in days]
        if len(set(names)) < len(names) or len(names) > 3:
            return f"Sprawy zachodzą na siebie w {count_of(len(days), 'dniu,dniach,dniach')}."
        return f"Sprawy zachodzą na siebie {', '.join(names[:-1])} i {names[-1]}."
    number = len({id(item) for each in conflicts for item in (each.first, each.second)})
    day = IN_WEEKDAY[days[0].weekday()].capitalize()
    if number in COUNT_WORDS:
        return f"{day} {COUNT_WORDS[number]} sprawy zachodzą na siebie."
    return f"{day} {number}{NBSP}spraw zachodzi na siebie."


# ---- places on the sheet of hours --------------------------------------------------------------------
@dataclass(frozen=True)
class PlacedItem:
    """An entry with its place: half hours from midnight on, and the classes that put it there (calendar.css)."""

    item: CalendarItem
    row: int
    rows: int
    lane: str = ""
    clashes: bool = False

    @property
    def css(self) -> str:
        """ "ev ev-group at-1630 for-4"."""
        kind = "ev-past" if self.item.is_done else CSS.get(self.item.kind, "")
        clash = "ev-clash" if self.clashes else ""
        parts = ("ev", kind, clash, self.lane, f"at-{row_name(self.row)}", f"for-{self.rows}")
        return " ".join(filter(None, parts))


def row_name(row: int) -> str:
    """ "1630"."""
    return f"{row // 2:02}{'30' if row % 2 else '00'}"


def place(items: list[CalendarItem], conflicts: list[Conflict]) -> list[PlacedItem]:
    """The timed entries of one day in order, those that share rows beside or over each other."""
    clashing = {id(item) for each in conflicts for item in (each.first, each.second)}
    rows = sorted(
        ((*_rows_of(each), each) for each in items if each.is_timed),
        key=lambda row: (row[0], row[2].sort_key),
    )
    placed: list[PlacedItem] = []
    for group in _sharing_rows(rows):
        for lane, (row, number, item) in zip(_lanes(group), group, strict=True):
            placed.append(PlacedItem(item, row, number, lane, id(item) in clashing))
    return placed


def _rows_of(item: CalendarItem) -> tuple[int, int]:
    """The first row and the number of rows: to the nearest half hour, so that one after another stays apart."""
    midnight = datetime.combine(item.day, time(0))
    first, last = (
        min(max(int((moment - midnight).total_seconds() // 60) + HALF_HOUR // 2, 0) // HALF_HOUR, ROWS)
        for moment in (item.starts, item.ends)
        if moment
    )
    first = min(first, ROWS - 1)
    return first, max(last - first, 1)


def _sharing_rows(rows: list) -> list[list]:
    """Runs of entries that share rows, in order."""
    runs: list[list] = []
    end = -1
    for row in rows:
        if row[0] < end:
            runs[-1].append(row)
        else:
            runs.append([row])
        end = max(end, row[0] + row[1]) if row[0] < end else row[0] + row[1]
    return runs


def _lanes(run: list) -> list[str]:
    """The class of each entry of a run: none for a single one, otherwise a half or a third of the column."""
    lanes: list[int] = []
    ends: list[int] = []  # the last row of each lane
    for row, number, _ in run:
        lane = next((index for index, end in enumerate(ends) if end <= row), len(ends))
        ends[lane : lane + 1] = [row + number]
        lanes.append(lane)
    names = LANES[min(len(ends), len(LANES)) - 1]
    return [names[min(lane, len(names) - 1)] for lane in lanes]


@dataclass(frozen=True)
class HourRow:
    """A half hour beside the sheet; ``text`` of full hours alone."""

    row: int

    @property
    def css(self) -> str:
        return f"at-{row_name(self.row)}" + ("" if self.row % 2 else " full-hour")

    @property
    def text(self) -> str:
        return "" if self.row % 2 else f"{self.row // 2}:00"


def hour_rows(placed: Iterable[PlacedItem]) -> list[HourRow]:
    """The half hours of the sheet: a working day, longer where an entry needs it."""
    rows = [(each.row, each.row + each.rows) for each in placed]
    first = min([FIRST_ROW, *(start for start, _ in rows)])
    last = max([LAST_ROW, *(end for _, end in rows)])
    return [HourRow(row) for row in range(first - first % 2, min(last + last % 2, ROWS))]

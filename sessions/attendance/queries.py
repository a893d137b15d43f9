"""What the pages of attendance show: the meetings of a group, their marks, sums of persons, meetings and families."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import F

from families.people.models import Family
from lubsko_ops.accounts.models import User
from lubsko_ops.core.collation import sort_key
from lubsko_ops.core.polish import number, short_date
from projects.models import GroupLeader, ProjectGroup
from projects.scope import visible_groups
from sessions.attendance.roster import Roster, RosterSlot, SlotKey, slots_of
from sessions.choices import CAME, LETTERS, Presence
from sessions.models import TAKES_PLACE, Attendance, Meeting

Marks = dict[int, dict[SlotKey, Attendance]]  # by meeting, then by who


def load_group(pk: int, user: User) -> tuple[ProjectGroup, list[GroupLeader]] | None:
    """The group with its edition and who leads it (without their names), if the user may see it. One statement."""
    names = {f"leader_{name}": F(f"leaders__{name}") for name in LEADER_COLUMNS}
    rows = list(visible_groups(user).filter(pk=pk).select_related("edition__line", "place").annotate(**names))
    if not rows:
        return None
    leaders = [{name: getattr(row, f"leader_{name}") for name in LEADER_COLUMNS} for row in rows]
    return rows[0], [GroupLeader(group=rows[0], **each) for each in leaders if each["starts_on"]]


LEADER_COLUMNS = ("user_id", "name", "starts_on", "ends_on")


def load_meetings(group: ProjectGroup) -> tuple[list[Meeting], Marks]:
    """The meetings of the group that were not called off, from the first, and all their marks. One statement."""
    names = {f"mark_{name}": F(f"attendances__{name}") for name in ("id", *MARK_COLUMNS)}
    rows = Meeting.objects.filter(group=group, state__in=TAKES_PLACE).annotate(**names)
    meetings: dict[int, Meeting] = {}
    marks: Marks = defaultdict(dict)
    for row in rows.defer("course", "materials", "homework").order_by("starts_on", "starts_at", "pk"):
        meetings.setdefault(row.pk, row)
        if row.mark_id is not None:
            values = {name: getattr(row, f"mark_{name}") for name in MARK_COLUMNS}
            mark = Attendance(pk=row.mark_id, meeting_id=row.pk, **values)
            marks[row.pk][mark.participation_id, mark.person_id] = mark
    return list(meetings.values()), marks


MARK_COLUMNS = ("participation_id", "person_id", "presence", "late_minutes", "reason", "people")


def slots_at(roster: Roster, meeting: Meeting, marks: Marks) -> list[RosterSlot]:
    """Who is on the list of the meeting, and who was marked there and is no longer on it."""
    slots = {slot.key: slot for slot in roster.slots(meeting)}
    everybody = roster.all_slots()
    for key in marks[meeting.pk]:
        if key not in slots and key in everybody:
            slots[key] = everybody[key]
    return sorted(slots.values(), key=lambda slot: slot.sort_key)


@dataclass
class Sum:
    """Times somebody came, of the meetings at which they were marked."""

    came: int = 0
    marked: int = 0

    def add(self, presence: str) -> None:
        self.came += presence in CAME
        self.marked += 1

    @property
    def text(self) -> str:
        """ "4 z 6"; a dash where nothing was marked yet."""
        return f"{self.came} z {self.marked}" if self.marked else "–"

    @property
    def percent(self) -> str:
        """ "84 proc."; empty where nothing was marked yet."""
        return f"{number(100 * self.came / self.marked, 0)} proc." if self.marked else ""


@dataclass(frozen=True)
class Sums:
    """The sums of a group: by who, by meeting, of all."""

    people: Mapping[SlotKey, Sum]
    meetings: Mapping[int, Sum]
    total: Sum


def count_marks(marks: Marks) -> Sums:
    people: dict[SlotKey, Sum] = defaultdict(Sum)
    meetings: dict[int, Sum] = defaultdict(Sum)
    total = Sum()
    for meeting, rows in marks.items():
        for key, row in rows.items():
            for each in (people[key], meetings[meeting], total):
                each.add(row.presence)
    return Sums(people, meetings, total)


@dataclass(frozen=True)
class FamilySum:
    """A family of which several take part, with the sum of all of them."""

    family: Family
    sum: Sum


def family_sums(roster: Roster, sums: Sums) -> list[FamilySum]:
    """Of the families the user may open, by name."""
    families: dict[int, tuple[Family, list[RosterSlot]]] = {}
    for row in roster.participations:
        if row.family_id and row.family and getattr(row, "opens_family", False):
            families.setdefault(row.family_id, (row.family, []))[1].extend(slots_of(row))
    result = []
    for family, slots in families.values():
        of_family = [sums.people[slot.key] for slot in slots if slot.key in sums.people]
        if len(of_family) > 1:
            came, marked = (sum(getattr(each, name) for each in of_family) for name in ("came", "marked"))
            result.append(FamilySum(family, Sum(came, marked)))
    return sorted(result, key=lambda each: sort_key(str(each.family)))


# ---- cells -------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class PastCell:
    """A mark to read: its letter and its word; a dash for a meeting whose list does not have the person."""

    presence: str = ""
    on_list: bool = True

    @property
    def letter(self) -> str:
        return LETTERS[Presence(self.presence)] if self.presence else ("" if self.on_list else "–")

    @property
    def label(self) -> str:
        if self.presence:
            return str(Presence(self.presence).label)
        return "bez zaznaczenia" if self.on_list else "poza listą"

    @property
    def css(self) -> str:
        """ "at-o", "at-n", "at-x"."""
        return f"at-{LETTERS[Presence(self.presence)].lower()}" if self.presence else "at-x"


def past_cells(
    slots: Iterable[RosterSlot], meetings: list[Meeting], roster: Roster, marks: Marks
) -> dict[SlotKey, list[PastCell]]:
    """The marks of these at these meetings, to read."""
    on_list = {meeting.pk: {slot.key for slot in roster.slots(meeting)} for meeting in meetings}
    cells = {}
    for slot in slots:
        rows = [marks[meeting.pk].get(slot.key) for meeting in meetings]
        cells[slot.key] = [
            PastCell(row.presence) if row else PastCell("", slot.key in on_list[meeting.pk])
            for row, meeting in zip(rows, meetings, strict=True)
        ]
    return cells


def short_day(meeting: Meeting) -> str:
    """ "13.10"."""
    return short_date(meeting.starts_on)[:5]

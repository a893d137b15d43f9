"""The people of a group and their marks at its meetings, as papers and certificates count them.

The numbers are those of the screen: who is on a list and what a sum counts is decided in sessions/attendance.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from lubsko_ops.audit.access_log import note_shown
from projects.choices import ParticipationStatus
from projects.models import ParticipationStep, ProjectGroup
from sessions.attendance.roster import RosterSlot, SlotKey, load_roster, takes_part
from sessions.choices import MeetingState, Presence
from sessions.models import TAKES_PLACE, Attendance, Meeting

EXPECTED = (ParticipationStatus.QUALIFIED, ParticipationStatus.TAKING_PART)


@dataclass(frozen=True)
class Score:
    """How many of the meetings with a mark somebody came to, and how long these lasted."""

    attended: int
    meetings: int
    minutes: int = 0

    @property
    def text(self) -> str:
        """ "7 z 9"."""
        return f"{self.attended} z {self.meetings}"


@dataclass(frozen=True)
class RegisterLine:
    """Somebody of the group with the own steps and marks, the latter by id of the meeting."""

    slot: RosterSlot
    steps: list[ParticipationStep]
    marks: dict[int, Attendance] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """ "Kowalska Danuta", "rodzina: Nowakowie"."""
        return f"rodzina: {self.slot.name}" if self.slot.is_family else self.slot.name

    def is_on(self, meeting: Meeting) -> bool:
        """Whether the line stands on the list of the meeting: also with a mark from before the list changed."""
        return meeting.pk in self.marks or takes_part(self.steps, meeting)

    def is_expected(self, group: ProjectGroup) -> bool:
        """Whether somebody with a place in the group is to come to its next meetings."""
        row = self.slot.participation
        return row.group_id == group.pk and row.status in EXPECTED

    def score(self, meetings: Iterable[Meeting]) -> Score:
        marked = [each for each in meetings if each.pk in self.marks]
        came = [each for each in marked if self.marks[each.pk].came]
        return Score(len(came), len(marked), sum(each.total_minutes for each in came))


@dataclass(frozen=True)
class GroupRegister:
    """The meetings of a group in order, those withdrawn left out, and everybody who takes or took part, by name."""

    group: ProjectGroup
    meetings: list[Meeting]
    lines: list[RegisterLine]

    @property
    def held(self) -> list[Meeting]:
        return [each for each in self.meetings if each.state == MeetingState.HELD]

    @property
    def planned(self) -> list[Meeting]:
        return [each for each in self.meetings if each.state == MeetingState.PLANNED]

    def at(self, meeting: Meeting) -> Score:
        """Of those with a mark at the meeting, how many came."""
        marks = [line.marks[meeting.pk] for line in self.lines if meeting.pk in line.marks]
        return Score(sum(each.came for each in marks), len(marks))

    def absences_at(self, meeting: Meeting, presence: Presence) -> int:
        marks = (line.marks.get(meeting.pk) for line in self.lines)
        return sum(mark is not None and mark.presence == presence for mark in marks)

    def incomplete(self) -> list[Meeting]:
        """Held meetings at which somebody on the list has no mark."""
        return [
            each
            for each in self.held
            if any(each.pk not in line.marks and line.is_on(each) for line in self.lines)
        ]


def load_register(group: ProjectGroup, meetings: list[Meeting]) -> GroupRegister:
    """Two statements. Reasons of absence are not read: no paper has them."""
    roster = load_roster(group)
    marks: dict[SlotKey, dict[int, Attendance]] = defaultdict(dict)
    for mark in Attendance.objects.filter(meeting__group=group, meeting__state__in=TAKES_PLACE).defer(
        "reason"
    ):
        marks[mark.participation_id, mark.person_id][mark.meeting_id] = mark
    slots = sorted(roster.all_slots().values(), key=lambda slot: slot.sort_key)
    lines = [
        RegisterLine(slot, roster.steps[slot.participation.pk], marks.get(slot.key, {})) for slot in slots
    ]
    return GroupRegister(group, meetings, lines)


def note_lines(lines: Iterable[RegisterLine]) -> None:
    """Note in the access log whom a paper or page names."""
    slots = [line.slot for line in lines]
    note_shown(
        {slot.participation.family_id for slot in slots if slot.is_family},
        persons={slot.person.pk for slot in slots if slot.person},
    )

"""The meetings of one participant: "12 z 14 spotkań" and exactly these fourteen.

They are the meetings held by the group while the participant took part in it, by the rule of the attendance lists.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from lubsko_ops.accounts.models import User
from lubsko_ops.core.links import reverse
from lubsko_ops.core.polish import count_of
from projects.dependents import ParticipationNote
from projects.models import Participation, ParticipationStep
from sessions.attendance.roster import takes_part
from sessions.choices import CAME, MeetingState, Presence
from sessions.models import Attendance, Meeting

OF_MEETINGS = "spotkania,spotkań,spotkań"  # "z 1 spotkania", "z 14 spotkań"
PRESENCE_KINDS = {Presence.PRESENT: "done", Presence.LATE: "soon", Presence.UNEXCUSED: "late"}


def meetings_of(steps: list[ParticipationStep], meetings: list[Meeting]) -> list[Meeting]:
    """Of these meetings those that count for a participant with the steps."""
    groups = {step.group_id for step in steps}
    return [each for each in meetings if each.group_id in groups and takes_part(steps, each)]


def steps_of(participations: list[int]) -> dict[int, list[ParticipationStep]]:
    steps: dict[int, list[ParticipationStep]] = defaultdict(list)
    for step in ParticipationStep.objects.filter(participation__in=participations).order_by("pk"):
        steps[step.participation_id].append(step)
    return steps


def held_in(groups: set[int]) -> list[Meeting]:
    rows = Meeting.objects.filter(group__in=groups, state=MeetingState.HELD)
    return list(rows.only("group", "starts_on", "ends_on").order_by("starts_on", "starts_at", "pk"))


# ---- the number --------------------------------------------------------------------------------------
def attendance_notes(rows: list[Participation], user: User, on: date) -> dict[int, ParticipationNote]:
    """ "12 z 14 spotkań" for those of these participations whose group has met. At most three statements."""
    steps = steps_of([row.pk for row in rows])
    groups = {step.group_id for each in steps.values() for step in each if step.group_id}
    meetings = held_in(groups) if groups else []
    if not meetings:
        return {}
    came: dict[tuple[int, int | None], set[int]] = defaultdict(set)
    attended = Attendance.objects.filter(participation__in=rows, presence__in=CAME)
    for participation, person, meeting in attended.values_list("participation", "person", "meeting"):
        came[participation, person].add(meeting)
    notes = {}
    for row in rows:
        if counted := {each.pk for each in meetings_of(steps[row.pk], meetings)}:
            url = reverse("meetings:participation-attendance", args=[row.pk])
            notes[row.pk] = ParticipationNote(note_text(row, came, counted), url)
    return notes


def note_text(row: Participation, came: dict[tuple[int, int | None], set[int]], counted: set[int]) -> str:
    """ "12 z 14 spotkań", of a pair "12 z 14 spotkań, dziecko 10"."""
    text = f"{len(came[row.pk, row.person_id] & counted)} z {count_of(len(counted), OF_MEETINGS)}"
    return f"{text}, dziecko {len(came[row.pk, row.child_id] & counted)}" if row.child_id else text


# ---- the list ----------------------------------------------------------------------------------------
@dataclass
class AttendedMeeting:
    """A meeting of a participant with who was there."""

    meeting: Meeting
    attendances: list[Attendance] = field(default_factory=list)

    def presence_of(self, person: int | None) -> Attendance | None:
        return next((each for each in self.attendances if each.person_id == person), None)


def counted_meetings(row: Participation) -> list[int]:
    """Ids of the meetings behind the number of the participation. Two statements."""
    steps = steps_of([row.pk])[row.pk]
    return [
        each.pk for each in meetings_of(steps, held_in({step.group_id for step in steps if step.group_id}))
    ]


def with_attendance(row: Participation, meetings: list[Meeting]) -> list[AttendedMeeting]:
    """These meetings with the attendance of the participant. One statement."""
    marked: dict[int, list[Attendance]] = defaultdict(list)
    for each in Attendance.objects.filter(participation=row, meeting__in=meetings):
        marked[each.meeting_id].append(each)
    return [AttendedMeeting(meeting, marked[meeting.pk]) for meeting in meetings]

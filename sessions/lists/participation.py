"""The meetings of one participant: "12 z 14 spotkań" and exactly these fourteen.

They are the meetings at which the attendance of the participant was marked, as on the attendance lists, the papers and
the certificate: what nobody marked is no fact.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from lubsko_ops.accounts.models import User
from lubsko_ops.core.links import reverse
from lubsko_ops.core.polish import count_of
from projects.dependents import ParticipationNote
from projects.models import Participation
from sessions.choices import CAME, Presence
from sessions.models import Attendance, Meeting

OF_MEETINGS = "spotkania,spotkań,spotkań"  # "z 1 spotkania", "z 14 spotkań"
PRESENCE_KINDS = {Presence.PRESENT: "done", Presence.LATE: "soon", Presence.UNEXCUSED: "late"}


# ---- the number --------------------------------------------------------------------------------------
def attendance_notes(rows: list[Participation], user: User, on: date) -> dict[int, ParticipationNote]:
    """ "12 z 14 spotkań" for those of these participations of whom attendance was marked. One statement."""
    came: dict[tuple[int, int | None], set[int]] = defaultdict(set)
    counted: dict[int, set[int]] = defaultdict(set)
    marks = Attendance.objects.filter(participation__in=rows)
    for participation, person, meeting, presence in marks.values_list(
        "participation", "person", "meeting", "presence"
    ):
        counted[participation].add(meeting)
        if presence in CAME:
            came[participation, person].add(meeting)
    return {
        row.pk: ParticipationNote(
            note_text(row, came, counted[row.pk]), reverse("meetings:participation-attendance", args=[row.pk])
        )
        for row in rows
        if row.pk in counted
    }


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
    """Ids of the meetings behind the number of the participation. One statement."""
    marks = Attendance.objects.filter(participation=row).order_by()
    return list(marks.values_list("meeting", flat=True).distinct())


def with_attendance(row: Participation, meetings: list[Meeting]) -> list[AttendedMeeting]:
    """These meetings with the attendance of the participant. One statement."""
    marked: dict[int, list[Attendance]] = defaultdict(list)
    for each in Attendance.objects.filter(participation=row, meeting__in=meetings):
        marked[each.meeting_id].append(each)
    return [AttendedMeeting(meeting, marked[meeting.pk]) for meeting in meetings]

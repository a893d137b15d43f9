"""Meetings and attendance made without the actions, for tests of what reads them."""

from datetime import date, time

from lubsko_ops.audit.history import save_with_history
from projects.models import Participation, ProjectGroup
from sessions.choices import MeetingState, Presence
from sessions.models import Attendance, Meeting


def make_meeting(group: ProjectGroup, by, day: date, **fields) -> Meeting:
    """A meeting of two hours from nine, planned unless ``state`` is given."""
    values = {"starts_on": day, "ends_on": day, "starts_at": time(9), "minutes": 120} | fields
    return save_with_history(Meeting(group=group, **values), by=by, why="Nowe spotkanie")


def make_held(group: ProjectGroup, by, day: date, **fields) -> Meeting:
    """A meeting that was held."""
    return make_meeting(group, by, day, **({"state": MeetingState.HELD, "topic": "Emocje"} | fields))


def make_attendance(
    meeting: Meeting, participation: Participation, by, presence: Presence = Presence.PRESENT, **fields
) -> Attendance:
    """The attendance of the person of the participation."""
    values = {"person": participation.person, "presence": presence} | fields
    row = Attendance(meeting=meeting, participation=participation, **values)
    return save_with_history(row, by=by, why="Obecność")

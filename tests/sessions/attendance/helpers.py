"""A group of the running project of Tomasz with its meetings; Anna leads it."""

from datetime import date, time

from django.urls import reverse

from sessions.attendance.actions import MeetingMarks, record_attendance
from sessions.attendance.rules import Mark
from sessions.choices import Presence
from sessions.models import Meeting
from tests.projects.groups.helpers import enrol, make_group, make_workshop, mother_of
from tests.recorded_rows import recorded
from tests.sessions.factories import make_meeting

PRESENT, LATE, EXCUSED, UNEXCUSED = Presence
MONDAY, TODAY, LATER = date(2026, 10, 5), date(2026, 10, 13), date(2026, 10, 20)
URLENCODED = "application/x-www-form-urlencoded"  # takes names of fields of any length
__all__ = ["enrol", "make_group", "make_workshop", "mother_of"]


def meeting_url(meeting: Meeting) -> str:
    return reverse("meetings:attendance", args=[meeting.pk])


def grid_url(group) -> str:
    return reverse("meetings:attendance-grid", args=[group.pk])


def slot_code(row) -> str:
    return f"{row.pk}-{row.person_id or 0}"


def mark(meeting: Meeting, marks: dict, *, by, reason="", version=None) -> list[Meeting]:
    """``marks``: by participation, of its person; a presence or a whole mark."""
    full = {
        (row.pk, row.person_id): Mark(value) if isinstance(value, str) else value
        for row, value in marks.items()
    }
    sheet = MeetingMarks(meeting, full, version)
    return record_attendance(group=meeting.group, sheets=[sheet], reason=reason, by=by)


@recorded
def make_past(group, by, day=TODAY, **fields) -> Meeting:
    """A meeting of the morning, not yet held in the application."""
    return make_meeting(group, by, day, **({"starts_at": time(9)} | fields))

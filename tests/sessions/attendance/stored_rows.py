"""Meetings missed by a member of a family, for the tests that compare stored deadlines with computed ones."""

from datetime import date, time

from projects.models import Participation
from sessions.attendance.absences import open_runs
from sessions.attendance.actions import follow_up_absences
from tests.sessions.attendance.helpers import enrol, make_past, make_workshop, mark, mother_of

WHAT = ("attends", "misses", "explains")


def change_attendance(what: str, family, today: date, hour: int, *, tomasz, maria) -> None:
    """The mother comes to a meeting of the hour or misses it; somebody does something about her absences."""
    row = Participation.objects.filter(family=family).select_related("group").first()
    if row is None:
        row = enrol(
            make_workshop(tomasz, maria), tomasz, person=mother_of(family), family=family, begun_on=today
        )
    if what != "explains":
        meeting = make_past(row.group, tomasz, today, starts_at=time(hour))
        mark(meeting, {row: "present" if what == "attends" else "unexcused"}, by=tomasz)
    elif open_runs([row.pk]):
        follow_up_absences(participation=row, kind="call", day=today, by=tomasz)

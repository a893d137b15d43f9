"""A project of Tomasz that runs since the first of October, with two groups, meetings, attendance and work."""

from dataclasses import dataclass
from datetime import date

from projects.choices import ParticipationStepKind as Step
from projects.choices import Takes
from projects.models import Edition, Participation, ProjectGroup
from sessions.choices import Presence
from sessions.models import Meeting
from tests.families.visits.helpers import make_visit
from tests.projects.factories import make_group
from tests.projects.participants.helpers import FIRST, enrol_one, make_running_with_group, step
from tests.recorded_rows import recorded
from tests.sessions.factories import make_attendance, make_held, make_meeting

SECOND, THIRD_DAY = date(2026, 10, 6), date(2026, 10, 8)


@dataclass
class RunningProject:
    edition: Edition
    workshop: ProjectGroup
    work: ProjectGroup
    danuta: Participation
    other: Participation
    first: Meeting
    second: Meeting


@recorded
def make_project(kowalscy, nowakowie, tomasz, maria, anna, ewa) -> RunningProject:
    """Danuta takes part, another mother breaks off; two meetings of two hours; the Kowalscy are visited twice."""
    edition, workshop = make_running_with_group(tomasz, maria, places=8)
    work = make_group(edition, tomasz, name="Praca z rodzinami", kind="family_work", takes=Takes.FAMILIES)
    danuta = enrol_one(edition, workshop, kowalscy, by=tomasz, on=FIRST)
    other = enrol_one(edition, workshop, nowakowie, by=maria, on=FIRST)
    whole = enrol_one(edition, work, kowalscy, by=tomasz, on=FIRST, whole=True)
    for row in (danuta, other, whole):
        step(row, Step.QUALIFY, by=maria, on=FIRST)
        step(row, Step.BEGIN, by=maria, on=FIRST)
    first, second = (make_held(workshop, tomasz, day) for day in (FIRST, SECOND))
    make_meeting(workshop, tomasz, THIRD_DAY)
    make_attendance(first, danuta, tomasz)
    make_attendance(first, other, tomasz, Presence.UNEXCUSED)
    make_attendance(second, danuta, tomasz, Presence.LATE)
    step(other, Step.BREAK_OFF, by=maria, on=THIRD_DAY, reason="work")
    make_visit(kowalscy, anna, SECOND)
    make_visit(kowalscy, anna, THIRD_DAY)
    make_visit(nowakowie, ewa, THIRD_DAY)
    return RunningProject(edition, workshop, work, danuta, other, first, second)

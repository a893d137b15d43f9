"""Consultations of olga, made by the actions."""

from datetime import date, time

from lubsko_ops.audit.history import save_with_history
from projects.consultations.actions import make_appointment, record_consultation
from projects.models import Consultation, GroupLeader, Participation, ProjectGroup
from tests.factories import TODAY
from tests.projects.helpers import make_draft
from tests.recorded_rows import recorded


@recorded
def held(by, *, readers="author", day=TODAY, starts_at=None, minutes=50, note="Rozmowa o złości.", **whom):
    row = Consultation(
        day=day, starts_at=starts_at, minutes=minutes, subject="granice", note=note, readers=readers, **whom
    )
    return record_consultation(row=row, by=by)


@recorded
def appointment(by, *, day=date(2026, 10, 20), starts_at=time(10), minutes=60, **whom):
    row = Consultation(day=day, starts_at=starts_at, minutes=minutes, subject="bunt", **whom)
    return make_appointment(row=row, by=by)


@recorded
def led_group(leader, *, by, name="Senso-Ludki", ends_on=None) -> ProjectGroup:
    """A group of a project of ``by`` that the leader has led since the start of the year."""
    edition = make_draft(by, title=f"Projekt: {name}")
    group = ProjectGroup(edition=edition, name=name, kind="workshop", starts_on=date(2026, 1, 1))
    save_with_history(group, by=by, why="próba")
    leading = GroupLeader(group=group, user=leader, starts_on=date(2026, 1, 1), ends_on=ends_on)
    save_with_history(leading, by=by, why="próba")
    return group


@recorded
def participant(group, person, *, by, family=None) -> Participation:
    row = Participation(
        edition=group.edition, group=group, person=person, family=family, status="taking_part",
        status_on=TODAY, reported_on=TODAY,
    )  # fmt: skip
    return save_with_history(row, by=by, why="próba")

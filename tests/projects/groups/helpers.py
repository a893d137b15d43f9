"""Groups of the projects of Tomasz, their people and the visits of the Kowalscy, made by the actions."""

from datetime import date

from django.urls import reverse

from lubsko_ops.audit.history import save_with_history
from projects.choices import ParticipationStepKind
from projects.groups import actions
from projects.models import Edition, Participation, ParticipationStep, ProjectGroup
from tests.projects.helpers import make_running
from tests.recorded_rows import recorded

STARTS, ENDS = date(2026, 10, 1), date(2026, 12, 18)


def page(url_name: str, pk: int, *more: int) -> str:
    return reverse(url_name, args=[pk, *more])


@recorded
def make_group(edition: Edition, by, *, leader=None, leader_name="", **values) -> ProjectGroup:
    """A workshop for twelve from the first of October to the eighteenth of December, unless otherwise said."""
    defaults = {"name": "Warsztaty dla mam", "kind": "workshop", "starts_on": STARTS, "ends_on": ENDS}
    if values.get("kind", "workshop") == "workshop":
        defaults["capacity"] = 12
    data = ProjectGroup(**defaults | values)
    return actions.create_group(edition=edition, data=data, leader=leader, leader_name=leader_name, by=by)


@recorded
def make_workshop(tomasz, maria, **values) -> ProjectGroup:
    """In a project that runs."""
    return make_group(make_running(tomasz, maria), tomasz, **values)


@recorded
def enrol(group: ProjectGroup, by, *, status="taking_part", begun_on=None, **who) -> Participation:
    """A participation as the page of the participants leaves it behind."""
    day = begun_on or date(2026, 10, 5)
    row = Participation(
        edition=group.edition, group=group, status=status, status_on=day, reported_on=day, **who
    )
    save_with_history(row, by=by, why="zapis")
    if status in ("taking_part", "finished", "broken_off"):
        kind = ParticipationStepKind.BEGIN
        step = ParticipationStep(participation=row, kind=kind, status=status, group=group, day=day)
        save_with_history(step, by=by, why="początek")
    return row


def mother_of(family):
    return family.memberships.get(kinship="mother").person

"""Participants made without the actions, for tests of what reads them."""

from datetime import date

from lubsko_ops.audit.history import save_with_history
from projects.choices import ParticipationStatus, ParticipationStepKind
from projects.models import Participation, ParticipationStep, ProjectGroup
from tests.recorded_rows import recorded


@recorded
def make_group(edition, by, *, name="Warsztaty dla mam", **fields) -> ProjectGroup:
    """A workshop for persons on the days of the edition."""
    values = {"kind": "workshop", "starts_on": edition.starts_on, "ends_on": edition.ends_on} | fields
    return save_with_history(ProjectGroup(edition=edition, name=name, **values), by=by, why="Nowa grupa")


@recorded
def make_participation(
    edition, by, *, day: date, status=ParticipationStatus.TAKING_PART, **fields
) -> Participation:
    """A participation with the step that led to its status."""
    row = Participation(edition=edition, status=status, status_on=day, reported_on=day, **fields)
    row = save_with_history(row, by=by, why="Zapis do projektu")
    step = ParticipationStep(participation=row, kind=STEPS[status], status=status, group=row.group, day=day)
    save_with_history(step, by=by, why="Zapis do projektu")
    return row


STEPS = {
    ParticipationStatus.REPORTED: ParticipationStepKind.REPORT,
    ParticipationStatus.QUALIFIED: ParticipationStepKind.QUALIFY,
    ParticipationStatus.RESERVE: ParticipationStepKind.PUT_ON_RESERVE,
    ParticipationStatus.TAKING_PART: ParticipationStepKind.BEGIN,
    ParticipationStatus.FINISHED: ParticipationStepKind.FINISH,
}

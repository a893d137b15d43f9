"""Groups and participants as stored rows; no action is needed to print them."""

from datetime import date

from lubsko_ops.audit.history import save_with_history
from projects.models import ParticipantConsent, Participation, ProjectGroup
from tests.projects.helpers import ENDS, STARTS
from tests.recorded_rows import recorded

REPORTED_ON = date(2026, 10, 13)


@recorded
def make_group(edition, by, name="Szkoła dla rodziców", **fields) -> ProjectGroup:
    values = {"kind": "workshop", "starts_on": STARTS, "ends_on": ENDS} | fields
    return save_with_history(ProjectGroup(edition=edition, name=name, **values), by=by, why="Nowa grupa")


@recorded
def enrol(edition, by, person=None, *, status="qualified", **fields) -> Participation:
    row = Participation(
        edition=edition,
        person=person,
        status=status,
        status_on=REPORTED_ON,
        reported_on=REPORTED_ON,
        **fields,
    )
    return save_with_history(row, by=by, why="Zapis")


@recorded
def sign(edition, by, person, kind="declaration", **fields) -> ParticipantConsent:
    values = {"given_on": REPORTED_ON} | fields
    row = ParticipantConsent(edition=edition, person=person, kind=kind, **values)
    return save_with_history(row, by=by, why="Podpisano")

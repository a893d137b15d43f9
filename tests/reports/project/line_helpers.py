"""A line of Tomasz with an edition in each of several years, made by the factories; maria approved all of them."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from lubsko_ops.audit.history import save_with_history
from projects.actions import create_edition
from projects.choices import EditionState, ParticipationStatus, ParticipationStepKind
from projects.models import BudgetLine, Edition, IndicatorReading, ParticipationStep, SpecificGoal
from sessions.choices import Presence
from tests.projects.factories import make_group, make_participation
from tests.projects.helpers import make_complete, project_period
from tests.sessions.factories import make_attendance, make_held

TITLE = "Rodzina"
LIST = "/projekty/"


def line_url(edition: Edition, name: str = "") -> str:
    return f"/projekty/linia/{edition.line_id}/{name}"


def approve(edition: Edition, manager, state: str = EditionState.SETTLED) -> Edition:
    """The edition in a later state, as if its steps had been taken before it began."""
    sent_on = edition.starts_on - timedelta(days=20)
    Edition.objects.filter(pk=edition.pk).update(
        state=state, sent_on=sent_on, approved_on=sent_on + timedelta(days=3), approved_by=manager
    )
    return Edition.objects.get(pk=edition.pk)


def make_first(by, manager, year: int, *, title: str = TITLE) -> Edition:
    """The first edition of a line: February to December, settled, two goals of ten persons, 2 460 zł planned."""
    draft = make_complete(by, title=title, starts_on=date(year, 2, 1), ends_on=date(year, 12, 15))
    return approve(draft, manager)


def make_next(
    copy_of: Edition, by, manager, year: int, *, title: str = "", state=EditionState.SETTLED, **days
) -> Edition:
    """The edition of a later year with the same goals and budget."""
    period = {"starts_on": date(year, 2, 1), "ends_on": date(year, 12, 15)} | days
    edition = create_edition(
        data=project_period(title=title or copy_of.title, **period), copy_of=copy_of, by=by
    )
    return approve(edition, manager, state)


def fill(
    edition: Edition,
    people: Sequence,
    by,
    *,
    came: int,
    meetings: int = 2,
    spent: int = 100,
    reached: int = 10,
):
    """People take part from the first day and finish, but for the last of them; ``came`` of them come to each meeting.

    ``spent``: on each of the three positions; ``reached``: of the first goal, one less of the second.
    """
    group = edition.groups.first() or make_group(edition, by)
    rows = [_take_part(edition, group, person, by, finishes=person != people[-1]) for person in people]
    for week in range(meetings):
        meeting = make_held(group, by, edition.starts_on + timedelta(days=7 * week))
        for place, row in enumerate(rows):
            make_attendance(meeting, row, by, Presence.PRESENT if place < came else Presence.UNEXCUSED)
    BudgetLine.objects.filter(edition=edition).update(typed_spent=Decimal(spent))
    for less, goal in enumerate(SpecificGoal.objects.filter(edition=edition)):
        day, value = edition.starts_on + timedelta(days=10), Decimal(reached - less)
        reading = IndicatorReading(goal=goal, day=day, value=value, source="lista obecności")
        save_with_history(reading, by=by, why="Pomiar")


def _take_part(edition: Edition, group, person, by, *, finishes: bool):
    first, last = edition.starts_on, edition.ends_on or edition.starts_on
    row = make_participation(edition, by, day=first, group=group, person=person)
    if finishes and edition.ends_on:
        kind, status = ParticipationStepKind.FINISH, ParticipationStatus.FINISHED
        step = ParticipationStep(participation=row, kind=kind, status=status, group=group, day=last)
        save_with_history(step, by=by, why="Ukończenie")
        row.status, row.status_on = status, last
        save_with_history(row, by=by, why="Ukończenie")
    return row

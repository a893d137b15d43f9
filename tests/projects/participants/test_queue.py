"""A free place goes to the first of the reserve list; to pass somebody over a reason is written."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from projects.choices import ParticipationStatus as Status
from projects.choices import ParticipationStepKind as Step
from projects.participants.actions import take_step
from tests.factories import TODAY
from tests.projects.factories import make_group, make_participation
from tests.projects.helpers import make_running

FIRST = date(2026, 10, 1)
PASSED_OVER = "ktoś czeka dłużej"


@pytest.fixture
def queue(tomasz, maria, kowalscy):
    """Mother, father and child of one family: the first two wait from day to day, the third is reported."""
    edition = make_running(tomasz, maria)
    group = make_group(edition, tomasz, capacity=2)
    people = [row.person for row in kowalscy.memberships.order_by("pk")[:3]]
    statuses = (Status.RESERVE, Status.RESERVE, Status.REPORTED)
    return [
        make_participation(
            edition, tomasz, day=FIRST + timedelta(days=days), status=status, group=group, person=person
        )
        for days, (person, status) in enumerate(zip(people, statuses, strict=True))
    ]


def step(row, kind, by, text=""):
    return take_step(participation=row, kind=kind, day=TODAY, text=text, version=None, by=by)


def test_the_first_gets_the_offer_then_the_second(queue, tomasz):
    first, second, _ = queue
    with pytest.raises(ValidationError, match=PASSED_OVER):
        step(second, Step.OFFER, tomasz)
    assert step(first, Step.OFFER, tomasz).offered_on == TODAY
    assert step(second, Step.OFFER, tomasz).offered_on == TODAY


def test_nobody_who_comes_later_is_taken_in_before_those_who_wait(queue, tomasz):
    *_, newcomer = queue
    with pytest.raises(ValidationError, match=PASSED_OVER):
        step(newcomer, Step.QUALIFY, tomasz)
    assert (
        step(newcomer, Step.QUALIFY, tomasz, "zgłoszenie telefoniczne sprzed listy").status
        == Status.QUALIFIED
    )


def test_passed_over_with_a_reason_that_stays_in_the_step(queue, tomasz):
    _, second, _ = queue
    step(second, Step.OFFER, tomasz, "pierwsza osoba jest w szpitalu do grudnia")
    assert second.steps.order_by("-pk")[0].text.startswith("pierwsza osoba")

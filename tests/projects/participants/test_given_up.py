"""A project that is given up ends the participations in it."""

import pytest

from projects.actions import withdraw_edition
from projects.choices import ParticipationStatus as Status
from projects.choices import ParticipationStepKind as Step
from tests.projects.participants.helpers import enrol_one, make_running_with_group, member, step

pytestmark = pytest.mark.django_db


def test_a_project_given_up_ends_every_participation(kowalscy, tomasz, maria):
    edition, group = make_running_with_group(tomasz, maria)
    taking = step(enrol_one(edition, group, kowalscy, by=tomasz), Step.QUALIFY, by=tomasz)
    waits = enrol_one(edition, group, kowalscy, person=member(kowalscy, "father"), by=tomasz)
    withdraw_edition(edition=edition, text="Brak chętnych", version=None, by=maria)
    for row, status in ((taking, Status.BROKEN_OFF), (waits, Status.REJECTED)):
        row.refresh_from_db()
        last = row.steps.order_by("-pk")[0]
        assert (row.status, last.status, last.text) == (status, status, "Odstąpiono od projektu")

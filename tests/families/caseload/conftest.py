"""Assignments of the Kowalscy planned for December."""

import pytest

from families.caseload.actions import assign_assistant, hand_over
from families.choices import AssignmentKind
from tests.families.caseload.helpers import DECEMBER, WEEK


@pytest.fixture
def period(kowalscy):
    return kowalscy.periods.get()


@pytest.fixture
def planned(period, ewa, maria):
    """Ewa leads from December; Anna accompanies for a week."""
    return hand_over(period=period, assistant=ewa, starts_on=DECEMBER, accompany_until=WEEK, by=maria)


@pytest.fixture
def stand_in(period, ewa, maria):
    return assign_assistant(
        period=period, assistant=ewa, kind=AssignmentKind.STAND_IN, starts_on=DECEMBER, ends_on=WEEK, by=maria
    )

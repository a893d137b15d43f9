"""A plan does not enter into force without a legal basis of the work on its first day; no paper has an empty basis."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from families.caseload.actions import BasisData, add_basis, end_basis
from families.choices import BasisKind, PlanState, SignatureKind
from families.plans.actions import put_plan_in_force, record_signature
from families.plans.papers import plan_html
from families.plans.pdf import blank_plan
from families.plans.queries import required_signers
from lubsko_ops.core import clock
from tests.factories import TODAY
from tests.plan_factories import create_accepted_plan, create_plan_in_force, plan_data

YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def period(kowalscy):
    return kowalscy.periods.get()


@pytest.fixture
def plan(kowalscy, anna, tomasz, maria):
    with clock.freeze_time(YESTERDAY):
        return create_accepted_plan(kowalscy, by=anna, tomasz=tomasz, maria=maria)


@pytest.fixture
def withdrawn(period, plan, maria):
    return end_basis(basis=period.bases.get(), on=YESTERDAY, why="cofnięcie zgody", version=None, by=maria)


def sign(plan, by):
    for person in required_signers(plan, on=TODAY):
        record_signature(plan=plan, person=person, kind=SignatureKind.SIGNED, day=TODAY, version=None, by=by)
    plan.refresh_from_db()


def test_signed_it_waits_for_a_basis(plan, withdrawn, anna):
    """The signatures are facts and are kept; the refusal names the bases and their provisions."""
    sign(plan, anna)
    assert (plan.state, plan.in_force_from, plan.signatures.exists()) == (PlanState.ACCEPTED, None, True)
    with pytest.raises(ValidationError) as refusal:
        put_plan_in_force(plan=plan, version=None, by=anna)
    [sentence] = refusal.value.messages
    assert "wymaga podstawy na każdy dzień, a na dzień 13.10.2026" in sentence
    assert "art. 8 ust. 3" in sentence.replace("\u00a0", " ")


def test_with_a_new_basis_it_enters_into_force(plan, withdrawn, period, anna, maria):
    sign(plan, anna)
    later = TODAY + timedelta(days=2)
    with clock.freeze_time(later):
        court = BasisData(kind=BasisKind.COURT, starts_on=later, reference="III Nsm 7/26")
        add_basis(period=period, data=court, by=maria)
        assert put_plan_in_force(plan=plan, version=None, by=anna).in_force_from == later


def test_the_version_before_stays_in_force(kowalscy, period, anna, tomasz, maria):
    with clock.freeze_time(date(2026, 10, 1)):
        first = create_plan_in_force(kowalscy, by=anna, tomasz=tomasz, maria=maria)
    team = {"by": anna, "tomasz": tomasz, "maria": maria}
    second = create_accepted_plan(kowalscy, **team, data=plan_data(reason="nowe cele"))
    end_basis(basis=period.bases.get(), on=YESTERDAY, why="cofnięcie zgody", version=None, by=maria)
    sign(second, anna)
    first.refresh_from_db()
    assert (first.in_force_to, second.in_force_from) == (None, None)


def words(paper: str) -> str:
    return " ".join(paper.replace("\xa0", " ").replace("&nbsp;", " ").split())


def test_no_paper_has_an_empty_basis(kowalscy, period, plan, withdrawn, anna):
    """The plan names the basis of the day it was accepted; the blank form says that there is none today."""
    assert "zgoda z 04.03.2026 r." in words(plan_html(plan, user=anna, today=TODAY))
    assert "brak na dzień 13.10.2026 r." in words(blank_plan(kowalscy, period, user=anna, today=TODAY))
    assert "brak na dzień 13.10.2026 r." in words(blank_plan(kowalscy, None, user=anna, today=TODAY))

"""A visit on a day of work without a legal basis is asked about before it is saved."""

from datetime import date

import pytest

from families.caseload.actions import BasisData, add_basis, assign_assistant, end_basis, end_work
from families.choices import AssignmentKind, BasisKind, ClosingReason
from families.visits.models import Visit
from tests.families.visits.helpers import make_visit, new_visit_url, submit_visit, visit_url
from tests.form_client import parse_form, response_text, submit_form

WITHDRAWN = date(2026, 10, 9)
ASKED = "Praca z rodziną wymaga podstawy na każdy dzień, a na dzień 13.10.2026 jej nie ma."


@pytest.fixture
def as_anna(client, anna):
    client.force_login(anna)
    return client


@pytest.fixture
def withdrawn(kowalscy, maria):
    """The consent, the only basis, was withdrawn on Friday."""
    basis = kowalscy.periods.get().bases.get()
    return end_basis(basis=basis, on=WITHDRAWN, why="cofnięcie zgody", version=None, by=maria)


def test_it_is_asked_about_and_saved_when_confirmed(as_anna, kowalscy, withdrawn):
    asked = submit_visit(as_anna, kowalscy)
    assert asked.status_code == 422 and ASKED in response_text(asked)
    assert not Visit.objects.exists()
    again = as_anna.post(new_visit_url(kowalscy), parse_form(asked.content.decode()))
    assert again.status_code == 302 and Visit.objects.get().day == date(2026, 10, 13)


def test_the_last_day_of_the_basis_needs_no_question(as_anna, kowalscy, withdrawn):
    assert submit_visit(as_anna, kowalscy, day="09.10.2026").status_code == 302


def test_another_basis_needs_no_question(as_anna, kowalscy, withdrawn, maria):
    court = BasisData(kind=BasisKind.COURT, starts_on=date(2026, 10, 12), reference="III Nsm 7/26")
    add_basis(period=kowalscy.periods.get(), data=court, by=maria)
    assert submit_visit(as_anna, kowalscy).status_code == 302


def test_a_correction_asks_only_of_another_day(as_anna, kowalscy, anna, withdrawn):
    url = visit_url(make_visit(kowalscy, anna, date(2026, 10, 12)), "visit-edit")
    assert submit_form(as_anna, url, opinion="Lepiej.").status_code == 302
    assert ASKED in response_text(
        submit_form(as_anna, url, day="13.10.2026", starts_at="09:00", ends_at="10:00")
    )


def test_monitoring_after_the_work_needs_no_basis(as_anna, kowalscy, anna, maria):
    period = kowalscy.periods.get()
    end_work(period=period, on=WITHDRAWN, reason=ClosingReason.GOALS_REACHED, by=maria)
    days = {"starts_on": date(2026, 10, 10), "ends_on": None}
    period.refresh_from_db()
    assign_assistant(period=period, assistant=anna, kind=AssignmentKind.MONITORING, by=maria, **days)
    assert submit_visit(as_anna, kowalscy).status_code == 302

"""A plan that somebody cannot sign is put in force by the manager, with a cause and a reason."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from families.choices import PlanState
from families.people.actions import end_membership
from families.plans.actions import put_plan_in_force_unsigned
from families.plans.models import Plan, UnsignedCause
from lubsko_ops.core import clock
from tests.factories import TODAY
from tests.families.plans.helpers import half_signed, plan_version_url, reload_plan, signed_by
from tests.form_client import response_text, submit_form
from tests.lubsko_ops.output.conftest import pdf_text
from tests.plan_factories import create_accepted_plan, create_plan_in_force, get_period, plan_data

WHY = "Danuta jest od 1 października w szpitalu, oddział nie wpuszcza odwiedzających."


@pytest.fixture
def plan(kowalscy, anna, tomasz, maria) -> Plan:
    return create_accepted_plan(kowalscy, by=anna, tomasz=tomasz, maria=maria)


def put_in_force(plan, by, **more) -> Plan:
    values = {"cause": UnsignedCause.ABSENT, "reason": WHY, "version": None} | more
    return put_plan_in_force_unsigned(plan=plan, by=by, **values)


def test_the_manager_finds_the_way_on_the_plan(as_maria, plan):
    url = plan_version_url(plan, "unsigned")
    html = response_text(as_maria.get(plan_version_url(plan)))
    assert f'href="{url}"' in html and "Ktoś nie może podpisać" in html
    assert "Danuta Kowalska" in response_text(as_maria.get(url))
    response = submit_form(as_maria, url, cause="absent", reason=WHY)
    assert response.status_code == 302
    row = reload_plan(plan)
    assert (row.state, row.in_force_from) == (PlanState.SIGNED, TODAY)
    assert (row.unsigned_cause, row.unsigned_reason) == ("absent", WHY)
    assert WHY in row.history.latest().history_change_reason
    assert WHY in response_text(as_maria.get(plan_version_url(plan)))


def test_the_assistant_does_not(as_anna, plan):
    assert "Ktoś nie może podpisać" not in response_text(as_anna.get(plan_version_url(plan)))
    assert as_anna.get(plan_version_url(plan, "unsigned")).status_code == 403


def test_the_paper_says_so(as_maria, plan, maria):
    put_in_force(plan, maria)
    content = as_maria.get(plan_version_url(plan, "paper-in-force")).content
    text = " ".join(pdf_text(content).replace("-\n", "").split())
    assert "bez wymaganego podpisu decyzją kierownika: osoba jest długo nieobecna" in text
    assert "oddział nie wpuszcza odwiedzających" in text


def test_when_nobody_adult_lives_there_any_more(kowalscy, plan, maria):
    danuta = kowalscy.memberships.get(person__first_name="Danuta")
    end_membership(membership=danuta, on=TODAY - timedelta(days=1), version=None, by=maria)
    assert put_in_force(plan, maria, cause=UnsignedCause.NOBODY_HOME).in_force_from == TODAY


def test_signatures_recorded_so_far_stay(kowalscy, anna, tomasz, maria):
    half_signed(kowalscy, by=anna, tomasz=tomasz, maria=maria)
    plan = put_in_force(Plan.objects.get(), maria)
    assert plan.signatures.count() == 1


def test_it_replaces_the_version_before(kowalscy, anna, tomasz, maria):
    first = create_plan_in_force(kowalscy, by=anna, tomasz=tomasz, maria=maria)
    with clock.freeze_time(TODAY + timedelta(days=9)):
        data = plan_data(reason="Ocena")
        second = create_accepted_plan(kowalscy, by=anna, tomasz=tomasz, maria=maria, data=data)
        put_in_force(second, maria)
    assert reload_plan(first).in_force_to == TODAY + timedelta(days=8)
    assert get_period(kowalscy).plans.filter(in_force_to=None).get() == second


def test_refusals(kowalscy, plan, anna, maria):
    with pytest.raises(PermissionDenied):
        put_in_force(plan, anna)  # who wrote it
    with pytest.raises(ValidationError, match="Napisz, co się stało"):
        put_in_force(plan, maria, reason=" ")
    signed_by(plan, kowalscy, "Danuta", by=anna)
    with pytest.raises(ValidationError, match="już podpisany"):
        put_in_force(plan, maria)

"""Withdrawal of a plan by its author before acceptance."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from families.caseload.actions import end_work
from families.choices import PlanState
from families.plans.actions import consult_plan, withdraw_plan
from tests.factories import TODAY
from tests.families.plans.helpers import plan_version_url, reload_plan
from tests.form_client import form_data, response_text, submit_form
from tests.plan_factories import create_accepted_plan, create_sent_plan, get_period


@pytest.fixture
def plan(kowalscy, anna):
    return create_sent_plan(kowalscy, by=anna)


def url_of(plan) -> str:
    return plan_version_url(plan, "withdraw")


def test_withdrawn_plan_is_a_draft(as_anna, plan, anna):
    response = submit_form(as_anna, url_of(plan))
    assert (response.status_code, response.url) == (302, plan_version_url(plan))
    row = reload_plan(plan)
    assert row.state == PlanState.DRAFT
    assert "jest znowu szkicem" in response_text(as_anna.get(plan_version_url(plan)))
    last = row.history.first()
    assert (last.history_user, last.history_change_reason) == (anna, "Wycofanie planu do poprawy")


def test_withdrawal_clears_the_consultation(as_anna, plan, tomasz):
    consult_plan(plan=plan, remarks="Dobrze.", version=None, by=tomasz)
    assert submit_form(as_anna, url_of(plan)).status_code == 302
    assert (reload_plan(plan).consulted_by, reload_plan(plan).consultation) == (None, "")


def test_double_submission_withdraws_once(as_anna, plan):
    data = form_data(as_anna, url_of(plan))
    assert (
        as_anna.post(url_of(plan), data).url == as_anna.post(url_of(plan), data).url == plan_version_url(plan)
    )
    assert reload_plan(plan).history.filter(history_change_reason__startswith="Wycofanie").count() == 1


def test_plan_consulted_meanwhile_conflicts(as_anna, plan, tomasz):
    data = form_data(as_anna, url_of(plan))
    consult_plan(plan=plan, remarks="", version=None, by=tomasz)
    response = as_anna.post(url_of(plan), data)
    assert response.status_code == 409 and "Tomasz Lis" in response_text(response)
    assert reload_plan(plan).state == PlanState.ACCEPTANCE


def test_accepted_plan_cannot_be_withdrawn(as_anna, kowalscy, anna, tomasz, maria):
    plan = create_accepted_plan(kowalscy, by=anna, tomasz=tomasz, maria=maria)
    response = as_anna.get(url_of(plan), follow=True)
    assert "Ten plan jest już zaakceptowany." in response_text(response)


def test_not_by_another_assistant(client, plan, kowalscy, ewa, maria):
    from families.caseload.actions import assign_assistant

    assign_assistant(
        period=get_period(kowalscy),
        kind="stand_in",
        assistant=ewa,
        starts_on=TODAY,
        ends_on=TODAY + timedelta(days=7),
        by=maria,
    )
    client.force_login(ewa)
    response = client.get(url_of(plan))
    assert response.status_code == 403
    assert "Plan wycofuje do poprawy ten, kto go napisał." in response_text(response)


@pytest.mark.parametrize("name", ["tomasz", "maria"])
def test_reviewers_cannot_withdraw(client, plan, request, name):
    client.force_login(request.getfixturevalue(name))
    assert client.get(url_of(plan)).status_code == 403


def test_user_without_access_gets_404(client, plan, ewa):
    client.force_login(ewa)
    assert client.get(url_of(plan)).status_code == 404


def test_action_refuses_after_the_work_ended(plan, kowalscy, anna, maria):
    end_work(period=get_period(kowalscy), on=TODAY - timedelta(days=1), reason="moved", by=maria)
    with pytest.raises(ValidationError, match="zakończona"):
        withdraw_plan(plan=plan, version=None, by=anna)


def test_refused_after_the_work_ended(as_anna, plan, kowalscy, maria):
    data = form_data(as_anna, url_of(plan))
    end_work(period=get_period(kowalscy), on=TODAY - timedelta(days=1), reason="moved", by=maria)
    assert as_anna.post(url_of(plan), data).status_code in (403, 422)  # read-only, or the action refuses
    assert reload_plan(plan).state == PlanState.CONSULTATION

"""Acceptance by the manager: the content is frozen and the plan waits for signatures."""

from datetime import date, timedelta

import pytest

from families.caseload.actions import end_work
from families.choices import PlanState
from families.plans.actions import consult_plan, withdraw_plan
from lubsko_ops.accounts.actions import grant_role
from lubsko_ops.core.permissions import Role
from tests.factories import TODAY
from tests.families.plans.helpers import plan_version_url, reload_plan
from tests.form_client import form_data, response_text, submit_form
from tests.plan_factories import BUDGET_ROW, create_consulted_plan, create_sent_plan, get_period


@pytest.fixture
def plan(kowalscy, anna, tomasz):
    plan = create_sent_plan(kowalscy, by=anna)
    return consult_plan(plan=plan, remarks="Warto dopisać szkołę.", version=None, by=tomasz)


def accept(client, plan):
    return submit_form(client, plan_version_url(plan, "accept"))


def test_page_shows_the_plan_and_the_consultation_remarks(as_maria, plan):
    html = response_text(as_maria.get(plan_version_url(plan, "accept")))
    for text in (
        BUDGET_ROW["goal"],
        BUDGET_ROW["expected_outcome"],
        "Skonsultowano 13.10.2026, Tomasz Lis",
        "Warto dopisać szkołę.",
    ):
        assert text in html, text


def test_accepted_plan_waits_for_signatures(as_maria, plan, maria):
    response = accept(as_maria, plan)
    assert (response.status_code, response.url) == (302, plan_version_url(plan))
    row = reload_plan(plan)
    assert (row.state, row.accepted_by, row.accepted_on, row.single_reviewer) == (
        PlanState.ACCEPTED, maria, TODAY, False,
    )  # fmt: skip
    html = response_text(as_maria.get(plan_version_url(plan)))
    assert "Zaakceptowano plan, wersja 1." in html and "Czeka na podpisy: Danuta Kowalska." in html
    last = row.history.first()
    assert (last.history_user, last.history_change_reason) == (maria, "Akceptacja planu")


def test_double_submission_accepts_once(as_maria, plan):
    url = plan_version_url(plan, "accept")
    data = form_data(as_maria, url)
    assert as_maria.post(url, data).url == as_maria.post(url, data).url == plan_version_url(plan)
    assert reload_plan(plan).history.filter(history_change_reason="Akceptacja planu").count() == 1


def test_plan_withdrawn_meanwhile_is_not_accepted(as_maria, plan, anna):
    data = form_data(as_maria, plan_version_url(plan, "accept"))
    withdraw_plan(plan=plan, version=None, by=anna)
    assert as_maria.post(plan_version_url(plan, "accept"), data).status_code == 409
    data["_version"] = str(reload_plan(plan).version)
    response = as_maria.post(plan_version_url(plan, "accept"), data)
    assert response.status_code == 422 and "Planu nie zaakceptowano." in response_text(response)
    assert reload_plan(plan).state == PlanState.DRAFT


def test_not_accepted_before_consultation(as_maria, kowalscy, anna):
    plan = create_sent_plan(kowalscy, by=anna)
    response = as_maria.get(plan_version_url(plan, "accept"), follow=True)
    assert "Ten plan czeka na konsultację pracownika socjalnego." in response_text(response)


@pytest.mark.parametrize("name", ["anna", "tomasz"])
def test_only_the_manager(client, plan, request, name):
    client.force_login(request.getfixturevalue(name))
    assert client.get(plan_version_url(plan, "accept")).status_code == 403
    assert client.post(plan_version_url(plan, "accept")).status_code == 403


def test_user_without_access_gets_404(client, plan, zofia, ewa):
    for user in (zofia, ewa):
        client.force_login(user)
        assert client.get(plan_version_url(plan, "accept")).status_code == 404


def test_consulting_user_cannot_accept(client, plan, tomasz, system_user):
    grant_role(user=tomasz, role=Role.MANAGER, starts_on=date(2020, 1, 1), by=system_user)
    client.force_login(tomasz)
    response = client.get(plan_version_url(plan, "accept"))
    assert response.status_code == 403 and "konsultowała ta sama osoba" in response_text(response)


def test_small_staff_single_reviewer_is_recorded(client, plan, tomasz, system_user, monkeypatch):
    grant_role(user=tomasz, role=Role.MANAGER, starts_on=date(2020, 1, 1), by=system_user)
    monkeypatch.setattr("families.plans.validators.get_norm", lambda name, on: 1)
    client.force_login(tomasz)
    assert accept(client, plan).status_code == 302
    assert reload_plan(plan).single_reviewer
    assert "mała obsada ośrodka" in response_text(client.get(plan_version_url(plan)))


def test_not_accepted_after_the_work_ended(as_maria, plan, kowalscy, maria):
    data = form_data(as_maria, plan_version_url(plan, "accept"))
    end_work(period=get_period(kowalscy), on=TODAY - timedelta(days=1), reason="moved", by=maria)
    response = as_maria.post(plan_version_url(plan, "accept"), data)
    assert response.status_code == 422 and "została zakończona" in response_text(response)


def test_post_without_submission_key_changes_nothing(as_maria, plan):
    assert as_maria.post(plan_version_url(plan, "accept"), {}).status_code == 422
    assert reload_plan(plan).state == PlanState.ACCEPTANCE


def test_submission_key_of_another_plan_is_rejected(as_maria, nowakowie, ewa, zofia, plan):
    other = create_consulted_plan(nowakowie, by=ewa, tomasz=zofia)
    assert accept(as_maria, other).status_code == 302
    assert reload_plan(plan).state == PlanState.ACCEPTANCE

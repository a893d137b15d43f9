"""The manager accepts a consulted plan: from then on its content is frozen and it waits for signatures."""

from datetime import date, timedelta

import pytest

from families.caseload.actions import end_work
from families.choices import PlanState
from families.plans.actions import consult_plan, withdraw_plan
from lubsko_ops.accounts.actions import grant_role
from lubsko_ops.core.permissions import Role
from tests.factories import TODAY
from tests.families.plans.pages import fresh, page_of
from tests.form_client import form_data, response_text, submit_form
from tests.plan_factories import BUDGET_ROW, create_consulted_plan, create_sent_plan, get_period


@pytest.fixture
def plan(kowalscy, anna, tomasz):
    plan = create_sent_plan(kowalscy, by=anna)
    return consult_plan(plan=plan, remarks="Warto dopisać szkołę.", version=None, by=tomasz)


def accept(client, plan):
    return submit_form(client, page_of(plan, "accept"))


def test_the_plan_and_what_the_social_worker_said_stand_on_the_page(as_maria, plan):
    words = response_text(as_maria.get(page_of(plan, "accept")))
    for said in (
        BUDGET_ROW["goal"],
        BUDGET_ROW["expected_outcome"],
        "Skonsultowano 13.10.2026, Tomasz Lis",
        "Warto dopisać szkołę.",
    ):
        assert said in words, said


def test_accepted_it_waits_for_signatures(as_maria, plan, maria):
    response = accept(as_maria, plan)
    assert (response.status_code, response.url) == (302, page_of(plan))
    row = fresh(plan)
    assert (row.state, row.accepted_by, row.accepted_on, row.single_reviewer) == (
        PlanState.ACCEPTED, maria, TODAY, False,
    )  # fmt: skip
    words = response_text(as_maria.get(page_of(plan)))
    assert "Zaakceptowano plan, wersja 1." in words and "Czeka na podpisy: Danuta Kowalska." in words
    last = row.history.first()
    assert (last.history_user, last.history_change_reason) == (maria, "Akceptacja planu")


def test_sent_twice_it_is_one_acceptance(as_maria, plan):
    url = page_of(plan, "accept")
    data = form_data(as_maria, url)
    assert as_maria.post(url, data).url == as_maria.post(url, data).url == page_of(plan)
    assert fresh(plan).history.filter(history_change_reason="Akceptacja planu").count() == 1


def test_withdrawn_meanwhile_it_is_not_accepted(as_maria, plan, anna):
    data = form_data(as_maria, page_of(plan, "accept"))
    withdraw_plan(plan=plan, version=None, by=anna)
    assert as_maria.post(page_of(plan, "accept"), data).status_code == 409
    data["_version"] = str(fresh(plan).version)
    response = as_maria.post(page_of(plan, "accept"), data)
    assert response.status_code == 422 and "Planu nie zaakceptowano." in response_text(response)
    assert fresh(plan).state == PlanState.DRAFT


def test_not_before_the_consultation(as_maria, kowalscy, anna):
    plan = create_sent_plan(kowalscy, by=anna)
    response = as_maria.get(page_of(plan, "accept"), follow=True)
    assert "Ten plan czeka na konsultację pracownika socjalnego." in response_text(response)


@pytest.mark.parametrize("name", ["anna", "tomasz"])
def test_only_the_manager(client, plan, request, name):
    client.force_login(request.getfixturevalue(name))
    assert client.get(page_of(plan, "accept")).status_code == 403
    assert client.post(page_of(plan, "accept")).status_code == 403


def test_a_stranger_finds_nothing(client, plan, zofia, ewa):
    for user in (zofia, ewa):
        client.force_login(user)
        assert client.get(page_of(plan, "accept")).status_code == 404


def test_who_consulted_it_does_not_accept_it(client, plan, tomasz, system_user):
    grant_role(user=tomasz, role=Role.MANAGER, starts_on=date(2020, 1, 1), by=system_user)
    client.force_login(tomasz)
    response = client.get(page_of(plan, "accept"))
    assert response.status_code == 403 and "konsultowała ta sama osoba" in response_text(response)


def test_in_a_small_staff_one_person_may_and_it_is_written_down(
    client, plan, tomasz, system_user, monkeypatch
):
    grant_role(user=tomasz, role=Role.MANAGER, starts_on=date(2020, 1, 1), by=system_user)
    monkeypatch.setattr("families.plans.validators.get_norm", lambda name: 1)
    client.force_login(tomasz)
    assert accept(client, plan).status_code == 302
    assert fresh(plan).single_reviewer
    assert "mała obsada ośrodka" in response_text(client.get(page_of(plan)))


def test_nothing_is_accepted_when_the_work_is_over(as_maria, plan, kowalscy, maria):
    data = form_data(as_maria, page_of(plan, "accept"))
    end_work(period=get_period(kowalscy), on=TODAY - timedelta(days=1), reason="moved", by=maria)
    response = as_maria.post(page_of(plan, "accept"), data)
    assert response.status_code == 422 and "została zakończona" in response_text(response)


def test_without_the_key_nothing_happens(as_maria, plan):
    assert as_maria.post(page_of(plan, "accept"), {}).status_code == 422
    assert fresh(plan).state == PlanState.ACCEPTANCE


def test_two_plans_do_not_mix(as_maria, nowakowie, ewa, zofia, plan):
    other = create_consulted_plan(nowakowie, by=ewa, tomasz=zofia)
    assert accept(as_maria, other).status_code == 302
    assert fresh(plan).state == PlanState.ACCEPTANCE

"""The social worker consults a plan: reads it, may leave remarks, lets it go on; or it was not her turn."""

from datetime import date, timedelta

import pytest

from families.caseload.actions import end_work
from families.choices import PlanState
from families.plans.actions import withdraw_plan
from lubsko_ops.accounts.actions import grant_role
from lubsko_ops.core.permissions import Role
from tests.factories import TODAY
from tests.families.plans.pages import fresh, page_of
from tests.form_client import form_data, response_text, submit_form
from tests.plan_factories import (
    EDUCATION_ROW,
    create_consulted_plan,
    create_draft_plan,
    create_sent_plan,
    get_period,
)

REMARKS = "Warto dopisać rozmowę z wychowawcą."


@pytest.fixture
def plan(kowalscy, anna):
    return create_sent_plan(kowalscy, by=anna)


@pytest.fixture
def as_tomasz(client, tomasz):
    client.force_login(tomasz)
    return client


def test_the_whole_plan_stands_on_the_page(as_tomasz, plan):
    words = response_text(as_tomasz.get(page_of(plan, "consult")))
    for said in (
        plan.main_goal,
        EDUCATION_ROW["goal"],
        EDUCATION_ROW["actions"],
        EDUCATION_ROW["expected_outcome"],
        "31.01.2027",
    ):
        assert said in words, said
    assert f'href="{page_of(plan)}"' in words and f'href="{page_of(plan, "send-back")}"' in words


def test_consulted_with_remarks_it_goes_on(as_tomasz, plan, tomasz):
    response = submit_form(as_tomasz, page_of(plan, "consult"), remarks=REMARKS)
    assert (response.status_code, response.url) == (302, page_of(plan))
    row = fresh(plan)
    assert (row.state, row.consulted_by, row.consulted_on) == (PlanState.ACCEPTANCE, tomasz, TODAY)
    assert row.consultation == REMARKS
    words = response_text(as_tomasz.get(page_of(plan)))
    assert "Skonsultowano plan, wersja 1. Czeka teraz na akceptację kierownika." in words
    last = row.history.first()
    assert (last.history_user, last.history_change_reason) == (tomasz, "Konsultacja planu")


def test_remarks_are_not_required(as_tomasz, plan):
    assert submit_form(as_tomasz, page_of(plan, "consult")).status_code == 302


def test_sent_twice_it_is_one_consultation(as_tomasz, plan):
    url = page_of(plan, "consult")
    data = form_data(as_tomasz, url, remarks=REMARKS)
    first, second = as_tomasz.post(url, data), as_tomasz.post(url, data)
    assert (second.status_code, second.url) == (first.status_code, first.url) == (302, page_of(plan))
    assert fresh(plan).history.filter(history_change_reason="Konsultacja planu").count() == 1


def test_withdrawn_meanwhile_nothing_is_lost(as_tomasz, plan, anna):
    url = page_of(plan, "consult")
    data = form_data(as_tomasz, url, remarks=REMARKS)
    withdraw_plan(plan=plan, version=None, by=anna)
    response = as_tomasz.post(url, data)
    assert response.status_code == 409 and REMARKS in response_text(response)
    assert fresh(plan).state == PlanState.DRAFT


def test_out_of_turn_the_page_says_where_the_plan_stands(as_tomasz, kowalscy, anna):
    plan = create_draft_plan(kowalscy, by=anna)
    response = as_tomasz.get(page_of(plan, "consult"), follow=True)
    assert response.redirect_chain == [(page_of(plan), 302)]
    assert "nie został jeszcze wysłany do konsultacji" in response_text(response)


def test_out_of_turn_a_sent_form_comes_back_with_its_text(as_tomasz, kowalscy, plan, anna, tomasz):
    data = form_data(as_tomasz, page_of(plan, "consult"), remarks=REMARKS)
    withdraw_plan(plan=plan, version=None, by=anna)
    data["_version"] = str(fresh(plan).version)
    response = as_tomasz.post(page_of(plan, "consult"), data)
    words = response_text(response)
    assert response.status_code == 422 and REMARKS in words and "Konsultacji nie zapisano." in words


def test_too_long_remarks_come_back(as_tomasz, plan):
    response = submit_form(as_tomasz, page_of(plan, "consult"), remarks="x" * 20_001)
    assert response.status_code == 422 and "x" * 20_001 in response_text(response)


@pytest.mark.parametrize("name", ["anna", "maria"])
def test_only_who_may_consult(client, plan, request, name):
    client.force_login(request.getfixturevalue(name))
    assert client.get(page_of(plan, "consult")).status_code == 403
    assert client.post(page_of(plan, "consult")).status_code == 403


def test_a_stranger_finds_nothing(client, plan, zofia):
    client.force_login(zofia)
    assert client.get(page_of(plan, "consult")).status_code == 404
    assert client.post(page_of(plan, "consult")).status_code == 404


def test_who_mended_the_draft_reads_why_not(client, kowalscy, anna, tomasz, system_user):
    """An assistant once, a social worker today: the plan she wrote is not hers to consult."""
    plan = create_sent_plan(kowalscy, by=tomasz)
    client.force_login(tomasz)
    response = client.get(page_of(plan, "consult"))
    assert response.status_code == 403
    assert "Kto pisał plan, nie może go konsultować ani akceptować." in response_text(response)
    assert ">Skonsultuj<" not in response_text(client.get(page_of(plan)))


def test_nothing_is_consulted_when_the_work_is_over(as_tomasz, plan, kowalscy, maria):
    data = form_data(as_tomasz, page_of(plan, "consult"), remarks=REMARKS)
    end_work(period=get_period(kowalscy), on=TODAY - timedelta(days=1), reason="moved", by=maria)
    response = as_tomasz.post(page_of(plan, "consult"), data)
    assert response.status_code == 422 and "została zakończona" in response_text(response)
    assert fresh(plan).state == PlanState.CONSULTATION
    assert as_tomasz.get(page_of(plan, "consult")).status_code == 302


def test_a_consulted_plan_is_not_consulted_again(as_tomasz, kowalscy, anna, tomasz):
    plan = create_consulted_plan(kowalscy, by=anna, tomasz=tomasz)
    assert as_tomasz.get(page_of(plan, "consult")).status_code == 302


def test_a_manager_who_is_also_a_social_worker_may(client, plan, maria, system_user):
    grant_role(user=maria, role=Role.SOCIAL_WORKER, starts_on=date(2020, 1, 1), by=system_user)
    client.force_login(maria)
    assert submit_form(client, page_of(plan, "consult")).status_code == 302

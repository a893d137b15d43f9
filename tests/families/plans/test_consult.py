"""Consultation by the social worker, with or without remarks, and refusals at other stages."""

from datetime import date, timedelta

import pytest

from families.caseload.actions import end_work
from families.choices import PlanState
from families.plans.actions import withdraw_plan
from lubsko_ops.accounts.actions import grant_role
from lubsko_ops.core.permissions import Role
from tests.factories import TODAY
from tests.families.plans.helpers import plan_version_url, reload_plan
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


def test_page_shows_the_whole_plan(as_tomasz, plan):
    html = response_text(as_tomasz.get(plan_version_url(plan, "consult")))
    for text in (
        plan.main_goal,
        EDUCATION_ROW["goal"],
        EDUCATION_ROW["actions"],
        EDUCATION_ROW["expected_outcome"],
        "31.01.2027",
    ):
        assert text in html, text
    assert f'href="{plan_version_url(plan)}"' in html
    assert f'formaction="{plan_version_url(plan, "send-back")}"' in html


def test_consulted_with_remarks(as_tomasz, plan, tomasz):
    response = submit_form(as_tomasz, plan_version_url(plan, "consult"), remarks=REMARKS)
    assert (response.status_code, response.url) == (302, plan_version_url(plan))
    row = reload_plan(plan)
    assert (row.state, row.consulted_by, row.consulted_on) == (PlanState.ACCEPTANCE, tomasz, TODAY)
    assert row.consultation == REMARKS
    html = response_text(as_tomasz.get(plan_version_url(plan)))
    assert "Skonsultowano plan, wersja 1. Czeka teraz na akceptację kierownika." in html
    last = row.history.first()
    assert (last.history_user, last.history_change_reason) == (tomasz, "Konsultacja planu")


def test_remarks_are_not_required(as_tomasz, plan):
    assert submit_form(as_tomasz, plan_version_url(plan, "consult")).status_code == 302


def test_double_submission_consults_once(as_tomasz, plan):
    url = plan_version_url(plan, "consult")
    data = form_data(as_tomasz, url, remarks=REMARKS)
    first, second = as_tomasz.post(url, data), as_tomasz.post(url, data)
    assert (second.status_code, second.url) == (first.status_code, first.url) == (302, plan_version_url(plan))
    assert reload_plan(plan).history.filter(history_change_reason="Konsultacja planu").count() == 1


def test_plan_withdrawn_meanwhile_keeps_the_typed_text(as_tomasz, plan, anna):
    url = plan_version_url(plan, "consult")
    data = form_data(as_tomasz, url, remarks=REMARKS)
    withdraw_plan(plan=plan, version=None, by=anna)
    response = as_tomasz.post(url, data)
    assert response.status_code == 409 and REMARKS in response_text(response)
    assert reload_plan(plan).state == PlanState.DRAFT


def test_page_at_another_stage_names_the_stage(as_tomasz, kowalscy, anna):
    plan = create_draft_plan(kowalscy, by=anna)
    response = as_tomasz.get(plan_version_url(plan, "consult"), follow=True)
    assert response.redirect_chain == [(plan_version_url(plan), 302)]
    assert "nie został jeszcze wysłany do konsultacji" in response_text(response)


def test_form_at_another_stage_keeps_the_typed_text(as_tomasz, kowalscy, plan, anna, tomasz):
    data = form_data(as_tomasz, plan_version_url(plan, "consult"), remarks=REMARKS)
    withdraw_plan(plan=plan, version=None, by=anna)
    data["_version"] = str(reload_plan(plan).version)
    response = as_tomasz.post(plan_version_url(plan, "consult"), data)
    html = response_text(response)
    assert response.status_code == 422 and REMARKS in html and "Konsultacji nie zapisano." in html


def test_too_long_remarks_are_refused(as_tomasz, plan):
    response = submit_form(as_tomasz, plan_version_url(plan, "consult"), remarks="x" * 20_001)
    assert response.status_code == 422 and "x" * 20_001 in response_text(response)


@pytest.mark.parametrize("name", ["anna", "maria"])
def test_only_who_may_consult(client, plan, request, name):
    client.force_login(request.getfixturevalue(name))
    assert client.get(plan_version_url(plan, "consult")).status_code == 403
    assert client.post(plan_version_url(plan, "consult")).status_code == 403


def test_user_without_access_gets_404(client, plan, zofia):
    client.force_login(zofia)
    assert client.get(plan_version_url(plan, "consult")).status_code == 404
    assert client.post(plan_version_url(plan, "consult")).status_code == 404


def test_user_who_changed_the_draft_gets_a_refusal(client, kowalscy, anna, tomasz, system_user):
    """A former assistant, now a social worker, cannot consult a plan they wrote."""
    plan = create_sent_plan(kowalscy, by=tomasz)
    client.force_login(tomasz)
    response = client.get(plan_version_url(plan, "consult"))
    assert response.status_code == 403
    assert "Kto pisał plan, nie może go konsultować ani akceptować." in response_text(response)
    assert ">Zapisz konsultację<" not in response_text(client.get(plan_version_url(plan)))


def test_not_consulted_after_the_work_ended(as_tomasz, plan, kowalscy, maria):
    data = form_data(as_tomasz, plan_version_url(plan, "consult"), remarks=REMARKS)
    end_work(period=get_period(kowalscy), on=TODAY - timedelta(days=1), reason="moved", by=maria)
    response = as_tomasz.post(plan_version_url(plan, "consult"), data)
    assert response.status_code == 422 and "została zakończona" in response_text(response)
    assert reload_plan(plan).state == PlanState.CONSULTATION
    assert as_tomasz.get(plan_version_url(plan, "consult")).status_code == 302


def test_consulted_plan_cannot_be_consulted_again(as_tomasz, kowalscy, anna, tomasz):
    plan = create_consulted_plan(kowalscy, by=anna, tomasz=tomasz)
    assert as_tomasz.get(plan_version_url(plan, "consult")).status_code == 302


def test_manager_who_is_also_a_social_worker_may_consult(client, plan, maria, system_user):
    grant_role(user=maria, role=Role.SOCIAL_WORKER, starts_on=date(2020, 1, 1), by=system_user)
    client.force_login(maria)
    assert submit_form(client, plan_version_url(plan, "consult")).status_code == 302

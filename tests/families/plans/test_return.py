"""Return for correction: remarks on the plan and on rows, and who may return it at which stage."""

from datetime import timedelta

import pytest

from families.caseload.actions import end_work, hand_over
from families.choices import PlanState
from families.plans.actions import consult_plan, send_plan, withdraw_plan
from families.plans.models import PlanReturn
from tests.factories import TODAY
from tests.families.plans.helpers import plan_version_url, reload_plan
from tests.form_client import form_data, response_text, submit_form
from tests.plan_factories import BUDGET_ROW, create_consulted_plan, create_sent_plan, get_period

TEXT = "Plan jest realny, proszę doprecyzować zeszyt."
REMARK = "Kto i jak często sprawdza zeszyt?"


@pytest.fixture
def plan(kowalscy, anna):
    return create_sent_plan(kowalscy, by=anna)


def under_row(plan, position) -> str:
    return f"row_{plan.actions.get(position=position).pk}"


def url_of(plan) -> str:
    return plan_version_url(plan, "send-back")


def test_each_row_has_a_remark_field(as_tomasz, plan):
    html = response_text(as_tomasz.get(url_of(plan)))
    assert "Uwaga do wiersza 1" in html and "Uwaga do wiersza 2" in html and BUDGET_ROW["actions"] in html


def test_returned_with_remarks(as_tomasz, plan, tomasz):
    response = submit_form(as_tomasz, url_of(plan), text=TEXT, **{under_row(plan, 2): REMARK})
    assert (response.status_code, response.url) == (302, plan_version_url(plan))
    back = PlanReturn.objects.get(plan=plan)
    assert (back.text, back.stage, back.entered_by) == (TEXT, PlanState.CONSULTATION, tomasz)
    remark = back.remarks.get()
    assert (remark.text, remark.action.position, remark.addressed) == (REMARK, 2, False)
    assert reload_plan(plan).state == PlanState.DRAFT
    html = response_text(as_tomasz.get(plan_version_url(plan)))
    assert "Odesłano plan do poprawy z 2 uwagami. Poprawi go Anna Sikora." in html
    last = reload_plan(plan).history.first()
    assert (last.history_user, last.history_change_reason) == (tomasz, "Odesłanie planu do poprawy")


def test_message_names_the_new_assistant_after_a_hand_over(as_tomasz, plan, kowalscy, ewa, maria):
    hand_over(period=get_period(kowalscy), assistant=ewa, starts_on=TODAY, by=maria)
    submit_form(as_tomasz, url_of(plan), text="Dopisz terminy.")
    assert f"Poprawi go {ewa}." in response_text(as_tomasz.get(plan_version_url(plan)))


def test_return_without_remarks_is_refused(as_tomasz, plan):
    response = submit_form(as_tomasz, url_of(plan), text="   ")
    html = response_text(response)
    assert response.status_code == 422
    assert html.count("Napisz, co poprawić: w całym planie albo w którymś wierszu.") == 2  # above and beside
    assert reload_plan(plan).state == PlanState.CONSULTATION


def test_refused_form_keeps_row_remarks(as_tomasz, plan):
    response = submit_form(as_tomasz, url_of(plan), text="x" * 20_001, **{under_row(plan, 2): REMARK})
    assert response.status_code == 422 and REMARK in response_text(response)


def test_double_submission_returns_once(as_tomasz, plan):
    data = form_data(as_tomasz, url_of(plan), text=TEXT)
    first, second = as_tomasz.post(url_of(plan), data), as_tomasz.post(url_of(plan), data)
    assert (second.status_code, second.url) == (first.status_code, first.url) == (302, plan_version_url(plan))
    assert PlanReturn.objects.count() == 1


def test_plan_sent_again_meanwhile_keeps_the_typed_text(as_tomasz, plan, anna):
    data = form_data(as_tomasz, url_of(plan), text=TEXT)
    send_plan(plan=withdraw_plan(plan=plan, version=None, by=anna), version=None, by=anna)
    response = as_tomasz.post(url_of(plan), data)
    assert response.status_code == 409 and TEXT in response_text(response)
    assert not PlanReturn.objects.exists()


def test_plan_withdrawn_meanwhile_keeps_the_typed_text(as_tomasz, plan, anna):
    data = form_data(as_tomasz, url_of(plan), text=TEXT)
    data["_version"] = str(withdraw_plan(plan=plan, version=None, by=anna).version)
    response = as_tomasz.post(url_of(plan), data)
    assert response.status_code == 422 and TEXT in response_text(response)


def test_each_stage_is_returned_by_its_reviewer(client, plan, tomasz, maria):
    client.force_login(maria)
    assert client.get(url_of(plan)).status_code == 403
    consult_plan(plan=plan, remarks="", version=None, by=tomasz)
    assert client.get(url_of(plan)).status_code == 200
    client.force_login(tomasz)
    assert client.get(url_of(plan)).status_code == 403


def test_return_by_the_manager_makes_it_a_draft(as_maria, kowalscy, anna, tomasz):
    plan = create_consulted_plan(kowalscy, by=anna, tomasz=tomasz)
    assert submit_form(as_maria, url_of(plan), text=TEXT).status_code == 302
    row = reload_plan(plan)
    assert (row.state, row.consulted_by) == (PlanState.DRAFT, None)
    assert PlanReturn.objects.get().stage == PlanState.ACCEPTANCE
    assert "przed akceptacją" in response_text(as_maria.get(plan_version_url(plan)))


def test_assistant_cannot_return(as_anna, plan):
    assert as_anna.get(url_of(plan)).status_code == 403
    assert as_anna.post(url_of(plan)).status_code == 403


def test_user_without_access_gets_404(client, plan, zofia):
    client.force_login(zofia)
    assert client.get(url_of(plan)).status_code == 404


def test_refused_after_the_work_ended(as_tomasz, plan, kowalscy, maria):
    data = form_data(as_tomasz, url_of(plan), text=TEXT)
    end_work(period=get_period(kowalscy), on=TODAY - timedelta(days=1), reason="moved", by=maria)
    response = as_tomasz.post(url_of(plan), data)
    assert response.status_code == 422 and TEXT in response_text(response)

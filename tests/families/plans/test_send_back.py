"""A plan sent back to be mended: a remark to the whole, remarks to rows, and who may send it back at which stage."""

from datetime import timedelta

import pytest

from families.caseload.actions import end_work, hand_over
from families.choices import PlanState
from families.plans.actions import consult_plan, send_plan, withdraw_plan
from families.plans.models import PlanReturn
from tests.factories import TODAY
from tests.families.plans.pages import fresh, page_of
from tests.form_client import form_data, response_text, submit_form
from tests.plan_factories import BUDGET_ROW, create_consulted_plan, create_sent_plan, get_period

TEXT = "Plan jest realny, proszę doprecyzować zeszyt."
REMARK = "Kto i jak często sprawdza zeszyt?"


@pytest.fixture
def plan(kowalscy, anna):
    return create_sent_plan(kowalscy, by=anna)


@pytest.fixture
def as_tomasz(client, tomasz):
    client.force_login(tomasz)
    return client


def under_row(plan, position) -> str:
    return f"row_{plan.actions.get(position=position).pk}"


def url_of(plan) -> str:
    return page_of(plan, "send-back")


def test_a_field_stands_under_each_row(as_tomasz, plan):
    words = response_text(as_tomasz.get(url_of(plan)))
    assert "Uwaga do wiersza 1" in words and "Uwaga do wiersza 2" in words and BUDGET_ROW["actions"] in words


def test_sent_back_with_remarks(as_tomasz, plan, tomasz):
    response = submit_form(as_tomasz, url_of(plan), text=TEXT, **{under_row(plan, 2): REMARK})
    assert (response.status_code, response.url) == (302, page_of(plan))
    back = PlanReturn.objects.get(plan=plan)
    assert (back.text, back.stage, back.entered_by) == (TEXT, PlanState.CONSULTATION, tomasz)
    remark = back.remarks.get()
    assert (remark.text, remark.action.position, remark.addressed) == (REMARK, 2, False)
    assert fresh(plan).state == PlanState.DRAFT
    words = response_text(as_tomasz.get(page_of(plan)))
    assert "Odesłano plan do poprawy z 2 uwagami. Poprawi go Anna Sikora." in words
    last = fresh(plan).history.first()
    assert (last.history_user, last.history_change_reason) == (tomasz, "Odesłanie planu do poprawy")


def test_handed_over_meanwhile_the_new_assistant_is_named(as_tomasz, plan, kowalscy, ewa, maria):
    hand_over(period=get_period(kowalscy), assistant=ewa, starts_on=TODAY, by=maria)
    submit_form(as_tomasz, url_of(plan), text="Dopisz terminy.")
    assert f"Poprawi go {ewa}." in response_text(as_tomasz.get(page_of(plan)))


def test_without_a_word_it_is_not_sent_back(as_tomasz, plan):
    response = submit_form(as_tomasz, url_of(plan), text="   ")
    words = response_text(response)
    assert response.status_code == 422
    assert words.count("Napisz, co poprawić: w całym planie albo w którymś wierszu.") == 2  # above and beside
    assert fresh(plan).state == PlanState.CONSULTATION


def test_what_was_typed_under_a_row_comes_back(as_tomasz, plan):
    response = submit_form(as_tomasz, url_of(plan), text="x" * 20_001, **{under_row(plan, 2): REMARK})
    assert response.status_code == 422 and REMARK in response_text(response)


def test_sent_twice_it_is_sent_back_once(as_tomasz, plan):
    data = form_data(as_tomasz, url_of(plan), text=TEXT)
    first, second = as_tomasz.post(url_of(plan), data), as_tomasz.post(url_of(plan), data)
    assert (second.status_code, second.url) == (first.status_code, first.url) == (302, page_of(plan))
    assert PlanReturn.objects.count() == 1


def test_sent_anew_meanwhile_nothing_is_lost(as_tomasz, plan, anna):
    data = form_data(as_tomasz, url_of(plan), text=TEXT)
    send_plan(plan=withdraw_plan(plan=plan, version=None, by=anna), version=None, by=anna)
    response = as_tomasz.post(url_of(plan), data)
    assert response.status_code == 409 and TEXT in response_text(response)
    assert not PlanReturn.objects.exists()


def test_withdrawn_meanwhile_the_text_stays(as_tomasz, plan, anna):
    data = form_data(as_tomasz, url_of(plan), text=TEXT)
    data["_version"] = str(withdraw_plan(plan=plan, version=None, by=anna).version)
    response = as_tomasz.post(url_of(plan), data)
    assert response.status_code == 422 and TEXT in response_text(response)


def test_each_stage_is_sent_back_by_who_decides_then(client, plan, tomasz, maria):
    client.force_login(maria)
    assert client.get(url_of(plan)).status_code == 403
    consult_plan(plan=plan, remarks="", version=None, by=tomasz)
    assert client.get(url_of(plan)).status_code == 200
    client.force_login(tomasz)
    assert client.get(url_of(plan)).status_code == 403


def test_the_manager_sends_it_back_to_the_beginning(as_maria, kowalscy, anna, tomasz):
    plan = create_consulted_plan(kowalscy, by=anna, tomasz=tomasz)
    assert submit_form(as_maria, url_of(plan), text=TEXT).status_code == 302
    row = fresh(plan)
    assert (row.state, row.consulted_by) == (PlanState.DRAFT, None)
    assert PlanReturn.objects.get().stage == PlanState.ACCEPTANCE
    assert "przed akceptacją" in response_text(as_maria.get(page_of(plan)))


def test_an_assistant_does_not_send_back(as_anna, plan):
    assert as_anna.get(url_of(plan)).status_code == 403
    assert as_anna.post(url_of(plan)).status_code == 403


def test_a_stranger_finds_nothing(client, plan, zofia):
    client.force_login(zofia)
    assert client.get(url_of(plan)).status_code == 404


def test_not_when_the_work_is_over(as_tomasz, plan, kowalscy, maria):
    data = form_data(as_tomasz, url_of(plan), text=TEXT)
    end_work(period=get_period(kowalscy), on=TODAY - timedelta(days=1), reason="moved", by=maria)
    response = as_tomasz.post(url_of(plan), data)
    assert response.status_code == 422 and TEXT in response_text(response)

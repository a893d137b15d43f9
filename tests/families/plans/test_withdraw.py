"""The author takes her plan back to mend it, before it is accepted."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from families.caseload.actions import end_work
from families.choices import PlanState
from families.plans.actions import consult_plan, withdraw_plan
from tests.families.plans.pages import fresh, page_of
from tests.pages import form_data, send, words_of
from tests.plan_stories import accepted, period_of, sent
from tests.stories import DAY


@pytest.fixture
def plan(kowalscy, anna):
    return sent(kowalscy, by=anna)


def url_of(plan) -> str:
    return page_of(plan, "withdraw")


def test_withdrawn_it_is_a_draft_again(as_anna, plan, anna):
    response = send(as_anna, url_of(plan))
    assert (response.status_code, response.url) == (302, page_of(plan))
    row = fresh(plan)
    assert row.state == PlanState.DRAFT
    assert "jest znowu szkicem" in words_of(as_anna.get(page_of(plan)))
    last = row.history.first()
    assert (last.history_user, last.history_change_reason) == (anna, "Wycofanie planu do poprawy")


def test_also_after_the_consultation_which_is_then_forgotten(as_anna, plan, tomasz):
    consult_plan(plan=plan, remarks="Dobrze.", version=None, by=tomasz)
    assert send(as_anna, url_of(plan)).status_code == 302
    assert (fresh(plan).consulted_by, fresh(plan).consultation) == (None, "")


def test_sent_twice_it_is_withdrawn_once(as_anna, plan):
    data = form_data(as_anna, url_of(plan))
    assert as_anna.post(url_of(plan), data).url == as_anna.post(url_of(plan), data).url == page_of(plan)
    assert fresh(plan).history.filter(history_change_reason__startswith="Wycofanie").count() == 1


def test_consulted_meanwhile_she_is_told(as_anna, plan, tomasz):
    data = form_data(as_anna, url_of(plan))
    consult_plan(plan=plan, remarks="", version=None, by=tomasz)
    response = as_anna.post(url_of(plan), data)
    assert response.status_code == 409 and "Tomasz Lis" in words_of(response)
    assert fresh(plan).state == PlanState.ACCEPTANCE


def test_an_accepted_plan_is_not_withdrawn(as_anna, kowalscy, anna, tomasz, maria):
    plan = accepted(kowalscy, by=anna, tomasz=tomasz, maria=maria)
    response = as_anna.get(url_of(plan), follow=True)
    assert "Ten plan jest już zaakceptowany." in words_of(response)


def test_not_by_another_assistant(client, plan, kowalscy, ewa, maria):
    from families.caseload.actions import assign_assistant

    assign_assistant(
        period=period_of(kowalscy),
        kind="stand_in",
        assistant=ewa,
        starts_on=DAY,
        ends_on=DAY + timedelta(days=7),
        by=maria,
    )
    client.force_login(ewa)
    response = client.get(url_of(plan))
    assert response.status_code == 403
    assert "Plan wycofuje do poprawy ten, kto go napisał." in words_of(response)


@pytest.mark.parametrize("name", ["tomasz", "maria"])
def test_not_by_those_who_decide(client, plan, request, name):
    client.force_login(request.getfixturevalue(name))
    assert client.get(url_of(plan)).status_code == 403


def test_a_stranger_finds_nothing(client, plan, ewa):
    client.force_login(ewa)
    assert client.get(url_of(plan)).status_code == 404


def test_the_deed_too_leaves_a_plan_of_work_that_is_over(plan, kowalscy, anna, maria):
    end_work(period=period_of(kowalscy), on=DAY - timedelta(days=1), reason="moved", by=maria)
    with pytest.raises(ValidationError, match="zakończona"):
        withdraw_plan(plan=plan, version=None, by=anna)


def test_not_when_the_work_is_over(as_anna, plan, kowalscy, maria):
    data = form_data(as_anna, url_of(plan))
    end_work(period=period_of(kowalscy), on=DAY - timedelta(days=1), reason="moved", by=maria)
    assert as_anna.post(url_of(plan), data).status_code in (403, 422)  # read-only, or the deed refuses
    assert fresh(plan).state == PlanState.CONSULTATION

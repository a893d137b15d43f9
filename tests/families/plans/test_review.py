"""Review without change: access and the required note."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from families.caseload.actions import end_work
from families.plans.actions import review_plan
from families.plans.models import Plan, PlanReview
from tests.factories import TODAY
from tests.families.plans.helpers import plan_url
from tests.form_client import form_data, response_text, submit_form
from tests.page import Page
from tests.plan_factories import create_draft_plan, create_plan_in_force, get_period

NOTE = "Po zmianie asystenta cele rodziny są nadal dobre."


@pytest.fixture
def plan(kowalscy, anna, tomasz, maria):
    return create_plan_in_force(kowalscy, by=anna, tomasz=tomasz, maria=maria)


@pytest.fixture
def url(kowalscy):
    return reverse("families:plan-review", args=[kowalscy.pk])


def test_reviewed_without_changes(as_anna, plan, url, anna, kowalscy):
    assert url in Page(as_anna.get(plan_url(kowalscy))).urls
    response = submit_form(as_anna, url, note=NOTE)
    assert (response.status_code, response.url) == (302, plan_url(kowalscy))
    review = PlanReview.objects.get()
    assert (review.period, review.day, review.note, review.entered_by) == (plan.period, TODAY, NOTE, anna)
    assert review.history.get().history_change_reason == "Przegląd planu bez zmian"
    html = response_text(as_anna.get(plan_url(kowalscy)))
    assert "Zapisano przegląd planu 13.10.2026: bez zmian." in html and NOTE in html


@pytest.mark.parametrize(
    ("note", "sentence"),
    [("  ", "Napisz, dlaczego plan zostaje bez zmian."), ("x" * 501, "500")],
)
def test_note_is_required(as_anna, plan, url, note, sentence):
    response = submit_form(as_anna, url, note=note)
    assert response.status_code == 422
    html = response_text(response)
    assert "Przeglądu nie zapisano." in html and sentence in html and note.strip() in html
    assert not PlanReview.objects.exists()


def test_double_submission_reviews_once(as_anna, plan, url, kowalscy):
    data = form_data(as_anna, url, note=NOTE)
    assert as_anna.post(url, data).url == as_anna.post(url, data).url == plan_url(kowalscy)
    assert PlanReview.objects.count() == 1


def test_without_a_plan_in_force_there_is_nothing_to_review(as_anna, kowalscy, anna, url):
    create_draft_plan(kowalscy, by=anna)
    response = as_anna.get(url, follow=True)
    assert "Nie ma planu, który teraz obowiązuje" in response_text(response)
    assert as_anna.post(url, {}).status_code == 422


def test_plan_no_longer_in_force_keeps_the_typed_text(as_anna, plan, url):
    data = form_data(as_anna, url, note=NOTE)
    days = ("sent_on", "consulted_on", "accepted_on", "in_force_from", "in_force_to")
    Plan.objects.update(**dict.fromkeys(days, TODAY - timedelta(days=1)))
    response = as_anna.post(url, data)
    html = response_text(response)
    assert response.status_code == 422 and "Nie ma planu, który teraz obowiązuje" in html and NOTE in html


def test_action_requires_a_plan_in_force(kowalscy, anna):
    create_draft_plan(kowalscy, by=anna)
    with pytest.raises(ValidationError, match="nie ma czego przejrzeć"):
        review_plan(period=get_period(kowalscy), note=NOTE, by=anna)


@pytest.mark.parametrize("name", ["tomasz", "maria"])
def test_only_the_assistant(client, plan, url, request, name):
    client.force_login(request.getfixturevalue(name))
    assert client.get(url).status_code == 403
    assert client.post(url).status_code == 403


def test_user_without_access_gets_404(client, plan, url, ewa):
    client.force_login(ewa)
    assert client.get(url).status_code == 404


def test_refused_after_the_work_ended(as_anna, plan, url, kowalscy, maria):
    data = form_data(as_anna, url, note=NOTE)
    end_work(period=get_period(kowalscy), on=TODAY - timedelta(days=1), reason="moved", by=maria)
    assert as_anna.post(url, data).status_code in (403, 422)
    assert not PlanReview.objects.exists()

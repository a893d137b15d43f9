"""The arranged visit: opened from the plan of the day, kept by a visit before it, used up by its own."""

from datetime import date, time

import pytest
from django.urls import reverse

from families.case_files.models import CaseSummary
from families.choices import VisitResult
from families.visits.models import Visit
from lubsko_ops.submissions.models import Draft
from tests.factories import TODAY
from tests.families.visits.helpers import (
    ENTERED,
    initial_form_data,
    make_visit,
    new_visit_url,
    submit_visit,
)
from tests.form_client import parse_form, response_text, submit_form

LATER = date(2026, 10, 15)


@pytest.fixture
def as_anna(client, anna):
    client.force_login(anna)
    return client


def link_of_the_plan_of_the_day(client, family) -> str:
    page = client.get(reverse("start")).content.decode()
    start = page.index(f'href="{new_visit_url(family)}?') + len('href="')
    return page[start : page.index('"', start)]


def arranged(family) -> tuple:
    summary = CaseSummary.objects.get(family=family)
    return summary.next_visit_on, summary.next_visit_at


def test_opened_from_the_plan_of_the_day_it_has_its_own_day_and_hour(as_anna, kowalscy, anna):
    """It is noon; the visit was arranged for half past nine."""
    make_visit(kowalscy, anna, next_day=TODAY, next_at=time(9, 30))
    page = as_anna.get(link_of_the_plan_of_the_day(as_anna, kowalscy))
    fields = parse_form(page.content.decode())
    hours = [fields[name] for name in ("day", "starts_at", "ends_at")]
    assert hours == [["13.10.2026"], ["09:30"], ["10:30"]]
    assert (fields["next_day"], fields["next_at"]) == ([""], [""])


def test_its_hour_not_over_yet_ends_now(as_anna, kowalscy, anna):
    make_visit(kowalscy, anna, next_day=TODAY, next_at=time(11, 20))
    fields = parse_form(as_anna.get(link_of_the_plan_of_the_day(as_anna, kowalscy)).content.decode())
    assert (fields["starts_at"], fields["ends_at"]) == (["11:20"], ["12:00"])


def test_arranged_without_an_hour_it_has_the_past_hour(as_anna, kowalscy, anna):
    make_visit(kowalscy, anna, next_day=TODAY)
    fields = parse_form(as_anna.get(link_of_the_plan_of_the_day(as_anna, kowalscy)).content.decode())
    assert (fields["day"], fields["starts_at"]) == (["13.10.2026"], ["11:00"])


@pytest.mark.parametrize("at", [time(9, 30), time(17), None])
def test_it_is_never_offered_as_its_own_next_visit(as_anna, kowalscy, anna, at):
    make_visit(kowalscy, anna, next_day=TODAY, next_at=at)
    assert initial_form_data(as_anna, kowalscy)["next_day"] == [""]
    words = response_text(as_anna.get(new_visit_url(kowalscy)))
    assert "Zapisanie tej wizyty zastąpi umówioną: 13.10.2026" in words


def test_refused_or_as_a_draft_it_does_not_replace_itself(as_anna, kowalscy, anna):
    make_visit(kowalscy, anna, next_day=TODAY, next_at=time(9, 30))
    url = link_of_the_plan_of_the_day(as_anna, kowalscy)
    refused = submit_form(as_anna, url, **ENTERED | {"facts": ""})
    assert refused.status_code == 422
    assert "zastąpi umówioną" not in response_text(refused)
    draft = as_anna.get(f"{new_visit_url(kowalscy)}?szkic={Draft.objects.get().key}")
    assert parse_form(draft.content.decode())["starts_at"] == ["09:30"]
    assert "zastąpi umówioną" not in response_text(draft)


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"held": "failed", "reason": VisitResult.NOBODY_HOME, "facts": "", "ends_at": ""},
        {"held": "failed", "reason": VisitResult.POSTPONED, "ends_at": "", "next_day": "15.10.2026"},
    ],
    ids=["held", "failed", "moved"],
)
def test_saving_uses_it_up(as_anna, kowalscy, anna, fields):
    make_visit(kowalscy, anna, next_day=TODAY, next_at=time(9, 30))
    url = link_of_the_plan_of_the_day(as_anna, kowalscy)
    data = ENTERED | fields
    assert submit_form(as_anna, url, **data).status_code == 302
    assert Visit.objects.get(day=TODAY).starts_at == time(9, 30)
    assert arranged(kowalscy) == (LATER if "next_day" in fields else None, None)
    assert "umówiona wizyta" not in response_text(as_anna.get(reverse("start")))


def test_a_visit_before_it_keeps_it(as_anna, kowalscy, anna):
    make_visit(kowalscy, anna, next_day=LATER, next_at=time(9, 30))
    fields = initial_form_data(as_anna, kowalscy)
    assert (fields["next_day"], fields["next_at"]) == (["15.10.2026"], ["09:30"])
    assert "zastąpi umówioną" not in response_text(as_anna.get(new_visit_url(kowalscy)))
    submit_visit(as_anna, kowalscy)
    assert arranged(kowalscy) == (LATER, time(9, 30))


def test_a_failed_visit_moves_it(as_anna, kowalscy, anna):
    """The day arranged at the visit before the failed one is offered no more."""
    make_visit(kowalscy, anna, date(2026, 10, 5), next_day=date(2026, 10, 14))
    make_visit(
        kowalscy, anna, ends_at="13:30", result=VisitResult.POSTPONED, next_day=LATER, next_at=time(8, 15)
    )
    fields = initial_form_data(as_anna, kowalscy)
    assert (fields["next_day"], fields["next_at"]) == (["15.10.2026"], ["08:15"])

"""From one visit of the day to the next, and from the start page to a contact."""

from datetime import time, timedelta

import pytest
from django.urls import reverse

from lubsko_ops.audit.models import AccessLogEntry
from lubsko_ops.core import clock
from tests.factories import TODAY, create_family_with_work
from tests.families.visits.helpers import ENTERED, make_visit, new_visit_url, submit_visit, visit_url
from tests.form_client import response_text
from tests.page import Page, page_text
from tests.statement_counts import page_statements

WEEK_AGO = TODAY - timedelta(days=7)


@pytest.fixture
def zielinscy(maria, anna, tomasz, town):
    return create_family_with_work("Zielińscy", assistant=anna, social_worker=tomasz, region=town, by=maria)


def arrange(family, by, at: time, starts_at: str) -> None:
    """Arrange a visit for today at the last one, a week ago."""
    with clock.freeze_time(WEEK_AGO):
        ends_at = f"{int(starts_at[:2]) + 1:02}:00"
        make_visit(family, by, WEEK_AGO, starts_at=starts_at, ends_at=ends_at, next_day=TODAY, next_at=at)


def test_a_saved_visit_offers_the_next_one_of_the_day(as_anna, anna, kowalscy, zielinscy):
    arrange(kowalscy, anna, time(9), "08:00")
    arrange(zielinscy, anna, time(13, 30), "10:00")
    response = submit_visit(as_anna, kowalscy, starts_at="09:00", ends_at="10:00", **ENTERED)
    page = Page(as_anna.get(response.url))
    assert "Następna dziś: 13:30, Zielińscy. ul. Długa 14 m. 2 Zapisz wizytę : Zielińscy" in page.text
    assert f"{new_visit_url(zielinscy)}?umowiona=1" in {link.url for link in page.links}
    assert {kowalscy.pk, zielinscy.pk} == set(AccessLogEntry.objects.latest("pk").families)


def test_after_the_last_one_nothing_is_offered(as_anna, anna, kowalscy, zielinscy):
    response = submit_visit(as_anna, kowalscy, starts_at="09:00", ends_at="10:00", **ENTERED)
    assert "Następna dziś" not in page_text(as_anna.get(response.url))


def test_nor_beside_a_visit_of_another_day_or_person(as_anna, client, anna, maria, kowalscy, zielinscy):
    arrange(zielinscy, anna, time(13, 30), "10:00")
    earlier = make_visit(kowalscy, anna)
    assert "Następna dziś" not in page_text(as_anna.get(visit_url(earlier)))
    today = make_visit(kowalscy, anna, TODAY, starts_at="09:00", ends_at="10:00")
    assert "Następna dziś" in page_text(as_anna.get(visit_url(today)))
    client.force_login(maria)
    assert "Następna dziś" not in page_text(client.get(visit_url(today)))


def test_it_costs_one_statement(as_anna, anna, kowalscy, zielinscy):
    arrange(zielinscy, anna, time(13, 30), "10:00")
    yesterday = make_visit(kowalscy, anna, starts_at="09:00", ends_at="10:00")
    today = make_visit(kowalscy, anna, TODAY, starts_at="09:00", ends_at="10:00")
    before = page_statements(as_anna, visit_url(yesterday))
    assert len(page_statements(as_anna, visit_url(today))) <= len(before) + 1


def test_the_choice_begins_with_the_visits_of_today(as_anna, anna, kowalscy, zielinscy, maria, tomasz, town):
    create_family_with_work("Adamscy", assistant=anna, social_worker=tomasz, region=town, by=maria)
    arrange(zielinscy, anna, time(9), "10:00")
    arrange(kowalscy, anna, time(13, 30), "08:00")
    response = as_anna.get(reverse("families:visit-choose"))
    assert [link.text for link in Page(response).all("a", "who")] == ["Zielińscy", "Kowalscy", "Adamscy"]
    text = page_text(response)
    assert "Zielińscy umówiona dziś, 9:00 ; ostatnia wizyta 06.10.2026" in text
    assert f'href="{new_visit_url(zielinscy)}?umowiona=1"' in response_text(response)
    assert len(page_statements(as_anna, reverse("families:visit-choose"))) <= 10


def test_the_start_page_leads_to_a_contact(as_anna, kowalscy, nowakowie):
    choice = reverse("families:contact-choose")
    assert choice in {link.url for link in Page(as_anna.get("/")).links}
    response = as_anna.get(choice)
    assert [link.text for link in Page(response).all("a", "who")] == ["Kowalscy"]
    assert f'href="{reverse("families:contact-new", args=[kowalscy.pk])}"' in response_text(response)


def test_a_social_worker_chooses_among_the_families_they_lead(as_tomasz, kowalscy, nowakowie):
    response = as_tomasz.get(reverse("families:contact-choose"))
    assert [link.text for link in Page(response).all("a", "who")] == ["Kowalscy"]

"""An open danger on every page of the file, and who took note of it."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from families.case_files.models import CaseSummary
from families.visits.actions import acknowledge_concern, record_safeguarding_step
from families.visits.models import SafeguardingAcknowledgement
from lubsko_ops.accounts.actions import grant_role
from lubsko_ops.core import clock
from lubsko_ops.core.permissions import Role
from tests.factories import TODAY
from tests.families.visits.helpers import make_concern, new_visit_url
from tests.form_client import form_data, response_text, submit_form
from tests.page import Page, page_text
from tests.statement_counts import page_statements

DANGER = "Otwarte zagrożenie bezpieczeństwa dziecka, wizyta 12.10.2026."
NOBODY_YET = "Przyjęcie do wiadomości: kierownik jeszcze nie; pracownik socjalny jeszcze nie."
PAGES = ["overview", "people", "case-log", "plan", "work", "history", "timeline"]


@pytest.fixture
def concern(kowalscy, anna):
    return make_concern(kowalscy, anna)


def url(concern, name="safeguarding-acknowledge") -> str:
    return reverse(f"families:{name}", args=[concern.family_id, concern.pk])


# ---- where it stands -----------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES)
def test_it_stands_on_every_page_of_the_file(as_anna, concern, kowalscy, page):
    text = page_text(as_anna.get(reverse(f"families:{page}", args=[kowalscy.pk])))
    assert f"{DANGER} {NOBODY_YET} Zobacz, co zrobiono" in text


def test_it_stands_on_the_form_of_a_visit_and_on_other_forms(as_anna, concern, kowalscy):
    for address in (new_visit_url(kowalscy), reverse("families:contact-new", args=[kowalscy.pk])):
        assert DANGER in page_text(as_anna.get(address))


def test_it_goes_with_the_danger_and_comes_back_with_it(as_anna, concern, kowalscy, tomasz):
    people = reverse("families:people", args=[kowalscy.pk])
    record_safeguarding_step(concern=concern, day=TODAY, what="Klamka wstawiona.", closes=True, by=tomasz)
    assert "Otwarte zagrożenie" not in page_text(as_anna.get(people))
    record_safeguarding_step(concern=concern, day=TODAY, what="Jednak nie.", reopens=True, by=tomasz)
    assert DANGER in page_text(as_anna.get(people))


def test_it_is_not_printed(as_anna, concern, kowalscy):
    page = Page(as_anna.get(reverse("families:people", args=[kowalscy.pk])))
    assert DANGER in page.text and "Otwarte zagrożenie" not in page.printed_text


def test_it_costs_no_statement(as_anna, kowalscy, anna):
    people = reverse("families:people", args=[kowalscy.pk])
    before = page_statements(as_anna, people)
    make_concern(kowalscy, anna)
    assert len(page_statements(as_anna, people)) == len(before)


def test_a_family_without_danger_has_no_such_line(as_anna, kowalscy):
    assert "Otwarte zagrożenie" not in page_text(as_anna.get(new_visit_url(kowalscy)))


# ---- taking note of it -------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "role"), [("maria", "kierownik"), ("tomasz", "pracownik socjalny")])
def test_who_should_takes_note_with_day_and_hour(client, request, concern, kowalscy, name, role):
    user = request.getfixturevalue(name)
    client.force_login(user)
    people = reverse("families:people", args=[kowalscy.pk])
    assert f"{NOBODY_YET} Przyjmij do wiadomości" in page_text(client.get(people))
    response = submit_form(client, url(concern))
    assert response.url == url(concern, "safeguarding-concern")
    text = page_text(client.get(response.url))
    assert "Przyjęto zagrożenie do wiadomości 13.10.2026, 12:00." in text
    assert f"Przyjęto do wiadomości: {user} ({role}), 13.10.2026, 12:00" in text
    assert f"{role} 13.10.2026, 12:00" in page_text(client.get(people))
    assert "Przyjmij do wiadomości" not in page_text(client.get(people))


def test_the_bar_and_the_page_of_the_concern_lead_there(as_maria, concern, maria):
    page = url(concern, "safeguarding-concern")
    links = [link.url for link in Page(as_maria.get(page)).links]
    assert links.count(url(concern)) == 2
    acknowledge_concern(concern=concern, by=maria)
    assert url(concern) not in [link.url for link in Page(as_maria.get(page)).links]


def test_sent_twice_or_from_two_tabs_it_is_one_record(as_maria, concern, maria):
    first, second = form_data(as_maria, url(concern)), form_data(as_maria, url(concern))
    for data in (first, first, second):
        assert as_maria.post(url(concern), data).status_code in (302, 409)
    acknowledge_concern(concern=concern, by=maria)
    row = SafeguardingAcknowledgement.objects.get()
    assert (row.entered_by, row.roles, row.entered_at) == (maria, [Role.MANAGER], clock.now())


def test_a_manager_who_leads_the_case_takes_note_in_both_roles(concern, kowalscy, tomasz, system_user):
    grant_role(user=tomasz, role=Role.MANAGER, starts_on=date(2026, 1, 1), by=system_user)
    both = type(tomasz).objects.get(pk=tomasz.pk)
    row = acknowledge_concern(concern=concern, by=both)
    assert row.roles_text == "kierownik i pracownik socjalny"


@pytest.mark.parametrize(("name", "status"), [("anna", 403), ("zofia", 404), ("ewa", 404), ("jan", 404)])
def test_nobody_else_may(client, request, concern, name, status):
    user = request.getfixturevalue(name)
    client.force_login(user)
    assert client.get(url(concern)).status_code == client.post(url(concern)).status_code == status
    with pytest.raises(PermissionDenied):
        acknowledge_concern(concern=concern, by=user)
    assert not SafeguardingAcknowledgement.objects.exists()


def test_a_social_worker_of_the_region_who_does_not_lead_may_not(client, make_social_worker, town, concern):
    client.force_login(make_social_worker("nina", "Nina", "Zych", town))
    response = client.get(url(concern))
    assert response.status_code == 403
    assert "pracownik socjalny, który prowadzi sprawę" in response_text(response)
    people = reverse("families:people", args=[concern.family_id])
    assert "Przyjmij do wiadomości" not in page_text(client.get(people))


def test_the_assistant_sees_who_took_note(as_anna, concern, kowalscy, maria):
    acknowledge_concern(concern=concern, by=maria)
    text = page_text(as_anna.get(reverse("families:people", args=[kowalscy.pk])))
    assert "Przyjęcie do wiadomości: kierownik 13.10.2026, 12:00; pracownik socjalny jeszcze nie." in text


def test_it_is_in_the_history_and_the_queue_says_what_next(client, concern, kowalscy, maria):
    client.force_login(maria)
    assert "Zapoznaj się : Kowalscy" in page_text(client.get("/"))
    acknowledge_concern(concern=concern, by=maria)
    assert "Zobacz, co zrobiono : Kowalscy" in page_text(client.get("/"))
    text = page_text(client.get(reverse("families:history", args=[kowalscy.pk])))
    assert "Przyjęcie zagrożenia do wiadomości" in text
    assert "Jako kto: kierownik" in text


def test_the_summary_keeps_it_until_the_danger_is_over(concern, kowalscy, maria, tomasz):
    acknowledge_concern(concern=concern, by=maria)
    [stored] = CaseSummary.objects.get(family=kowalscy).concerns
    assert (stored["concern"], stored["visit"], stored["day"]) == (concern.pk, concern.visit_id, "2026-10-12")
    assert [(each["user"], each["roles"]) for each in stored["acknowledged"]] == [(maria.pk, ["manager"])]
    with clock.freeze_time(TODAY + timedelta(days=1)):
        record_safeguarding_step(concern=concern, day=TODAY, what="Klamka wstawiona.", closes=True, by=tomasz)
    assert CaseSummary.objects.get(family=kowalscy).concerns == []

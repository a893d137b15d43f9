"""The page "Prowadzenie": periods, assistants, bases, social worker and region with their days; buttons by role."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from families.base_views import READ_ONLY_MESSAGE
from families.caseload.actions import (
    add_basis,
    assign_assistant,
    assign_lead_worker,
    end_assignment,
    end_work,
    hand_over,
    start_work_and_assign,
)
from families.choices import AssignmentKind, BasisKind, ClosingReason
from families.people.address_actions import set_address
from lubsko_ops.audit.models import AccessLogEntry
from lubsko_ops.core import clock
from lubsko_ops.core.permissions import SENSITIVE_ACCESS, Role
from tests.factories import TODAY, WORK_STARTED_ON, consent_data
from tests.families.caseload.helpers import court_basis
from tests.form_client import response_text

BACK = date(2026, 12, 1)
BUTTONS = ["Zmień asystenta", "Dodaj zastępstwo", "Dodaj podstawę", "Zakończ<"]


def url_of(family) -> str:
    return reverse("families:work", args=[family.pk])


def test_it_shows_who_works_with_the_family_and_on_what_basis(client, maria, kowalscy):
    client.force_login(maria)
    response = client.get(url_of(kowalscy))
    page = response_text(response)
    assert "Praca od 4 marca 2026 r., sprawa 2026/001." in page
    for words in (
        "Anna Sikora",
        "prowadzi",
        "zgoda",
        "Danuta Kowalska",
        "od 04.03.2026",
        "Tomasz Lis",
        "Rejon I, miasto",
    ):
        assert words in page
    entry = AccessLogEntry.objects.get()
    assert (entry.user, entry.access_area, entry.families) == (maria, "assignment", [kowalscy.pk])


def test_everything_in_time_newest_first(client, maria, anna, ewa, zofia, villages, kowalscy):
    period = kowalscy.periods.get()
    hand_over(period=period, assistant=ewa, starts_on=TODAY, accompany_until=date(2026, 10, 20), by=maria)
    set_address(family=kowalscy, since=TODAY, locality="Górzyn", house="7", region=villages, by=maria)
    client.force_login(maria)
    context = client.get(url_of(kowalscy)).context
    assert [(str(row.assistant), row.kind) for row in context["assignments"]] == [
        ("Anna Sikora", "accompanying"),
        ("Ewa Czyż", "leading"),
        ("Anna Sikora", "leading"),
    ]
    assert [(str(row.value), row.starts_on, row.ends_on) for row in context["regions"]] == [
        ("Rejon II, wsie", TODAY, None),
        ("Rejon I, miasto", date(2026, 3, 2), TODAY - timedelta(days=1)),
    ]


def test_a_removal_within_a_region_is_no_change_of_the_region(client, maria, town, kowalscy):
    set_address(
        family=kowalscy, since=TODAY, locality="Lubsko", street="Krótka", house="1", region=town, by=maria
    )
    client.force_login(maria)
    [stretch] = client.get(url_of(kowalscy)).context["regions"]
    assert (stretch.value, stretch.starts_on, stretch.ends_on) == (town, date(2026, 3, 2), None)


def test_periods_of_a_family_that_returned(client, maria, anna, kowalscy):
    end_work(period=kowalscy.periods.get(), on=TODAY, reason=ClosingReason.MOVED, by=maria)
    client.force_login(maria)
    with clock.freeze_time(TODAY + timedelta(days=1)):
        client.force_login(maria)
        page = response_text(client.get(url_of(kowalscy)))
    assert "Praca trwała do 13 października 2026 r., sprawa 2026/001." in page
    assert "inne: zmiana miejsca zamieszkania" in page
    with clock.freeze_time(BACK):
        start_work_and_assign(
            family=kowalscy, assistant=anna, starts_on=BACK, bases=[consent_data(kowalscy, BACK)], by=maria
        )
        client.force_login(maria)
        context = client.get(url_of(kowalscy)).context
    assert [row.number for row in context["periods"]] == ["2026/002", "2026/001"]
    assert [row.starts_on for row in context["assignments"]] == [BACK], "of the present period only"
    assert [row.starts_on for row in context["bases"]] == [BACK]


def test_work_that_is_to_begin_is_the_one_at_hand(client, maria, anna, unassigned_family):
    start_work_and_assign(
        family=unassigned_family,
        assistant=anna,
        starts_on=BACK,
        bases=[consent_data(unassigned_family, TODAY)],
        by=maria,
    )
    client.force_login(maria)
    page = response_text(client.get(url_of(unassigned_family)))
    assert "Praca zacznie się 1 grudnia 2026 r., sprawa 2026/001." in page
    assert "Zmień asystenta" in page
    bar = page[: page.index("<main")]
    assert "Anna Sikora od 01.12.2026" in bar and "nieprzydzielony" not in bar
    assert "Przydziel asystenta" not in bar, "there is one"


def test_the_bar_names_who_is_to_come_and_still_offers_somebody_for_today(client, maria, ewa, kowalscy):
    period = kowalscy.periods.get()
    end_assignment(assignment=period.assignments.get(), on=TODAY - timedelta(days=1), version=None, by=maria)
    hand_over(period=period, assistant=ewa, starts_on=BACK, by=maria)
    client.force_login(maria)
    page = response_text(client.get(url_of(kowalscy)))
    bar = page[: page.index("<main")]
    for words in ("Ewa Czyż od 01.12.2026", "bez asystenta", "Przydziel asystenta"):
        assert words in bar


def test_while_somebody_leads_the_bar_does_not_speak_of_the_next_one(client, maria, ewa, kowalscy):
    hand_over(period=kowalscy.periods.get(), assistant=ewa, starts_on=BACK, by=maria)
    client.force_login(maria)
    page = response_text(client.get(url_of(kowalscy)))
    bar = page[: page.index("<main")]
    assert "Anna Sikora" in bar and "Ewa Czyż" not in bar


def test_work_without_an_assistant_offers_to_assign_one(client, maria, kowalscy):
    period = kowalscy.periods.get()
    end_assignment(assignment=period.assignments.get(), on=TODAY, version=None, by=maria)
    with clock.freeze_time(TODAY + timedelta(days=1)):
        client.force_login(maria)
        page = response_text(client.get(url_of(kowalscy)))
    assert "Zmień asystenta" not in page
    assert ">Przydziel asystenta</a><a" in page, "in the section, beside the stand-in"


def test_a_new_family_shows_what_to_do(client, maria, unassigned_family):
    client.force_login(maria)
    page = response_text(client.get(url_of(unassigned_family)))
    assert "Praca z tą rodziną jeszcze się nie zaczęła." in page
    assert "Rodzina nie ma jeszcze asystenta" in page
    assert reverse("families:assign", args=[unassigned_family.pk]) in page


def test_the_tab_of_this_page_has_one_name(client, maria, kowalscy):
    client.force_login(maria)
    page = response_text(client.get(url_of(kowalscy)))
    assert 'aria-current="page">Prowadzenie</a>' in page
    assert "<h1>Prowadzenie</h1>" in page and ">Przydzielenie<" not in page


@pytest.mark.parametrize("name", ["work", "assign", "stand-in", "lead", "basis-add"])
def test_every_page_has_its_help(client, maria, kowalscy, name):
    client.force_login(maria)
    assert "Pomoc do tej strony" in response_text(client.get(reverse(f"families:{name}", args=[kowalscy.pk])))


@pytest.mark.parametrize(
    "name",
    [f"{noun}-{action}" for noun in ("assignment", "basis") for action in ("end", "correct", "cancel")]
    + ["lead-correct", "lead-cancel"],
)
def test_every_page_of_a_row_has_its_help(client, maria, ewa, zofia, kowalscy, name):
    period = kowalscy.periods.get()
    row = {
        "assignment": lambda: hand_over(period=period, assistant=ewa, starts_on=BACK, by=maria),
        "basis": lambda: period.bases.get(),
        "lead": lambda: assign_lead_worker(family=kowalscy, social_worker=zofia, since=BACK, by=maria),
    }[name.split("-")[0]]()
    client.force_login(maria)
    page = response_text(client.get(reverse(f"families:{name}", args=[kowalscy.pk, row.pk])))
    assert "Pomoc do tej strony" in page


# ---- buttons by role ---------------------------------------------------------------------------------
def test_the_manager_may_change_everything(client, maria, kowalscy):
    client.force_login(maria)
    page = response_text(client.get(url_of(kowalscy)))
    assert [words for words in BUTTONS if words not in page] == []
    assert "przydziela kierownik" not in page


def test_the_social_worker_records_the_basis_and_reads_who_assigns(client, tomasz, kowalscy):
    client.force_login(tomasz)
    page = response_text(client.get(url_of(kowalscy)))
    assert "Dodaj podstawę" in page and "Zmień asystenta" not in page
    assert "Asystenta i pracownika socjalnego przydziela kierownik." in page


def test_the_assistant_reads_and_learns_who_changes(client, anna, kowalscy):
    client.force_login(anna)
    page = response_text(client.get(url_of(kowalscy)))
    assert [words for words in BUTTONS if words in page] == []
    assert "Asystenta i pracownika socjalnego przydziela kierownik." in page
    assert "Podstawę pracy zapisuje pracownik socjalny albo kierownik." in page


def test_after_a_hand_over_the_page_is_for_reading(client, anna, ewa, maria, kowalscy):
    hand_over(period=kowalscy.periods.get(), assistant=ewa, starts_on=TODAY, by=maria)
    client.force_login(anna)
    response = client.get(url_of(kowalscy))
    assert response.status_code == 200
    assert READ_ONLY_MESSAGE in response_text(response)


@pytest.mark.parametrize("name", ["ewa", "zofia", "jan"])
def test_a_stranger_finds_nothing(client, ewa, zofia, jan, kowalscy, request, name):
    client.force_login(request.getfixturevalue(name))
    assert client.get(url_of(kowalscy)).status_code == 404


def test_who_may_not_see_court_facts_reads_no_court_facts(client, anna, maria, kowalscy, monkeypatch):
    add_basis(period=kowalscy.periods.get(), data=court_basis(WORK_STARTED_ON)[0], by=maria)
    monkeypatch.setitem(SENSITIVE_ACCESS, Role.ASSISTANT, set())
    client.force_login(anna)
    page = response_text(client.get(url_of(kowalscy)))
    assert "III Nsm 123/26" not in page and "zobowiązanie" not in page
    assert "podstawa zastrzeżona" in page
    assert BasisKind.CONSENT.label in page


def test_the_number_of_statements_does_not_grow_with_the_past(
    client, maria, anna, ewa, kowalscy, django_assert_max_num_queries
):
    client.force_login(maria)
    client.get(url_of(kowalscy))
    with django_assert_max_num_queries(14) as few:
        client.get(url_of(kowalscy))
    for day in range(1, 9):
        assign_assistant(
            period=kowalscy.periods.get(),
            assistant=ewa,
            kind=AssignmentKind.STAND_IN,
            starts_on=date(2026, 8, day),
            ends_on=date(2026, 8, day),
            by=maria,
        )
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get(url_of(kowalscy))

"""Access log of a case file."""

from datetime import timedelta

import pytest
from django.urls import reverse

from lubsko_ops.audit.models import AccessDeniedEntry, AccessLogEntry
from lubsko_ops.core import clock
from tests.factories import TODAY
from tests.page import Page, page_text
from tests.statement_counts import page_statements


def page_of(family) -> str:
    return reverse("families:access", args=[family.pk])


@pytest.fixture
def anna_reads(client, anna, kowalscy):
    """Anna opens the list, then the file."""
    client.force_login(anna)
    client.get("/rodziny/")
    client.get(reverse("families:overview", args=[kowalscy.pk]))


def test_entries_newest_first(client, maria, kowalscy, anna_reads):
    client.force_login(maria)
    text = page_text(client.get(page_of(kowalscy), {"pokaz": "wszystko"}))
    assert "13.10.2026 12:00 Anna Sikora przegląd 13.10.2026 12:00 Anna Sikora lista rodzin" in text


def test_default_tab_hides_list_entries(client, maria, kowalscy, anna, anna_reads):
    """Thirty later list entries are in a tab of their own."""
    for _ in range(30):
        AccessLogEntry.objects.create(
            at=clock.now(),
            user=anna,
            view_name="families:list",
            access_area="list",
            families=[kowalscy.pk],
        )
    client.force_login(maria)
    register = page_text(client.get(page_of(kowalscy))).partition("Ostatnie 30 dni")[0]
    assert "Anna Sikora przegląd" in register
    assert "lista rodzin" not in register
    response = client.get(page_of(kowalscy), {"pokaz": "listy"})
    assert "Anna Sikora przegląd" not in page_text(response)
    older = Page(response).pager_url("next")
    assert "pokaz=listy" in older
    second = page_text(client.get(older)).partition("Ostatnie 30 dni")[0]
    assert second.count("lista rodzin") == 31 - 25
    assert "przegląd 13" not in second


def test_summary_of_thirty_days_by_user(client, maria, kowalscy, anna_reads):
    with clock.freeze_time(TODAY + timedelta(days=20)):
        client.force_login(maria)
        client.get(page_of(kowalscy))
        text = page_text(client.get(page_of(kowalscy)))
    assert (
        "Anna Sikora 1 otwarcie teczki, 1 raz na liście lub w wynikach wyszukiwania ostatnio 13.10.2026 12:00"
        in text
    )
    assert "Maria Bocian 1 otwarcie teczki ostatnio 02.11.2026 12:00" in text


def test_older_entries_stay_in_the_log_but_not_in_the_summary(client, maria, kowalscy, anna_reads):
    with clock.freeze_time(TODAY + timedelta(days=31)):
        client.force_login(maria)
        text = page_text(client.get(page_of(kowalscy)))
    register, _, summary = text.partition("Ostatnie 30 dni")
    assert "Anna Sikora przegląd" in register
    assert "Anna Sikora" not in summary


def test_opening_the_page_is_logged(client, maria, kowalscy):
    client.force_login(maria)
    client.get(page_of(kowalscy))
    entry = AccessLogEntry.objects.get()
    assert (entry.access_area, entry.families, entry.user) == ("access", [kowalscy.pk], maria)


def test_denied_attempts_of_this_family(client, maria, ewa, anna, kowalscy, nowakowie):
    client.force_login(ewa)
    for minutes in (0, 5):
        with clock.freeze_time(clock.now() + timedelta(minutes=minutes)):
            client.get(reverse("families:overview", args=[kowalscy.pk]))
    client.force_login(anna)
    client.get(page_of(kowalscy))
    client.get(reverse("families:overview", args=[nowakowie.pk]))
    client.force_login(maria)
    refused = page_text(client.get(page_of(kowalscy))).partition("Odmowy")[2]
    assert "Ewa Czyż brak dostępu do rodziny, 2 razy, ostatnio 13.10.2026 12:05" in refused
    assert "Anna Sikora brak uprawnienia, 13.10.2026 12:00" in refused
    assert refused.count("brak dostępu do rodziny") == 1


def test_families_with_the_same_id_prefix_are_distinct(client, maria, ewa, kowalscy):
    AccessDeniedEntry.objects.create(
        at=clock.now(),
        user=ewa,
        view_name="families:overview",
        path=f"/rodziny/{kowalscy.pk}0/",
        method="GET",
        status=404,
    )
    client.force_login(maria)
    assert "Nikomu nie odmówiono dostępu do tej teczki." in page_text(client.get(page_of(kowalscy)))


@pytest.mark.parametrize("name", ["anna", "tomasz"])
def test_is_for_managers_only(client, request, kowalscy, name):
    client.force_login(request.getfixturevalue(name))
    assert client.get(page_of(kowalscy)).status_code == 403


def test_entries_of_other_families_are_left_out(client, maria, ewa, kowalscy, nowakowie):
    client.force_login(ewa)
    client.get(reverse("families:overview", args=[nowakowie.pk]))
    client.force_login(maria)
    assert "Ewa Czyż" not in page_text(client.get(page_of(kowalscy)))


def test_a_person_shown_outside_the_file(client, maria, anna, kowalscy, nowakowie):
    """A participant of a group, say: the page that showed her concerns her family too, and names her."""
    danuta, other = (family.memberships.earliest("pk").person for family in (kowalscy, nowakowie))
    AccessLogEntry.objects.create(
        at=clock.now(),
        user=anna,
        view_name="meetings:attendance",
        access_area="overview",
        persons=[danuta.pk, other.pk],
    )
    client.force_login(maria)
    text = page_text(client.get(page_of(kowalscy)))
    assert f"Anna Sikora przegląd, poza teczką: {danuta}" in text and str(other) not in text
    assert "1 otwarcie teczki" in text.partition("Ostatnie 30 dni")[2]


def test_pagination_and_statements(client, maria, anna, kowalscy):
    client.force_login(maria)
    few = page_statements(client, page_of(kowalscy))
    for number in range(60):
        at = clock.now() - timedelta(minutes=number)
        AccessLogEntry.objects.create(
            at=at,
            user=anna,
            view_name="families:overview",
            access_area="overview",
            families=[kowalscy.pk],
        )
    assert len(page_statements(client, page_of(kowalscy))) == len(few) <= 16
    seen, url = 0, page_of(kowalscy)
    while url:
        page = Page(client.get(url))
        seen += len([cell for cell in page.all("td") if cell.text == "Anna Sikora"])
        url = page.pager_url("next")
    assert seen == 60

"""Dashboard of a social worker."""

from datetime import date, timedelta

from families.caseload.actions import end_basis, start_work_and_assign
from families.caseload.models import LegalBasis
from families.visits.actions import record_safeguarding_step
from lubsko_ops.audit.models import AccessLogEntry
from lubsko_ops.core import clock
from tests.factories import TODAY, consent_data, create_family
from tests.families.dashboard.helpers import WINDOW, dashboard_text, make_concern
from tests.page import Page
from tests.statement_counts import page_statements


def test_concern_comes_first_until_closed(client, tomasz, anna, kowalscy, unassigned_family):
    report = make_concern(kowalscy, anna)
    text = dashboard_text(client, tomasz)
    assert "Do sprawdzenia: 1 zagrożenie dziecka." in text
    urgent, _, waiting = text.partition("Czeka na asystenta")
    assert f"Zagrożenie bezpieczeństwa dziecka Kowalscy {WINDOW} Zawiadomiono administrację" in urgent
    assert "budynku, 09:40. Anna Sikora zgłoszone dziś o 12:00 Zapoznaj się : Kowalscy" in urgent
    assert "Lisowie" in waiting
    assert f"/rodziny/{kowalscy.pk}/zagrozenia/{report.pk}/" in Page(client.get("/")).urls
    record_safeguarding_step(concern=report, day=TODAY, what="Blokada założona.", closes=False, by=tomasz)
    assert "Ostatni wpis 13.10.2026" in dashboard_text(client, tomasz)
    record_safeguarding_step(concern=report, day=TODAY, what="Sprawdzono na miejscu.", closes=True, by=tomasz)
    assert "Zagrożenie bezpieczeństwa dziecka" not in dashboard_text(client, tomasz)


def test_older_concern_shows_its_day(client, tomasz, anna, kowalscy):
    with clock.freeze_time(TODAY - timedelta(days=4)):
        make_concern(kowalscy, anna, TODAY - timedelta(days=4))
    text = dashboard_text(client, tomasz)
    assert "Zawiadomiono administrację budynku, 09.10.2026, 09:40." in text
    assert "zgłoszone 09.10.2026 o 12:00" in text
    assert "Po terminie jest 1 sprawa." in text


def test_own_deadlines_by_date(client, tomasz, maria, anna, kowalscy):
    make_concern(kowalscy, anna)
    basis = LegalBasis.objects.get(period__family=kowalscy)
    end_basis(basis=basis, on=date(2026, 9, 30), why="wycofanie zgody", version=None, by=maria)
    text = dashboard_text(client, tomasz).partition("Moje sprawy według terminu (2)")[2]
    assert text.startswith(
        " Kowalscy: podstawa pracy z rodziną 01.10.2026 po terminie 12 dni"
        " Kowalscy: sprawdzenie zagrożenia dziecka 14.10.2026 jutro"
    )
    assert "Nic nie jest po terminie." not in text


def test_work_without_a_basis_shows_since_when(client, maria, tomasz, zofia, kowalscy):
    basis = LegalBasis.objects.get(period__family=kowalscy)
    end_basis(basis=basis, on=date(2026, 9, 30), why="wycofanie zgody", version=None, by=maria)
    displayed = dashboard_text(client, tomasz)
    assert (
        "Praca bez podstawy Kowalscy 2026/001, 1 dziecko, A. Sikora, Lubsko 8 dni roboczych od 01.10.2026"
        in displayed
    )
    assert "Uzupełnij : Kowalscy" in displayed
    assert "Praca bez podstawy" not in dashboard_text(client, zofia)


def test_queue_has_families_of_own_region_only(client, tomasz, zofia, unassigned_family):
    text = dashboard_text(client, tomasz)
    assert "Czeka na asystenta Lisowie nowa, 1 dziecko, Lubsko" in text
    assert "Przydziel" not in text
    assert AccessLogEntry.objects.get().families == [unassigned_family.pk]
    text = dashboard_text(client, zofia)
    assert "Nic nie czeka" in text
    assert "Lisowie" not in text


def test_own_region_is_counted_and_links_to_the_list(
    client, tomasz, zofia, town, kowalscy, nowakowie, unassigned_family
):
    assert "Mój rejon Rejon I, miasto 1 rodzina w toku" in dashboard_text(client, tomasz)
    page = client.get("/").content.decode()
    assert f'href="/rodziny/?rejon={town.pk}"' in page
    assert "1 rodzina" in client.get(f"/rodziny/?rejon={town.pk}").content.decode().replace("\u00a0", " ")


def test_family_with_a_planned_assistant_is_not_in_the_queue(client, tomasz, maria, anna, unassigned_family):
    later = TODAY + timedelta(days=20)
    start_work_and_assign(
        family=unassigned_family,
        assistant=anna,
        starts_on=later,
        bases=[consent_data(unassigned_family, TODAY)],
        by=maria,
    )
    assert "Nic nie czeka" in dashboard_text(client, tomasz)


def test_statements_do_not_grow_with_families(client, tomasz, maria, anna, town, kowalscy):
    for number in range(15):
        create_family(f"Rodzina {number}", region=town, by=maria)
    for number in range(5):
        make_concern(kowalscy, anna, at=f"{number + 5:02}:00")
    client.force_login(tomasz)
    few = len(page_statements(client, "/"))
    assert few <= 12

"""Deadlines in the case file: the next one in the header, the task list, the latest visits and the timeline."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse

from families.caseload.actions import assign_assistant, end_basis
from families.caseload.models import LegalBasis
from families.choices import NotifiedParty, VisitResult
from families.visits.actions import log_contact, record_safeguarding_step
from families.visits.models import SafeguardingConcern
from families.visits.permissions import VISIT_VIEW
from lubsko_ops.audit.models import AccessLogEntry
from lubsko_ops.core import clock
from lubsko_ops.core.permissions import Role
from tests.factories import TODAY, create_family_with_work
from tests.families.visits.helpers import make_visit, submit_visit
from tests.form_client import response_text
from tests.page import Page, page_text
from tests.plan_factories import create_plan_in_force
from tests.roles import permissions_of, set_permissions
from tests.statement_counts import page_statements

MORNING = {"starts_at": "08:00", "ends_at": "09:00"}


@pytest.fixture
def bielscy(anna, maria, tomasz, town):
    """Work since three months, a plan at once; the first visit a day late, the last one ten days ago."""
    begun = TODAY - timedelta(days=92)
    family = create_family_with_work(
        "Bielscy", assistant=anna, social_worker=tomasz, region=town, by=maria, on=begun
    )
    with clock.freeze_time(begun):
        create_plan_in_force(family, by=anna, tomasz=tomasz, maria=maria)
    for day in (begun + timedelta(days=8), TODAY - timedelta(days=40), TODAY - timedelta(days=10)):
        make_visit(family, anna, day, areas=["ED", "BU"])
    return family


def page_of(client, family, name="overview"):
    response = client.get(reverse(f"families:{name}", args=[family.pk]))
    assert response.status_code == 200
    return response


def section_text(response, heading: str) -> str:
    """Text of one section of the page."""
    regions = Page(response).regions(heading)
    return regions[0].text if regions else ""


def header_text(response) -> str:
    [header] = Page(response).all("section", "idbar")
    return header.text


def report_concern(family, by, day=TODAY):
    notified_at = clock.to_instant(day, time(9))
    danger = SafeguardingConcern(
        description="Okno bez klamki",
        action_taken="Odsunięte łóżko",
        notified=NotifiedParty.POLICE,
        notified_at=notified_at,
    )
    return make_visit(family, by, day, **MORNING, concern=danger)


# ---- the header --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["overview", "work", "people", "history", "case-log"])
def test_the_header_shows_the_next_deadline_on_every_page(client, anna, bielscy, name):
    client.force_login(anna)
    assert "Najbliższy termin wizyta, za 4 dni Adres" in header_text(page_of(client, bielscy, name))


def test_an_overdue_deadline_is_marked(client, maria, kowalscy):
    client.force_login(maria)
    response = page_of(client, kowalscy)
    assert "Najbliższy termin pierwsza wizyta, po terminie 7 miesięcy" in header_text(response)
    assert "pierwsza wizyta" in [
        status.text.partition(",")[0] for status in Page(response).all(class_="st-late")
    ]


def test_a_family_with_nothing_to_do_has_no_term(client, maria, unassigned_family):
    client.force_login(maria)
    response = page_of(client, unassigned_family)
    assert "Najbliższy termin" not in header_text(response)
    assert section_text(response, "Obowiązki") == ""


# ---- the task list -----------------------------------------------------------------------------------


def test_what_is_to_be_done_stands_above_what_was_done(client, anna, bielscy):
    client.force_login(anna)
    response = page_of(client, bielscy)
    assert section_text(response, "Obowiązki") == (
        "Obowiązki 3 do zrobienia, 2 zrobione Wizyta co 14 dni 17.10.2026 za 4 dni Ostatnia 03.10.2026."
        " Przegląd planu 09.01.2027 za 3 miesiące Termin liczony od 13.07.2026."
        " Okresowa ocena 13.01.2027 za 3 miesiące Praca od 13.07.2026."
        " Pierwsza wizyta zrobione 21.07.2026 Plan pracy z rodziną zrobione 13.07.2026"
    )
    new = reverse("families:visit-new", args=[bielscy.pk])
    assert Page(response).link("Wizyta co 14 dni").url == new
    assert ">Okresowa ocena</a>" not in response_text(response), "it has no screen yet"


def test_the_responsible_user_is_shown_to_the_others(client, maria, tomasz, bielscy):
    client.force_login(maria)
    response = page_of(client, bielscy)
    assert "Ostatnia 03.10.2026. Odpowiada: Anna Sikora." in section_text(response, "Obowiązki")
    assert "Wizyta co 14 dni</a>" not in response_text(response), "the manager writes no visits"


def test_a_missing_basis_leads_to_the_work(client, anna, maria, bielscy):
    basis = LegalBasis.objects.get(period__family=bielscy)
    end_basis(basis=basis, on=TODAY - timedelta(days=3), why="wycofanie zgody", version=None, by=maria)
    client.force_login(anna)
    response = page_of(client, bielscy)
    work = reverse("families:work", args=[bielscy.pk])
    assert Page(response).link("Podstawa pracy z rodziną").url == work
    assert "po terminie 2 dni Bez podstawy od 11.10.2026. Odpowiada: Tomasz Lis." in page_text(response)


def test_an_assessment_is_near_thirty_days_ahead(client, anna, bielscy):
    for day, kind in ((date(2026, 12, 13), ""), (date(2026, 12, 14), " due-soon")):
        with clock.freeze_time(day):
            client.force_login(anna)
            page = page_of(client, bielscy).content.decode()
        assert f'<span class="due{kind}"><time datetime="2027-01-13">' in page


def test_read_only_users_get_no_links(client, anna, ewa, maria, bielscy):
    report_concern(bielscy, anna)
    tomorrow = TODAY + timedelta(days=1)
    assign_assistant(period=bielscy.periods.get(), assistant=ewa, starts_on=tomorrow, by=maria)
    with clock.freeze_time(TODAY + timedelta(days=2)):
        client.force_login(anna)
        text = response_text(page_of(client, bielscy))
    assert "Sprawdzenie zagrożenia dziecka" in text
    assert "Wizyta co 14 dni</a>" not in text
    assert "Sprawdzenie zagrożenia dziecka</a>" not in text


# ---- safeguarding concern ----------------------------------------------------------------------------


def test_a_safeguarding_concern_is_on_top_until_it_is_closed(client, anna, tomasz, bielscy):
    report_concern(bielscy, anna)
    report = SafeguardingConcern.objects.get()
    client.force_login(tomasz)
    response = page_of(client, bielscy)
    text = page_text(response)
    assert text.index("Zagrożenie bezpieczeństwa dziecka, wizyta 13.10.2026. Okno bez klamki") < text.index(
        "Obowiązki"
    )
    assert "Najbliższy termin zagrożenie dziecka, jutro" in header_text(response)
    course = reverse("families:safeguarding-concern", args=[bielscy.pk, report.pk])
    assert Page(response).link("Sprawdzenie zagrożenia dziecka").url == course
    assert f'href="{course}">Przebieg i co dalej</a>' in response_text(response)
    record_safeguarding_step(concern=report, day=TODAY, what="Klamka założona", closes=True, by=tomasz)
    response = page_of(client, bielscy)
    assert "Zagrożenie bezpieczeństwa dziecka, wizyta" not in page_text(response)
    assert "Sprawdzenie zagrożenia dziecka ustało 13.10.2026" in section_text(response, "Obowiązki")


# ---- visits ------------------------------------------------------------------------------------------


def test_the_last_visits_and_how_often_they_are(client, anna, bielscy):
    make_visit(bielscy, anna, TODAY, **MORNING, result=VisitResult.NOBODY_HOME, facts="")
    make_visit(bielscy, anna, TODAY - timedelta(days=20))
    client.force_login(anna)
    response = page_of(client, bielscy)
    visits = section_text(response, "Ostatnie wizyty")
    heads = "Ostatnie wizyty Wszystkie: 5 wizyt Ostatnie wizyty Data Czas Rodzaj i wynik Obszary"
    assert visits.startswith(f"{heads} 13.10.2026 – nieudana: nikogo nie")
    assert "03.10.2026 1 godz. planowana edukacja i rozwój dzieci, budżet domowy i zadłużenie" in visits
    assert "21.07.2026" not in visits
    facts = section_text(response, "W skrócie")
    assert "Wizyty 4 w pół roku, co ok. 25 dni Ostatnia wizyta 03.10.2026, 10 dni temu" in facts


def test_visits_of_long_ago_make_no_rhythm(client, anna, maria, bielscy):
    with clock.freeze_time(TODAY + timedelta(days=365)):
        client.force_login(maria)
        facts = section_text(page_of(client, bielscy), "W skrócie")
    assert "Wizyty żadnej w pół roku Ostatnia wizyta 03.10.2026, 12 miesięcy temu" in facts


def test_a_family_without_visits_shows_a_note(client, anna, kowalscy):
    client.force_login(anna)
    response = page_of(client, kowalscy)
    assert section_text(response, "Ostatnie wizyty") == "Ostatnie wizyty Jeszcze żadnej nie zapisano."
    assert "Wizyty" not in section_text(response, "W skrócie")


def test_saving_a_visit_completes_its_deadline_in_header_and_file(client, anna, kowalscy):
    """Anna submits the visit form; the page after it shows the new state."""
    client.force_login(anna)
    assert "pierwsza wizyta, po terminie 7 miesięcy" in header_text(page_of(client, kowalscy))
    assert submit_visit(client, kowalscy).status_code == 302
    response = page_of(client, kowalscy)
    assert "Pierwsza wizyta zrobione 13.10.2026" in section_text(response, "Obowiązki")
    assert "Wizyta co 14 dni 27.10.2026 za 14 dni" in section_text(response, "Obowiązki")
    assert "pierwsza wizyta" not in header_text(response)


# ---- the timeline ------------------------------------------------------------------------------------


def test_the_overview_shows_the_newest_events(client, anna, bielscy):
    call = {
        "starts_at": time(12),
        "channel": "phone",
        "counterpart_type": "school",
        "subject": "Nieobecności",
        "by": anna,
    }
    log_contact(period=bielscy.periods.get(), day=TODAY - timedelta(days=2), **call)
    client.force_login(anna)
    response = page_of(client, bielscy)
    timeline = section_text(response, "Oś czasu")
    assert timeline.startswith(
        "Oś czasu Cała oś czasu Rozmowa telefoniczna: szkoła, przedszkole 11.10.2026, 12:00, Anna Sikora"
        " Wizyta planowana 03.10.2026, 13:30, Anna Sikora; 1 godz., w domu"
    )
    began = "Początek pracy z rodziną 13.07.2026; sprawa 2026/001"
    assert began not in timeline, "the overview shows the newest only"
    assert began in page_text(page_of(client, bielscy, "timeline"))


def test_the_timeline_is_paged_there_and_back(client, anna, bielscy):
    for days in range(1, 24):
        make_visit(bielscy, anna, TODAY - timedelta(days=days + 40))
    client.force_login(anna)
    first = page_of(client, bielscy, "timeline")
    assert (
        AccessLogEntry.objects.latest("pk").access_area,
        AccessLogEntry.objects.latest("pk").families,
    ) == (
        "visits",
        [bielscy.pk],
    )
    assert "Kacper odrabiał lekcje przy stole." in page_text(first)
    older = Page(first).pager_url("next")
    address = reverse("families:timeline", args=[bielscy.pk])
    second = client.get(address + older)
    assert "Początek pracy z rodziną" in page_text(second)
    newer = Page(second).pager_url("prev")
    again = client.get(address + newer)
    assert [title.text for title in Page(again).all("p", "t")] == [
        title.text for title in Page(first).all("p", "t")
    ]
    assert len(page_statements(client, address)) <= 16


# ---- rights ------------------------------------------------------------------------------------------


def test_users_who_may_not_read_visits_see_none(client, monkeypatch, anna, maria, bielscy):
    report_concern(bielscy, anna)
    set_permissions(monkeypatch, Role.MANAGER, permissions_of(Role.MANAGER) - {VISIT_VIEW})
    client.force_login(maria)
    response = page_of(client, bielscy)
    text = page_text(response)
    for hidden in (
        "Najbliższy termin",
        "Obowiązki",
        "Ostatni",
        "Oś czasu",
        "Zagrożenie",
        "Wizyt",
        "03.10.2026",
    ):
        assert hidden not in text, hidden
    assert "W domu" in text
    assert client.get(reverse("families:timeline", args=[bielscy.pk])).status_code == 403


# ---- number of queries -------------------------------------------------------------------------------


def test_statements_of_a_full_file(client, anna, maria, bielscy):
    client.force_login(maria)
    url = reverse("families:overview", args=[bielscy.pk])
    report_concern(bielscy, anna)
    few = len(page_statements(client, url))
    for days in range(1, 60):
        make_visit(
            bielscy, anna, TODAY - timedelta(days=days), starts_at="16:00", ends_at="17:00", areas=["ED"]
        )
    for days in (3, 5):
        report_concern(bielscy, anna, TODAY - timedelta(days=days))
    # one for each kind of event shown that has details: here visits, signatures, consultations; then visits only
    assert (len(page_statements(client, url)), few) == (15, 17)
    for name in ("work", "people", "history", "case-log", "timeline"):
        assert len(page_statements(client, reverse(f"families:{name}", args=[bielscy.pk]))) <= 12, name

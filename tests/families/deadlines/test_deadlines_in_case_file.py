"""The file says what is due: the nearest term in its bar, the task list, the last visits and the story below."""

import re
from datetime import date, time, timedelta

import pytest
from django.urls import reverse

from families.caseload.actions import assign_assistant, end_basis
from families.caseload.models import LegalBasis
from families.choices import NotifiedParty, VisitResult
from families.visits.actions import log_contact, record_safeguarding_step
from families.visits.dto import ConcernData
from families.visits.models import SafeguardingConcern
from lubsko_ops.audit.models import AccessArea, AccessLogEntry
from lubsko_ops.core import clock
from lubsko_ops.core.permissions import ROLE_PERMISSIONS, Permission, Role
from tests.factories import TODAY, create_family_with_work
from tests.families.visits.helpers import make_visit, submit_visit
from tests.form_client import response_text
from tests.plan_factories import create_plan_in_force
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


def text_of(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response_text(response)).split())


def part_of(response, heading: str) -> str:
    """The words of one part of the page."""
    page = response.content.decode().replace("\u00a0", " ")
    found = re.search(
        rf'<section class="sec"[^>]*>(?:(?!</section>).)*>{heading}</h2>.*?</section>', page, re.S
    )
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split()) if found else ""


def bar_of(response) -> str:
    page = response.content.decode().replace("\u00a0", " ")
    bar = re.search(r'<section class="idbar".*?</section>', page, re.S)[0]
    return " ".join(re.sub(r"<[^>]+>", " ", bar).split())


def a_danger(family, by, day=TODAY):
    told = clock.to_instant(day, time(9))
    danger = ConcernData(
        "Okno bez klamki", "Odsunięte łóżko", notified=NotifiedParty.POLICE, notified_at=told
    )
    return make_visit(family, by, day, **MORNING, concern=danger)


# ---- the bar -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["overview", "work", "people", "history", "case-log"])
def test_the_bar_says_on_every_page_what_is_due_first(client, anna, bielscy, name):
    client.force_login(anna)
    assert "Najbliższy termin wizyta, za 4 dni Adres" in bar_of(page_of(client, bielscy, name))


def test_a_late_duty_is_said_and_marked(client, maria, kowalscy):
    client.force_login(maria)
    response = page_of(client, kowalscy)
    assert "Najbliższy termin pierwsza wizyta, po terminie 7 miesięcy" in bar_of(response)
    assert re.search(r'st-late"><svg[^>]*>.*?</svg>pierwsza wizyta', response_text(response))


def test_a_family_with_nothing_to_do_has_no_term(client, maria, unassigned_family):
    client.force_login(maria)
    response = page_of(client, unassigned_family)
    assert "Najbliższy termin" not in bar_of(response)
    assert part_of(response, "Obowiązki") == ""


# ---- the task list -----------------------------------------------------------------------------------


def test_what_is_to_be_done_stands_above_what_was_done(client, anna, bielscy):
    client.force_login(anna)
    response = page_of(client, bielscy)
    assert part_of(response, "Obowiązki") == (
        "Obowiązki 3 do zrobienia, 2 zrobione Wizyta co 14 dni 17.10.2026 za 4 dni Ostatnia 03.10.2026."
        " Przegląd planu 09.01.2027 za 3 miesiące Liczone od 13.07.2026."
        " Okresowa ocena 13.01.2027 za 3 miesiące Praca od 13.07.2026."
        " Pierwsza wizyta zrobione 21.07.2026 Plan pracy z rodziną zrobione 13.07.2026"
    )
    new = reverse("families:visit-new", args=[bielscy.pk])
    assert f'<a href="{new}">Wizyta co 14 dni</a>' in response_text(response)
    assert ">Okresowa ocena</a>" not in response_text(response), "it has no screen yet"


def test_who_answers_for_it_is_told_to_the_others(client, maria, tomasz, bielscy):
    client.force_login(maria)
    response = page_of(client, bielscy)
    assert "Ostatnia 03.10.2026. Odpowiada: Anna Sikora." in part_of(response, "Obowiązki")
    assert "Wizyta co 14 dni</a>" not in response_text(response), "the manager writes no visits"


def test_a_missing_basis_leads_to_the_work(client, anna, maria, bielscy):
    basis = LegalBasis.objects.get(period__family=bielscy)
    end_basis(basis=basis, on=TODAY - timedelta(days=3), why="wycofanie zgody", version=None, by=maria)
    client.force_login(anna)
    response = page_of(client, bielscy)
    work = reverse("families:work", args=[bielscy.pk])
    assert f'<a href="{work}">Podstawa pracy z rodziną</a>' in response_text(response)
    assert "po terminie 2 dni Bez podstawy od 11.10.2026. Odpowiada: Tomasz Lis." in text_of(response)


def test_an_assessment_is_near_thirty_days_ahead(client, anna, bielscy):
    for day, kind in ((date(2026, 12, 13), ""), (date(2026, 12, 14), " due-soon")):
        with clock.freeze_time(day):
            client.force_login(anna)
            page = page_of(client, bielscy).content.decode()
        assert f'<span class="due{kind}"><time datetime="2027-01-13">' in page


def test_who_may_only_read_is_led_nowhere(client, anna, ewa, maria, bielscy):
    a_danger(bielscy, anna)
    assign_assistant(period=bielscy.periods.get(), assistant=ewa, starts_on=TODAY, by=maria)
    with clock.freeze_time(TODAY + timedelta(days=2)):
        client.force_login(anna)
        words = response_text(page_of(client, bielscy))
    assert "Sprawdzenie zagrożenia dziecka" in words
    assert "Wizyta co 14 dni</a>" not in words
    assert "Sprawdzenie zagrożenia dziecka</a>" not in words


# ---- danger ------------------------------------------------------------------------------------------


def test_a_danger_stands_on_top_until_it_is_over(client, anna, tomasz, bielscy):
    a_danger(bielscy, anna)
    report = SafeguardingConcern.objects.get()
    client.force_login(tomasz)
    response = page_of(client, bielscy)
    text = text_of(response)
    assert text.index("Zagrożenie bezpieczeństwa dziecka, wizyta 13.10.2026. Okno bez klamki") < text.index(
        "Obowiązki"
    )
    assert "Najbliższy termin zagrożenie dziecka, jutro" in bar_of(response)
    course = reverse("families:safeguarding-concern", args=[bielscy.pk, report.pk])
    assert f'<a href="{course}">Sprawdzenie zagrożenia dziecka</a>' in response_text(response)
    assert f'href="{course}">Przebieg i co dalej</a>' in response_text(response)
    record_safeguarding_step(concern=report, day=TODAY, what="Klamka założona", closes=True, by=tomasz)
    response = page_of(client, bielscy)
    assert "Zagrożenie bezpieczeństwa dziecka, wizyta" not in text_of(response)
    assert "Sprawdzenie zagrożenia dziecka ustało 13.10.2026" in part_of(response, "Obowiązki")


# ---- visits ------------------------------------------------------------------------------------------


def test_the_last_visits_and_how_often_they_are(client, anna, bielscy):
    make_visit(bielscy, anna, TODAY, **MORNING, result=VisitResult.NOBODY_HOME, facts="")
    make_visit(bielscy, anna, TODAY - timedelta(days=20))
    client.force_login(anna)
    response = page_of(client, bielscy)
    visits = part_of(response, "Ostatnie wizyty")
    heads = "Ostatnie wizyty Wszystkie: 5 wizyt Ostatnie wizyty Data Czas Rodzaj i wynik Obszary"
    assert visits.startswith(f"{heads} 13.10.2026 – nieudana: nikogo nie")
    assert "03.10.2026 1 godz. planowana edukacja i rozwój dzieci, budżet domowy i zadłużenie" in visits
    assert "21.07.2026" not in visits
    facts = part_of(response, "W skrócie")
    assert "Wizyty 4 w pół roku, co ok. 25 dni Ostatnia wizyta 03.10.2026, 10 dni temu" in facts


def test_visits_of_long_ago_make_no_rhythm(client, anna, maria, bielscy):
    with clock.freeze_time(TODAY + timedelta(days=365)):
        client.force_login(maria)
        facts = part_of(page_of(client, bielscy), "W skrócie")
    assert "Wizyty żadnej w pół roku Ostatnia wizyta 03.10.2026, 12 miesięcy temu" in facts


def test_a_family_without_visits_says_so(client, anna, kowalscy):
    client.force_login(anna)
    response = page_of(client, kowalscy)
    assert part_of(response, "Ostatnie wizyty") == "Ostatnie wizyty Jeszcze żadnej nie zapisano."
    assert "Wizyty" not in part_of(response, "W skrócie")


def test_the_duty_of_a_visit_is_done_in_bar_and_file_when_the_visit_is_saved(client, anna, kowalscy):
    """The form of the visit, as anna sends it; the page she comes back to tells of it at once."""
    client.force_login(anna)
    assert "pierwsza wizyta, po terminie 7 miesięcy" in bar_of(page_of(client, kowalscy))
    assert submit_visit(client, kowalscy).status_code == 302
    response = page_of(client, kowalscy)
    assert "Pierwsza wizyta zrobione 13.10.2026" in part_of(response, "Obowiązki")
    assert "Wizyta co 14 dni 27.10.2026 za 14 dni" in part_of(response, "Obowiązki")
    assert "pierwsza wizyta" not in bar_of(response)


# ---- the story ---------------------------------------------------------------------------------------


def test_the_overview_tells_the_newest_of_the_story(client, anna, bielscy):
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
    story = part_of(response, "Oś czasu")
    assert story.startswith(
        "Oś czasu Cała oś czasu Rozmowa telefoniczna: szkoła, przedszkole 11.10.2026, 12:00, Anna Sikora"
        " Wizyta planowana 03.10.2026, 13:30, Anna Sikora; 1 godz., w domu"
    )
    began = "Początek pracy z rodziną 13.07.2026; sprawa 2026/001"
    assert began not in story, "the overview tells the newest only"
    assert began in text_of(page_of(client, bielscy, "timeline"))


def test_the_whole_story_has_its_page_there_and_back(client, anna, bielscy):
    for days in range(1, 24):
        make_visit(bielscy, anna, TODAY - timedelta(days=days + 40))
    client.force_login(anna)
    first = page_of(client, bielscy, "timeline")
    assert (
        AccessLogEntry.objects.latest("pk").access_area,
        AccessLogEntry.objects.latest("pk").families,
    ) == (
        AccessArea.VISITS,
        [bielscy.pk],
    )
    assert "Kacper odrabiał lekcje przy stole." in text_of(first)
    older = re.search(r'href="(\?starsze=[^"]+)" rel="next"', first.content.decode())[1]
    address = reverse("families:timeline", args=[bielscy.pk])
    second = client.get(address + older)
    assert "Początek pracy z rodziną" in text_of(second)
    newer = re.search(r'href="(\?nowsze=[^"]+)" rel="prev"', second.content.decode())[1]
    titles = r'class="t">(.*?)</p>'
    again = client.get(address + newer)
    assert re.findall(titles, again.content.decode()) == re.findall(titles, first.content.decode())
    assert len(page_statements(client, address)) <= 16


# ---- rights ------------------------------------------------------------------------------------------


def test_who_may_not_read_visits_is_told_nothing_of_them(client, monkeypatch, anna, maria, bielscy):
    a_danger(bielscy, anna)
    monkeypatch.setitem(
        ROLE_PERMISSIONS, Role.MANAGER, ROLE_PERMISSIONS[Role.MANAGER] - {Permission.VISIT_VIEW}
    )
    client.force_login(maria)
    response = page_of(client, bielscy)
    text = text_of(response)
    for words in (
        "Najbliższy termin",
        "Obowiązki",
        "Ostatni",
        "Oś czasu",
        "Zagrożenie",
        "Wizyt",
        "03.10.2026",
    ):
        assert words not in text, words
    assert "W domu" in text
    assert client.get(reverse("families:timeline", args=[bielscy.pk])).status_code == 403


# ---- cost --------------------------------------------------------------------------------------------


def test_a_full_file_costs_no_more_than_sixteen_statements(client, anna, maria, bielscy):
    client.force_login(maria)
    url = reverse("families:overview", args=[bielscy.pk])
    a_danger(bielscy, anna)
    few = len(page_statements(client, url))
    for days in range(1, 60):
        make_visit(
            bielscy, anna, TODAY - timedelta(days=days), starts_at="16:00", ends_at="17:00", areas=["ED"]
        )
    for days in (3, 5):
        a_danger(bielscy, anna, TODAY - timedelta(days=days))
    assert len(page_statements(client, url)) == few <= 16
    for name in ("work", "people", "history", "case-log", "timeline"):
        assert len(page_statements(client, reverse(f"families:{name}", args=[bielscy.pk]))) <= 16, name

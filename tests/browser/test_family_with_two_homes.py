"""A family with two households: the manager enters and assigns it, its assistant reads it, nobody else finds it."""

import re
from datetime import time

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from families.caseload.models import Assignment
from families.people.actions import add_phone
from families.people.models import Family
from tests.browser.conftest import HANDSET, come_in, log_in, said, scrolls_sideways
from tests.factories import TODAY
from tests.families.caseload.helpers import assign_families
from tests.families.plans.helpers import signed_by
from tests.families.visits.helpers import make_concern, make_contact
from tests.family_pages import family_routes, url_for
from tests.plan_factories import create_accepted_plan

pytestmark = pytest.mark.usefixtures("limit_of_15")

LAW = (
    "Asystent prowadzi już 15 rodzin, a art. 15 ust. 4 ustawy z dnia 9 czerwca 2011 r. o wspieraniu rodziny "
    "i systemie pieczy zastępczej pozwala najwyżej na 15."
)
PEOPLE = [
    ("Magdalena", "Żółkiewska", "matka", "12.03.1990", "z rodziną"),
    ("Kacper", "Żółkiewski", "dziecko", "30.08.2017", "z rodziną"),
    ("Hanna", "Żółkiewska", "dziecko", "04.11.2020", "na przemian w dwóch domach"),
    ("Tomasz", "Żółkiewski", "ojciec", "20.01.1985", "gdzie indziej"),
]


def enter_the_family(page):
    """Nowa rodzina, from the top of the form to its end."""
    page.get_by_role("link", name="Rodziny", exact=True).click()
    page.get_by_role("link", name="Nowa rodzina").first.click()
    home = page.get_by_role("group", name="Adres zamieszkania")
    home.get_by_label("Ulica").fill("Żymierskiego")
    home.get_by_label("Numer domu").fill("14")
    home.get_by_label("Kod pocztowy").fill("68300")
    home.get_by_label("Miejscowość").fill("Lubsko")
    home.get_by_label("Rejon").select_option(label="Rejon I, miasto")
    other_home = page.get_by_role("group", name="Drugie gospodarstwo")
    other_home.get_by_text("Wpisz drugi adres").click()
    other_home.get_by_label("Numer domu").fill("21")
    other_home.get_by_label("Miejscowość").fill("Chocicz")
    page.get_by_label("bezrobocie", exact=True).check()
    page.get_by_label("Kategoria rodziny").select_option(label="okresowe trudności opiekuńczo-wychowawcze")
    for number, (first, last, kinship, born, stay) in enumerate(PEOPLE, start=1):
        if number > 1:
            page.get_by_role("button", name="Dodaj osobę").click()
        person = page.get_by_role("group", name=f"Osoba {number}", exact=True)
        person.get_by_label("Imię", exact=True).fill(first)
        person.get_by_label("Nazwisko", exact=True).fill(last)
        person.get_by_label("Kim jest w rodzinie").select_option(label=kinship)
        person.get_by_label("Data urodzenia").fill(born)
        person.get_by_label("Gdzie mieszka").select_option(label=stay)
        if kinship == "dziecko":
            person.get_by_label("mężczyzna" if first == "Kacper" else "kobieta").check()
    page.get_by_role("button", name="Załóż teczkę").click()


def assign(page, assistant):
    page.get_by_label(re.compile("Magdalena Żółkiewska, matka")).check()
    page.get_by_label("Dzień zgody").fill("12.10.2026")
    page.get_by_role("row").filter(has_text=assistant).get_by_role("radio").check()
    page.get_by_role("button", name="Rozpocznij pracę i przydziel").click()


def expect_people_at(page, place: str, *names: str) -> None:
    """Headings of the people under a home's heading."""
    home = page.get_by_role("region", name=re.compile(place))
    expect(home.get_by_role("heading", level=3)).to_have_text(names)


def test_entered_assigned_read_and_closed_to_others(visit, another, maria, anna, ewa, tomasz, jan):
    log_in(visit, "maria")
    enter_the_family(visit)
    said(visit, "Założono teczkę rodziny Żółkiewscy: 4 osoby.")
    visit.get_by_role("link", name="Przydziel asystenta").click()
    assign(visit, "Anna Sikora")
    said(visit, "Żółkiewscy: praca od 13.10.2026")
    family = Family.objects.get()
    add_phone(
        family=family, number="600 100 200", starts_on=TODAY, by=maria
    )  # so that every kind of row exists
    make_concern(family, anna, TODAY, at=time(11), starts_at="10:00", ends_at="11:00")
    make_contact(family, anna, TODAY)
    signed_by(create_accepted_plan(family, by=anna, tomasz=tomasz, maria=maria), family, "Magdalena", by=anna)
    assert Assignment.objects.get(period__family=family).assistant == anna
    anna_reads_it_on_a_phone(another(**HANDSET))
    ewa_finds_nothing(another(), ewa, family)
    jan_has_no_families(another(), jan, family)


def anna_reads_it_on_a_phone(page):
    log_in(page, "anna")
    page.get_by_role("link", name="Szukaj").click()
    page.get_by_label("Czego szukasz").fill("zolkiewskiej")
    page.get_by_role("button", name="Szukaj").click()
    page.get_by_role("link", name="Żółkiewscy").click()
    page.get_by_role("link", name="Osoby", exact=True).click()
    here = ("Magdalena Żółkiewska", "Kacper Żółkiewski", "Hanna Żółkiewska")
    expect_people_at(page, "Żymierskiego 14", *here)
    expect_people_at(page, "Chocicz 21", "Tomasz Żółkiewski")
    expect(page.get_by_text("Na przemian tutaj i z rodziną: Hanna Żółkiewska.")).to_be_visible()
    assert not scrolls_sideways(page)


def ewa_finds_nothing(page, ewa, family):
    come_in(page, ewa)
    for route in family_routes()[::8]:  # all of them: tests/test_access_matrix.py
        assert page.request.get(page.base + url_for(route, family)).status == 404, route
    page.goto(f"{page.base}/rodziny/{family.pk}/osoby/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Nie ma takiej strony")
    assert "Żółkiewsc" not in page.content()
    page.get_by_role("searchbox").first.fill("zolkiewskiej")
    page.keyboard.press("Enter")
    expect(page.get_by_text("0 wyników")).to_be_visible()


def jan_has_no_families(page, jan, family):
    come_in(page, jan)
    page.goto(page.base)
    expect(page.get_by_role("link", name="Rodziny")).to_have_count(0)
    assert "Żółkiewsc" not in page.content()
    for address, status in (("/rodziny/", 403), ("/szukaj/", 403), (f"/rodziny/{family.pk}/osoby/", 404)):
        assert page.goto(page.base + address).status == status
        assert "Żółkiewsc" not in page.content()


def test_the_16th_family_needs_a_reason(visit, maria, ewa, unassigned_family):
    """Fifteen were taken on before; the refusal is the sentence of the law, the reason stays in the history."""
    assign_families(ewa, 15, by=maria)
    come_in(visit, maria)
    visit.goto(visit.base + reverse("families:assign", args=[unassigned_family.pk]))
    visit.get_by_label(re.compile("Danuta .*, matka")).check()
    visit.get_by_label("Dzień zgody").fill("12.10.2026")
    visit.get_by_label("Ewa Czyż").check()
    visit.get_by_role("button", name="Rozpocznij pracę i przydziel").click()
    summary = visit.get_by_role("alert").filter(has_text="Pracy nie rozpoczęto.")
    expect(summary).to_be_focused()
    expect(summary.get_by_role("link").first).to_contain_text(LAW)
    expect(visit.get_by_role("group", name="Asystent").get_by_text(LAW)).to_be_visible()
    assert Assignment.objects.filter(assistant=ewa).count() == 15
    expect(visit.get_by_label("Ewa Czyż")).to_be_checked()
    expect(visit.get_by_label("Dzień zgody")).to_have_value("12.10.2026")
    reason = "Tylko pani Ewa zna język migowy."
    visit.get_by_label("Powód przekroczenia limitu").fill(reason)
    visit.get_by_role("button", name="Rozpocznij pracę i przydziel").click()
    said(visit, "Powód przekroczenia limitu jest zapisany.")
    assert Assignment.objects.get(period__family=unassigned_family).override_reason == reason
    visit.get_by_role("link", name="Historia").click()
    expect(visit.get_by_text(reason).first).to_be_visible()

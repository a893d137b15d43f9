"""Everything also without a script: logging in, entering a family row by row, drafts, assigning, filters, search."""

import re

import pytest
from playwright.sync_api import expect

from families.caseload.models import Assignment
from families.people.models import Family
from lubsko_ops.submissions.models import Draft
from tests.browser.conftest import come_in, log_in, said

pytestmark = pytest.mark.browser_context_args(java_script_enabled=False)


def person(page, number):
    return page.get_by_role("group", name=f"Osoba {number}", exact=True)


def describe(row, first, last, kinship):
    row.get_by_label("Imię", exact=True).fill(first)
    row.get_by_label("Nazwisko", exact=True).fill(last)
    row.get_by_label("Kim jest w rodzinie").select_option(label=kinship)


def test_a_family_is_entered_row_by_row_with_a_draft_between(visit, maria):
    log_in(visit, "maria")
    visit.get_by_role("link", name="Rodziny", exact=True).click()
    visit.get_by_role("link", name="Nowa rodzina").first.click()
    visit.get_by_label("Miejscowość").first.fill("Lubsko")
    describe(person(visit, 1), "Danuta", "Lis", "matka")
    visit.get_by_role("button", name="Dodaj osobę").click()
    describe(person(visit, 2), "Kacper", "Lis", "dziecko")
    visit.get_by_role("button", name="Dodaj osobę").click()
    describe(person(visit, 3), "Pomyłka", "Lis", "dziecko")
    visit.get_by_role("button", name="Zapisz szkic").click()
    said(visit, "Szkic zapisany 12:00.")
    assert not Family.objects.exists()

    visit.goto(visit.base)
    visit.get_by_role("link", name="Nowa rodzina").click()
    expect(person(visit, 1).get_by_label("Imię", exact=True)).to_have_value("Danuta")
    visit.get_by_role("button", name="Usuń Osoba 3").click()
    expect(person(visit, 3)).to_be_hidden()
    visit.get_by_role("button", name="Załóż teczkę").click()
    summary = visit.get_by_role("alert").filter(has_text="Rodziny nie zapisano.")
    expect(summary.get_by_role("link")).to_have_text("Osoba 2: Wybierz płeć.")
    person(visit, 2).get_by_label("mężczyzna").check()
    visit.get_by_role("button", name="Załóż teczkę").click()
    said(visit, "Założono teczkę rodziny Lisowie: 2 osoby.")
    assert not Draft.objects.exists()


def test_enter_in_a_field_saves_and_never_removes_a_row(visit, maria):
    come_in(visit, maria)
    visit.goto(f"{visit.base}/rodziny/nowa/")
    visit.get_by_label("Miejscowość").first.fill("Lubsko")
    describe(person(visit, 1), "Danuta", "Lis", "matka")
    person(visit, 1).get_by_label("Nazwisko", exact=True).press("Enter")
    said(visit, "Założono teczkę rodziny Lisowie: 1 osoba.")


def test_an_assistant_is_assigned(visit, maria, anna, ewa, unassigned_family):
    come_in(visit, maria)
    visit.goto(f"{visit.base}/rodziny/{unassigned_family.pk}/")
    visit.get_by_role("link", name="Przydziel asystenta").first.click()
    visit.get_by_label("Pierwszy dzień pracy z rodziną").fill("01.10.2026")
    visit.get_by_role("button", name="Przelicz obciążenie na ten dzień").click()
    expect(visit.get_by_text("Rodziny w dniu 01.10.2026")).to_be_visible()
    visit.get_by_label(re.compile("Danuta .*, matka")).check()
    visit.get_by_label("Dzień zgody").fill("30.09.2026")
    visit.get_by_label("Ewa Czyż").check()
    visit.get_by_role("button", name="Rozpocznij pracę i przydziel").click()
    said(visit, "Lisowie: praca od 01.10.2026")
    assert Assignment.objects.get().assistant == ewa


def test_families_are_filtered_and_found(visit, maria, kowalscy, nowakowie):
    come_in(visit, maria)
    visit.goto(visit.base)
    visit.get_by_role("link", name="Rodziny", exact=True).click()
    visit.get_by_label("Rejon").select_option(label="Rejon I, miasto")
    visit.get_by_role("button", name="Filtruj").click()
    expect(visit.locator(".count")).to_have_text("1 rodzina z 2, od najbliższego terminu.")
    visit.get_by_role("link", name=re.compile("usuń filtr")).click()
    expect(visit.locator(".count")).to_have_text("2 rodziny, od najbliższego terminu.")
    visit.get_by_role("searchbox").fill("nowakowej")
    visit.get_by_role("searchbox").press("Enter")
    expect(visit.get_by_role("heading", level=1)).to_have_text("Wyniki: „nowakowej”")
    visit.get_by_role("link", name="Nowakowie").click()
    expect(visit.get_by_role("heading", level=1)).to_have_text("Rodzina Nowakowie: przegląd")

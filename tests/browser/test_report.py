"""The report in a real browser: a name opens its definition, a number its list, a row its visit, and the way back."""

from datetime import date

from playwright.sync_api import expect

from reports.models import QuarterText
from tests.browser.conftest import come_in
from tests.families.visits.helpers import make_visit
from tests.reports.urls import evening, report_url

JULY = date(2026, 7, 15)


def test_from_the_number_to_the_visit_and_back(visit, maria, anna, kowalscy):
    with evening(JULY):
        make_visit(kowalscy, anna, JULY)
    come_in(visit, maria)
    visit.goto(visit.base + report_url())
    line = visit.locator("#f-wizyty-odbyte")
    definition = visit.get_by_text("Wizyty asystentów z datą w okresie")
    expect(definition).to_be_hidden()
    line.get_by_role("link", name="Odbyte", exact=True).click()
    expect(definition).to_be_visible()
    expect(line.get_by_role("link", name="Odbyte", exact=True)).to_have_attribute("aria-expanded", "true")
    line.get_by_role("link", name="Odbyte", exact=True).click()
    expect(definition).to_be_hidden()
    line.get_by_role("link", name="1", exact=True).first.click()
    expect(visit.get_by_role("heading", level=1)).to_have_text("Wizyty odbyte: 1")
    visit.get_by_role("link", name="15.07.2026").click()
    expect(visit.get_by_role("heading", level=1)).to_contain_text("15.07.2026")
    visit.go_back()
    visit.get_by_role("link", name="Sprawozdanie, III kwartał 2026").click()
    expect(visit).to_have_url(visit.base + report_url() + "#f-wizyty-odbyte")


def test_the_conclusions_are_written_in_place(visit, maria, kowalscy):
    come_in(visit, maria)
    visit.goto(visit.base + report_url())
    visit.get_by_role("textbox", name="Wnioski i potrzeby").fill("Potrzebna superwizja.")
    visit.get_by_role("button", name="Zapisz wnioski").click()
    expect(visit.get_by_text("Zapisano wnioski do sprawozdania.")).to_be_visible()
    expect(visit.get_by_role("textbox", name="Wnioski i potrzeby")).to_have_value("Potrzebna superwizja.")
    assert QuarterText.objects.get().text == "Potrzebna superwizja."

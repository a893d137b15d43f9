"""The manager chooses an assistant: the load follows the day, the reason stands beside the chosen one."""

from datetime import date

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import come_in
from tests.families.caseload.helpers import assign_families
from tests.families.caseload.test_assign import url_of

pytestmark = pytest.mark.usefixtures("limit_of_15")


def test_the_load_follows_the_day_and_what_was_typed_stays(visit, maria, anna, ewa, unassigned_family):
    assign_families(anna, 2, by=maria, on=date(2026, 9, 1))
    come_in(visit, maria)
    visit.goto(visit.base + url_of(unassigned_family))
    row = visit.get_by_role("row").filter(has_text="Anna Sikora")
    expect(row).to_contain_text("2 z 15")
    row.get_by_role("radio").check()
    visit.get_by_label("Dzień zgody").fill("12.08.2026")
    day = visit.get_by_label("Pierwszy dzień pracy z rodziną")
    day.fill("31.08.2026")
    day.blur()
    expect(row).to_contain_text("0 z 15")
    expect(row.get_by_role("radio")).to_be_checked()
    expect(visit.get_by_label("Dzień zgody")).to_have_value("12.08.2026")


def test_the_reason_stands_beside_the_chosen_one_and_the_summary_leads_there(
    visit, maria, anna, ewa, kowalscy
):
    assign_families(ewa, 15, by=maria)
    come_in(visit, maria)
    visit.goto(visit.base + url_of(kowalscy))
    first_part = visit.locator(".views ~ form .fsec").first
    expect(first_part).to_have_css("border-top-width", "0px")  # the views have a line already
    visit.get_by_role("radio", name="Ewa Czyż").check()
    visit.get_by_role("button", name="Zmień asystenta").click()
    summary = visit.get_by_role("alert")
    expect(summary).to_contain_text("albo podaj powód przekroczenia limitu")
    summary.get_by_role("link", name="podaj powód przekroczenia limitu").click()
    reason = visit.get_by_label("Powód przekroczenia limitu")
    expect(reason).to_be_focused()
    beside = visit.locator("tr").filter(has_text="Ewa Czyż").locator("xpath=following-sibling::tr[1]")
    expect(beside.get_by_label("Powód przekroczenia limitu")).to_be_visible()

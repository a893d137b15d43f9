"""Days and hours in the page: read as the server reads them, chosen with one tap, chosen in the calendar by keys."""

from playwright.sync_api import expect

from lubsko_ops.core.parsing import DayKind
from tests.browser.conftest import HANDSET, come_in
from tests.browser.looks import AXE, AXE_SCRIPT
from tests.families.visits.helpers import new_visit_url
from tests.lubsko_ops.test_parsing import (
    HOURS,
    IMPOSSIBLE_DAYS,
    IMPOSSIBLE_HOURS,
    NO_DAYS,
    NO_HOURS,
    SHORT_DAYS,
    TYPED_DAYS,
)

# Types each text into a field of its own and leaves it.
LEAVE_ALL = """([attribute, texts]) => texts.map(([kind, text]) => {
  const field = document.createElement("input");
  field.dataset[attribute] = kind;
  document.body.append(field);
  field.value = text;
  field.dispatchEvent(new Event("change", { bubbles: true }));
  field.remove();
  return field.value;
})"""


def test_the_page_reads_them_as_the_server_does(visit, anna, kowalscy):
    """The same table as tests/lubsko_ops/test_parsing.py; what is not understood stays as it was typed."""
    come_in(visit, anna)
    visit.goto(visit.base)
    days = [(kind, typed, f"{day:%d.%m.%Y}") for typed, day in TYPED_DAYS.items() for kind in DayKind]
    for typed, *by_kind in SHORT_DAYS:
        kinds = (DayKind.NEAR, DayKind.PAST, DayKind.PLANNED)
        days += [(kind, typed, f"{day:%d.%m.%Y}") for kind, day in zip(kinds, by_kind, strict=True)]
        days.append((DayKind.WITH_YEAR, typed, typed))
    days += [(DayKind.NEAR, typed, typed) for typed in (*NO_DAYS, *IMPOSSIBLE_DAYS)]
    hours = [("", typed, f"{at:%H:%M}") for typed, at in HOURS.items()]
    hours += [("", typed, typed) for typed in (*NO_HOURS, *IMPOSSIBLE_HOURS)]
    for attribute, rows in (("day", days), ("hour", hours)):
        shown = visit.evaluate(LEAVE_ALL, [attribute, [[kind, typed] for kind, typed, _ in rows]])
        found = [(kind, typed, value) for (kind, typed, _), value in zip(rows, shown, strict=True)]
        assert found == rows


def test_one_tap_chooses_a_day(another, anna, kowalscy):
    page = another(**HANDSET)
    come_in(page, anna)
    page.goto(page.base + new_visit_url(kowalscy))
    day = page.get_by_label("Data", exact=True)
    page.locator("#div_id_day").get_by_role("button", name="wczoraj").tap()
    expect(day.first).to_have_value("12.10.2026")
    page.locator("#div_id_next_day").get_by_role("button", name="za 2 tygodnie").tap()
    expect(day.nth(1)).to_have_value("27.10.2026")
    expect(page.get_by_role("status").filter(has_text="27 października 2026, wtorek")).to_be_attached()
    page.get_by_role("button", name="Dodaj ustalenie").tap()  # a row that was added has them too
    expect(
        page.locator("#div_id_agreements-1-due_on").get_by_role("button", name="Kalendarz")
    ).to_be_visible()


def test_the_calendar_by_keys(visit, anna, kowalscy):
    """It opens at the day of the field, Escape gives the focus back, Enter chooses."""
    come_in(visit, anna)
    visit.goto(visit.base + new_visit_url(kowalscy))
    opener = visit.locator("#div_id_day").get_by_role("button", name="Kalendarz")
    expect(opener).to_have_accessible_description("Data")
    day = visit.get_by_label("Data", exact=True).first
    opener.press("Enter")
    calendar = visit.get_by_role("dialog", name="październik 2026")
    expect(calendar.get_by_role("gridcell", selected=True)).to_have_text("13")
    expect(calendar.get_by_role("columnheader").first).to_have_text("pn")
    expect(calendar.get_by_role("button", name="13 października 2026, wtorek")).to_be_focused()
    visit.evaluate(AXE_SCRIPT)
    assert visit.evaluate(AXE) == []
    visit.keyboard.press("Escape")
    expect(calendar).to_be_hidden()
    expect(opener).to_be_focused()
    expect(day).to_have_value("13.10.2026")
    opener.press("Enter")
    for key in ("PageUp", "ArrowUp", "Home"):  # 13 September, 6 September, Monday of its week
        visit.keyboard.press(key)
    expect(visit.get_by_role("button", name="31 sierpnia 2026, poniedziałek")).to_be_focused()
    visit.keyboard.press("Enter")
    expect(day).to_have_value("31.08.2026")
    expect(opener).to_be_focused()

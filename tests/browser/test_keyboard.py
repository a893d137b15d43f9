"""Work without a mouse: logging in, the menu, the search, a filter, a file, a form with mistakes."""

import pytest
from playwright.sync_api import expect

from tests.staff import PASSWORD

# Not behind the bar with the save button, and with a ring; the page may still be scrolling to it.
IN_SIGHT = """element => {
  const box = element.getBoundingClientRect(), ring = getComputedStyle(element);
  const middle = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  const uncovered = middle && (element.contains(middle) || middle.contains(element));
  return uncovered && (ring.outlineStyle !== "none" || ring.boxShadow !== "none");
}"""
FAR = 60  # presses of Tab after which something counts as out of reach


def tab_to(page, target, key="Tab") -> None:
    """Press Tab until the target has the focus; it must then be in sight, with a ring around it."""
    page.wait_for_load_state()  # a page still coming takes the focus back
    for _ in range(FAR):
        page.keyboard.press(key)
        if target.evaluate("element => element === document.activeElement"):
            page.wait_for_function(IN_SIGHT, arg=target.element_handle())
            return
    pytest.fail(f"{target} cannot be reached by {key}")


def press(page, target, key="Enter") -> None:
    tab_to(page, target)
    page.keyboard.press(key)


def write(page, label, text) -> None:
    tab_to(page, page.get_by_label(label, exact=True))
    page.keyboard.type(text)


def log_in_by_keys(page, username) -> None:
    page.goto(f"{page.base}/konto/logowanie/")
    write(page, "Nazwa użytkownika", username)
    write(page, "Hasło", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{page.base}/")


def heading(page, words) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def test_the_skip_link_leads_to_the_content(visit, anna, kowalscy):
    log_in_by_keys(visit, "anna")
    visit.keyboard.press("Tab")
    expect(visit.get_by_role("link", name="Przejdź do treści")).to_be_focused()
    visit.keyboard.press("Enter")
    expect(visit.get_by_role("main")).to_be_focused()


def test_the_menu_opens_closes_and_logs_out(visit, anna):
    log_in_by_keys(visit, "anna")
    menu = visit.locator(".top-me summary")
    press(visit, menu)
    expect(visit.get_by_role("link", name="Ustawienia konta")).to_be_visible()
    visit.keyboard.press("Tab")
    expect(visit.get_by_role("link", name="Ustawienia konta")).to_be_focused()
    visit.keyboard.press("Escape")
    expect(visit.get_by_role("link", name="Ustawienia konta")).to_be_hidden()
    expect(menu).to_be_focused()
    visit.keyboard.press("Space")
    press(visit, visit.get_by_role("button", name="Wyloguj"))
    heading(visit, "Zaloguj się")


def test_search_and_open_a_file(visit, anna, kowalscy):
    log_in_by_keys(visit, "anna")
    tab_to(visit, visit.get_by_role("searchbox"))
    visit.keyboard.type("kowalskiej")
    visit.keyboard.press("Enter")
    heading(visit, "Wyniki: „kowalskiej”")
    press(visit, visit.get_by_role("link", name="Kowalscy"))
    heading(visit, "Rodzina Kowalscy: przegląd")
    press(visit, visit.get_by_role("link", name="Osoby", exact=True))
    heading(visit, "Osoby")


def test_the_menu_of_a_person(visit, anna, kowalscy):
    log_in_by_keys(visit, "anna")
    visit.goto(f"{visit.base}/rodziny/{kowalscy.pk}/osoby/")
    menu = visit.locator("details.acts").filter(has_text="Danuta Kowalska")
    expect(menu.get_by_role("link", name="Zmień dane")).to_be_hidden()
    press(visit, menu.locator("summary"))
    visit.keyboard.press("Escape")
    expect(menu.locator("summary")).to_be_focused()
    expect(menu.get_by_role("link", name="Zmień dane")).to_be_hidden()
    visit.keyboard.press("Enter")
    press(visit, menu.get_by_role("link", name="Zmień rolę lub pobyt"))
    heading(visit, "Zmień rolę lub pobyt: Danuta Kowalska")


def test_filter_the_list(visit, maria, kowalscy, nowakowie):
    log_in_by_keys(visit, "maria")
    press(visit, visit.get_by_role("link", name="Rodziny", exact=True))
    tab_to(visit, visit.get_by_label("Rejon"))
    visit.keyboard.type("Rejon II,")
    expect(visit.locator(".count")).to_have_text("1 rodzina z 2, od najbliższego terminu.")
    expect(visit.get_by_label("Rejon")).to_be_focused()
    press(visit, visit.get_by_role("link", name="Nowakowie"))
    heading(visit, "Rodzina Nowakowie: przegląd")


def test_a_form_with_mistakes_lands_on_their_summary(visit, anna, kowalscy):
    log_in_by_keys(visit, "anna")
    visit.goto(f"{visit.base}/rodziny/{kowalscy.pk}/osoby/dodaj/")
    write(visit, "Imię", "Zofia")
    write(visit, "Data urodzenia", "31.02.2020")
    visit.keyboard.press("Enter")
    summary = visit.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("Osoby nie dodano.")
    press(visit, summary.get_by_role("link", name="Wpisz nazwisko."))
    expect(visit.get_by_label("Nazwisko", exact=True)).to_be_focused()
    visit.keyboard.type("Kowalska")
    tab_to(visit, visit.get_by_label("Data urodzenia"))
    visit.keyboard.press("Control+A")
    visit.keyboard.type("29.02.2020")
    press(visit, visit.get_by_label("kobieta", exact=True), "Space")
    tab_to(visit, visit.get_by_label("Kim jest w rodzinie"))
    visit.keyboard.type("dziec")
    visit.keyboard.press("Enter")
    visit.keyboard.press("Tab")
    press(visit, visit.get_by_role("button", name="Dodaj osobę"))
    heading(visit, "Osoby")
    expect(visit.get_by_role("status").filter(has_text="Dodano: Zofia Kowalska, córka.")).to_be_visible()

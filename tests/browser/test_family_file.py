"""A family's file in a real browser: on a phone nothing is out of reach, on paper there is only what is read."""

import pytest
from playwright.sync_api import expect

from families.choices import Kinship
from families.people.address_actions import correct_address
from tests.browser.conftest import DESK, PHONE, come_in


@pytest.mark.parametrize("width", [PHONE["width"], DESK["width"] // 2])
def test_a_person_can_be_added_on_a_phone_and_at_200_percent(visit, anna, kowalscy, width):
    visit.set_viewport_size({"width": width, "height": 780})
    come_in(visit, anna)
    visit.goto(f"{visit.base}/rodziny/{kowalscy.pk}/")
    menu = visit.locator(".idbar details.menu")
    expect(menu.get_by_role("link", name="Dodaj osobę")).to_be_hidden()
    menu.get_by_text("Inne czynności").focus()
    visit.keyboard.press("Enter")
    expect(menu.get_by_role("link", name="Zmień dane rodziny")).to_be_in_viewport(ratio=1)
    menu.get_by_role("link", name="Dodaj osobę").click()
    expect(visit.get_by_role("heading", level=1)).to_have_text("Dodaj osobę")


def test_on_a_desk_the_deeds_are_buttons(visit, anna, kowalscy):
    come_in(visit, anna)
    visit.goto(f"{visit.base}/rodziny/{kowalscy.pk}/")
    expect(visit.locator(".idbar").get_by_text("Inne czynności")).to_be_hidden()
    expect(visit.locator(".idbar").get_by_role("link", name="Dodaj osobę")).to_be_visible()


def test_the_page_one_is_on_comes_into_view_among_the_others(visit, maria, kowalscy):
    visit.set_viewport_size(PHONE)
    come_in(visit, maria)
    visit.goto(f"{visit.base}/rodziny/{kowalscy.pk}/")
    expect(visit.locator(".subnav [aria-current]")).to_be_in_viewport(ratio=1)
    assert "gradient" in visit.locator(".subnav").evaluate("row => getComputedStyle(row).backgroundImage")
    visit.goto(f"{visit.base}/rodziny/{kowalscy.pk}/dostep/")
    expect(visit.locator(".subnav [aria-current]")).to_have_text("Dostęp")
    expect(visit.locator(".subnav [aria-current]")).to_be_in_viewport(ratio=1)


def test_on_paper_there_is_a_head_and_nothing_to_press(visit, maria, kowalscy):
    """And no address that somebody must not learn."""
    father = kowalscy.memberships.get(kinship=Kinship.FATHER).person
    correct_address(address=kowalscy.addresses.get(), version=None, withheld_from=father, by=maria)
    come_in(visit, maria)
    for room in ("", "osoby/", "praca/", "historia/"):
        visit.emulate_media(media="screen")
        assert visit.goto(f"{visit.base}/rodziny/{kowalscy.pk}/{room}").status == 200
        head = visit.locator(".print-head")
        expect(head).to_be_hidden()
        visit.emulate_media(media="print")
        expect(head).to_have_text("Rodzina Kowalscy, 2026/001 · wydruk z dnia 13.10.2026, Maria Bocian")
        # A visit, a deadline or a name is a link on the screen and plain text in print; buttons are not printed.
        displayed = ":is(.tasks, .timeline, .tbl, .facts, .diary)"
        links = visit.locator(f"a:visible:not({displayed} a), button:visible")
        assert {link.get_attribute("class") for link in links.all()} <= {"who"}, room
        assert "Długa" not in visit.locator("body").inner_text(), room

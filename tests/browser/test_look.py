"""The look of the pages: that of the person's system, until she chooses one."""

from playwright.sync_api import expect

from tests.browser.conftest import come_in

LOOK = "document.documentElement.dataset.bsTheme"
PAPER = "getComputedStyle(document.body).backgroundColor"


def test_the_look_follows_the_system_until_one_is_chosen(another, anna):
    page = another(color_scheme="dark")
    page.goto(f"{page.base}/konto/logowanie/")
    assert page.evaluate(LOOK) == "dark"
    come_in(page, anna)
    page.goto(page.base)
    assert page.evaluate(LOOK) == "dark" and page.evaluate(PAPER) != "rgb(255, 255, 255)"
    page.emulate_media(media="print")
    assert page.evaluate(PAPER) == "rgb(255, 255, 255)"
    page.emulate_media(media="screen", color_scheme="light")
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "light")
    page.emulate_media(color_scheme="dark")
    page.locator(".top-me summary").click()
    page.get_by_role("button", name="Jasny wygląd").click()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "light")
    expect(page.locator("html[data-look]")).to_have_count(0)

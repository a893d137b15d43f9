"""The list in a real browser: a filter swaps the results only, the address follows, Back brings the list back."""

from playwright.sync_api import expect

from tests.browser.conftest import come_in


def test_a_filter_swaps_the_results_and_back_brings_them_back(visit, maria, town, kowalscy, nowakowie):
    come_in(visit, maria)
    visit.goto(f"{visit.base}/rodziny/")
    expect(visit.locator(".count")).to_have_text("2 rodziny, od najbliższego terminu.")
    visit.evaluate("document.querySelector('h1').dataset.kept = '1'")
    visit.get_by_label("Rejon").select_option(label="Rejon I, miasto")
    expect(visit.locator(".count")).to_have_text("1 rodzina z 2, od najbliższego terminu.")
    expect(visit).to_have_url(f"{visit.base}/rodziny/?rejon={town.pk}")
    expect(visit.locator("h1")).to_have_attribute("data-kept", "1")
    expect(visit.locator("#results")).to_have_count(1)
    expect(visit.get_by_role("link", name="Kowalscy")).to_be_visible()
    expect(visit.get_by_role("link", name="Nowakowie")).to_have_count(0)
    visit.go_back()
    expect(visit.locator(".count")).to_have_text("2 rodziny, od najbliższego terminu.")
    expect(visit).to_have_url(f"{visit.base}/rodziny/")
    expect(visit.get_by_label("Rejon")).to_have_value("")
    visit.go_forward()
    expect(visit.locator(".count")).to_have_text("1 rodzina z 2, od najbliższego terminu.")
    expect(visit.get_by_label("Rejon")).to_have_value(str(town.pk))


def test_each_filter_makes_one_entry_of_the_browsers_history(visit, maria, town, anna, kowalscy, nowakowie):
    """Chosen and then sent with the button as well: one step back for each filter, not two."""
    come_in(visit, maria)
    visit.goto(f"{visit.base}/rodziny/")
    before = visit.evaluate("history.length")
    visit.get_by_label("Rejon").select_option(label="Rejon I, miasto")
    expect(visit.locator(".count")).to_have_text("1 rodzina z 2, od najbliższego terminu.")
    visit.get_by_role("button", name="Filtruj").click()
    visit.wait_for_load_state("networkidle")
    assert visit.evaluate("history.length") == before + 1
    visit.get_by_label("Asystent").select_option(label="Anna Sikora")
    expect(visit.locator(".chip")).to_have_count(2)
    assert visit.evaluate("history.length") == before + 2
    visit.go_back()
    expect(visit.locator(".chip")).to_have_count(1)
    visit.go_back()
    expect(visit.locator(".chip")).to_have_count(0)
    expect(visit).to_have_url(f"{visit.base}/rodziny/")


def test_what_is_filtered_is_what_is_downloaded(visit, maria, town, kowalscy, nowakowie):
    come_in(visit, maria)
    visit.goto(f"{visit.base}/rodziny/")
    visit.get_by_label("Rejon").select_option(label="Rejon I, miasto")
    expect(visit.locator(".count")).to_contain_text("1 rodzina z 2")
    with visit.expect_download() as download:
        visit.get_by_role("button", name="Pobierz listę (XLSX)").click()
    assert download.value.suggested_filename == "rodziny-w-toku-2026-10-13.xlsx"
    assert f"rejon={town.pk}" in download.value.url


def test_the_search_box_leads_to_an_answer_back_and_again(visit, anna, kowalscy):
    come_in(visit, anna)
    visit.goto(visit.base)
    visit.get_by_role("searchbox").first.fill("kowalskiej")
    visit.keyboard.press("Enter")
    visit.get_by_role("link", name="Kowalscy").click()
    expect(visit.get_by_role("heading", level=1)).to_have_text("Rodzina Kowalscy: przegląd")
    visit.go_back()
    expect(visit.get_by_role("link", name="Kowalscy")).to_be_visible()
    visit.reload()
    expect(visit.get_by_role("link", name="Kowalscy")).to_be_visible()

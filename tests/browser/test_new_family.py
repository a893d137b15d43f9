"""Nowa rodzina with scripts: the number tells birth and sex, rows carry the surname over, nothing covers a field."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.conftest import DESK, come_in
from tests.families.people.helpers import DANUTA, KACPER, page_url


@pytest.fixture
def form(visit, maria):
    come_in(visit, maria)
    # These stories leave the form half filled: no draft may reach the server after the test has ended.
    visit.route(f"**{reverse('draft')}", lambda route: route.fulfill(json={"saved_at": "12:00"}))
    visit.goto(f"{visit.base}/rodziny/nowa/")
    yield visit
    visit.evaluate("document.querySelector('form[data-draft-url]').dispatchEvent(new Event('submit'))")


def of(form, number, name):
    return form.locator(f"[name=people-{number}-{name}]")


def test_the_number_fills_birth_and_sex_where_they_are_empty(form):
    of(form, 0, "pesel").press_sequentially(f"{DANUTA[:6]} {DANUTA[6:]}")
    expect(of(form, 0, "born_on")).to_have_value("09.05.1988")
    expect(of(form, 0, "sex").and_(form.locator("[value=female]"))).to_be_checked()
    of(form, 0, "born_on").fill("10.05.1988")
    of(form, 0, "pesel").fill(KACPER)
    expect(of(form, 0, "born_on")).to_have_value("10.05.1988")  # what somebody typed stays


@pytest.mark.parametrize(
    "typed,sentence",
    [
        ("88050912347", "Ten PESEL ma błąd w cyfrach. Przepisz go jeszcze raz z dokumentu."),
        ("88130912345", "Ten PESEL ma błąd w cyfrach. Przepisz go jeszcze raz z dokumentu."),
        ("8805091234", "PESEL ma 11 cyfr. Sprawdź, czy żadnej nie brakuje."),
        ("8805091234A", "PESEL składa się z samych cyfr."),
    ],
)
def test_a_wrong_number_says_so_under_the_field_in_the_words_of_the_server(form, typed, sentence):
    of(form, 0, "pesel").fill(typed)
    of(form, 0, "first_name").focus()
    said = form.get_by_role("status").filter(has_text=sentence)
    expect(said).to_be_visible()
    expect(of(form, 0, "pesel")).to_have_attribute("aria-describedby", said.get_attribute("id"))
    expect(of(form, 0, "born_on")).to_have_value("")
    of(form, 0, "pesel").fill(DANUTA)
    expect(said).to_have_count(0)
    of(form, 0, "pesel").fill(typed)
    of(form, 0, "first_name").fill("Danuta")
    of(form, 0, "last_name").fill("Lis")
    of(form, 0, "kinship").select_option("mother")
    form.get_by_label("Miejscowość").first.fill("Lubsko")
    form.get_by_role("button", name="Załóż teczkę").click()
    expect(form.get_by_role("alert").get_by_role("link", name=sentence)).to_be_visible()


def test_rows_carry_the_surname_and_children_come_after_parents(form):
    of(form, 0, "last_name").fill("Kowalska-Lis")
    of(form, 0, "kinship").select_option("mother")
    form.get_by_role("button", name="Dodaj osobę").click()
    expect(of(form, 1, "last_name")).to_have_value("Kowalska-Lis")
    of(form, 1, "kinship").select_option("father")
    expect(of(form, 1, "last_name")).to_have_value("Kowalski-Lis")
    form.get_by_role("button", name="Dodaj osobę").click()
    expect(of(form, 2, "kinship")).to_have_value("child")
    of(form, 2, "last_name").fill("Kowalski")
    form.locator("label:has([name=people-2-sex][value=female])").click()
    expect(of(form, 2, "last_name")).to_have_value("Kowalski")  # typed by hand, it stays
    form.get_by_role("button", name="Dodaj osobę").click()
    expect(of(form, 3, "kinship")).to_have_value("child")
    expect(of(form, 3, "pesel")).to_be_focused()


def test_labels_and_controls_stand_level_beside_an_error(form):
    form.set_viewport_size(DESK)
    of(form, 0, "born_on").fill("17.33.2000")
    form.get_by_role("button", name="Załóż teczkę").click()
    expect(form.get_by_text("Takiego dnia nie ma w kalendarzu").last).to_be_visible()
    form.wait_for_load_state()  # a style sheet that has not come yet would put things elsewhere
    tops = form.evaluate(
        """() => [...document.querySelectorAll(".person-facts > .field")].map((field) => [
          (field.querySelector("label.form-label") || field.querySelector("legend")).getBoundingClientRect().top,
          (field.querySelector("input.form-control, select, .seg")).getBoundingClientRect().bottom])"""
    )
    for level in zip(*tops, strict=True):
        assert max(level) - min(level) < 3, tops


def test_the_bar_covers_no_field_of_a_short_form(visit, anna, kowalscy):
    come_in(visit, anna)
    visit.set_viewport_size({"width": 1280, "height": 900})
    visit.goto(visit.base + page_url(kowalscy, "address-move"))
    last = visit.get_by_label("Komu nie ujawniać tego adresu")
    last.scroll_into_view_if_needed()
    assert last.evaluate(
        """(e) => { const box = e.getBoundingClientRect();
             return document.elementFromPoint(box.left + 20, box.bottom - 3) === e; }"""
    )

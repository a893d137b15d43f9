"""A form left open over a logout or an idle hour, clicked twice, sent again, edited by two, closed while typing."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from families.people.models import Membership, Person
from lubsko_ops.core import clock
from lubsko_ops.submissions.models import Draft
from tests.browser.conftest import come_in, fill_in_login, log_in, log_out, said, until

START = datetime(2026, 10, 13, 12)
A_WHILE = 3100  # milliseconds of rest after which what was typed is on the server
WORDS = "Zofia po ślubie Wilczyńska"
SPELLING = "Inna pisownia imienia i nazwiska"


@pytest.fixture
def form(kowalscy):
    """The address of a form in anna's family."""
    return reverse("families:person-add", args=[kowalscy.pk])


def fill(page, **other):
    """A daughter, with a text that would be hard to write again."""
    texts = {"Imię": "Zofia", "Nazwisko": "Kowalska", SPELLING: WORDS, "Data urodzenia": "01.09.2019"} | other
    for label, text in texts.items():
        page.get_by_label(label, exact=True).fill(text)
    page.get_by_label("Kim jest w rodzinie").select_option(label="dziecko")
    page.get_by_label("kobieta", exact=True).check()


def rest(page, words="Szkic zapisany 12:00"):
    """Stop typing for a while; the state of the draft then stands beside the button."""
    page.clock.fast_forward(A_WHILE)
    expect(page.locator("#stan-szkicu")).to_contain_text(words)


def save(page):
    page.get_by_role("button", name="Dodaj osobę").click()


def is_all_there(page):
    expect(page.get_by_label("Imię", exact=True)).to_have_value("Zofia")
    expect(page.get_by_label(SPELLING)).to_have_value(WORDS)
    expect(page.get_by_label("Kim jest w rodzinie")).to_have_value("child")
    expect(page.get_by_label("kobieta", exact=True)).to_be_checked()


def one_daughter():
    """She was saved, once, and nothing waits any more."""
    daughter = Person.objects.get(first_name="Zofia")
    assert daughter.other_spellings == [WORDS]
    assert Membership.objects.filter(person=daughter).count() == 1
    assert not Draft.objects.exists()


def test_a_logout_in_another_tab(visit, watched, anna, form):
    visit.clock.install()
    log_in(visit, "anna")
    visit.goto(visit.base + form)
    other_tab = watched(visit.context.new_page())
    other_tab.goto(visit.base)
    log_out(other_tab)
    fill(visit)
    rest(visit, "Sesja wygasła. Zaloguj się w nowej karcie; tekst zostaje tutaj.")
    assert Draft.objects.get().content["other_spellings"] == [WORDS]
    save(visit)
    expect(visit.get_by_role("heading", level=1)).to_have_text("Zaloguj się")
    fill_in_login(visit, "anna")
    is_all_there(visit)
    expect(visit.get_by_text("To jest szkic")).to_be_visible()
    save(visit)
    said(visit, "Dodano: Zofia Kowalska, córka.")
    one_daughter()


def test_a_logout_and_a_new_login_in_another_tab(visit, watched, anna, form):
    visit.clock.install(time=START)
    log_in(visit, "anna")
    visit.goto(visit.base + form)
    visit.clock.pause_at(START + timedelta(minutes=10))  # no draft is saved between the logout and the login
    fill(visit)
    other_tab = watched(visit.context.new_page())
    other_tab.goto(visit.base)
    log_out(other_tab)
    log_in(other_tab, "anna")
    rest(visit)
    save(visit)
    said(visit, "Dodano: Zofia Kowalska, córka.")
    one_daughter()


def test_an_hour_at_the_telephone(visit, anna, form):
    """The page asks five minutes before; the second time nobody answers: logged out, the text waits."""
    start = clock.now()
    visit.clock.install()
    come_in(visit, anna)
    visit.goto(visit.base + form)
    fill(visit)
    rest(visit)
    question = visit.get_by_role("dialog", name="Za 5 minut bez pracy wylogujemy Cię")
    with clock.freeze_time(start + timedelta(minutes=26)):
        visit.clock.fast_forward("26:00")
        question.get_by_role("button", name="Pracuję dalej").click()
        expect(question).to_have_count(0)
        visit.get_by_label("Nazwisko", exact=True).fill("Kowalska-Wilczyńska")
        rest(visit, "Szkic zapisany 12:26")
    with clock.freeze_time(start + timedelta(minutes=57)):
        visit.clock.fast_forward("26:00")
        expect(question).to_be_visible()
        visit.clock.fast_forward("05:00")
        visit.clock.fast_forward(2000)
        expect(visit.get_by_role("heading", level=1)).to_have_text("Zaloguj się")
        visit.go_back()
        expect(visit.get_by_role("heading", level=1)).to_have_text("Zaloguj się")
        fill_in_login(visit, "anna")
        visit.get_by_role("link", name="Wróć do szkicu").click()
        is_all_there(visit)
        expect(visit.get_by_label("Nazwisko", exact=True)).to_have_value("Kowalska-Wilczyńska")
        save(visit)
        said(visit, "Dodano: Zofia Kowalska-Wilczyńska, córka.")
        one_daughter()


def test_a_double_click(visit, anna, form):
    come_in(visit, anna)
    visit.goto(visit.base + form)
    fill(visit)
    visit.get_by_role("button", name="Dodaj osobę").dblclick()
    said(visit, "Dodano: Zofia Kowalska, córka.")
    one_daughter()


def test_back_after_saving_says_so_and_begins_anew(visit, anna, form):
    """What the browser would put back has no dates and no added rows: it would be another, maimed text."""
    come_in(visit, anna)
    visit.goto(visit.base + form)
    fill(visit)
    save(visit)
    said(visit, "Dodano: Zofia Kowalska, córka.")
    visit.go_back()
    displayed = visit.get_by_role("status").filter(has_text="Ten formularz jest już zapisany.")
    expect(displayed).to_be_focused()
    expect(visit.get_by_label("Imię", exact=True)).to_have_value("")
    displayed.get_by_role("link", name="Zobacz, co zapisano").click()
    expect(visit.get_by_role("heading", name="Zofia Kowalska")).to_have_count(1)
    one_daughter()


def test_back_after_saving_and_typed_on_is_a_new_form(visit, anna, form):
    visit.clock.install()
    come_in(visit, anna)
    visit.goto(visit.base + form)
    fill(visit)
    save(visit)
    said(visit, "Dodano: Zofia Kowalska, córka.")
    visit.go_back()
    fill(visit, **{"Imię": "Hanna", "Data urodzenia": "02.10.2021", SPELLING: ""})
    visit.clock.fast_forward(A_WHILE)
    rest(visit)
    save(visit)
    said(visit, "Dodano: Hanna Kowalska, córka.")
    one_daughter()


def test_back_when_nothing_can_be_asked_and_sent_again_is_the_same_record(visit, anna, form):
    come_in(visit, anna)
    visit.route("**/szkice/zapisany/", lambda route: route.fulfill(status=429))
    visit.goto(visit.base + form)
    fill(visit, **{"Data urodzenia": ""})
    save(visit)
    said(visit, "Dodano: Zofia Kowalska, córka.")
    visit.go_back()
    is_all_there(visit)
    save(visit)
    said(visit, "Dodano: Zofia Kowalska, córka.")
    one_daughter()


def test_two_people_edit_the_same_person(visit, another, anna, tomasz, kowalscy):
    mother = Person.objects.get(first_name="Danuta")
    form = reverse("families:person-edit", args=[kowalscy.pk, mother.pk])
    hers, his = visit, another()
    for page, user in ((hers, anna), (his, tomasz)):
        come_in(page, user)
        page.goto(page.base + form)
    hers.get_by_label(SPELLING).fill("Danuta z domu Lis")
    hers.get_by_role("button", name="Zapisz dane").click()
    said(hers, "Zapisano")
    his.get_by_label(SPELLING).fill("Danuta Nowak")
    his.get_by_role("button", name="Zapisz dane").click()
    both = his.get_by_role("alert").filter(has_text="zapisał go ktoś inny: Anna Sikora")
    expect(both).to_be_focused()
    expect(both.get_by_role("row").filter(has_text=SPELLING)).to_contain_text("Danuta z domu Lis")
    expect(both.get_by_role("row").filter(has_text=SPELLING)).to_contain_text("Danuta Nowak")
    his.get_by_label(SPELLING).fill("Danuta z domu Lis\nDanuta Nowak")
    his.get_by_role("button", name="Zapisz dane").click()
    said(his, "Zapisano")
    mother.refresh_from_db()
    assert mother.other_spellings == ["Danuta z domu Lis", "Danuta Nowak"]


def test_a_tab_closed_while_typing(visit, watched, anna, form):
    come_in(visit, anna)
    visit.goto(visit.base + form)
    fill(visit)
    rest_of_work = watched(visit.context.new_page())
    visit.close(run_before_unload=True)
    until(Draft.objects.exists)  # the last call of a page comes when the page is gone
    rest_of_work.goto(rest_of_work.base)
    rest_of_work.get_by_role("region", name="Niedokończone szkice: 1").get_by_role("link").click()
    is_all_there(rest_of_work)
    save(rest_of_work)
    said(rest_of_work, "Dodano: Zofia Kowalska, córka.")
    one_daughter()

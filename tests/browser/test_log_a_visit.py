"""A visit on a phone, with one hand: an agreement settled, two children seen, two actions of the plan touched, a
danger the manager reads at once."""

import re
import time
from datetime import date

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from families.assessments.actions import record_assessment
from families.choices import Kinship, Sex
from families.people.actions import add_member
from families.visits.models import Agreement, Visit
from lubsko_ops.core import clock
from lubsko_ops.submissions.models import Draft
from tests.browser.conftest import HANDSET, come_in, fill_in_login, said, scrolls_sideways, until
from tests.browser.looks import wrong_with
from tests.factories import OPENED_ON, WORK_STARTED_ON, person_data
from tests.families.visits.helpers import make_visit, new_visit_url
from tests.plan_factories import BUDGET_ROW, EDUCATION_ROW, create_plan_in_force

FACTS = "Kacper odrabiał lekcje przy stole. Zosia chora, katar, bez gorączki."


@pytest.fixture
def with_two_children(kowalscy, anna, maria):
    """The Kowalscy with Zosia; the children were seen three weeks ago, when something was agreed."""
    zosia = person_data("Zosia", "Kowalska", Sex.FEMALE, date(2022, 5, 1))
    girl = add_member(
        family=kowalscy, person=zosia, kinship=Kinship.CHILD, starts_on=OPENED_ON, by=maria
    ).person
    boy = kowalscy.memberships.filter(kinship=Kinship.CHILD).exclude(person=girl).get().person
    mother = kowalscy.memberships.get(kinship=Kinship.MOTHER).person
    agreed = [
        Agreement(what="Złożyć wniosek o dodatek mieszkaniowy", person=mother, due_on=date(2026, 10, 9)),
        Agreement(what="Zadzwonić do wychowawczyni", agreed_by="assistant", due_on=date(2026, 10, 2)),
    ]
    make_visit(kowalscy, anna, date(2026, 9, 22), present=[mother, boy, girl], agreements=agreed)
    assessed = {
        "covers_from": WORK_STARTED_ON,
        "covers_to": date(2026, 8, 31),
        "handed_over_on": date(2026, 9, 1),
    }
    record_assessment(period=kowalscy.periods.get(), by=anna, **assessed)
    return kowalscy


@pytest.fixture
def with_a_plan(with_two_children, anna, tomasz, maria):
    """And a plan in force since a fortnight: reading, paying."""
    with clock.freeze_time(date(2026, 9, 29)):
        create_plan_in_force(with_two_children, by=anna, tomasz=tomasz, maria=maria)
    return with_two_children


def touch_the_plan(page):
    """Two actions, one tap each; of the second also what has become of it."""
    states = page.get_by_role("group", name=f"Stan: {BUDGET_ROW['goal']}")
    expect(states).to_be_hidden()
    for row in (EDUCATION_ROW, BUDGET_ROW):
        page.get_by_role("checkbox", name=row["goal"]).check()
    states.get_by_label("częściowo", exact=True).check()


def enter_facts(page):
    """Nothing of it is ticked beforehand: one tap for the adults of the last visit, one for each child."""
    page.get_by_label("odbyta", exact=True).check()
    mother = page.get_by_role("checkbox", name=re.compile(r"^Danuta\b"))
    expect(mother).not_to_be_checked()
    page.get_by_role("button", name="Dorośli jak ostatnio: Danuta").click()
    expect(mother).to_be_checked()
    for name in ("Kacper", "Zosia"):
        child = page.get_by_role("checkbox", name=re.compile(rf"^{name}\b.*lat"))
        expect(child).not_to_be_checked()
        child.check()
    page.get_by_label("Co się działo").fill(FACTS)
    page.get_by_role("group", name="Podpis rodziny").get_by_label("podpis", exact=True).check()


def say_of_the_danger(page):
    danger = page.get_by_role("group", name="Zagrożenie bezpieczeństwa dziecka")
    expect(danger.get_by_label("Co zagraża i któremu dziecku")).to_be_hidden()
    danger.get_by_label("Zagrożenie bezpieczeństwa dziecka").check()
    danger.get_by_label("Co zagraża i któremu dziecku").fill("Okno bez klamki, Zosia wchodzi na parapet.")
    danger.get_by_label("Co zrobiono na miejscu").fill("Odsunięte łóżko od okna.")
    danger.get_by_label("Kogo zawiadomiono").select_option(label="administrację budynku")


def late_visit_of(page, family) -> list[bool]:
    """Whether the overdue visit is shown on the start page, in the list and in the file."""
    displayed = []
    for path, place in (
        ("/", page.get_by_role("region", name="Po terminie").get_by_role("link", name="Kowalscy: wizyta")),
        ("/rodziny/", page.get_by_role("row").filter(has_text="Kowalscy").get_by_text("po terminie")),
        (f"/rodziny/{family.pk}/", page.get_by_role("main").get_by_text("po terminie 7 dni").first),
    ):
        page.goto(page.base + path)
        displayed.append(place.is_visible())
    return displayed


def test_logged_on_a_phone_in_under_a_minute(another, visit, anna, maria, with_a_plan):
    """From the start page in two taps; the manager reads of the danger at once, the overdue visit is shown no more."""
    page = another(**HANDSET)
    come_in(page, anna)
    come_in(visit, maria)
    assert late_visit_of(page, with_a_plan) == [True, True, True]
    visit.goto(visit.base)
    expect(visit.get_by_text("Zagrożenie bezpieczeństwa dziecka")).to_have_count(0)
    page.goto(page.base)
    begun = time.monotonic()
    page.get_by_role("link", name="Zapisz wizytę", exact=True).click()
    page.get_by_role("link", name="Kowalscy").click()
    page.get_by_role("group", name="Złożyć wniosek").get_by_label("zrobione").check()
    enter_facts(page)
    touch_the_plan(page)
    say_of_the_danger(page)
    assert not scrolls_sideways(page)
    page.get_by_role("button", name="Zapisz wizytę").click()
    said(page, "Zapisano wizytę: Kowalscy, 13.10.2026, 11:00–12:00.")
    assert time.monotonic() - begun < 60
    saved = Visit.objects.get(day=date(2026, 10, 13))
    assert {row.person.first_name for row in saved.attendees.all()} == {"Danuta", "Kacper", "Zosia"}
    assert [tick.outcome for tick in saved.agreement_outcomes.all()] == ["done"]
    assert [row.state for row in saved.plan_progress.order_by("action__position")] == ["", "partly"]
    visit.reload()
    expect(visit.get_by_role("heading", level=1)).to_have_text("Do decyzji: 1 sprawa")
    flag = visit.get_by_role("listitem").filter(has_text="Zagrożenie bezpieczeństwa dziecka")
    expect(flag).to_contain_text("Okno bez klamki, Zosia wchodzi na parapet.")
    flag.get_by_role("link", name="Kowalscy", exact=True).click()
    expect(visit.get_by_role("heading", name="Zagrożenie bezpieczeństwa dziecka")).to_be_visible()
    visit.goto(f"{visit.base}/rodziny/{with_a_plan.pk}/")
    expect(visit.get_by_role("region", name="Zagrożenie")).to_contain_text("Okno bez klamki")
    assert late_visit_of(page, with_a_plan) == [False, False, False]


def test_what_depends_on_a_choice_shows_when_it_is_chosen(visit, anna, with_two_children):
    come_in(visit, anna)
    visit.goto(visit.base + new_visit_url(with_two_children))
    reasons, people = (
        visit.get_by_role("group", name=name) for name in ("Dlaczego się nie odbyła", "Kto był")
    )
    expect(reasons).to_be_hidden()
    expect(people).to_be_visible()
    visit.get_by_label("nieudana", exact=True).check()
    expect(reasons).to_be_visible()
    expect(people).to_be_hidden()
    reasons.get_by_label("odmowa wpuszczenia").check()
    expect(people).to_be_visible()
    expect(visit.get_by_label("Do", exact=True)).to_be_hidden()
    moved = visit.get_by_label("Na kiedy").first
    expect(moved).to_be_hidden()
    visit.get_by_label("przełożone").first.check()
    expect(moved).to_be_visible()
    expect(visit.get_by_role("status").filter(has_text="Szkic zapisany")).to_be_visible()


def begun_on_a_phone(page, user, family):
    """A visit with its text, not sent yet."""
    come_in(page, user)
    page.goto(page.base + new_visit_url(family))
    page.get_by_label("zrobione").first.check()
    enter_facts(page)
    say_of_the_danger(page)
    return page


def test_saving_and_leaving_stay_side_by_side_when_the_draft_is_saved(another, anna, with_two_children):
    page = begun_on_a_phone(another(**HANDSET), anna, with_two_children)
    expect(page.get_by_role("status").filter(has_text="Szkic zapisany")).to_be_visible()
    bar = page.locator(".savebar")
    save, leave = bar.get_by_role("button", name="Zapisz wizytę"), bar.get_by_role("link", name="Anuluj")
    assert save.bounding_box()["y"] == leave.bounding_box()["y"]


def one_visit_with_everything():
    visit = Visit.objects.get(day=date(2026, 10, 13))
    assert (visit.facts, visit.attendees.count(), visit.agreement_outcomes.count()) == (FACTS, 3, 1)
    assert visit.concern.action_taken == "Odsunięte łóżko od okna."
    assert not Draft.objects.exists()


def test_tapped_twice_then_back_is_one_visit(another, anna, with_two_children):
    page = begun_on_a_phone(another(**HANDSET), anna, with_two_children)
    page.get_by_role("button", name="Zapisz wizytę").dblclick()
    said(page, "Zapisano wizytę: Kowalscy")
    one_visit_with_everything()
    page.go_back()
    displayed = page.get_by_role("status").filter(has_text="Ten formularz jest już zapisany.")
    expect(displayed).to_be_focused()
    displayed.get_by_role("link", name="Zobacz, co zapisano").click()
    expect(page.get_by_text("Okno bez klamki")).to_be_visible()
    one_visit_with_everything()


def test_the_login_ended_in_the_meantime(another, anna, with_two_children):
    page = another(**HANDSET)
    begun_on_a_phone(page, anna, with_two_children)
    Session.objects.all().delete()
    page.get_by_role("button", name="Zapisz wizytę").click()
    fill_in_login(page, "anna")
    expect(page.get_by_label("Co się działo")).to_have_value(FACTS)
    expect(page.get_by_text("To jest szkic")).to_be_visible()
    page.get_by_role("button", name="Zapisz wizytę").click()
    said(page, "Zapisano wizytę: Kowalscy")
    one_visit_with_everything()


def test_a_tab_closed_while_typing(another, watched, anna, with_two_children):
    """Closed at once, before the draft was kept by itself; found on the start page again."""
    page = another(**HANDSET)
    begun_on_a_phone(page, anna, with_two_children)
    page.get_by_role("button", name="Dodaj ustalenie").click()
    page.get_by_label("Co", exact=True).nth(1).fill("Uzupełnić zeszyt")
    later = watched(page.context.new_page())
    page.close(run_before_unload=True)
    until(lambda: "Uzupełnić zeszyt" in str([draft.content for draft in Draft.objects.all()]))
    later.goto(later.base)
    later.get_by_role("link", name="Kowalscy: Wizyta: 13.10.2026, 11:00").click()
    expect(later.get_by_label("Co się działo")).to_have_value(FACTS)
    later.get_by_label("Kto", exact=True).nth(1).select_option(label="rodzina")
    later.get_by_role("button", name="Zapisz wizytę").click()
    said(later, "Zapisano wizytę: Kowalscy")
    one_visit_with_everything()
    assert Visit.objects.get(day=date(2026, 10, 13)).agreements.get().what == "Uzupełnić zeszyt"


@pytest.mark.browser_context_args(reduced_motion="reduce")
def test_pages_of_a_visit_look_right(visit, anna, with_a_plan):
    """With all that is hidden shown: a refusal, a danger, a moved agreement, a dropped action, the question before
    saving."""
    come_in(visit, anna)
    visit.goto(visit.base + new_visit_url(with_a_plan))
    touch_the_plan(visit)
    visit.get_by_text("Inny stan albo uwaga").last.click()
    visit.get_by_label("odstąpiono").last.check()
    visit.get_by_label("przełożone").first.check()
    visit.get_by_label("Inna osoba").check()
    visit.get_by_label("Zagrożenie bezpieczeństwa dziecka").check()
    visit.get_by_role("button", name="Zapisz wizytę").click()
    expect(visit.get_by_role("alert")).to_contain_text("Wizyty nie zapisano.")
    faults = wrong_with(visit)
    visit.goto(visit.base + new_visit_url(with_a_plan))
    enter_facts(visit)
    visit.get_by_label("Data", exact=True).first.fill("03.08.2026")
    visit.get_by_role("button", name="Zapisz wizytę").click()
    expect(visit.get_by_role("alert")).to_contain_text("Ta wizyta była 71 dni temu.")
    faults += wrong_with(visit)
    assert faults == []

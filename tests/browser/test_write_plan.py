"""The plan written at the kitchen table on a phone: rows added, taken from the library, moved; and without a script."""

from datetime import date

import pytest
from playwright.sync_api import expect

from families.choices import ActionState, PlanState
from families.plans.actions import record_progress, return_plan
from families.plans.models import Plan
from lubsko_ops.core import clock
from tests.browser.conftest import HANDSET, come_in, said, scrolls_sideways, until
from tests.browser.looks import wrong_with
from tests.families.plans.editor import edit_plan_url, new_plan_url
from tests.plan_factories import EDUCATION_ROW, create_draft_plan, create_plan_in_force, create_sent_plan


def row(page, number):
    return page.get_by_role("group", name=f"Wiersz {number}", exact=True)


def write(part, area="Edukacja i rozwój dzieci", **words):
    part.get_by_label("Obszar").select_option(label=area)
    for label, text in words.items():
        part.get_by_label(LABELS[label]).fill(text)


LABELS = {
    "goal": "Cel szczegółowy",
    "actions": "Działania",
    "expected_outcome": "Po czym poznamy, że się udało",
    "who": "Kto",
    "due_on": "Termin",
}
READ = {name: EDUCATION_ROW[name] for name in ("goal", "actions", "expected_outcome", "who")} | {
    "due_on": "31.01.2027"
}


def titles(page):
    return page.locator("[data-row]:not([hidden]) [data-title]")


def expect_titles(page, *goals: str) -> None:
    """The rows in their order. It waits: the answer to a click may still be arriving."""
    expect(titles(page)).to_have_text(goals)


def test_written_on_a_phone_with_the_family(another, anna, kowalscy):
    page = another(**HANDSET)
    come_in(page, anna)
    page.goto(page.base + new_plan_url(kowalscy))
    page.get_by_label("Cel główny").fill("Kacper chodzi do szkoły, a dom jest spokojny.")
    write(row(page, 1), **READ)
    expect(page.locator("[data-title]").first).to_have_text(EDUCATION_ROW["goal"])
    page.get_by_text("Wybierz cel z biblioteki").click()
    page.locator("summary").get_by_text("Budżet domowy i zadłużenie", exact=True).click()
    page.get_by_role("button", name="Czynsz i rachunki płacone są w terminie").click()
    expect(row(page, 2).get_by_label("Cel szczegółowy")).to_have_value(
        "Czynsz i rachunki płacone są w terminie"
    )
    expect(row(page, 2).get_by_text("Na przykład: stałe zlecenie")).to_be_visible()
    page.get_by_role("button", name="Dodaj wiersz").click()
    row(page, 3).get_by_label("Cel szczegółowy").fill("Okno w pokoju dzieci zabezpieczone")
    expect(row(page, 1).get_by_role("button", name="Przesuń w górę")).to_be_hidden()
    row(page, 3).get_by_role("button", name="Przesuń w górę").click()
    row(page, 2).get_by_role("button", name="Przesuń w górę").click()
    expect(titles(page).first).to_have_text("Okno w pokoju dzieci zabezpieczone")
    row(page, 1).get_by_role("button", name="Usuń wiersz 1").click()
    expect_titles(page, EDUCATION_ROW["goal"], "Czynsz i rachunki płacone są w terminie")
    assert not scrolls_sideways(page)
    page.get_by_role("button", name="Zapisz szkic planu").click()
    said(page, "Zapisano szkic planu pracy: Kowalscy, wersja 1.")
    plan = Plan.objects.get()
    assert [each.goal for each in plan.actions.order_by("position")] == [
        EDUCATION_ROW["goal"],
        "Czynsz i rachunki płacone są w terminie",
    ]

    page.goto(page.base + edit_plan_url(plan))
    expect(page.locator("[data-no-term]:visible")).to_have_count(1)
    page.get_by_role("button", name="Wyślij do konsultacji").click()
    summary = page.get_by_role("alert").filter(has_text="Planu nie wysłano.")
    summary.get_by_role("link", name="Wiersz 2: Wpisz termin.").click()
    expect(row(page, 2).get_by_label("Termin")).to_be_focused()
    write(
        row(page, 2),
        "Budżet domowy i zadłużenie",
        actions="Zeszyt wydatków.",
        expected_outcome="Brak zaległości.",
        who="Danuta, asystent",
        due_on="28.02.2027",
    )
    page.get_by_role("button", name="Wyślij do konsultacji").click()
    said(page, "Wysłano do konsultacji plan pracy: Kowalscy, wersja 1.")
    assert Plan.objects.get().state == PlanState.CONSULTATION


def test_names_are_offered_one_after_another(visit, anna, kowalscy):
    come_in(visit, anna)
    visit.goto(visit.base + new_plan_url(kowalscy))
    offered = "[...document.querySelectorAll('#kto option')].map((option) => option.value)"
    row(visit, 1).get_by_label("Kto").fill("Danuta")
    assert "Danuta, asystent" in visit.evaluate(offered)
    row(visit, 1).get_by_label("Kto").fill("Danuta, asystent, ")
    assert "Danuta, asystent, Kacper" in visit.evaluate(offered)


def test_a_finished_row_is_taken_up(visit, anna, kowalscy, tomasz, maria):
    with clock.freeze_time(date(2026, 6, 1)):
        plan = create_plan_in_force(kowalscy, by=anna, tomasz=tomasz, maria=maria)
    done = plan.actions.order_by("position").first()
    record_progress(action=done, day=date(2026, 9, 1), state=ActionState.DONE, by=anna)
    come_in(visit, anna)
    visit.goto(visit.base + new_plan_url(kowalscy))
    visit.get_by_text("Przenieś wiersz z wersji 1 (1)").click()
    visit.get_by_role("button", name=EDUCATION_ROW["goal"]).click()
    expect(row(visit, 2).get_by_label("Termin")).to_have_value("31.01.2027")
    visit.get_by_label("Powód zmiany planu").fill("Wraca stary kłopot")
    visit.get_by_role("button", name="Zapisz szkic planu").click()
    said(visit, "wersja 2.")
    lines = Plan.objects.get(number=2).actions.order_by("position").values_list("origin", flat=True)
    assert list(lines) == list(plan.actions.order_by("-position").values_list("pk", flat=True))


def test_what_is_typed_waits_when_the_page_is_left(another, anna, kowalscy):
    page = another(**HANDSET)
    come_in(page, anna)
    page.goto(page.base + new_plan_url(kowalscy))
    write(row(page, 1), **READ)
    page.get_by_role("button", name="Dodaj wiersz").click()
    row(page, 2).get_by_label("Cel szczegółowy").fill("Drugi cel")
    row(page, 2).get_by_role("button", name="Przesuń w górę").click()
    expect(page.get_by_role("status").filter(has_text="Szkic zapisany")).to_be_visible()
    until(lambda: not Plan.objects.exists())
    page.goto(f"{page.base}/")
    page.get_by_role("link", name="Kowalscy: Plan pracy, wersja 1").click()
    expect_titles(page, "Drugi cel", EDUCATION_ROW["goal"])


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_without_a_script(visit, anna, kowalscy):
    come_in(visit, anna)
    visit.goto(visit.base + new_plan_url(kowalscy))
    visit.get_by_label("Cel główny").fill("Kacper chodzi do szkoły.")
    write(row(visit, 1), **READ)
    visit.get_by_text("Wybierz cel z biblioteki").click()
    visit.locator("summary").get_by_text("Budżet domowy i zadłużenie", exact=True).click()
    visit.get_by_role("button", name="Czynsz i rachunki płacone są w terminie").click()
    expect(row(visit, 2).get_by_label("Cel szczegółowy")).to_have_value(
        "Czynsz i rachunki płacone są w terminie"
    )
    row(visit, 2).get_by_role("button", name="Przesuń w górę").click()
    expect_titles(visit, "Czynsz i rachunki płacone są w terminie", EDUCATION_ROW["goal"])
    visit.get_by_role("button", name="Dodaj wiersz").click()
    row(visit, 3).get_by_role("button", name="Usuń wiersz 3").click()
    visit.get_by_role("button", name="Wyślij do konsultacji").click()
    expect(visit.get_by_role("alert")).to_contain_text("Wiersz 1: Wpisz termin.")
    row(visit, 1).get_by_role("button", name="Usuń wiersz 1").click()
    visit.get_by_role("button", name="Wyślij do konsultacji").click()
    said(visit, "Wysłano do konsultacji plan pracy")
    assert [each.goal for each in Plan.objects.get().actions.all()] == [EDUCATION_ROW["goal"]]


@pytest.mark.browser_context_args(reduced_motion="reduce")
def test_it_looks_right(visit, anna, kowalscy, tomasz):
    """Sent back with remarks, a lack said beside its field, the library open; the question before sending."""
    plan = create_sent_plan(kowalscy, by=anna)
    remarks = {plan.actions.get(position=2): "Kto i jak często sprawdza zeszyt?"}
    return_plan(plan=plan, text="Plan jest realny.", remarks=remarks, version=None, by=tomasz)
    come_in(visit, anna)
    visit.goto(visit.base + edit_plan_url(plan))
    row(visit, 2).get_by_label("Termin").fill("")
    visit.get_by_role("button", name="Wyślij do konsultacji").click()
    expect(visit.get_by_role("alert")).to_contain_text("Planu nie wysłano.")
    faults = wrong_with(visit)
    row(visit, 2).get_by_label("Termin").fill("28.02.2027")
    visit.get_by_role("button", name="Wyślij do konsultacji").click()
    expect(visit.get_by_role("button", name="Wyślij mimo to")).to_be_visible()
    faults += wrong_with(visit)
    assert faults == []


@pytest.mark.browser_context_args(reduced_motion="reduce")
def test_throwing_a_draft_away_looks_right(visit, anna, kowalscy):
    come_in(visit, anna)
    visit.goto(visit.base + edit_plan_url(create_draft_plan(kowalscy, by=anna)))
    visit.get_by_role("link", name="Usuń szkic").click()
    assert wrong_with(visit) == []
    visit.get_by_role("button", name="Usuń szkic planu").click()
    said(visit, "Usunięto szkic planu: Kowalscy, wersja 1.")

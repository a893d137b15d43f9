"""Survey sheets typed from paper by keyboard alone: at most two strokes a cell."""

import pytest
from playwright.sync_api import expect

from projects.models import SurveyAnswer, SurveySheet
from tests.browser.conftest import come_in, said
from tests.browser.looks import wrong_with
from tests.projects.surveys.helpers import grid_page, keys, make_own, sheet, type_sheets

# Looking does not move: a button that changes its colour slowly would be caught half-way by axe.
pytestmark = pytest.mark.browser_context_args(reduced_motion="reduce")
SHEETS, QUESTIONS = 14, 6
DIGITS = [[1 + (row * 7 + column * 3) % 5 for column in range(QUESTIONS)] for row in range(SHEETS)]


@pytest.fixture
def survey(tomasz, maria):
    """Fourteen sheets before; those after are to be typed."""
    survey = make_own(tomasz, maria)
    codes = [f"K{number:02}" for number in range(1, SHEETS + 1)]
    type_sheets(survey, tomasz, "before", *(sheet(survey, 1, 2, 3, 4, 5, 1, code=code) for code in codes))
    return survey


class Keys:
    """A keyboard that counts its strokes."""

    def __init__(self, page):
        self.page, self.strokes = page, 0

    def press(self, *strokes: str) -> None:
        for each in strokes:
            self.page.keyboard.press(each)
            self.strokes += 1


def cell(page, survey, row, column):
    return page.locator(f"[name=sheets-{row}-q{keys(survey)[column]}]")


def stored(survey, moment="after"):
    rows = SurveySheet.objects.filter(survey=survey, moment=moment).order_by("number")
    answers = SurveyAnswer.objects.order_by("question__position")
    return [list(answers.filter(sheet=row).values_list("value", flat=True)) for row in rows]


def test_fourteen_sheets_of_six_questions_by_keyboard_alone(visit, tomasz, survey):
    come_in(visit, tomasz)
    visit.goto(f"{visit.base}{grid_page(survey, 'po')}")
    keyboard = Keys(visit)
    visit.get_by_label("Dzień wypełnienia").focus()
    keyboard.press(*"12102026")
    while not cell(visit, survey, 0, 0).evaluate("each => each === document.activeElement"):
        keyboard.press("Tab")
        assert keyboard.strokes < 30
    for digits in DIGITS:
        keyboard.press(*map(str, digits))
    expect(visit.get_by_role("button", name="Zapisz odpowiedzi")).to_be_focused()
    keyboard.press("Enter")
    said(visit, "Zapisano 14 kartek: nr 1–14.")
    assert stored(survey) == DIGITS
    assert keyboard.strokes <= 2 * SHEETS * QUESTIONS
    print(f"{keyboard.strokes} strokes for {SHEETS * QUESTIONS} cells")


def test_arrows_backspace_and_a_wrong_digit(visit, tomasz, survey):
    come_in(visit, tomasz)
    visit.goto(f"{visit.base}{grid_page(survey, 'po')}")
    first, second = cell(visit, survey, 0, 0), cell(visit, survey, 0, 1)
    first.focus()
    visit.keyboard.press("7")
    expect(first).to_be_focused()
    expect(first).to_have_attribute("aria-invalid", "true")
    expect(visit.locator("[data-grid-status]")).to_have_text("Wpisz cyfrę od 1 do 5.")
    visit.keyboard.press("4")
    expect(first).to_have_value("4")
    expect(second).to_be_focused()
    visit.keyboard.press("Backspace")
    expect(first).to_be_focused()
    visit.keyboard.press("5")
    expect(first).to_have_value("5")
    visit.keyboard.press("ArrowDown")
    expect(cell(visit, survey, 1, 1)).to_be_focused()
    visit.keyboard.press("ArrowUp")
    visit.keyboard.press("ArrowRight")
    expect(cell(visit, survey, 0, 2)).to_be_focused()
    visit.keyboard.press("ArrowLeft")
    visit.keyboard.press("Enter")
    expect(cell(visit, survey, 0, 2)).to_be_focused()
    visit.get_by_label("Dzień wypełnienia").fill("12.10.2026")
    cell(visit, survey, 0, 2).focus()
    visit.keyboard.press("Control+Enter")
    said(visit, "Zapisano 1 kartkę: nr 1.")
    assert stored(survey) == [[5]]


def test_without_a_script_tab_moves_on(another, tomasz, survey):
    page = another(java_script_enabled=False)
    come_in(page, tomasz)
    page.goto(f"{page.base}{grid_page(survey, 'po')}")
    page.get_by_label("Dzień wypełnienia").fill("12.10.2026")
    cell(page, survey, 0, 0).focus()
    for digit in DIGITS[0]:
        page.keyboard.press(str(digit))
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    said(page, "Zapisano 1 kartkę: nr 1.")
    assert stored(survey) == DIGITS[:1]


def test_the_pages_on_a_phone_and_in_the_dark(visit, tomasz, survey):
    type_sheets(
        survey,
        tomasz,
        "after",
        *(sheet(survey, *digits, code=f"K{n:02}") for n, digits in enumerate(DIGITS, 1)),
    )
    base = f"/projekty/{survey.edition_id}/ankiety/"
    own = f"{base}{survey.pk}/"
    pages = [base, own, f"{own}po/1/", f"{own}pytania/", f"{base}nowa/zadowolenie/", f"{own}zakoncz/"]
    pages.append(f"{own}kartka/{survey.sheets.first().pk}/")
    come_in(visit, tomasz)
    for address in pages:
        assert visit.goto(f"{visit.base}{address}").status == 200
        assert wrong_with(visit) == [], address

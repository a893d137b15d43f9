"""Surveys of the project of Tomasz, made by the actions."""

from datetime import date

from django.urls import reverse

from projects.models import Edition, Survey, SurveyQuestion
from projects.surveys import actions
from projects.surveys.rules import SheetData
from tests.projects.helpers import make_running
from tests.recorded_rows import recorded

BEFORE_ON, AFTER_ON = date(2026, 10, 5), date(2026, 10, 12)
TEXTS = (
    "Rozmawiam z dzieckiem spokojnie", "Wiem, na co wydaję pieniądze", "Umiem powiedzieć, w czym jestem dobra",
    "Wiem, jak szukać pracy", "Dbam o swoje zdrowie", "Mam na kogo liczyć",
)  # fmt: skip


def question(text: str, kind="scale", **fields) -> SurveyQuestion:
    return SurveyQuestion(text=text, kind=kind, **fields)


@recorded
def make_survey(edition: Edition, by, *, kind="before_after", codes=True, questions=None) -> Survey:
    """Six questions with a scale, unless others are given."""
    data = Survey(
        kind=kind, title="Ankieta", with_codes=codes, word_1="zdecydowanie nie", word_5="zdecydowanie tak"
    )
    rows = questions or [question(text) for text in TEXTS]
    return actions.create_survey(edition=edition, data=data, questions=rows, by=by)


@recorded
def make_own(tomasz, maria, **values) -> Survey:
    """In a project that runs."""
    return make_survey(make_running(tomasz, maria), tomasz, **values)


def keys(survey: Survey) -> list[int]:
    return list(survey.questions.order_by("position").values_list("pk", flat=True))


def sheet(survey: Survey, *answers, code="", day=BEFORE_ON) -> SheetData:
    """A sheet with these answers to the first questions; None for one without an answer."""
    pairs = zip(keys(survey), answers, strict=False)
    return SheetData(code=code, filled_on=day, answers={key: each for key, each in pairs if each is not None})


def type_sheets(survey: Survey, by, moment: str, *sheets: SheetData):
    survey = Survey.objects.get(pk=survey.pk)
    return actions.save_sheets(survey=survey, moment=moment, sheets=sheets, version=None, by=by)


@recorded
def type_pairs(
    survey: Survey, by, number: int, *, before=(2, 3, 2, 3, 2, 3), after=(4, 4, 4, 4, 4, 4)
) -> None:
    """So many people, each with a sheet before and one after."""
    codes = [f"K{each:02}" for each in range(1, number + 1)] if survey.with_codes else [""] * number
    type_sheets(survey, by, "before", *(sheet(survey, *before, code=code) for code in codes))
    type_sheets(survey, by, "after", *(sheet(survey, *after, code=code, day=AFTER_ON) for code in codes))


def page(url_name: str, survey: Survey, *more) -> str:
    return reverse(f"projects:{url_name}", args=[survey.edition_id, survey.pk, *more])


def grid_page(survey: Survey, moment="przed", number=1) -> str:
    return page("survey-sheets", survey, moment, number)


def cells(survey: Survey, row: int, *answers, **fields) -> dict[str, str]:
    """Fields of a row of the grid: answers to the first questions as they are typed."""
    typed = {f"sheets-{row}-q{key}": str(each) for key, each in zip(keys(survey), answers, strict=False)}
    return typed | {f"sheets-{row}-{name}": value for name, value in fields.items()}

"""A valid submission of every form of surveys."""

from django.urls import reverse

from projects.models import Survey
from projects.surveys.actions import close_survey
from tests.projects.helpers import make_running
from tests.projects.surveys.helpers import cells, grid_page, make_own, page, question, sheet, type_sheets


def _own(request, *, typed=True, closed=False):
    """A survey of Tomasz with all three kinds of questions; ``typed``: one sheet before."""
    tomasz, maria = (request.getfixturevalue(name) for name in ("tomasz", "maria"))
    rows = [question("Sen"), question("Warto?", "yes_no"), question("Co zmienić?", "open")]
    survey = make_own(tomasz, maria, questions=rows)
    if typed:
        type_sheets(survey, tomasz, "before", sheet(survey, 4, 1, code="A1"))
    survey = Survey.objects.get(pk=survey.pk)
    return close_survey(survey=survey, version=None, by=tomasz) if closed else survey


def _form(url_name: str, *, typed=True, closed=False, **fields):
    def fill(request):
        return page(url_name, _own(request, typed=typed, closed=closed)), fields

    return f"projects:{url_name}", "tomasz", fill


def _new(request):
    edition = make_running(*(request.getfixturevalue(name) for name in ("tomasz", "maria")))
    return reverse("projects:survey-new", args=[edition.pk, "przed-po"]), {"with_codes": "on"}


def _sheets(request):
    survey = _own(request)
    typed = cells(survey, 0, 5, "n") | cells(survey, 1, 2, "t", code="A2")
    return grid_page(survey), typed | {"filled_on": "06.10.2026"}


def _sheet_form(url_name: str, **fields):
    def fill(request):
        survey = _own(request)
        keys = {each.kind: f"q{each.pk}" for each in survey.questions.all()}
        typed = {keys.get(name, name): value for name, value in fields.items()}
        return page(url_name, survey, survey.sheets.get().pk), typed

    return f"projects:{url_name}", "tomasz", fill


SURVEY_SUBMISSIONS = [
    ("projects:survey-new", "tomasz", _new),
    _form("survey-edit", title="Ankieta wstępna i końcowa", why="inny tytuł"),
    _form("survey-remove", typed=False, why="pomyłka"),
    _form("survey-close"),
    _form("survey-reopen", closed=True, why="znalazła się kartka"),
    ("projects:survey-sheets", "tomasz", _sheets),
    _sheet_form("survey-sheet", scale="3", open="Więcej czasu na rozmowę."),
    _sheet_form("survey-sheet-remove", why="wpisana dwa razy"),
]

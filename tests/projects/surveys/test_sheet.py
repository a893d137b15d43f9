"""One sheet: all its answers with those in words, its history, its removal; and the blank sheet on paper."""

import pytest

from projects.choices import SurveyMoment
from projects.surveys.paper import parts_of, sheet_html
from tests.form_client import form_data, response_text, submit_form
from tests.lubsko_ops.output.conftest import html_to_pdf, validation_errors
from tests.projects.surveys.helpers import grid_page, make_own, page, question, sheet, type_sheets

ROWS = (("Sen", "scale"), ("Warto?", "yes_no"), ("Co zmienić?", "open"))


@pytest.fixture
def survey(tomasz, maria):
    survey = make_own(tomasz, maria, questions=[question(text, kind) for text, kind in ROWS])
    type_sheets(survey, tomasz, "before", sheet(survey, 4, 1, code="A1"), sheet(survey, 2, 0, code="A2"))
    return survey


def field(survey, kind: str) -> str:
    return f"q{survey.questions.get(kind=kind).pk}"


def test_words_are_typed_and_the_grid_keeps_them(as_tomasz, survey):
    row = survey.sheets.get(code="A1")
    url = page("survey-sheet", survey, row.pk)
    response = submit_form(as_tomasz, url, **{field(survey, "open"): "Więcej czasu\nna rozmowę"})
    assert response.url == grid_page(survey)
    assert (
        submit_form(as_tomasz, grid_page(survey), **{f"sheets-0-{field(survey, 'scale')}": "5"}).status_code
        == 302
    )
    data = form_data(as_tomasz, url)
    assert [data[field(survey, kind)][0] for kind in ("scale", "yes_no", "open")] == [
        "5", "t", "Więcej czasu\nna rozmowę",
    ]  # fmt: skip


def test_saved_unchanged_it_stays(as_tomasz, survey):
    row = survey.sheets.get(code="A1")
    before = list(row.answers.values())
    assert submit_form(as_tomasz, page("survey-sheet", survey, row.pk)).status_code == 302
    assert list(row.answers.values()) == before and survey.sheets.get(code="A1").version == row.version


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"scale": "6"}, "od 1 do 5"),
        ({"code": "a2"}, "Kod A2 ma już kartka nr 2"),
        ({"code": ""}, "Przepisz kod z kartki"),
        ({"filled_on": "20.10.2026"}, "Ten dzień jeszcze nie nadszedł."),
        ({"scale": "", "yes_no": ""}, "nie miałaby żadnej odpowiedzi"),
        ({"open": "a" * 2001}, "Skróć ten tekst"),
    ],
)
def test_what_is_refused(as_tomasz, survey, fields, sentence):
    row = survey.sheets.get(code="A1")
    kinds = {"scale", "yes_no", "open"}
    typed = {field(survey, name) if name in kinds else name: value for name, value in fields.items()}
    response = submit_form(as_tomasz, page("survey-sheet", survey, row.pk), **typed)
    assert response.status_code == 422
    assert sentence in response_text(response)
    assert survey.sheets.get(pk=row.pk).version == row.version


def test_a_sheet_is_removed_and_its_history_stays(as_tomasz, survey):
    row = survey.sheets.get(code="A1")
    assert submit_form(as_tomasz, page("survey-sheet-remove", survey, row.pk), why="pusta").status_code == 302
    assert list(survey.sheets.values_list("code", flat=True)) == ["A2"]
    assert type(row).history.filter(id=row.pk, history_type="-").get().history_change_reason == "pusta"


def test_a_sheet_of_another_survey_is_not_there(as_tomasz, tomasz, maria, survey):
    assert as_tomasz.get(page("survey-sheet", survey, 10**6)).status_code == 404


# ---- on paper ----------------------------------------------------------------------------------------
def test_questions_with_the_same_scale_make_one_table(survey):
    rows = list(survey.questions.all())
    own = question("Humor", lowest="zły", highest="dobry")
    assert [part["kind"] for part in parts_of(survey, rows)] == ["scale", "yes_no", "open"]
    assert [len(part["questions"]) for part in parts_of(survey, [rows[0], rows[0], own])] == [2, 1]


def test_the_blank_sheet_is_an_accessible_pdf(survey):
    survey.introduction = "Nie podpisuj kartki."
    pdf = html_to_pdf(sheet_html(survey, moment=SurveyMoment.AFTER))
    assert validation_errors(pdf, "ua1") == validation_errors(pdf, "3a") == []


@pytest.mark.usefixtures("no_pdf")
def test_it_is_for_everybody_who_sees_the_project(client, ewa, survey):
    client.force_login(ewa)
    for query in ({}, {"kiedy": "po"}, {"kiedy": "kartki"}, {"kiedy": "x"}):
        assert client.get(page("survey-blank", survey), query).status_code == 200


def test_it_says_how_to_make_a_code_up_and_never_whose_it_is(survey):
    html = sheet_html(survey, moment=None)
    assert "numer buta" in html and "Imię" not in html and "Nazwisko" not in html
    survey.with_codes = False
    assert "Mój kod" not in sheet_html(survey, moment=None)

"""Sheets typed from paper in a grid: saved at once, corrected in place, refused in sentences, all or none."""

import pytest

from projects.models import Survey, SurveySheet
from projects.surveys.rules import normalize_code
from tests.form_client import form_data, parse_form, response_text, submit_form
from tests.projects.helpers import make_complete
from tests.projects.surveys.helpers import (
    AFTER_ON,
    BEFORE_ON,
    cells,
    grid_page,
    make_own,
    make_survey,
    page,
    question,
    sheet,
    type_pairs,
    type_sheets,
)

DAY = {"filled_on": "05.10.2026"}


@pytest.fixture
def survey(tomasz, maria):
    return make_own(tomasz, maria)


@pytest.fixture
def anonymous(tomasz, maria):
    return make_own(tomasz, maria, codes=False)


def answers(survey, moment="before") -> list[list[int]]:
    """Answers of the sheets in the order of their questions."""
    rows = SurveySheet.objects.filter(survey=survey, moment=moment).order_by("number")
    return [list(row.answers.order_by("question__position").values_list("value", flat=True)) for row in rows]


# ---- what is saved -----------------------------------------------------------------------------------
def test_two_sheets_are_saved_with_their_numbers(as_tomasz, survey):
    typed = cells(survey, 0, 4, 4, 3, 4, 4, 4, code="he 38") | cells(
        survey, 1, 3, 4, 4, 3, 4, 3, code="AN-40"
    )
    response = submit_form(as_tomasz, grid_page(survey), **DAY, **typed)
    assert response.status_code == 302
    text = response_text(as_tomasz.get(response.url))
    assert "Zapisano 2 kartki: nr 1–2." in text and "6 z 6" in text
    assert answers(survey) == [[4, 4, 3, 4, 4, 4], [3, 4, 4, 3, 4, 3]]
    assert list(survey.sheets.values_list("code", "filled_on")) == [("HE38", BEFORE_ON), ("AN40", BEFORE_ON)]


def test_an_empty_cell_is_no_answer_and_an_empty_row_no_sheet(as_tomasz, anonymous):
    submit_form(as_tomasz, grid_page(anonymous), **DAY, **cells(anonymous, 2, 1, "", 5))
    assert answers(anonymous) == [[1, 5]]


def test_yes_and_no_are_letters(as_tomasz, tomasz, maria):
    survey = make_own(tomasz, maria, codes=False, questions=[question("Czy było warto?", "yes_no")])
    typed = cells(survey, 0, "t") | cells(survey, 1, "N") | cells(survey, 2, "tak")
    assert submit_form(as_tomasz, grid_page(survey), **DAY, **typed).status_code == 302
    assert answers(survey) == [[1], [0], [1]]
    assert 'value="t"' in response_text(as_tomasz.get(grid_page(survey)))


def test_a_stored_sheet_is_corrected_in_its_cells(as_tomasz, tomasz, survey):
    type_sheets(
        survey, tomasz, "before", sheet(survey, 1, 2, 3, 4, 5, 1, code="A1"), sheet(survey, 2, 2, code="A2")
    )
    response = submit_form(as_tomasz, grid_page(survey), **cells(survey, 0, 5, "", 3, 4, 5, 1))
    assert response.status_code == 302
    assert "Poprawiono 1 kartkę." in response_text(as_tomasz.get(response.url))
    assert answers(survey) == [[5, 3, 4, 5, 1], [2, 2]]
    first = survey.sheets.get(number=1)
    text = response_text(as_tomasz.get(page("survey-sheet", survey, first.pk)))
    assert "Pytanie 1: było 1, jest 5" in text and "Pytanie 2: było 2, jest brak odpowiedzi" in text


def test_a_page_saved_unchanged_changes_nothing(as_tomasz, tomasz, survey):
    type_pairs(survey, tomasz, 3)
    survey.refresh_from_db()
    versions = [survey.version, *survey.sheets.values_list("pk", "version")]
    response = submit_form(as_tomasz, grid_page(survey, "po"))
    assert "Nic się nie zmieniło." in response_text(as_tomasz.get(response.url))
    survey.refresh_from_db()
    assert [survey.version, *survey.sheets.values_list("pk", "version")] == versions


def test_codes_of_sheets_before_stand_ready_after(as_tomasz, tomasz, survey):
    type_sheets(survey, tomasz, "before", *(sheet(survey, 1, code=code) for code in ("A1", "A2", "A3")))
    type_sheets(survey, tomasz, "after", sheet(survey, 2, code="A2", day=AFTER_ON))
    data = form_data(as_tomasz, grid_page(survey, "po"))
    assert [data[f"sheets-{row}-code"] for row in range(3)] == [["A2"], ["A1"], ["A3"]]
    response = submit_form(as_tomasz, grid_page(survey, "po"), **cells(survey, 2, 5))
    assert response.status_code == 302
    assert set(survey.sheets.filter(moment="after").values_list("code", flat=True)) == {"A2", "A3"}


def test_more_rows_are_added_without_a_script(as_tomasz, anonymous):
    data = form_data(as_tomasz, grid_page(anonymous), **cells(anonymous, 0, 4))
    response = as_tomasz.post(grid_page(anonymous), data | {"_refresh": "more"})
    assert response.status_code == 200 and not anonymous.sheets.exists()
    form = response.context["form"]
    assert (
        len(form.formsets["sheets"].forms) == 10 and form.formsets["sheets"].forms[0].cells[0].value() == "4"
    )


def test_the_41st_sheet_stands_on_the_second_page(as_tomasz, tomasz, anonymous):
    type_sheets(anonymous, tomasz, "before", *(sheet(anonymous, 1 + each % 5) for each in range(41)))
    first = form_data(as_tomasz, grid_page(anonymous))
    second = form_data(as_tomasz, grid_page(anonymous, number=2))
    assert first["sheets-TOTAL_FORMS"] == ["40"]
    assert second["sheets-0-row"] == [str(anonymous.sheets.get(number=41).pk)]
    typed = cells(anonymous, 1, 3)
    assert submit_form(as_tomasz, grid_page(anonymous, number=2), **typed).status_code == 302
    assert anonymous.sheets.count() == 42


# ---- what is refused ---------------------------------------------------------------------------------
def refused(client, survey, *sentences, moment="przed", **fields):
    """The page is refused with these sentences, keeps what was typed and saves nothing."""
    before = (SurveySheet.objects.count(), Survey.objects.get(pk=survey.pk).version)
    response = submit_form(client, grid_page(survey, moment), **fields)
    assert response.status_code == 422
    text = response_text(response)
    for each in sentences:
        assert each in text, each
    assert (SurveySheet.objects.count(), Survey.objects.get(pk=survey.pk).version) == before
    return response


@pytest.mark.parametrize("digit", ["7", "0", "a", "12", "-1", "1,5"])
def test_a_digit_outside_the_scale(as_tomasz, survey, digit):
    typed = cells(survey, 0, 4, 4, digit, code="A1") | cells(survey, 1, 1, 2, 3, code="A2")
    response = refused(
        as_tomasz, survey, "od 1 do 5", "Wiersz 1: 3. Umiem powiedzieć", "popraw", **DAY, **typed
    )
    assert f'value="{digit}"' in response_text(response)


def test_a_row_of_a_sheet_that_nobody_has(as_tomasz, survey):
    typed = cells(survey, 0, 4, 4, 4, code="A1") | {"sheets-0-row": "9" * 5000}
    refused(as_tomasz, survey, "Ankiety", **DAY, **typed)


def test_a_letter_that_is_neither_yes_nor_no(as_tomasz, tomasz, maria):
    survey = make_own(tomasz, maria, codes=False, questions=[question("Czy było warto?", "yes_no")])
    refused(as_tomasz, survey, "t albo n", **DAY, **cells(survey, 0, "x"))


def test_a_sheet_typed_twice_is_refused_beside_its_code(as_tomasz, tomasz, survey):
    type_sheets(survey, tomasz, "before", sheet(survey, 1, 2, 3, code="A1"))
    response = refused(
        as_tomasz, survey, "Ta kartka jest już wpisana (nr 1)", **DAY, **cells(survey, 1, 1, 2, 3, code="a-1")
    )
    row = response.context["form"].formsets["sheets"].forms[1]
    assert "Wyczyść ten wiersz" in row.errors["code"][0]


def test_a_code_two_people_chose_is_refused_with_advice(as_tomasz, tomasz, survey):
    type_sheets(survey, tomasz, "before", sheet(survey, 1, 2, 3, code="A1"))
    refused(
        as_tomasz, survey, "A1A i A1B, tak samo przed i po", **DAY, **cells(survey, 1, 5, 5, 5, code="A1")
    )
    twice = cells(survey, 1, 5, 5, 5, code="B1") | cells(survey, 2, 4, 4, 4, code="b1")
    refused(as_tomasz, survey, "Kod B1 ma już kartka w innym wierszu", **DAY, **twice)


def test_the_code_may_stand_at_another_moment(as_tomasz, tomasz, survey):
    type_sheets(survey, tomasz, "before", sheet(survey, 1, 2, 3, code="A1"))
    response = submit_form(
        as_tomasz, grid_page(survey, "po"), filled_on="12.10.2026", **cells(survey, 0, 1, 2, 3)
    )
    assert response.status_code == 302


def test_an_anonymous_sheet_with_the_same_answers_is_asked_about(as_tomasz, tomasz, anonymous):
    type_sheets(anonymous, tomasz, "before", sheet(anonymous, 1, 2, 3, 4, 5, 1))
    data = form_data(as_tomasz, grid_page(anonymous), **DAY, **cells(anonymous, 1, 1, 2, 3, 4, 5, 1))
    response = as_tomasz.post(grid_page(anonymous), data)
    assert response.status_code == 422 and anonymous.sheets.count() == 1
    assert "Wiersz 2 ma te same odpowiedzi co kartka nr 1." in response_text(response)
    confirmed = parse_form(response.content.decode())
    assert as_tomasz.post(grid_page(anonymous), confirmed).status_code == 302
    assert anonymous.sheets.count() == 2


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"filled_on": ""}, "Wpisz dzień, w którym wypełniono kartki."),
        ({"filled_on": "14.10.2026"}, "Ten dzień jeszcze nie nadszedł."),
        ({"filled_on": "05.10.2024"}, "Projekt zaczął się 01.10.2026. Sprawdź rok."),
        ({"filled_on": "35.10.2026"}, "Takiego dnia nie ma w kalendarzu"),
    ],
)
def test_the_day_must_be_possible(as_tomasz, anonymous, fields, sentence):
    refused(as_tomasz, anonymous, sentence, **fields, **cells(anonymous, 0, 1))


def test_rows_that_are_no_sheets(as_tomasz, survey):
    refused(as_tomasz, survey, "Nie wpisano żadnej kartki.", **DAY)
    refused(as_tomasz, survey, "Ta kartka nie ma żadnej odpowiedzi", **DAY, **cells(survey, 0, code="A1"))
    refused(as_tomasz, survey, "Przepisz kod z kartki", **DAY, **cells(survey, 0, 1, 2))
    refused(as_tomasz, survey, "najwyżej 12 liter i cyfr", **DAY, **cells(survey, 0, 1, 2, code="A" * 13))


def test_a_stored_sheet_cannot_be_emptied_here(as_tomasz, tomasz, survey):
    type_sheets(survey, tomasz, "before", sheet(survey, 1, 2, code="A1"))
    refused(as_tomasz, survey, "Żeby ją usunąć, otwórz ją", **cells(survey, 0, *[""] * 6))


def test_a_sheet_removed_meanwhile_shows_both_texts(as_tomasz, tomasz, survey):
    type_sheets(survey, tomasz, "before", sheet(survey, 1, 2, code="A1"))
    data = form_data(as_tomasz, grid_page(survey), **DAY, **cells(survey, 1, 4, 4, code="A2"))
    type_sheets(survey, tomasz, "before", sheet(survey, 5, 5, code="A3"))
    response = as_tomasz.post(grid_page(survey), data)
    assert response.status_code == 409
    assert survey.sheets.count() == 2


def test_more_after_than_before_is_said_and_saved(as_tomasz, tomasz, survey):
    type_sheets(survey, tomasz, "before", sheet(survey, 1, code="A1"))
    typed = cells(survey, 0, 4) | cells(survey, 1, 4, code="A2")
    response = submit_form(as_tomasz, grid_page(survey, "po"), **DAY, **typed)
    assert response.status_code == 302
    assert "Kartek po (2) jest więcej niż przed (1)." in response_text(as_tomasz.get(response.url))


def test_nothing_is_typed_before_the_approval(as_tomasz, tomasz):
    survey = make_survey(make_complete(tomasz), tomasz)
    response = as_tomasz.get(grid_page(survey), follow=True)
    assert "Kartki wpisuje się od zatwierdzenia projektu." in response_text(response)


@pytest.mark.parametrize("typed", ["he 38", "HE-38", " he38 ", "He.38", "ＨＥ３８"])
def test_one_code_however_it_is_written(typed):
    assert normalize_code(typed) == "HE38"

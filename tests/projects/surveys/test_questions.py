"""The questions of a survey: begun from usual ones, moved, removed, reworded with a reason once there are answers."""

import pytest
from django.urls import reverse

from projects.models import Survey
from projects.surveys.rules import EXAMPLES
from tests.form_client import form_data, response_text, submit_form
from tests.projects.helpers import make_running
from tests.projects.surveys.helpers import make_own, page, question, sheet, type_sheets


@pytest.fixture
def survey(tomasz, maria):
    return make_own(tomasz, maria)


def new_page(edition, kind="przed-po") -> str:
    return reverse("projects:survey-new", args=[edition.pk, kind])


def texts(survey) -> list[str]:
    return [each.text for each in survey.questions.order_by("position")]


def test_a_survey_begins_with_usual_questions(as_tomasz, tomasz, maria):
    edition = make_running(tomasz, maria)
    response = submit_form(as_tomasz, new_page(edition), with_codes="on")
    assert response.status_code == 302
    survey = edition.surveys.get()
    assert texts(survey) == list(EXAMPLES["before_after"])
    assert survey.with_codes and survey.word_5 == "zdecydowanie tak"
    assert "Ten projekt ma już ankietę" in response_text(as_tomasz.get(new_page(edition), follow=True))


def test_a_survey_about_satisfaction_has_no_codes(as_tomasz, tomasz, maria):
    edition = make_running(tomasz, maria)
    assert "with_codes" not in form_data(as_tomasz, new_page(edition, "zadowolenie"))
    submit_form(as_tomasz, new_page(edition, "zadowolenie"), with_codes="on")
    survey = edition.surveys.get()
    assert not survey.with_codes and [each.kind for each in survey.questions.all()][-2:] == ["yes_no", "open"]


def test_questions_are_moved_removed_and_added(as_tomasz, survey):
    url = page("survey-edit", survey)
    fields = {"questions-0-ORDER": "5", "questions-1-DELETE": "on", "questions-TOTAL_FORMS": "7"}
    fields |= {"questions-2-ORDER": "0", "questions-6-text": "Śpię dobrze", "questions-6-kind": "yes_no"}
    before = texts(survey)
    assert submit_form(as_tomasz, url, **fields).status_code == 302
    assert texts(survey) == [before[2], before[0], *before[3:], "Śpię dobrze"]
    assert survey.questions.get(text="Śpię dobrze").kind == "yes_no"


def test_saved_unchanged_it_stays(as_tomasz, tomasz, maria):
    rows = [
        question("Sen", lowest="źle", highest="dobrze"),
        question("Warto?", "yes_no"),
        question("Co?", "open"),
    ]
    survey = make_own(tomasz, maria, questions=rows)
    before = list(survey.questions.order_by("pk").values())
    assert submit_form(as_tomasz, page("survey-edit", survey)).status_code == 302
    assert list(survey.questions.order_by("pk").values()) == before


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"questions-1-text": "rozmawiam z  dzieckiem spokojnie"}, "Pytania 1 i 2 są takie same."),
        ({"word_1": ""}, "Wpisz, co znaczy 1."),
        ({"title": ""}, "Tytuł na kartce"),
        ({"questions-0-text": "", "questions-0-lowest": "źle"}, "Wpisz pytanie albo usuń wiersz."),
        ({f"questions-{each}-kind": "open" for each in range(6)}, "choć jedno pytanie ze skalą"),
        ({f"questions-{each}-DELETE": "on" for each in range(6)}, "choć jedno pytanie ze skalą"),
    ],
)
def test_what_is_refused(as_tomasz, survey, fields, sentence):
    before = texts(survey)
    response = submit_form(as_tomasz, page("survey-edit", survey), **fields)
    assert response.status_code == 422
    assert sentence in response_text(response)
    assert texts(survey) == before


def test_words_of_the_scale_go_with_another_kind(as_tomasz, survey):
    fields = {"questions-0-lowest": "źle", "questions-0-highest": "dobrze", "questions-0-kind": "yes_no"}
    assert submit_form(as_tomasz, page("survey-edit", survey), **fields).status_code == 302
    assert (survey.questions.first().kind, survey.questions.first().lowest) == ("yes_no", "")


# ---- once there are answers --------------------------------------------------------------------------
@pytest.fixture
def answered(tomasz, survey):
    """A sheet that answers the first two questions."""
    type_sheets(survey, tomasz, "before", sheet(survey, 1, 2, code="A1"))
    return survey


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"questions-0-kind": "yes_no"}, "więc nie zmienia rodzaju odpowiedzi"),
        ({"questions-0-DELETE": "on"}, "ma już 1 odpowiedź, więc zostaje"),
        ({"questions-0-text": "Inaczej"}, "Napisz, dlaczego zmieniasz ich słowa"),
        ({"word_3": "średnio"}, "Napisz, dlaczego zmieniasz ich słowa"),
        ({"with_codes": None}, "Są już wpisane kartki (1)"),
    ],
)
def test_an_answered_question_is_not_pulled_away(as_tomasz, answered, fields, sentence):
    before = list(answered.questions.values())
    response = submit_form(as_tomasz, page("survey-edit", answered), **fields)
    assert response.status_code == 422
    assert sentence in response_text(response)
    assert list(answered.questions.values()) == before


def test_it_is_reworded_with_a_reason(as_tomasz, answered):
    fields = {"questions-0-text": "Rozmawiam z dziećmi spokojnie", "why": "literówka"}
    assert submit_form(as_tomasz, page("survey-edit", answered), **fields).status_code == 302
    assert "literówka" in response_text(
        as_tomasz.get(reverse("projects:history", args=[answered.edition_id]))
    )


def test_other_questions_change_freely(as_tomasz, answered):
    fields = {"questions-4-DELETE": "on", "questions-5-text": "Mam przyjaciół"}
    fields |= {f"questions-{each}-ORDER": str((each - 1) % 6) for each in range(6)}
    assert submit_form(as_tomasz, page("survey-edit", answered), **fields).status_code == 302
    assert texts(answered)[-2:] == ["Mam przyjaciół", "Rozmawiam z dzieckiem spokojnie"]


def test_a_survey_with_sheets_stays(as_tomasz, answered):
    url = page("survey-remove", answered)
    assert "wpisano już 1 kartkę" in response_text(as_tomasz.get(url, follow=True))
    assert Survey.objects.filter(pk=answered.pk).exists()


def test_a_survey_without_sheets_goes(as_tomasz, survey):
    edition = survey.edition_id
    assert submit_form(as_tomasz, page("survey-remove", survey), why="pomyłka").status_code == 302
    assert not Survey.objects.exists()
    assert "pomyłka" in response_text(as_tomasz.get(reverse("projects:history", args=[edition])))

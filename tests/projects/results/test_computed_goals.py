"""What computes a goal is chosen with the reason; a settlement takes its value, or says what to do without one."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from projects.actions import end_edition, settle_edition, update_edition
from projects.document import ProjectData, load_document
from projects.indicators.computed import NO_NUMBER
from projects.models import Edition, SpecificGoal
from projects.results.actions import choose_number
from tests.form_client import parse_form, response_text, submit_form
from tests.page import Page, page_text
from tests.projects.helpers import enter_results, make_complete, make_draft
from tests.projects.results.helpers import compute, goal_of, read, url
from tests.projects.surveys.helpers import make_survey


def text_of(response) -> str:
    return " ".join(page_text(response).replace("\xa0", " ").split())


def address(edition, position=1) -> str:
    return url(edition, "goal-number", goal_of(edition, position).pk)


# ---- chosen ------------------------------------------------------------------------------------------
def test_chosen_with_its_reason(as_tomasz, tomasz, edition):
    read(edition, tomasz)
    make_survey(edition, tomasz)
    page = as_tomasz.get(address(edition))
    assert "Wpisane pomiary zostaną" in text_of(page) and "Ankieta przed i po" in response_text(page)
    response = submit_form(as_tomasz, address(edition), computed_by="uczestnicy", why="listy są w programie")
    assert response["Location"] == f"{url(edition)}#cel-{goal_of(edition).pk}"
    assert goal_of(edition).computed_by == "uczestnicy" and goal_of(edition).readings.count() == 1
    history = text_of(as_tomasz.get(url(edition, "history")))
    assert "Wartość osiągnięta: uczestnicy, każda osoba raz. Powód: listy są w programie" in history
    submit_form(as_tomasz, address(edition), computed_by="", why="jednak z ankiety")
    assert "9 z 10" in text_of(as_tomasz.get(url(edition)))


def test_another_unit_is_asked_and_then_saved(as_tomasz, edition):
    asked = submit_form(as_tomasz, address(edition), computed_by="frekwencja", why="x")
    assert asked.status_code == 422 and goal_of(edition).computed_by == ""
    assert "Cel 1 jest w jednostce „osób”, a ta liczba w jednostce „%”." in text_of(asked)
    again = as_tomasz.post(address(edition), parse_form(asked.content.decode()))
    assert again.status_code == 302 and goal_of(edition).computed_by == "frekwencja"


@pytest.mark.parametrize(
    ("fields", "field"), [({"computed_by": "nie-ma"}, "computed_by"), ({"why": " "}, "why")]
)
def test_a_choice_that_is_none(as_tomasz, edition, fields, field):
    typed = {"computed_by": "uczestnicy", "why": "tak"} | fields
    response = submit_form(as_tomasz, address(edition), **typed)
    assert response.status_code == 422 and field in response.context["form"].errors
    assert goal_of(edition).computed_by == ""


def test_a_number_of_no_question(tomasz, edition):
    with pytest.raises(ValidationError, match=NO_NUMBER[:20]):
        compute(edition, tomasz, "ankieta-po-1")
    make_survey(edition, tomasz)
    assert compute(edition, tomasz, "ankieta-po-1").computed_by == "ankieta-po-1"


def test_a_number_that_is_no_more_is_named(as_tomasz, edition):
    SpecificGoal.objects.filter(pk=goal_of(edition).pk).update(computed_by="ankieta-po-9")
    assert "liczba, której już nie ma" in response_text(as_tomasz.get(address(edition)))
    assert "liczba, której już nie ma" in text_of(as_tomasz.get(url(edition)))


def test_who_may_not(client, as_tomasz, anna, jan, olga, tomasz, maria, edition):
    other = make_draft(tomasz, title="Inny")
    assert as_tomasz.get(url(other, "goal-number", goal_of(edition).pk)).status_code == 404
    for user, status in ((anna, 403), (jan, 403), (olga, 404), (maria, 200)):
        client.force_login(user)
        assert client.get(address(edition)).status_code == status, user
    with pytest.raises(PermissionDenied):
        choose_number(goal=goal_of(edition), computed_by="uczestnicy", why="x", version=None, by=anna)


# ---- in the document ---------------------------------------------------------------------------------
def test_chosen_in_the_draft(as_tomasz, tomasz):
    edition = make_complete(tomasz)
    page = reverse("projects:write", args=[edition.pk])
    submit_form(as_tomasz, page, **{"goals-1-computed_by": "frekwencja"})
    assert [goal.computed_by for goal in load_document(edition)["goals"]] == ["", "frekwencja"]
    submit_form(as_tomasz, page, problem="Inny opis.")
    assert goal_of(edition, 2).computed_by == "frekwencja", "saved unchanged it stays"
    response = submit_form(as_tomasz, page, **{"goals-1-computed_by": "nie-ma"})
    assert response.status_code == 422 and NO_NUMBER in text_of(response)


def test_an_unknown_number_in_the_document(tomasz):
    edition = make_draft(tomasz)
    rows = {"goals": [SpecificGoal(goal="Cel", computed_by="nie-ma")]}
    with pytest.raises(ValidationError, match=NO_NUMBER[:20]):
        update_edition(edition=edition, data=ProjectData(edition, rows), version=None, by=tomasz)


# ---- settled -----------------------------------------------------------------------------------------
@pytest.fixture
def ended(edition, tomasz):
    enter_results(edition, tomasz)
    return edition


def end(edition, by) -> Edition:
    return end_edition(
        edition=Edition.objects.get(pk=edition.pk), last_day=date(2026, 10, 12), version=None, by=by
    )


def test_a_computed_value_counts(tomasz, maria, ended):
    goal_of(ended).readings.all()._raw_delete("default")
    compute(ended, tomasz, "spotkania-odbyte")
    assert settle_edition(edition=end(ended, tomasz), version=None, by=maria).state == "settled"


def test_attendance_of_nothing_is_refused_with_what_to_do(as_maria, tomasz, maria, ended):
    SpecificGoal.objects.filter(pk=goal_of(ended).pk).update(unit="%", target=Decimal(80))
    compute(ended, tomasz, "frekwencja")
    edition = end(ended, tomasz)
    with pytest.raises(ValidationError) as refusal:
        settle_edition(edition=edition, version=None, by=maria)
    assert refusal.value.messages == [
        "Cel 1: program nie ma z czego policzyć wartości (średnia frekwencja). "
        "Wybierz przy nim „wpisywana” i wpisz pomiar."
    ]
    page = as_maria.get(url(edition, "settle"))
    assert "Cel 1: program nie ma z czego policzyć" in text_of(page)
    assert address(edition) in Page(page).urls
    compute(edition, maria, "")
    assert settle_edition(edition=edition, version=None, by=maria).state == "settled"


def test_a_survey_of_few_answers_is_refused(tomasz, maria, ended):
    make_survey(ended, tomasz)
    compute(ended, tomasz, "ankieta-po-1")
    with pytest.raises(ValidationError, match=r"policzyć wartości \(1\. Rozmawiam z dzieckiem"):
        settle_edition(edition=end(ended, tomasz), version=None, by=maria)


def test_the_page_names_what_is_missing(as_maria, tomasz, edition):
    response = as_maria.get(url(end(edition, tomasz), "settle"))
    assert "Cel 1 nie ma wartości osiągniętej." in text_of(response)
    assert "Pozycja 3 budżetu nie ma kwoty wydanej." in text_of(response)
    assert url(edition, "results") in Page(response).urls

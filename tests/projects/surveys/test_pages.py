"""The surveys of a project: who sees what, counts, statement ceilings, history, closed projects."""

import pytest
from django.urls import reverse

from lubsko_ops.audit.history import save_with_history
from projects.actions import create_edition
from projects.choices import EditionState
from projects.models import Edition, Survey
from projects.surveys import actions
from tests.form_client import response_text
from tests.projects.factories import make_participation
from tests.projects.groups.helpers import make_workshop
from tests.projects.helpers import TITLE, make_draft, make_running
from tests.projects.surveys.helpers import (
    BEFORE_ON,
    grid_page,
    make_own,
    make_survey,
    page,
    question,
    sheet,
    type_pairs,
    type_sheets,
)
from tests.statement_counts import page_statements


@pytest.fixture
def survey(tomasz, maria):
    return make_own(tomasz, maria)


def surveys_page(edition) -> str:
    return reverse("projects:surveys", args=[edition.pk])


def test_the_list_counts_sheets_of_those_who_took_part(as_tomasz, tomasz, survey, kowalscy):
    person = kowalscy.memberships.get(kinship="mother").person
    make_participation(survey.edition, tomasz, day=BEFORE_ON, person=person)
    assert "Przed: 0 z 1 wpisanych. Po: 0 z 1 wpisanych." in response_text(
        as_tomasz.get(surveys_page(survey.edition))
    )
    type_sheets(survey, tomasz, "before", sheet(survey, 1, 2, 3, code="A1"))
    assert "Przed: 1 z 1 wpisanych." in response_text(as_tomasz.get(surveys_page(survey.edition)))
    type_sheets(survey, tomasz, "before", sheet(survey, 1, 2, 3, code="A2"))
    assert "Przed: 2 kartki." in response_text(as_tomasz.get(surveys_page(survey.edition)))


def test_a_project_without_surveys_offers_both(as_tomasz, tomasz, maria):
    edition = make_running(tomasz, maria)
    text = response_text(as_tomasz.get(surveys_page(edition)))
    assert "Nie ma jeszcze ankiet" in text and "Nowa ankieta przed i po" in text


def test_others_see_no_sheets_and_type_none(client, ewa, tomasz, survey):
    client.force_login(ewa)
    type_pairs(survey, tomasz, 5)
    text = response_text(client.get(surveys_page(survey.edition)))
    assert "Wpisz kartki" not in text and "Pytania" not in text.split("<main")[1].split("<footer")[0]
    row = survey.sheets.first()
    for url in (
        grid_page(survey), page("survey-sheet", survey, row.pk), page("survey-edit", survey),
        page("survey-close", survey), reverse("projects:survey-new", args=[survey.edition_id, "zadowolenie"]),
    ):  # fmt: skip
        assert client.get(url).status_code == 403, url
        assert client.post(url).status_code == 403, url


def test_the_leader_of_a_group_types(client, tomasz, maria, olga):
    group = make_workshop(tomasz, maria, leader=olga)
    survey = make_survey(group.edition, tomasz)
    client.force_login(olga)
    assert client.get(grid_page(survey)).status_code == 200


def test_an_administrator_sees_nothing(client, jan, survey):
    client.force_login(jan)
    assert client.get(surveys_page(survey.edition)).status_code == 403
    assert client.get(page("survey-results", survey)).status_code == 403


def test_a_survey_of_another_project_is_not_there(as_tomasz, tomasz, survey):
    other = make_draft(tomasz, title="Inny projekt")
    for name, more in (("survey-results", ()), ("survey-edit", ()), ("survey-sheets", ("przed", 1))):
        url = reverse(f"projects:{name}", args=[other.pk, survey.pk, *more])
        assert as_tomasz.get(url).status_code == 404
    for address in ("kartki", "zawsze"):
        assert as_tomasz.get(grid_page(survey, address)).status_code == 404
    assert as_tomasz.get(grid_page(survey, "przed", 99)).status_code == 404
    assert as_tomasz.get(reverse("projects:survey-new", args=[other.pk, "inna"])).status_code == 404


@pytest.mark.parametrize("state", [EditionState.SETTLED, EditionState.WITHDRAWN])
def test_nothing_changes_in_a_closed_project(as_tomasz, tomasz, maria, survey, state):
    type_pairs(survey, tomasz, 5)
    edition = Edition.objects.get(pk=survey.edition_id)
    edition.state = state
    save_with_history(edition, by=maria, why="koniec")
    text = response_text(as_tomasz.get(surveys_page(edition)))
    assert "Ten projekt jest zamknięty" in text and "Wpisz kartki" not in text
    row = survey.sheets.first()
    for url in (
        grid_page(survey), page("survey-edit", survey), page("survey-close", survey),
        page("survey-sheet", survey, row.pk),
        page("survey-sheet-remove", survey, row.pk), reverse("projects:survey-new", args=[edition.pk, "zadowolenie"]),
    ):  # fmt: skip
        assert as_tomasz.get(url).status_code == 302, url


def test_the_history_names_sheets_and_no_answer(as_tomasz, tomasz, maria):
    survey = make_own(tomasz, maria, questions=[question("Jak było?", "open"), question("Czy dobrze?")])
    type_sheets(survey, tomasz, "before", sheet(survey, None, 4, code="HE38"))
    row = survey.sheets.get()
    data = sheet(survey, "Było miło i głośno", 5, code="HE38")
    actions.update_sheet(sheet=row, data=data, version=None, by=tomasz)
    text = response_text(as_tomasz.get(reverse("projects:history", args=[survey.edition_id])))
    assert "Dodano kartkę ankiety: nr 1" in text and "Dodano pytanie ankiety: Czy dobrze?" in text
    assert "HE38" not in text and "Było miło" not in text


@pytest.mark.parametrize("number", [1, 12])
def test_the_pages_cost_few_statements(as_tomasz, tomasz, maria, survey, number):
    type_pairs(survey, tomasz, number)
    satisfaction = make_survey(survey.edition, tomasz, kind="satisfaction", codes=False)
    type_sheets(satisfaction, tomasz, "only", *(sheet(satisfaction, 1, 2, 3) for _ in range(number)))
    assert len(page_statements(as_tomasz, surveys_page(survey.edition))) <= 8
    for url in (
        grid_page(survey), grid_page(survey, "po"), page("survey-results", survey), page("survey-edit", survey),
        page("survey-sheet", survey, survey.sheets.first().pk), page("survey-close", survey),
    ):  # fmt: skip
        assert len(page_statements(as_tomasz, url)) <= 10, url


def test_the_surveys_are_copied_with_a_new_edition(as_tomasz, tomasz, maria, survey):
    type_pairs(survey, tomasz, 2)
    actions.close_survey(survey=Survey.objects.get(pk=survey.pk), version=None, by=tomasz)
    data = Edition(title=f"{TITLE} 2027", kind="group", starts_on=BEFORE_ON.replace(year=2027), ends_on=None)
    edition = create_edition(data=data, copy_of=Edition.objects.get(pk=survey.edition_id), by=tomasz)
    copy = edition.surveys.get()
    assert copy.with_codes and copy.closed_on is None and copy.word_1 == "zdecydowanie nie"
    assert [each.text for each in copy.questions.all()] == [each.text for each in survey.questions.all()]
    assert not copy.sheets.exists()


def test_a_leader_costs_no_more_than_ten(client, tomasz, maria, olga):
    group = make_workshop(tomasz, maria, leader=olga)
    survey = make_survey(group.edition, tomasz)
    type_pairs(survey, tomasz, 6)
    client.force_login(olga)
    assert len(page_statements(client, surveys_page(survey.edition))) <= 8
    for url in (grid_page(survey, "po"), page("survey-results", survey), page("survey-edit", survey)):
        assert len(page_statements(client, url)) <= 10, url

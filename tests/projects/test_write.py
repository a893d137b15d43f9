"""Tomasz writes the document: rows, drafts, who else may, what is refused."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from lubsko_ops.audit.history import VersionConflict
from projects import actions
from projects.document import ProjectData, document_parts, load_document
from projects.models import BudgetLine, PlannedAction, SpecificGoal
from projects.queries import diagnosis_numbers
from tests.form_client import form_data
from tests.projects.factories import make_group
from tests.projects.helpers import complete_content, make_complete, make_draft, make_sent


@pytest.fixture
def draft(tomasz):
    return make_draft(tomasz)


def write_url(edition):
    return reverse("projects:write", args=[edition.pk])


def save(edition, rows, by, **texts):
    for name, value in texts.items():
        setattr(edition, name, value)
    return actions.update_edition(edition=edition, data=ProjectData(edition, rows), version=None, by=by)


def test_a_part_of_the_document_is_saved_and_shown_again(as_tomasz, draft):
    url = write_url(draft)
    data = form_data(
        as_tomasz, url, **{"problem": "Osłabione więzi", "budget-0-name": "Sala", "budget-0-amount": "2"}
    )
    assert as_tomasz.post(url, data | {"budget-0-price": "1 260,50"}).status_code == 302
    line = draft.budgetlines.get()
    assert (line.name, line.price, line.planned) == ("Sala", Decimal("1260.50"), Decimal(2521))
    page = as_tomasz.get(url).content.decode()
    assert "Osłabione więzi" in page and "1\u00a0260,5" in page


def test_rows_are_changed_removed_and_numbered_in_their_order(draft, tomasz):
    first, second = SpecificGoal(goal="Pierwszy"), SpecificGoal(goal="Drugi")
    save(draft, {"goals": [first, second]}, tomasz)
    stored = load_document(draft)["goals"]
    stored[1].goal = "Drugi, poprawiony"
    save(draft, {"goals": [stored[1], SpecificGoal(goal="Nowy")]}, tomasz)
    rows = [(row.position, row.goal) for row in load_document(draft)["goals"]]
    assert rows == [(1, "Drugi, poprawiony"), (2, "Nowy")]


def test_groups_keep_their_goals_when_one_before_them_is_removed(draft, tomasz):
    goals = [SpecificGoal(goal=text) for text in ("Pierwszy", "Drugi", "Trzeci")]
    save(draft, {"goals": goals}, tomasz)
    group = make_group(draft, tomasz, goals=[1, 3])
    _, second, third = load_document(draft)["goals"]
    save(draft, {"goals": [second, third]}, tomasz)
    group.refresh_from_db()
    assert group.goals == [2]


def test_a_row_of_another_project_is_not_touched(draft, tomasz):
    other = make_complete(tomasz, title="Inny")
    goal = other.specificgoals.first()
    before = goal.goal
    goal.goal = "Podmieniony"
    save(draft, {"goals": [goal]}, tomasz)
    goal.refresh_from_db()
    assert (goal.goal, goal.edition) == (before, other)
    assert draft.specificgoals.get().goal == "Podmieniony"


def test_the_part_says_what_is_missing(draft, tomasz):
    row = save(
        draft, {"goals": [SpecificGoal(goal="Cel", unit="osób")], "budget": [BudgetLine(name="Sala")]}, tomasz
    )
    parts = document_parts(load_document(row))
    assert parts[3].missing == [
        "Nie ma celu głównego.",
        "Cel 1 nie ma wskaźnika, źródła weryfikacji, wartości docelowej.",
    ]
    assert parts[7].missing == [
        "Pozycja 1 budżetu nie ma nazwy albo kwoty.",
        "Pozycja 1 budżetu nie ma źródła pieniędzy.",
    ]
    assert parts[8].is_empty and not parts[8].missing


def test_a_complete_document_has_nothing_missing(tomasz):
    parts = document_parts(load_document(make_complete(tomasz)))
    assert [part.number for part in parts if part.missing] == []
    assert [part.number for part in parts if part.is_empty] == [10, 11, 12]


def test_anna_writes_once_she_is_an_author(client, draft, tomasz, anna):
    client.force_login(anna)
    assert client.get(write_url(draft)).status_code == 403
    with pytest.raises(PermissionDenied):
        save(draft, {}, anna)
    save(draft, {}, tomasz, authors=[tomasz.pk, anna.pk])
    assert client.get(write_url(draft)).status_code == 200
    assert save(draft, {}, anna, problem="Od Anny").writers == [tomasz.pk, anna.pk]


def test_without_an_author(draft, tomasz):
    with pytest.raises(ValidationError) as refusal:
        save(draft, {}, tomasz, authors=[])
    assert "authors" in refusal.value.error_dict


def test_the_form_asks_for_an_author(as_tomasz, draft):
    url = write_url(draft)
    response = as_tomasz.post(url, form_data(as_tomasz, url, authors=None))
    assert "Wskaż przynajmniej jednego autora" in response.content.decode()


def test_a_second_writer_does_not_overwrite_the_first(draft, tomasz, maria):
    opened = draft.version
    save(draft, {}, maria, problem="Od Marii")
    with pytest.raises(VersionConflict):
        content = ProjectData(draft, {})
        actions.update_edition(edition=draft, data=content, version=opened, by=tomasz)


def test_what_was_sent_is_not_changed(as_tomasz, tomasz):
    sent = make_sent(tomasz)
    assert as_tomasz.get(write_url(sent)).status_code == 302
    with pytest.raises(ValidationError, match="czeka na akceptację"):
        actions.update_edition(edition=sent, data=complete_content(sent), version=None, by=tomasz)


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ({"goals": [SpecificGoal(goal="Cel", target=Decimal(10))]}, "potrzebuje jednostki"),
        ({"actions": [PlannedAction(name="Warsztat", goals=[1])]}, "nie ma celu 1"),
        ({"budget": [BudgetLine(name="Sala", amount=Decimal(1), price=Decimal(0))]}, "0 zł"),
        ({"budget": [BudgetLine(name="Sala", amount=Decimal(1), price=Decimal(10_000_000))]}, "5 000 000"),
    ],
)
def test_rows_that_make_no_sense_save_nothing(draft, tomasz, rows, sentence):
    with pytest.raises(ValidationError, match=sentence):
        save(draft, rows, tomasz, problem="Nie zapisze się")
    draft.refresh_from_db()
    assert draft.problem == ""


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"goals-0-goal": "Cel", "goals-0-target": "10"}, "w czym liczona jest wartość docelowa"),
        ({"actions-0-name": "Warsztat", "actions-0-goal_numbers": "1, x"}, "numery celów po przecinku"),
        ({"actions-0-name": "Warsztat", "actions-0-goal_numbers": "7"}, "nie ma celu 7"),
        ({"budget-0-name": "Sala", "budget-0-amount": "0", "budget-0-price": "5"}, "warta 0 zł"),
        ({"budget-0-name": "Sala", "budget-0-amount": "dużo"}, "Wpisz liczbę"),
        ({"ends_on": "01.11.2026"}, "Koniec nie może poprzedzać początku"),
        ({"recruits_from": "30.10.2026", "recruits_to": "15.10.2026"}, "Koniec nie może poprzedzać początku"),
        ({"places": "100000"}, "2000"),
    ],
)
def test_a_refusal_stands_on_the_page_and_what_was_typed_stays(as_tomasz, draft, fields, sentence):
    url = write_url(draft)
    response = as_tomasz.post(url, form_data(as_tomasz, url, problem="Zostaje", **fields))
    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page and "Zostaje" in page


def test_the_summary_names_the_kind_of_the_row(as_tomasz, draft):
    url = write_url(draft)
    fields = {"goals-0-goal": "Cel", "goals-0-target": "10", "budget-0-amount": "0", "budget-0-price": "5"}
    page = as_tomasz.post(url, form_data(as_tomasz, url, **fields)).content.decode()
    assert "Cel 1: Jednostka" in page and "Pozycja budżetu 1: Cena, zł" in page


def test_a_row_is_added_without_leaving_the_page(as_tomasz, draft):
    url = write_url(draft)
    data = form_data(as_tomasz, url, problem="Piszę dalej")
    page = as_tomasz.post(url, data | {"_add": "risks"}).content.decode()
    assert 'name="risks-0-description"' in page and "Piszę dalej" in page


def test_numbers_of_the_centre_to_start_from(kowalscy, nowakowie):
    families, children, problems = diagnosis_numbers(date(2026, 10, 13))
    assert families == "Pod opieką asystentów: 2\u00a0rodziny."
    assert children == "W tych rodzinach: 2\u00a0dzieci."
    assert "ubóstwo (2)" in problems
    assert diagnosis_numbers(date(2026, 1, 1))[0] == "Pod opieką asystentów: 0\u00a0rodzin."

"""Actions name goals by their numbers: when a goal goes, the numbers follow, and the action that served it says so."""

import pytest
from django.urls import reverse

from projects.document import load_document
from tests.form_client import form_data
from tests.projects.helpers import make_draft

GOALS = {f"goals-{index}-goal": name for index, name in enumerate(("Więzi", "Budżet", "Praca"))}
ROWS = GOALS | {"actions-0-name": "Warsztat", "actions-0-goal_numbers": "3"}


@pytest.fixture
def draft(tomasz):
    return make_draft(tomasz)


@pytest.fixture
def url(draft):
    return reverse("projects:write", args=[draft.pk])


def post(client, url, rows, **buttons):
    data = form_data(client, url) | rows
    totals = {"goals-TOTAL_FORMS": "3", "actions-TOTAL_FORMS": str(1 + ("actions-1-name" in rows))}
    return client.post(url, data | totals | buttons)


def goals_of_actions(draft):
    return [row.goals for row in load_document(draft)["actions"]]


def test_the_button_that_removes_a_goal_changes_the_numbers(as_tomasz, url):
    rows = ROWS | {"actions-1-name": "Zeszyt", "actions-1-goal_numbers": "1, 2"}
    page = post(as_tomasz, url, rows, _remove="goals-1")
    first, second = page.context["form"].formsets["actions"]
    assert (first["goal_numbers"].value(), second["goal_numbers"].value()) == ("2", "1")
    assert "Usunięto cel 2, któremu to działanie służyło" in second.fields["goal_numbers"].help_text
    assert "np. 1, 3" in first.fields["goal_numbers"].help_text


def test_a_goal_removed_before_is_not_counted(as_tomasz, url):
    page = post(
        as_tomasz, url, ROWS | {"goals-0-DELETE": "on", "actions-0-goal_numbers": "2"}, _remove="goals-1"
    )
    assert page.context["form"].formsets["actions"][0]["goal_numbers"].value() == "1"


@pytest.mark.parametrize(("typed", "shown"), [("2 i 3", "2 i 3"), ("", ""), ("2", "")])
def test_words_stay_as_they_were_typed(as_tomasz, url, typed, shown):
    page = post(as_tomasz, url, ROWS | {"actions-0-goal_numbers": typed}, _remove="goals-1")
    assert page.context["form"].formsets["actions"][0]["goal_numbers"].value() == shown


@pytest.mark.parametrize("button", ["goals-9", "goals-x", "goals-"])
def test_a_button_of_no_goal_changes_nothing(as_tomasz, url, button):
    page = post(as_tomasz, url, ROWS, _remove=button)
    assert page.context["form"].formsets["actions"][0]["goal_numbers"].value() == "3"


def test_the_page_then_saves_the_goals_in_sight(as_tomasz, url, draft):
    rows = ROWS | {"goals-1-DELETE": "on", "actions-0-goal_numbers": "2"}
    assert post(as_tomasz, url, rows).status_code == 302
    assert [row.goal for row in load_document(draft)["goals"]] == ["Więzi", "Praca"]
    assert goals_of_actions(draft) == [[2]]


def test_an_empty_goal_is_left_out_and_the_numbers_follow(as_tomasz, url, draft):
    assert post(as_tomasz, url, ROWS | {"goals-1-goal": ""}).status_code == 302
    assert goals_of_actions(draft) == [[2]]


def test_an_empty_goal_serves_nobody(as_tomasz, url, draft):
    response = post(as_tomasz, url, ROWS | {"goals-1-goal": "", "actions-0-goal_numbers": "2"})
    assert response.status_code == 422 and "nie ma celu 2" in response.content.decode()

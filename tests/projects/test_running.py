"""From the approval to the settlement: begun, results and money, ended, settled, or given up."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from lubsko_ops.core import clock
from projects import actions
from projects.models import Edition
from projects.results.actions import record_results
from tests.form_client import form_data
from tests.projects.helpers import (
    RUNNING_ON,
    enter_results,
    make_approved,
    make_draft,
    make_ended,
    make_running,
    make_sent,
)


# ---- begin, end --------------------------------------------------------------------------------------
def test_it_begins_on_its_first_day_and_not_before(tomasz, maria):
    edition = make_approved(tomasz, maria)
    with pytest.raises(ValidationError, match="Projekt zaczyna się"):
        actions.begin_edition(edition=edition, version=None, by=tomasz)
    with clock.freeze_time(RUNNING_ON):
        assert actions.begin_edition(edition=edition, version=None, by=tomasz).state == "running"


def test_an_open_project_gets_its_last_day_when_it_ends(tomasz, maria):
    edition = make_running(tomasz, maria)
    assert edition.ends_on is None
    row = actions.end_edition(edition=edition, last_day=date(2026, 10, 12), version=None, by=tomasz)
    assert (row.state, row.ends_on) == ("to_settle", date(2026, 10, 12))


@pytest.mark.parametrize("last_day", [date(2026, 9, 30), date(2026, 10, 14)])
def test_the_last_day_is_neither_before_the_start_nor_to_come(tomasz, maria, last_day):
    edition = make_running(tomasz, maria)
    with pytest.raises(ValidationError) as refusal:
        actions.end_edition(edition=edition, last_day=last_day, version=None, by=tomasz)
    assert "last_day" in refusal.value.error_dict


# ---- results -----------------------------------------------------------------------------------------
def test_tomasz_enters_results_and_the_page_shows_them(as_tomasz, tomasz, maria):
    edition = make_running(tomasz, maria)
    goal, line = edition.specificgoals.first(), edition.budgetlines.first()
    url = reverse("projects:results", args=[edition.pk])
    fields = {f"reached_{goal.pk}": "11", f"spent_{line.pk}": "1 184,50"}
    assert as_tomasz.post(url, form_data(as_tomasz, url, **fields)).status_code == 302
    line.refresh_from_db()
    reading = goal.readings.get()
    assert (reading.value, reading.day, reading.source) == (Decimal(11), clock.today(), "ankieta")
    assert line.spent == Decimal("1184.50")
    page = as_tomasz.get(reverse("projects:project", args=[edition.pk])).content.decode()
    assert "osiągnięto" in page and "1\u00a0184,50" in page


def test_more_than_planned_is_asked_about(as_tomasz, tomasz, maria):
    edition = make_running(tomasz, maria)
    line, url = edition.budgetlines.first(), reverse("projects:results", args=[edition.pk])
    response = as_tomasz.post(url, form_data(as_tomasz, url, **{f"spent_{line.pk}": "1300"}))
    assert response.status_code == 422
    assert "więcej niż plan" in response.content.decode()


def test_nothing_is_spent_before_the_start(tomasz, maria):
    with pytest.raises(ValidationError, match="od rozpoczęcia projektu"):
        enter_results(make_approved(tomasz, maria), tomasz)


def test_a_line_of_another_project_is_left_alone(tomasz, maria):
    edition, other = make_running(tomasz, maria), make_draft(tomasz, title="Inny")
    line = edition.budgetlines.first()
    edition.budgetlines.filter(pk=line.pk).update(edition=other)
    spent = {line.pk: Decimal(5)}
    record_results(edition=edition, readings=[], spent=spent, version=None, by=tomasz)
    line.refresh_from_db()
    assert line.spent is None


# ---- settlement --------------------------------------------------------------------------------------
def test_it_is_settled_once_all_results_are_there(tomasz, maria):
    edition = make_ended(tomasz, maria)
    with pytest.raises(ValidationError) as refusal:
        actions.settle_edition(edition=edition, version=None, by=maria)
    assert refusal.value.messages[0] == "Cel 1 nie ma wartości osiągniętej."
    assert refusal.value.messages[-1] == "Pozycja 3 budżetu nie ma kwoty wydanej."
    enter_results(edition, tomasz)
    assert actions.settle_edition(edition=edition, version=None, by=maria).state == "settled"
    with pytest.raises(ValidationError, match="od rozpoczęcia projektu"):
        enter_results(edition, tomasz)


def test_the_author_does_not_settle(tomasz, maria):
    edition = enter_results(make_ended(tomasz, maria), tomasz)
    with pytest.raises(PermissionDenied):
        actions.settle_edition(edition=edition, version=None, by=tomasz)


# ---- given up ----------------------------------------------------------------------------------------
def test_an_author_gives_up_what_is_not_approved(tomasz):
    edition = actions.withdraw_edition(
        edition=make_sent(tomasz), text="Brak chętnych.", version=None, by=tomasz
    )
    assert (edition.state, edition.steps.last().text) == ("withdrawn", "Brak chętnych.")


def test_an_approved_one_only_the_manager(tomasz, maria):
    edition = make_approved(tomasz, maria)
    with pytest.raises(PermissionDenied):
        actions.withdraw_edition(edition=edition, text="Brak chętnych.", version=None, by=tomasz)
    assert (
        actions.withdraw_edition(edition=edition, text="Brak sali.", version=None, by=maria).approved_by
        == maria
    )


def test_without_a_reason_nothing_is_given_up(tomasz):
    with pytest.raises(ValidationError, match="dlaczego"):
        actions.withdraw_edition(edition=make_draft(tomasz), text="", version=None, by=tomasz)


def test_the_title_is_free_again(tomasz):
    edition = make_draft(tomasz)
    actions.withdraw_edition(edition=edition, text="Pomyłka.", version=None, by=tomasz)
    data = Edition(title=edition.title, kind="group", starts_on=edition.starts_on, ends_on=edition.ends_on)
    assert actions.create_edition(data=data, copy_of=edition, by=tomasz).state == "draft"

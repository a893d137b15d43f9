"""Attendance is offered as remarks on the progress of the row of the plan that a participation serves."""

from datetime import date

import pytest
from django.urls import reverse

from families.plans.models import ActionProgress
from lubsko_ops.audit.history import save_with_history
from sessions.choices import Presence
from tests.form_client import response_text, submit_form
from tests.plan_factories import create_plan_in_force
from tests.projects.factories import make_group, make_participation
from tests.projects.groups.helpers import mother_of
from tests.projects.helpers import make_running
from tests.sessions.factories import make_attendance, make_held
from tests.statement_counts import page_statements

FIRST = date(2026, 10, 1)


@pytest.fixture
def action(kowalscy, anna, tomasz, maria):
    plan = create_plan_in_force(kowalscy, by=anna, tomasz=tomasz, maria=maria)
    return plan.actions.order_by("position").first()


@pytest.fixture
def meetings(tomasz, maria):
    group = make_group(make_running(tomasz, maria), tomasz)
    return [make_held(group, tomasz, date(2026, 10, day)) for day in (2, 9)]


@pytest.fixture
def danuta(action, kowalscy, tomasz, meetings):
    group = meetings[0].group
    row = make_participation(
        group.edition, tomasz, day=FIRST, group=group, person=mother_of(kowalscy), family=kowalscy
    )
    row.steps.update(group=group)
    row.plan_goal = action.goal
    return save_with_history(row, by=tomasz, why="próba")


def url_of(action) -> str:
    plan = action.plan
    return reverse("families:plan-progress", args=[plan.period.family_id, plan.number, action.pk])


HINT = "Udział w zajęciach „Warsztaty dla mam”, Danuta Kowalska: 1 z 2 spotkań od 01.10.2026."


def hint_text(response) -> str:
    return response_text(response).replace("\xa0", " ")


def test_the_form_shows_it_and_leaves_the_remarks_empty(as_anna, tomasz, action, meetings, danuta):
    make_attendance(meetings[0], danuta, tomasz)
    make_attendance(meetings[1], danuta, tomasz, Presence.UNEXCUSED)
    response = as_anna.get(url_of(action))
    assert HINT in hint_text(response)
    assert not response.context["form"]["note"].value()
    assert not ActionProgress.objects.exists()


def test_one_tap_puts_it_into_the_remarks_which_are_saved_by_the_user(
    as_anna, tomasz, action, meetings, danuta
):
    make_attendance(meetings[0], danuta, tomasz)
    make_attendance(meetings[1], danuta, tomasz, Presence.UNEXCUSED)
    response = as_anna.get(f"{url_of(action)}?podpowiedz=1")
    note = response.context["form"]["note"].value()
    assert note.replace("\xa0", " ") == HINT
    assert submit_form(as_anna, url_of(action), state="under_way", note=note).status_code == 302
    assert ActionProgress.objects.get().note.replace("\xa0", " ") == HINT


@pytest.mark.parametrize("number", ["0", "2", "-1", "x", "99999999999999999999"])
def test_a_hint_that_is_not_there_leaves_the_remarks_empty(as_anna, action, danuta, number):
    response = as_anna.get(f"{url_of(action)}?podpowiedz={number}")
    assert response.status_code == 200 and not response.context["form"]["note"].value()


def test_a_row_no_participation_serves_has_none(as_anna, tomasz, action, meetings, danuta):
    danuta.plan_goal = "Inny cel"
    save_with_history(danuta, by=tomasz, why="próba")
    assert "Co wiadomo z zajęć" not in response_text(as_anna.get(url_of(action)))


def test_the_statements_do_not_grow(as_anna, tomasz, action, meetings, danuta):
    make_attendance(meetings[0], danuta, tomasz)
    make_attendance(meetings[1], danuta, tomasz, Presence.UNEXCUSED)
    before = len(page_statements(as_anna, url_of(action)))
    for day in range(5, 9):
        make_attendance(make_held(meetings[0].group, tomasz, date(2026, 10, day)), danuta, tomasz)
    assert len(page_statements(as_anna, url_of(action))) == before

"""An assignment is not pulled from under the visits of its assistant."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from families.caseload.actions import assign_assistant, end_assignment, end_work, hand_over
from families.caseload.corrections import cancel_assignment, correct_assignment
from families.choices import AssignmentKind, ClosingReason
from families.visits.models import Visit
from tests.factories import TODAY, WORK_STARTED_ON
from tests.families.visits.helpers import make_visit, visit_url
from tests.form_client import response_text, submit_form

VISIT, LATER = date(2026, 10, 5), date(2026, 10, 12)


@pytest.fixture
def visits(kowalscy, anna):
    return [make_visit(kowalscy, anna, day) for day in (VISIT, LATER)]


@pytest.fixture
def period(kowalscy, visits):
    return kowalscy.periods.get()


@pytest.fixture
def leading(period):
    return period.assignments.get()


def test_a_retroactive_hand_over_is_refused_with_the_list(client, maria, ewa, kowalscy, period):
    client.force_login(maria)
    url = reverse("families:assign", args=[kowalscy.pk])
    refused = submit_form(client, url, starts_on="05.10.2026", assistant=ewa.pk)
    words = response_text(refused)
    assert refused.status_code == 422 and "W tych dniach są zapisane wizyty:" in words
    assert "05.10.2026 (Anna Sikora) i 12.10.2026 (Anna Sikora)" in words
    assert period.assignments.get().ends_on is None


def test_after_the_last_visit_it_is_handed_over(period, ewa, maria):
    assert hand_over(period=period, assistant=ewa, starts_on=LATER + timedelta(days=1), by=maria)


def test_one_who_accompanies_keeps_the_visits(period, ewa, maria):
    row = hand_over(period=period, assistant=ewa, starts_on=VISIT, accompany_until=TODAY, by=maria)
    assert row.starts_on == VISIT


@pytest.mark.parametrize("on", [VISIT - timedelta(days=1), VISIT])
def test_it_does_not_end_before_a_visit(leading, maria, on):
    with pytest.raises(ValidationError, match=r"12\.10\.2026 \(Anna Sikora\)"):
        end_assignment(assignment=leading, on=on, version=None, by=maria)


def test_its_first_day_is_not_moved_past_a_visit(leading, maria):
    days = {"starts_on": VISIT + timedelta(days=1), "ends_on": None}
    with pytest.raises(ValidationError, match=r"05\.10\.2026 \(Anna Sikora\)\."):
        correct_assignment(assignment=leading, **days, why="Pomyłka", version=None, by=maria)


def test_a_stand_in_with_a_visit_is_not_called_off(kowalscy, ewa, maria):
    period = kowalscy.periods.get()
    days = {"starts_on": date(2026, 10, 1), "ends_on": date(2026, 10, 9)}
    row = assign_assistant(period=period, assistant=ewa, kind=AssignmentKind.STAND_IN, by=maria, **days)
    make_visit(kowalscy, ewa, VISIT)
    with pytest.raises(ValidationError, match=r"05\.10\.2026 \(Ewa Czyż\)"):
        cancel_assignment(assignment=row, why="Pomyłka", version=None, by=maria)


def test_work_does_not_end_before_a_visit(period, maria):
    with pytest.raises(ValidationError, match=r"12\.10\.2026 \(Anna Sikora\)"):
        end_work(period=period, on=VISIT, reason=ClosingReason.GOALS_REACHED, by=maria)
    assert end_work(period=period, on=LATER, reason=ClosingReason.GOALS_REACHED, by=maria).ends_on == LATER


def test_days_without_an_assignment_before_do_not_stand_in_the_way(period, leading, maria):
    """As in imported history: a visit of a day that was never assigned."""
    Visit.objects.filter(day=VISIT).update(day=WORK_STARTED_ON - timedelta(days=30))
    assert end_assignment(assignment=leading, on=LATER, version=None, by=maria).ends_on == LATER


class TestTheAuthor:
    """After the hand-over the visits stay theirs to correct."""

    def test_corrects_a_visit_of_the_days_that_were_theirs(self, client, period, anna, ewa, maria, visits):
        hand_over(period=period, assistant=ewa, starts_on=LATER + timedelta(days=1), by=maria)
        client.force_login(anna)
        assert submit_form(client, visit_url(visits[0], "visit-edit"), opinion="Lepiej.").status_code == 302

    def test_corrects_it_on_its_day_whatever_became_of_the_assignment(self, client, leading, anna, visits):
        type(leading).objects.filter(pk=leading.pk).update(starts_on=LATER)
        client.force_login(anna)
        url = visit_url(visits[0], "visit-edit")
        assert submit_form(client, url, opinion="Lepiej.").status_code == 302
        refused = submit_form(client, url, day="06.10.2026")
        assert "ta rodzina nie była Ci przydzielona" in response_text(refused)

"""Ending work with a family: last day and reason; open assignments and bases end with it."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from families.caseload.actions import add_basis, assign_assistant, end_work, hand_over
from families.caseload.caseload import peak_caseload
from families.caseload.models import Assignment
from families.choices import AssignmentKind, ClosingReason
from lubsko_ops.core import clock
from tests.factories import TODAY, WORK_STARTED_ON
from tests.families.caseload.helpers import court_basis

LATER = date(2026, 10, 31)


def closed(family, *, by, on=TODAY):
    return end_work(period=family.periods.get(), on=on, reason=ClosingReason.GOALS_REACHED, by=by)


def test_it_works(kowalscy, maria):
    period = closed(kowalscy, by=maria)
    assert (period.ends_on, period.closing_reason) == (TODAY, ClosingReason.GOALS_REACHED)
    assert period.assignments.get().ends_on == TODAY
    assert period.bases.get().ends_on == TODAY


def test_history_keeps_user_and_reason(kowalscy, maria):
    period = closed(kowalscy, by=maria)
    for row in (period, period.assignments.get(), period.bases.get()):
        past = row.history.latest()
        assert (past.history_user, past.history_change_reason) == (maria, "Zakończenie pracy z rodziną")
        assert past.history_date == clock.now()


def test_a_valid_closing_reason_is_required(kowalscy, maria):
    for reason in ("", "znudziło się"):
        with pytest.raises(ValidationError):
            end_work(period=kowalscy.periods.get(), on=TODAY, reason=reason, by=maria)
    assert kowalscy.periods.get().ends_on is None
    assert kowalscy.periods.get().assignments.get().ends_on is None, "all or nothing"


def test_it_cannot_end_before_it_started(kowalscy, maria):
    with pytest.raises(ValidationError):
        closed(kowalscy, on=WORK_STARTED_ON - timedelta(days=1), by=maria)
    assert closed(kowalscy, on=WORK_STARTED_ON, by=maria).ends_on == WORK_STARTED_ON


def test_it_cannot_be_ended_twice(kowalscy, maria):
    closed(kowalscy, by=maria)
    with pytest.raises(ValidationError, match=r"została już zakończona 13\.10\.2026"):
        closed(kowalscy, on=LATER, by=maria)


def test_rows_that_ended_earlier_keep_their_last_day(kowalscy, ewa, maria):
    hand_over(period=kowalscy.periods.get(), assistant=ewa, starts_on=date(2026, 9, 1), by=maria)
    period = closed(kowalscy, by=maria)
    days = period.assignments.order_by("starts_on").values_list("ends_on", flat=True)
    assert list(days) == [date(2026, 8, 31), TODAY]


def test_a_stand_in_planned_for_longer_ends_with_the_work(kowalscy, ewa, maria):
    period = kowalscy.periods.get()
    stand_in = assign_assistant(
        period=period, assistant=ewa, kind=AssignmentKind.STAND_IN, starts_on=TODAY, ends_on=LATER, by=maria
    )
    closed(kowalscy, on=date(2026, 10, 20), by=maria)
    stand_in.refresh_from_db()
    assert stand_in.ends_on == date(2026, 10, 20)


def test_rows_starting_after_the_last_day_block_the_end(kowalscy, ewa, maria):
    hand_over(period=kowalscy.periods.get(), assistant=ewa, starts_on=LATER, by=maria)
    with pytest.raises(ValidationError, match="zaczyna się jeszcze przydzielenie"):
        closed(kowalscy, by=maria)
    assert kowalscy.periods.get().ends_on is None


def test_the_slot_is_free_from_the_next_day(kowalscy, anna, maria):
    closed(kowalscy, by=maria)
    assert peak_caseload(anna, since=TODAY) == 1
    assert peak_caseload(anna, since=TODAY + timedelta(days=1)) == 0


def test_no_assignment_or_basis_after_the_last_day(kowalscy, ewa, maria):
    period = closed(kowalscy, by=maria)
    with pytest.raises(ValidationError, match=r"została zakończona 13\.10\.2026"):
        assign_assistant(period=period, assistant=ewa, starts_on=LATER, by=maria)
    with pytest.raises(ValidationError, match=r"została zakończona 13\.10\.2026"):
        add_basis(period=period, data=court_basis(LATER)[0], by=maria)


def test_monitoring_begins_when_the_work_has_ended(kowalscy, anna, maria):
    period = kowalscy.periods.get()
    follow_up = {"period": period, "assistant": anna, "kind": AssignmentKind.MONITORING, "by": maria}
    with pytest.raises(ValidationError, match="po zakończeniu pracy"):
        assign_assistant(starts_on=LATER, **follow_up)
    closed(kowalscy, by=maria)
    with pytest.raises(ValidationError, match="po zakończeniu pracy"):
        assign_assistant(starts_on=TODAY, **follow_up)
    row = assign_assistant(starts_on=TODAY + timedelta(days=1), ends_on=date(2027, 4, 13), **follow_up)
    assert row.ends_on == date(2027, 4, 13)
    assert peak_caseload(anna, since=LATER) == 0, "monitoring takes no slot"
    assert Assignment.objects.filter(period=period).count() == 2


def test_an_assignment_within_a_closed_period_ends_with_it(kowalscy, anna, ewa, maria):
    """An assignment to work whose last day is already set ends on that day."""
    period = closed(kowalscy, on=LATER, by=maria)
    row = hand_over(period=period, assistant=ewa, starts_on=date(2026, 10, 20), by=maria)
    assert row.ends_on == LATER

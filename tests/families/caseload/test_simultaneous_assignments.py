"""Concurrent actions on real connections: the last slot is taken once, case numbers have no gaps or duplicates."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from families.caseload.actions import (
    assign_assistant,
    assign_lead_worker,
    begin_work,
    hand_over,
    start_work_and_assign,
    version_token,
)
from families.caseload.caseload import peak_caseload
from families.caseload.models import Assignment, CaseCounter, LeadWorkerAssignment, WorkPeriod
from families.caseload.validators import LimitReached
from families.choices import AssignmentKind
from lubsko_ops.core.permissions import Role
from tests.concurrency import run_concurrently
from tests.factories import TODAY, WORK_STARTED_ON
from tests.families.caseload.helpers import (
    assign_families,
    court_basis,
    create_empty_family,
    create_work_without_assistant,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("limit_of_15")]


def test_of_eight_assignments_to_the_last_slot_exactly_one_wins(anna, maria):
    assign_families(anna, 14, by=maria)
    periods = [create_work_without_assistant(f"Chętni {number}", by=maria) for number in range(8)]
    results = run_concurrently(
        lambda period: assign_assistant(period=period, assistant=anna, starts_on=TODAY, by=maria), periods
    )
    won = [result for result in results if isinstance(result, Assignment)]
    lost = [result for result in results if isinstance(result, LimitReached)]
    assert (len(won), len(lost)) == (1, 7)
    assert {str(sentence) for refusal in lost for sentence in refusal.messages} == {
        "Asystent prowadzi już 15\u00a0rodzin, a art.\u00a015\u00a0ust.\u00a04 ustawy z dnia 9 czerwca "
        "2011 r. o wspieraniu rodziny i systemie pieczy zastępczej pozwala najwyżej na 15."
    }
    assert peak_caseload(anna, since=TODAY) == 15


def test_leading_and_standing_in_compete_for_the_same_slot(anna, ewa, maria):
    assign_families(anna, 14, by=maria)
    periods = [row.period for row in assign_families(ewa, 4, by=maria)]

    def function(job):
        period, kind = job
        ends_on = TODAY + timedelta(days=14) if kind == AssignmentKind.STAND_IN else None
        return assign_assistant(
            period=period, assistant=anna, kind=kind, starts_on=TODAY, ends_on=ends_on, by=maria
        )

    kinds = [AssignmentKind.LEADING, AssignmentKind.STAND_IN] * 2
    results = run_concurrently(function, zip(periods, kinds, strict=True))
    assert sum(isinstance(result, Assignment) for result in results) == 1
    assert peak_caseload(anna, since=TODAY) == 15


def test_assignments_to_different_assistants_do_not_block_each_other(anna, ewa, maria):
    """Nobody is refused because of another assistant's families."""
    assign_families(anna, 14, by=maria)
    periods = [create_work_without_assistant(f"Chętni {number}", by=maria) for number in range(8)]
    results = run_concurrently(
        lambda job: assign_assistant(period=job[0], assistant=job[1], starts_on=TODAY, by=maria),
        zip(periods, [anna, ewa] * 4, strict=True),
    )
    won = [result.assistant for result in results if isinstance(result, Assignment)]
    assert (won.count(anna), won.count(ewa)) == (1, 4)


def test_two_assistants_swapping_families_do_not_deadlock(anna, ewa, maria):
    """Each assistant takes over from the other and is accompanied by them, at the same time."""
    of_anna, of_ewa = assign_families(anna, 1, by=maria)[0], assign_families(ewa, 1, by=maria)[0]
    results = run_concurrently(
        lambda job: hand_over(
            period=job[0], assistant=job[1], starts_on=TODAY, accompany_until=TODAY, by=maria
        ),
        [(of_anna.period, ewa), (of_ewa.period, anna)],
    )
    assert [result.assistant for result in results] == [ewa, anna]


def test_sixteen_families_begun_at_once_get_sixteen_numbers_in_a_row(maria):
    families = [create_empty_family(f"Nowi {number}", by=maria) for number in range(16)]
    results = run_concurrently(
        lambda family: begin_work(family=family, starts_on=TODAY, bases=court_basis(), by=maria), families
    )
    assert sorted(period.serial for period in results) == list(range(1, 17))
    assert CaseCounter.objects.get(year=2026).last == 16


def test_those_refused_in_the_crowd_leave_no_gap(anna, tomasz, maria):
    """Every second one is refused after its number was taken: Tomasz is no assistant."""
    families = [create_empty_family(f"Nowi {number}", by=maria) for number in range(16)]
    results = run_concurrently(
        lambda job: start_work_and_assign(
            family=job[0], assistant=job[1], starts_on=TODAY, bases=court_basis(WORK_STARTED_ON), by=maria
        ),
        zip(families, [anna, tomasz] * 8, strict=True),
    )
    numbers = sorted(row.period.serial for row in results if isinstance(row, Assignment))
    assert numbers == list(range(1, 9))
    assert WorkPeriod.objects.count() == CaseCounter.objects.get(year=2026).last == 8


def test_work_with_one_family_begins_once(unassigned_family, anna, ewa, maria):
    results = run_concurrently(
        lambda assistant: start_work_and_assign(
            family=unassigned_family,
            assistant=assistant,
            starts_on=TODAY,
            bases=court_basis(WORK_STARTED_ON),
            by=maria,
        ),
        [anna, ewa] * 4,
    )
    assert sum(isinstance(result, Assignment) for result in results) == 1
    assert unassigned_family.periods.get().number == "2026/001"
    assert Assignment.objects.count() == 1


def test_of_two_managers_changing_the_same_assistant_the_second_is_warned(kowalscy, ewa, make_user, maria):
    julia = make_user("julia", "Julia", "Dudek", Role.ASSISTANT)
    period = kowalscy.periods.get()
    token = version_token(period.assignments.all())
    results = run_concurrently(
        lambda assistant: hand_over(
            period=period, assistant=assistant, starts_on=TODAY, token=token, by=maria
        ),
        [ewa, julia],
    )
    won = next(result for result in results if isinstance(result, Assignment))
    refusal = next(result for result in results if isinstance(result, ValidationError))
    assert f"Rodzinę prowadzi {won.assistant} od 13.10.2026" in str(refusal.messages)
    leading = period.assignments.filter(kind=AssignmentKind.LEADING)
    assert leading.active_on(TODAY).get().assistant == won.assistant


def test_one_family_gets_one_leading_social_worker(unassigned_family, tomasz, zofia, maria):
    run_concurrently(
        lambda worker: assign_lead_worker(
            family=unassigned_family, social_worker=worker, since=TODAY, by=maria
        ),
        [tomasz, zofia] * 4,
    )
    assert LeadWorkerAssignment.objects.active_on(TODAY).filter(family=unassigned_family).count() == 1

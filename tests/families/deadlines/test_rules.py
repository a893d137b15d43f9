"""Rules of deadlines at the limits of law and norms, without a database."""

from datetime import date

import pytest

from families.choices import DeadlineKind
from families.deadlines.rules import CaseFacts, ConcernFacts, compute_deadlines

ANNA, EWA, TOMASZ = 1, 2, 3
BEGAN = date(2026, 3, 4)


def facts(**overrides) -> CaseFacts:
    overrides.setdefault("began_on", BEGAN)
    overrides.setdefault("assistants", [(ANNA, BEGAN, None)])
    overrides.setdefault("social_workers", [(TOMASZ, BEGAN, None)])
    overrides.setdefault("bases", [(BEGAN, None)])
    return CaseFacts(**overrides)


def due(kind, on, **overrides):
    return [deadline for deadline in compute_deadlines(facts(**overrides), on) if deadline.kind == kind]


def test_the_first_visit_is_due_a_week_from_the_first_day_of_the_assistant():
    (deadline,) = due(DeadlineKind.FIRST_VISIT, BEGAN)
    assert (deadline.due_on, deadline.responsible, deadline.done_on) == (date(2026, 3, 11), ANNA, None)
    assert due(DeadlineKind.VISIT, BEGAN) == []


def test_after_a_visit_the_next_one_is_due_in_two_weeks():
    seen = {"first_visit_on": date(2026, 3, 10), "last_visit_on": date(2026, 3, 10)}
    assert due(DeadlineKind.FIRST_VISIT, date(2026, 3, 10), **seen)[0].done_on == date(2026, 3, 10)
    (deadline,) = due(DeadlineKind.VISIT, date(2026, 3, 10), **seen)
    assert (deadline.due_on, deadline.since) == (date(2026, 3, 24), date(2026, 3, 10))


def test_who_stands_in_answers_for_the_visits_of_those_days():
    both = [(ANNA, BEGAN, None), (EWA, date(2026, 4, 1), date(2026, 4, 10))]
    assert due(DeadlineKind.FIRST_VISIT, date(2026, 3, 31), assistants=both)[0].responsible == ANNA
    assert due(DeadlineKind.FIRST_VISIT, date(2026, 4, 1), assistants=both)[0].responsible == EWA
    assert due(DeadlineKind.FIRST_VISIT, date(2026, 4, 10), assistants=both)[0].responsible == EWA
    assert due(DeadlineKind.FIRST_VISIT, date(2026, 4, 11), assistants=both)[0].responsible == ANNA


@pytest.mark.parametrize(
    "last,expected",
    [
        (None, date(2026, 9, 4)),
        (date(2026, 8, 31), date(2027, 2, 28)),
        (date(2026, 3, 31), date(2026, 9, 30)),
    ],
)
def test_an_assessment_is_due_half_a_year_from_the_last_one_or_from_the_start(last, expected):
    (deadline,) = due(DeadlineKind.ASSESSMENT, date(2026, 9, 1), last_assessment_on=last)
    assert deadline.due_on == expected


def test_a_day_without_a_basis_is_due_at_once():
    ended = [(BEGAN, date(2026, 5, 31))]
    assert due(DeadlineKind.BASIS, date(2026, 5, 31), bases=ended) == []
    (deadline,) = due(DeadlineKind.BASIS, date(2026, 6, 3), bases=ended)
    assert (deadline.due_on, deadline.responsible) == (date(2026, 6, 1), TOMASZ)
    assert due(DeadlineKind.BASIS, date(2026, 6, 3), bases=[*ended, (date(2026, 6, 2), None)]) == []


def test_a_concern_is_checked_on_the_next_working_day_until_it_is_closed():
    friday = ConcernFacts(7, reported_on=date(2026, 4, 3))  # Good Friday; Easter Monday is 6 April
    (deadline,) = due(DeadlineKind.DANGER, date(2026, 4, 3), concerns=[friday])
    assert (deadline.due_on, deadline.responsible, deadline.subject_id) == (date(2026, 4, 7), TOMASZ, 7)
    looked_at = ConcernFacts(7, date(2026, 4, 3), last_step_on=date(2026, 4, 7))
    assert due(DeadlineKind.DANGER, date(2026, 4, 7), concerns=[looked_at])[0].due_on == date(2026, 4, 8)
    over = ConcernFacts(7, date(2026, 4, 3), date(2026, 4, 8), closed_on=date(2026, 4, 8))
    assert due(DeadlineKind.DANGER, date(2026, 4, 8), concerns=[over])[0].done_on == date(2026, 4, 8)


def test_outside_work_only_concerns_have_deadlines():
    danger = [ConcernFacts(7, date(2026, 4, 3))]
    assert compute_deadlines(facts(), date(2026, 3, 3)) == []
    ended = facts(ended_on=date(2026, 6, 30), concerns=danger)
    assert {deadline.kind for deadline in compute_deadlines(ended, date(2026, 6, 30))} > {DeadlineKind.DANGER}
    assert [deadline.kind for deadline in compute_deadlines(ended, date(2026, 7, 1))] == [DeadlineKind.DANGER]


def test_a_family_without_an_assistant_has_nobody_to_visit_it():
    kinds = {deadline.kind for deadline in compute_deadlines(facts(assistants=[]), date(2026, 3, 5))}
    assert kinds == {DeadlineKind.ASSESSMENT}

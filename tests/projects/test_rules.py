"""Rules of projects without a database: the borders of the state machine, four eyes, days, budget lines."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from projects import rules
from projects.choices import EditionState, StepKind

ALLOWED = {
    (EditionState.DRAFT, StepKind.SEND): EditionState.TO_ACCEPT,
    (EditionState.TO_ACCEPT, StepKind.RETURN): EditionState.DRAFT,
    (EditionState.TO_ACCEPT, StepKind.APPROVE): EditionState.RECRUITING,
    (EditionState.RECRUITING, StepKind.BEGIN): EditionState.RUNNING,
    (EditionState.RUNNING, StepKind.END): EditionState.TO_SETTLE,
    (EditionState.TO_SETTLE, StepKind.SETTLE): EditionState.SETTLED,
    (EditionState.DRAFT, StepKind.WITHDRAW): EditionState.WITHDRAWN,
    (EditionState.TO_ACCEPT, StepKind.WITHDRAW): EditionState.WITHDRAWN,
    (EditionState.RECRUITING, StepKind.WITHDRAW): EditionState.WITHDRAWN,
    (EditionState.RUNNING, StepKind.WITHDRAW): EditionState.WITHDRAWN,
}
DAY = date(2026, 11, 2)


@pytest.mark.parametrize("state", EditionState)
@pytest.mark.parametrize("step", StepKind)
def test_a_step_is_refused_in_every_state_but_its_own(state, step):
    allowed = (state, step) in ALLOWED
    assert bool(rules.state_refusal(state, step)) is not allowed
    assert (step in rules.possible_steps(state)) is allowed
    if allowed:
        assert rules.TRANSITIONS[step].target == ALLOWED[state, step]


def test_what_is_settled_or_given_up_stays_so():
    assert rules.possible_steps(EditionState.SETTLED) == rules.possible_steps(EditionState.WITHDRAWN) == []


@pytest.mark.parametrize(
    ("authors", "writers", "small_staff", "refusal"),
    [
        ([1], [1], False, ""),
        ([1, 2], [1], True, rules.OWN_PROJECT),
        ([1], [1, 2], False, rules.OWN_CORRECTIONS),
        ([1], [1, 2], True, ""),
    ],
)
def test_four_eyes(authors, writers, small_staff, refusal):
    assert rules.approval_refusal(by=2, authors=authors, writers=writers, small_staff=small_staff) == refusal


@pytest.mark.parametrize(("days", "refused"), [(-1, True), (0, False), (1, False)])
def test_a_project_begins_on_its_first_day(days, refused):
    assert bool(rules.begin_refusal(starts_on=DAY, today=DAY + timedelta(days))) is refused


@pytest.mark.parametrize(("last", "refused"), [(-1, True), (0, False), (30, False), (31, True)])
def test_the_last_day_lies_between_the_first_and_today(last, refused):
    day, today = DAY + timedelta(last), DAY + timedelta(30)
    assert bool(rules.last_day_refusal(day, starts_on=DAY, today=today)) is refused


@pytest.mark.parametrize(
    ("amount", "price", "refused"),
    [
        ("1", "0", True),
        ("0", "10", True),
        ("0.01", "0.01", True),
        ("1", "0.01", False),
        ("1", "5000000", False),
        ("1", "5000000.01", True),
        ("10", "1000000", True),
        (None, "0", False),
    ],
)
def test_a_budget_line_is_neither_nothing_nor_millions(amount, price, refused):
    refusal = rules.line_refusal(amount and Decimal(amount), Decimal(price))
    assert bool(refusal) is refused

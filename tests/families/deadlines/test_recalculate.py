"""Stored deadlines always equal the ones computed from facts, whatever the order of actions."""

from datetime import date, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from families.assessments.actions import record_assessment
from families.care.actions import end_placement, record_placement
from families.care.models import Placement
from families.caseload.actions import hand_over
from families.caseload.models import LegalBasis
from families.choices import (
    BasisKind,
    CareForm,
    DeadlineKind,
    Kinship,
    NotifiedParty,
    PlanState,
    SignatureKind,
    VisitResult,
)
from families.deadlines.models import Deadline
from families.deadlines.recalculate import load_case_facts, recalculate_families
from families.deadlines.rules import compute_deadlines
from families.people.actions import add_member
from families.plans.actions import (
    accept_plan,
    consult_plan,
    create_plan,
    record_signature,
    return_plan,
    review_plan,
    send_plan,
    withdraw_plan,
)
from families.plans.queries import plan_in_force_on, required_signers
from families.visits.actions import correct_visit, log_visit, record_safeguarding_step
from families.visits.models import SafeguardingConcern, Visit
from lubsko_ops.audit.history import end_row, save_with_history
from lubsko_ops.core import clock
from lubsko_ops.core.stored_rows import STORED_ROWS, refresh_all
from tests.factories import TODAY, person_data
from tests.families.visits.helpers import visit_data
from tests.plan_factories import plan_data
from tests.sessions.attendance.stored_rows import WHAT as ATTENDANCE
from tests.sessions.attendance.stored_rows import change_attendance


def stored(family) -> set:
    rows = Deadline.objects.filter(family=family)
    return set(rows.values_list("kind", "subject_id", "due_on", "since", "responsible", "done_on"))


def computed(family, on) -> set:
    return {
        (due.kind, due.subject_id, due.due_on, due.since, due.responsible, due.done_on)
        for due in compute_deadlines(load_case_facts([family.pk], on=on)[family.pk], on)
    }


def visit_on(period, day, by, *, result=VisitResult.HELD, danger=False, hour=9):
    at = clock.to_instant(day, time(hour, 20))
    concern = (
        SafeguardingConcern(
            description="Okno", action_taken="Zamknięte", notified=NotifiedParty.POLICE, notified_at=at
        )
        if danger
        else None
    )
    data = visit_data(day, f"{hour:02}:00", f"{hour:02}:45", result=result, concern=concern)
    return log_visit(period=period, data=data, by=by)


@pytest.fixture
def period(kowalscy):
    return kowalscy.periods.get()


def test_work_begins_and_a_visit_is_due(kowalscy, anna):
    deadline = Deadline.objects.get(family=kowalscy, kind=DeadlineKind.FIRST_VISIT)
    assert (deadline.due_on, deadline.responsible, deadline.done_on) == (date(2026, 3, 11), anna, None)


def test_a_held_visit_completes_the_deadline_and_a_failed_one_does_not(kowalscy, period, anna):
    visit_on(period, TODAY - timedelta(days=1), anna, result=VisitResult.NOBODY_HOME)
    assert Deadline.objects.get(family=kowalscy, kind=DeadlineKind.FIRST_VISIT).done_on is None
    visit_on(period, TODAY, anna)
    assert Deadline.objects.get(family=kowalscy, kind=DeadlineKind.FIRST_VISIT).done_on == TODAY
    assert Deadline.objects.get(family=kowalscy, kind=DeadlineKind.VISIT).due_on == TODAY + timedelta(days=14)


def test_a_refused_visit_leaves_the_deadline_unchanged(kowalscy, period, anna):
    before = stored(kowalscy)
    with pytest.raises(ValidationError):
        log_visit(period=period, data=visit_data(TODAY, "09:00", "10:00", facts=""), by=anna)
    assert stored(kowalscy) == before


def test_a_hand_over_changes_the_responsible_assistant(kowalscy, period, anna, ewa, maria):
    hand_over(period=period, assistant=ewa, starts_on=TODAY, by=maria)
    assert set(
        Deadline.objects.filter(family=kowalscy, done_on=None).values_list("responsible", flat=True)
    ) == {ewa.pk}


def test_the_social_worker_is_responsible_for_a_concern_at_once(kowalscy, period, anna, tomasz):
    visit_on(period, TODAY, anna, danger=True)
    deadline = Deadline.objects.get(family=kowalscy, kind=DeadlineKind.DANGER)
    assert (deadline.due_on, deadline.responsible) == (date(2026, 10, 14), tomasz)
    record_safeguarding_step(
        concern=SafeguardingConcern.objects.get(), day=TODAY, what="Naprawione", closes=True, by=tomasz
    )
    deadline.refresh_from_db()
    assert deadline.done_on == TODAY


def test_the_night_brings_what_the_day_did_not(kowalscy, anna):
    """A consent ends by its own date, without any action on that day."""
    basis = LegalBasis.objects.get()
    end_row(basis, on=date(2026, 10, 20), by=anna, why="Koniec zgody")
    assert not Deadline.objects.filter(kind=DeadlineKind.BASIS).exists()
    with clock.freeze_time(date(2026, 10, 21)):
        refresh_all(STORED_ROWS["deadlines"])
    assert Deadline.objects.get(kind=DeadlineKind.BASIS).due_on == date(2026, 10, 21)


def test_the_same_statements_for_one_family_and_for_many(
    kowalscy, nowakowie, django_assert_num_queries, django_assert_max_num_queries
):
    recalculate_families([kowalscy.pk, nowakowie.pk])
    with django_assert_max_num_queries(12):
        recalculate_families([kowalscy.pk, nowakowie.pk])


WHAT = [
    "visit",
    "failed",
    "correct",
    "assess",
    "consent",
    "danger",
    "step",
    "over",
    "again",
    "wait",
    "plan",
    "back",
    "withdraw",
    "review",
    "born",
    "moved",
    *ATTENDANCE,
    "misses",  # once more: only two in a row count
]
ACTIONS = st.lists(st.tuples(st.sampled_from(WHAT), st.integers(0, 12)), min_size=1, max_size=12)


def advance_plan(period, anna, tomasz, maria):
    """Move the plan one step on: create, send, consult, accept, sign, create the next version."""
    plan = period.plans.order_by("number").last()
    target = {"plan": plan, "version": None}
    if plan is None or plan.state == PlanState.SIGNED:
        create_plan(period=period, data=plan_data(reason="dalej"), by=anna)
    elif plan.state == PlanState.DRAFT:
        send_plan(**target, by=anna)
    elif plan.state == PlanState.CONSULTATION:
        consult_plan(**target, remarks="", by=tomasz)
    elif plan.state == PlanState.ACCEPTANCE:
        accept_plan(**target, by=maria)
    else:
        for person in required_signers(plan, on=clock.today()):
            signature = {"person": person, "kind": SignatureKind.SIGNED, "day": clock.today()}
            record_signature(**target, **signature, by=anna)


def change_plan_facts(what, period, anna, tomasz, maria):
    """Change something else that plan deadlines depend on, when the state of the case allows it."""
    family, today = period.family, clock.today()
    on_its_way = period.plans.filter(state__in=[PlanState.CONSULTATION, PlanState.ACCEPTANCE]).first()
    if what == "plan":
        advance_plan(period, anna, tomasz, maria)
    elif what == "back" and on_its_way:
        return_plan(plan=on_its_way, text="Dopisz.", remarks={}, version=None, by=tomasz)
    elif what == "withdraw" and on_its_way:
        withdraw_plan(plan=on_its_way, version=None, by=anna)
    elif what == "review" and plan_in_force_on(family, on=today):
        review_plan(period=period, note="Bez zmian.", by=anna)
    elif what == "born":
        born = person_data("Zosia", "Kowalska", born_on=today)
        add_member(family=family, person=born, kinship=Kinship.CHILD, starts_on=today, by=maria)
    elif what == "moved":
        child = family.memberships.filter(kinship=Kinship.CHILD).first().person
        stay = Placement.objects.filter(family=family, ends_on=None).first()
        if stay:
            end_placement(placement=stay, on=today, returned=True, by=maria)
        elif not Placement.objects.filter(family=family, ends_on=today).exists():
            record_placement(family=family, person=child, form=CareForm.RELATED, starts_on=today, by=maria)
    else:
        change_other_facts(what, period, anna)


def change_other_facts(what, period, anna):
    """An assessment; the end of the consent, or a new one."""
    today = clock.today()
    if what == "assess":
        days = {"covers_from": period.starts_on, "covers_to": today, "handed_over_on": today}
        record_assessment(period=period, by=anna, **days)
    elif what == "consent":
        basis = LegalBasis.objects.filter(period=period, ends_on=None).first()
        if basis:
            end_row(basis, on=today, by=anna, why="Koniec zgody")
        else:
            adult = period.family.memberships.get(kinship=Kinship.MOTHER).person
            new = LegalBasis(period=period, kind=BasisKind.CONSENT, person=adult, starts_on=today)
            save_with_history(new, by=anna, why="Zgoda")


def correct_last_visit(anna, today):
    """Move the last visit a day back, with its concern, or to today; let it take place or fail."""
    visit = Visit.objects.order_by("-started_at").first()
    if visit is None or Visit.objects.filter(starts_at=time(3)).exists():
        return
    day = visit.day - timedelta(days=1) if visit.held else today
    concern = SafeguardingConcern.objects.filter(visit=visit).first()
    if concern:
        concern.notified_at = clock.to_instant(day, time(3, 5))
    result = VisitResult.NOBODY_HOME if visit.held and not concern else VisitResult.HELD
    data = visit_data(day, "03:00", "03:10", result=result, concern=concern)
    correct_visit(visit=visit, data=data, version=None, by=anna)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ACTIONS)
def test_stored_deadlines_equal_computed_ones_after_any_actions(
    kowalscy, period, anna, tomasz, maria, actions
):
    from django.db import transaction

    with transaction.atomic():
        today, hour = TODAY, 5
        for what, days in actions:
            today, hour = today + timedelta(days=days), (hour + 1) % 24
            with clock.freeze_time(clock.to_instant(today, time(23, 59))):
                refresh_all(
                    STORED_ROWS["deadlines"]
                )  # as the night did: an action mends only what it can change
                report = SafeguardingConcern.objects.last()
                if what in ("visit", "failed", "danger"):
                    result = VisitResult.NOBODY_HOME if what == "failed" else VisitResult.HELD
                    visit_on(period, today, anna, result=result, danger=what == "danger", hour=hour)
                elif what in ("step", "over", "again") and report:
                    over = report.is_over()
                    outcome = {"closes": what == "over" and not over, "reopens": what == "again" and over}
                    record_safeguarding_step(concern=report, day=today, what="x", by=tomasz, **outcome)
                elif what == "correct":
                    correct_last_visit(anna, today)
                elif what in ATTENDANCE:
                    change_attendance(what, kowalscy, today, hour, tomasz=tomasz, maria=maria)
                else:
                    change_plan_facts(what, period, anna, tomasz, maria)
                assert stored(kowalscy) == computed(kowalscy, today) or what == "wait"
                refresh_all(STORED_ROWS["deadlines"])
                assert stored(kowalscy) == computed(kowalscy, today)
        transaction.set_rollback(True)

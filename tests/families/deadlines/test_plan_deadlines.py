"""Deadlines of a plan follow its workflow; events in the family make a review due."""

from datetime import date, timedelta

import pytest

from families.care.actions import end_placement, record_placement
from families.caseload.actions import BasisData, add_basis, end_basis, hand_over
from families.caseload.models import LegalBasis
from families.choices import BasisKind, CareForm, DeadlineKind, Kinship, SignatureKind
from families.deadlines.models import Deadline
from families.deadlines.recalculate import load_case_facts, recalculate_families
from families.people.actions import add_member, correct_person
from families.plans.actions import (
    accept_plan,
    consult_plan,
    create_plan,
    discard_plan,
    record_signature,
    return_plan,
    review_plan,
    send_plan,
    withdraw_plan,
)
from families.plans.models import Plan, PlanReview
from families.plans.queries import required_signers
from families.plans.review_triggers import review_reasons
from lubsko_ops.core import clock
from lubsko_ops.core.stored_rows import STORED_ROWS, refresh_all
from tests.factories import TODAY, person_data
from tests.plan_factories import (
    create_accepted_plan,
    create_consulted_plan,
    create_draft_plan,
    create_plan_in_force,
    create_sent_plan,
    plan_data,
)

WEEK_AGO = TODAY - timedelta(days=7)
STEPS = [DeadlineKind.PLAN_FIX, DeadlineKind.PLAN_CONSULT, DeadlineKind.PLAN_ACCEPT, DeadlineKind.PLAN_SIGN]


def step(family):
    """Deadline of the version in progress: kind, due date, responsible user; None when there is none."""
    return (
        Deadline.objects.filter(family=family, kind__in=STEPS)
        .values_list("kind", "due_on", "responsible")
        .first()
    )


def review(family) -> tuple[date, date]:
    deadline = Deadline.objects.get(family=family, kind=DeadlineKind.PLAN_REVIEW)
    return deadline.since, deadline.due_on


def reasons(family, on=TODAY) -> list[str]:
    return [str(each) for each in review_reasons(family, on=on)]


@pytest.fixture
def planned(kowalscy, anna, tomasz, maria) -> Plan:
    """A plan in force for a week, covering half a year."""
    with clock.freeze_time(WEEK_AGO):
        return create_plan_in_force(kowalscy, by=anna, tomasz=tomasz, maria=maria)


# ---- workflow ----------------------------------------------------------------------------------------


def test_the_first_plan_is_waited_for_until_it_is_sent(kowalscy, anna):
    deadline = Deadline.objects.get(family=kowalscy, kind=DeadlineKind.PLAN)
    assert (deadline.due_on, deadline.responsible, deadline.done_on) == (date(2026, 4, 3), anna, None)
    plan = create_draft_plan(kowalscy, by=anna)
    assert step(kowalscy) is None
    send_plan(plan=plan, version=None, by=anna)
    deadline.refresh_from_db()
    assert deadline.done_on == TODAY


def test_a_draft_thrown_away_leaves_nothing_due(kowalscy, anna):
    discard_plan(plan=create_draft_plan(kowalscy, by=anna), version=None, by=anna)
    assert step(kowalscy) is None
    assert Deadline.objects.get(family=kowalscy, kind=DeadlineKind.PLAN).done_on is None


def test_from_hand_to_hand(kowalscy, anna, tomasz, maria):
    plan = create_sent_plan(kowalscy, by=anna)
    assert step(kowalscy) == ("plan_consult", date(2026, 10, 20), tomasz.pk)
    return_plan(plan=plan, text="Dopisz cel.", remarks={}, version=None, by=tomasz)
    assert step(kowalscy) == ("plan_fix", date(2026, 10, 20), anna.pk)
    send_plan(plan=plan, version=None, by=anna)
    consult_plan(plan=plan, remarks="", version=None, by=tomasz)
    assert step(kowalscy) == ("plan_accept", date(2026, 10, 20), None)
    accept_plan(plan=plan, version=None, by=maria)
    assert step(kowalscy) == ("plan_sign", date(2026, 10, 27), anna.pk)
    for person in required_signers(plan, on=TODAY):
        record_signature(
            plan=plan, person=person, kind=SignatureKind.SIGNED, day=TODAY, version=None, by=anna
        )
    assert step(kowalscy) is None
    assert review(kowalscy) == (TODAY, TODAY + timedelta(days=180))


def test_a_withdrawn_plan_waits_for_its_author(kowalscy, anna):
    plan = create_sent_plan(kowalscy, by=anna)
    withdraw_plan(plan=plan, version=None, by=anna)
    assert step(kowalscy) == ("plan_fix", date(2026, 10, 20), anna.pk)


def test_it_is_counted_from_the_day_it_came_back(kowalscy, anna, tomasz):
    with clock.freeze_time(WEEK_AGO):
        plan = create_sent_plan(kowalscy, by=anna)
    return_plan(plan=plan, text="Dopisz cel.", remarks={}, version=None, by=tomasz)
    assert step(kowalscy) == ("plan_fix", date(2026, 10, 20), anna.pk)


def test_a_hand_over_hands_the_plan_over(kowalscy, anna, ewa, tomasz, maria):
    create_accepted_plan(kowalscy, by=anna, tomasz=tomasz, maria=maria)
    hand_over(period=kowalscy.periods.get(), assistant=ewa, starts_on=TODAY, by=maria)
    assert step(kowalscy)[2] == ewa.pk


# ---- review ------------------------------------------------------------------------------------------


def test_another_assistant_makes_a_review_due(kowalscy, planned, ewa, maria):
    hand_over(period=kowalscy.periods.get(), assistant=ewa, starts_on=TODAY, by=maria)
    assert reasons(kowalscy) == ["zmiana asystenta 13.10.2026"]
    assert review(kowalscy) == (TODAY, TODAY + timedelta(days=14))


def test_one_planned_for_later_calls_on_its_day(kowalscy, planned, ewa, maria):
    later = TODAY + timedelta(days=20)
    hand_over(period=kowalscy.periods.get(), assistant=ewa, starts_on=later, by=maria)
    assert reasons(kowalscy) == []
    with clock.freeze_time(later):
        refresh_all(STORED_ROWS["deadlines"])
    assert review(kowalscy) == (later, later + timedelta(days=14))


def test_a_consent_withdrawn_and_an_order_of_the_court_do(kowalscy, planned, maria):
    consent = LegalBasis.objects.get(period__family=kowalscy)
    end_basis(basis=consent, on=TODAY - timedelta(days=1), why="wycofanie zgody", version=None, by=maria)
    court = BasisData(kind=BasisKind.COURT, starts_on=TODAY, reference="III Nsm 1/26")
    add_basis(period=kowalscy.periods.get(), data=court, by=maria)
    assert reasons(kowalscy) == ["koniec zgody 12.10.2026", "zobowiązanie sądu 13.10.2026"]
    assert review(kowalscy)[0] == TODAY - timedelta(days=1)


def test_a_placement_in_care_and_the_return_make_a_review_due(kowalscy, planned, maria):
    child = kowalscy.memberships.get(kinship=Kinship.CHILD).person
    start = TODAY - timedelta(days=3)
    stay = record_placement(family=kowalscy, person=child, form=CareForm.RELATED, starts_on=start, by=maria)
    assert review(kowalscy)[0] == start
    end_placement(placement=stay, on=TODAY, returned=True, by=maria)
    assert reasons(kowalscy) == [
        "umieszczenie dziecka w pieczy 10.10.2026",
        "powrót dziecka z pieczy 13.10.2026",
    ]


def test_a_child_born_does_also_when_its_day_is_corrected(kowalscy, planned, maria):
    born = TODAY - timedelta(days=2)
    zosia = person_data("Zosia", "Kowalska", born_on=born)
    girl = add_member(family=kowalscy, person=zosia, kinship=Kinship.CHILD, starts_on=born, by=maria).person
    assert reasons(kowalscy) == ["urodzenie dziecka 11.10.2026"]
    assert review(kowalscy)[0] == born
    correct_person(person=girl, born_on=date(2022, 5, 1), version=None, by=maria)
    assert reasons(kowalscy) == []
    assert review(kowalscy)[0] == WEEK_AGO


def test_what_happened_before_the_plan_does_not(kowalscy, anna, ewa, tomasz, maria):
    with clock.freeze_time(WEEK_AGO):
        hand_over(period=kowalscy.periods.get(), assistant=ewa, starts_on=WEEK_AGO, by=maria)
    create_plan_in_force(kowalscy, by=ewa, tomasz=tomasz, maria=maria)
    assert reasons(kowalscy) == []


def test_a_look_that_changes_nothing_is_enough(kowalscy, planned, anna, ewa, maria):
    hand_over(period=kowalscy.periods.get(), assistant=ewa, starts_on=TODAY, by=maria)
    review_plan(period=kowalscy.periods.get(), note="Cele te same.", by=ewa)
    assert PlanReview.objects.count() == 1
    assert reasons(kowalscy) == []
    assert review(kowalscy) == (WEEK_AGO, planned.covers_to)


def test_so_is_a_new_version_once_it_is_sent(kowalscy, planned, anna, ewa, maria):
    hand_over(period=kowalscy.periods.get(), assistant=ewa, starts_on=TODAY - timedelta(days=1), by=maria)
    data = plan_data(reason="zmiana asystenta")
    plan = create_plan(period=kowalscy.periods.get(), data=data, by=ewa)
    assert reasons(kowalscy) == ["zmiana asystenta 12.10.2026"], "a draft answers nothing"
    send_plan(plan=plan, version=None, by=ewa)
    assert reasons(kowalscy) == []


def test_the_end_of_its_own_period_is_a_reason(kowalscy, planned):
    assert reasons(kowalscy, planned.covers_to) == [f"koniec okresu planu {planned.covers_to:%d.%m.%Y}"]


# ---- number of queries -------------------------------------------------------------------------------


def test_the_reasons_cost_one_statement(kowalscy, planned, django_assert_num_queries):
    with django_assert_num_queries(1):
        review_reasons(kowalscy, on=TODAY)


def test_plans_add_no_statement_to_a_refresh(
    kowalscy, nowakowie, anna, ewa, tomasz, maria, django_assert_num_queries
):
    with django_assert_num_queries(10):
        load_case_facts([nowakowie.pk], on=TODAY)
    create_plan_in_force(kowalscy, by=anna, tomasz=tomasz, maria=maria)
    create_consulted_plan(nowakowie, by=ewa, tomasz=tomasz)
    recalculate_families([kowalscy.pk, nowakowie.pk])
    with django_assert_num_queries(10):
        load_case_facts([kowalscy.pk, nowakowie.pk], on=TODAY)

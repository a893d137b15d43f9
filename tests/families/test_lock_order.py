"""Pairs of actions started at the same moment from both ends: neither deadlocks, both save what they should."""

from datetime import date, time, timedelta

import pytest

from families.caseload.actions import (
    assign_assistant,
    end_work,
    hand_over,
    start_work_and_assign,
)
from families.caseload.corrections import cancel_assignment
from families.caseload.models import Assignment, WorkPeriod
from families.choices import ClosingReason, Kinship, PlanState
from families.intake.actions import CaseData, MemberData, open_case
from families.people.actions import add_member, correct_person, update_family
from families.people.duplicates.actions import merge_people
from families.people.identity import register_person
from families.people.models import Family, Membership, Person
from families.plans.actions import accept_plan
from families.visits.actions import correct_visit, log_visit
from families.visits.models import Visit
from tests.concurrency import run_together
from tests.factories import OPENED_ON, TODAY, person_data
from tests.families.caseload.helpers import (
    assign_families,
    court_basis,
    create_empty_family,
    create_work_without_assistant,
)
from tests.families.visits.helpers import visit_data
from tests.plan_factories import create_consulted_plan

pytestmark = pytest.mark.django_db(transaction=True)
TIMES = 3
YESTERDAY = TODAY - timedelta(days=1)


def visit_at(number: int):
    """A visit yesterday, in an hour of its own."""
    return visit_data(YESTERDAY, time(8 + number, 0).isoformat(), time(8 + number, 45).isoformat())


def test_saving_a_visit_and_beginning_a_new_work_with_its_family(anna, maria):
    """The assistant enters a visit of the work that has ended, while the manager begins the next one."""
    for number, row in enumerate(assign_families(anna, TIMES, by=maria)):
        old = end_work(period=row.period, on=YESTERDAY, reason=ClosingReason.values[0], by=maria)
        visit, begun = run_together(
            lambda old=old, number=number: log_visit(period=old, data=visit_at(number), by=anna),
            lambda old=old: start_work_and_assign(
                family=old.family, assistant=anna, starts_on=TODAY, bases=court_basis(TODAY), by=maria
            ),
        )
        assert isinstance(visit, Visit) and isinstance(begun, Assignment)


def test_saving_a_visit_and_handing_the_family_over(anna, ewa, maria):
    for number, row in enumerate(assign_families(anna, TIMES, by=maria)):
        visit, successor = run_together(
            lambda row=row, number=number: log_visit(period=row.period, data=visit_at(number), by=anna),
            lambda row=row: hand_over(
                period=row.period, assistant=ewa, starts_on=TODAY, accompany_until=TODAY, by=maria
            ),
        )
        assert isinstance(visit, Visit) and successor.assistant == ewa


def test_correcting_a_visit_and_saving_another(anna, maria):
    (row,) = assign_families(anna, 1, by=maria)
    first = log_visit(period=row.period, data=visit_at(0), by=anna)
    for number in range(1, TIMES):
        corrected, visit = run_together(
            lambda number=number: correct_visit(
                visit=first, data=visit_at(0), version=first.version + number - 1, by=anna
            ),
            lambda number=number: log_visit(period=row.period, data=visit_at(number), by=anna),
        )
        assert corrected.version == first.version + number and isinstance(visit, Visit)


def test_ending_one_work_and_beginning_another_with_the_same_assistant(anna, maria):
    for number, row in enumerate(assign_families(anna, TIMES, by=maria)):
        family = create_empty_family(f"Nowi {number}", by=maria)
        ended, begun = run_together(
            lambda row=row: end_work(period=row.period, on=TODAY, reason=ClosingReason.values[0], by=maria),
            lambda family=family: start_work_and_assign(
                family=family, assistant=anna, starts_on=TODAY, bases=court_basis(), by=maria
            ),
        )
        assert ended.ends_on == TODAY and begun.assistant == anna


def test_cancelling_a_hand_over_and_assigning_to_the_predecessor(anna, ewa, maria):
    """The cancelled row gives its family back to anna, who is given another family at the same time."""
    for number, row in enumerate(assign_families(anna, TIMES, by=maria)):
        successor = hand_over(period=row.period, assistant=ewa, starts_on=TODAY, by=maria)
        other = create_work_without_assistant(f"Inni {number}", by=maria)
        returned, begun = run_together(
            lambda successor=successor: cancel_assignment(
                assignment=successor, why="pomyłka", version=None, by=maria
            ),
            lambda other=other: assign_assistant(period=other, assistant=anna, starts_on=TODAY, by=maria),
        )
        assert [each.assistant for each in returned] == [anna] and begun.assistant == anna


def test_swapping_assistants_of_two_families(anna, ewa, maria):
    pairs = zip(assign_families(anna, TIMES, by=maria), assign_families(ewa, TIMES, by=maria), strict=True)
    for of_anna, of_ewa in pairs:
        results = run_together(
            lambda row=of_anna: hand_over(period=row.period, assistant=ewa, starts_on=TODAY, by=maria),
            lambda row=of_ewa: hand_over(period=row.period, assistant=anna, starts_on=TODAY, by=maria),
        )
        assert [row.assistant for row in results] == [ewa, anna]


def test_accepting_a_plan_and_saving_a_visit(kowalscy, nowakowie, anna, ewa, tomasz, zofia, maria):
    cases = ((kowalscy, anna, tomasz), (nowakowie, ewa, zofia))
    for family, assistant, social_worker in cases:
        plan = create_consulted_plan(family, by=assistant, tomasz=social_worker)
        accepted, visit = run_together(
            lambda plan=plan: accept_plan(plan=plan, version=None, by=maria),
            lambda family=family, assistant=assistant: log_visit(
                period=family.periods.get(), data=visit_at(0), by=assistant
            ),
        )
        assert accepted.state == PlanState.ACCEPTED and isinstance(visit, Visit)


def member_of_both(first, second, *, by, name) -> Person:
    """A person recorded in both families."""
    person = register_person(person=person_data(name, "Lis", born_on=date(1990, 4, 5)), by=by)
    for family in (first, second):
        add_member(
            family=family,
            person=person,
            kinship=Kinship.RELATIVE,
            starts_on=OPENED_ON,
            by=by,
        )
    return person


def edit_family(family, *, by) -> Family:
    return update_family(
        family=family, name=family.name, category="", problems=[], since=TODAY, version=None, by=by
    )


def test_merging_people_and_editing_their_families(kowalscy, nowakowie, maria):
    for number in range(TIMES):
        keep = member_of_both(kowalscy, nowakowie, by=maria, name=f"Iwona{number}")
        drop = member_of_both(nowakowie, kowalscy, by=maria, name=f"Iwonna{number}")
        merged, first, second = run_together(
            lambda keep=keep, drop=drop: merge_people(keep=keep, drop=drop, by=maria),
            lambda: edit_family(kowalscy, by=maria),
            lambda: edit_family(nowakowie, by=maria),
        )
        assert merged == keep and (first, second) == (kowalscy, nowakowie)
        assert Person.objects.get(pk=drop.pk).merged_into == keep


def test_two_people_of_two_families_die_on_the_same_day(kowalscy, nowakowie, maria):
    for number in range(TIMES):
        people = [
            member_of_both(kowalscy, nowakowie, by=maria, name=f"Iwona{number}"),
            member_of_both(nowakowie, kowalscy, by=maria, name=f"Zenobia{number}"),
        ]
        results = run_together(
            *(
                lambda person=person: correct_person(person=person, died_on=TODAY, version=None, by=maria)
                for person in people
            )
        )
        assert [row.died_on for row in results] == [TODAY, TODAY]


def test_two_new_families_with_the_same_people_in_another_order(maria):
    people = [
        register_person(person=person_data(name, "Lis", born_on=date(1990, month, 5)), by=maria)
        for month, name in enumerate(("Iwona", "Zenobia"), start=1)
    ]

    def open_with(members, name):
        rows = [MemberData(person=each, kinship=Kinship.RELATIVE) for each in members]
        return open_case(data=CaseData(name=name, since=OPENED_ON, people=rows), by=maria)

    for number in range(TIMES):
        results = run_together(
            lambda number=number: open_with(people, f"Lisowie {number}"),
            lambda number=number: open_with(people[::-1], f"Wilkowie {number}"),
        )
        assert all(isinstance(row, Family) for row in results)
    assert Membership.objects.count() == TIMES * 4


def test_beginning_work_with_two_families_and_one_assistant(anna, maria):
    for number in range(TIMES):
        families = [create_empty_family(f"Nowi {number} {letter}", by=maria) for letter in "ab"]
        results = run_together(
            *(
                lambda family=family: start_work_and_assign(
                    family=family, assistant=anna, starts_on=TODAY, bases=court_basis(), by=maria
                )
                for family in families
            )
        )
        assert [row.assistant for row in results] == [anna, anna]
    assert WorkPeriod.objects.count() == TIMES * 2

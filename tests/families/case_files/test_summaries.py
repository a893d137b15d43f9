"""Stored summaries of case files always equal the ones computed from facts, whatever the order of actions and days."""

from contextlib import suppress
from datetime import date, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from families.case_files.models import NEVER, CaseSummary
from families.case_files.summaries import COMPARED, refresh_due, store_summaries
from families.case_files.summary_facts import compute_summaries
from families.caseload.actions import (
    BasisData,
    add_basis,
    assign_assistant,
    assign_lead_worker,
    begin_work,
    end_assignment,
    end_basis,
    end_work,
    hand_over,
)
from families.caseload.corrections import cancel_assignment
from families.caseload.models import Assignment, LegalBasis
from families.choices import (
    AssignmentKind,
    BasisKind,
    Category,
    ClosingReason,
    DeadlineKind,
    Kinship,
    LivingArrangement,
    VisitResult,
)
from families.people.actions import (
    add_member,
    change_membership,
    correct_person,
    end_membership,
    rename_family,
    set_category,
)
from families.people.address_actions import leave_address, set_address
from families.visits.actions import log_visit
from lubsko_ops.core import clock
from lubsko_ops.core.stored_rows import STORED_ROWS, refresh_all
from tests.factories import TODAY, consent_data, person_data
from tests.families.visits.helpers import visit_data

TOMORROW = TODAY + timedelta(days=1)


def values(summary: CaseSummary) -> dict:
    return {field.name: getattr(summary, field.attname) for field in COMPARED}


def stored(family) -> dict:
    return values(CaseSummary.objects.get(family=family))


def computed(family, on) -> dict:
    return values(compute_summaries([family.pk], on=on)[0])


@pytest.fixture
def period(kowalscy):
    return kowalscy.periods.get()


class TestColumns:
    def test_of_a_family_in_progress(self, kowalscy, period, anna, tomasz, town):
        summary = kowalscy.summary
        assert (summary.status, summary.number, summary.period) == ("running", period.number, period)
        assert summary.assistants == [{"user": anna.pk, "kind": "leading", "ends_on": None}]
        assert (summary.leading, summary.leading_sort_name) == (anna, f"{anna.last_name} {anna.first_name}")
        assert (summary.social_worker, summary.region) == (tomasz, town)
        assert (summary.address, summary.basis_kinds) == (kowalscy.addresses.get(), ["consent"])
        assert (summary.people, summary.children, summary.category) == (2, 1, Category.values[0])
        assert (summary.waiting_since, summary.without_basis_since) == (None, None)
        assert (summary.deadline_kind, summary.due_on) == (DeadlineKind.FIRST_VISIT, date(2026, 3, 11))
        assert (summary.responsible, summary.last_visit_on, summary.open_concerns) == (anna, None, 0)

    def test_a_new_family_waits_since_its_file_was_opened(self, unassigned_family):
        summary = unassigned_family.summary
        assert (summary.status, summary.number, summary.starts_on, summary.due_on) == (
            "new",
            "",
            NEVER,
            NEVER,
        )
        assert summary.waiting_since == summary.opened_on == clock.local_date(unassigned_family.entered_at)
        assert (summary.assistants, summary.basis_kinds, summary.leading) == ([], [], None)

    def test_an_ended_family_is_shown_as_of_its_last_day(self, kowalscy, period, anna, maria):
        end_work(period=period, on=TODAY, reason=ClosingReason.GOALS_REACHED, by=maria)
        with clock.freeze_time(TOMORROW):
            set_address(family=kowalscy, since=TOMORROW, house="1", locality="Chocicz", by=maria)
            refresh_due(TOMORROW)
            summary = CaseSummary.objects.get(family=kowalscy)
        assert (summary.status, summary.leading, summary.basis_kinds) == ("ended", anna, ["consent"])
        assert summary.address.locality == "Lubsko"

    def test_a_visit_shows_at_once(self, kowalscy, period, anna):
        data = visit_data(TODAY, "09:00", "10:00", next_day=TOMORROW, next_at=time(9, 30))
        log_visit(period=period, data=data, by=anna)
        summary = CaseSummary.objects.get(family=kowalscy)
        assert (summary.last_visit_on, summary.next_visit_on, summary.next_visit_at) == (
            TODAY,
            TOMORROW,
            time(9, 30),
        )
        assert (summary.deadline_kind, summary.due_on) != (DeadlineKind.FIRST_VISIT, date(2026, 3, 11))


class TestDays:
    def test_a_future_hand_over_shows_on_its_day(
        self, kowalscy, period, ewa, maria, django_assert_num_queries
    ):
        hand_over(period=period, assistant=ewa, starts_on=TOMORROW, by=maria)
        assert CaseSummary.objects.get(family=kowalscy).valid_until == TOMORROW
        with django_assert_num_queries(1):
            refresh_due(TODAY)
        with django_assert_num_queries(0):  # nothing was due: not asked again today
            refresh_due(TODAY)
        refresh_due(TOMORROW)
        assert CaseSummary.objects.get(family=kowalscy).leading == ewa
        refresh_due(TODAY)  # computed on a later day: it says nothing of this one
        assert CaseSummary.objects.get(family=kowalscy).leading != ewa

    def test_an_eighteenth_birthday(self, kowalscy):
        assert kowalscy.summary.valid_until == date(2035, 8, 30)
        refresh_due(date(2035, 8, 30))
        assert CaseSummary.objects.get(family=kowalscy).children == 0

    def test_the_night_counts_what_actions_missed_and_not_what_the_day_brought(
        self, kowalscy, period, maria, ewa
    ):
        hand_over(period=period, assistant=ewa, starts_on=TOMORROW, by=maria)
        with clock.freeze_time(TOMORROW):
            assert refresh_all(STORED_ROWS["deadlines"]) == 0
            assert refresh_all(STORED_ROWS["summaries"]) == 0
            assert CaseSummary.objects.get(family=kowalscy).responsible == ewa
            CaseSummary.objects.filter(family=kowalscy).update(children=7)
            assert refresh_all(STORED_ROWS["summaries"]) == 1
            CaseSummary.objects.all().delete()
            assert refresh_all(STORED_ROWS["summaries"]) == 1


def test_fifteen_statements_for_one_family_and_for_many(kowalscy, nowakowie, django_assert_max_num_queries):
    with django_assert_max_num_queries(15):
        store_summaries([kowalscy.pk], on=TODAY)
    with django_assert_max_num_queries(15):
        store_summaries([kowalscy.pk, nowakowie.pk], on=TODAY)


WHAT = {
    "visit": lambda each: log_visit(
        period=each.period,
        data=visit_data(each.today, "09:00", "09:45", next_day=each.later),
        by=each.anna,
    ),
    "failed visit": lambda each: log_visit(
        period=each.period,
        data=visit_data(each.today, "11:00", "11:15", result=VisitResult.NOBODY_HOME),
        by=each.anna,
    ),
    "hand over": lambda each: hand_over(
        period=each.period,
        assistant=each.other,
        starts_on=each.later,
        accompany_until=each.latest,
        by=each.maria,
    ),
    "stand in": lambda each: assign_assistant(
        period=each.period,
        assistant=each.other,
        starts_on=each.later,
        ends_on=each.latest,
        kind=AssignmentKind.STAND_IN,
        by=each.maria,
    ),
    "end assignment": lambda each: end_assignment(
        assignment=each.assignment, on=each.later, version=None, by=each.maria
    ),
    "cancel": lambda each: cancel_assignment(
        assignment=each.assignment, why="x", version=None, by=each.maria
    ),
    "lead": lambda each: assign_lead_worker(
        family=each.family, social_worker=each.other_worker, since=each.later, by=each.maria
    ),
    "basis": lambda each: add_basis(
        period=each.period, data=BasisData(kind=BasisKind.COURT, starts_on=each.later), by=each.maria
    ),
    "end basis": lambda each: end_basis(
        basis=each.basis, on=each.later, why="x", version=None, by=each.maria
    ),
    "end work": lambda each: end_work(
        period=each.period, on=each.today, reason=ClosingReason.GOALS_REACHED, by=each.maria
    ),
    "begin work": lambda each: begin_work(
        family=each.family, starts_on=each.later, bases=[consent_data(each.family, each.later)], by=each.maria
    ),
    "move": lambda each: set_address(
        family=each.family, since=each.later, house="3", locality="Jasień", by=each.maria
    ),
    "leave": lambda each: leave_address(family=each.family, since=each.later, by=each.maria),
    "category": lambda each: set_category(
        family=each.family, category=Category.values[each.today.day % 2], on=each.later, by=each.maria
    ),
    "birth": lambda each: add_member(
        family=each.family,
        person=person_data("Zosia", "Kowalska", born_on=each.today),
        kinship=Kinship.CHILD,
        starts_on=each.today,
        by=each.maria,
    ),
    "almost adult": lambda each: correct_person(
        person=each.child.person,
        version=None,
        by=each.maria,
        born_on=each.latest.replace(year=each.latest.year - 18),
    ),
    "death": lambda each: correct_person(
        person=each.child.person, version=None, by=each.maria, died_on=each.today
    ),
    "elsewhere": lambda each: change_membership(
        membership=each.child,
        kinship=each.child.kinship,
        stay=LivingArrangement.ELSEWHERE,
        since=each.later,
        version=None,
        by=each.maria,
    ),
    "left": lambda each: end_membership(membership=each.child, on=each.later, version=None, by=each.maria),
    "rename": lambda each: rename_family(
        family=each.family, name=f"Kowalscy {each.today:%d}", version=None, by=each.maria
    ),
    "wait": lambda each: None,
}
NEEDED = {"end assignment": "assignment", "cancel": "assignment", "end basis": "basis"}


class Case:
    """One family on a day: what the actions above need. ``later`` and ``latest`` are days to come."""

    def __init__(self, family, today, days, cast):
        self.family, self.today = family, today
        self.later, self.latest = today + timedelta(days=days), today + timedelta(days=2 * days + 1)
        self.anna, self.ewa, self.tomasz, self.zofia, self.maria = cast
        self.period = family.periods.order_by("starts_on").last()
        rows = Assignment.objects.filter(period=self.period).order_by("pk")
        self.assignment = rows.last()
        self.other = self.ewa if self.assignment and self.assignment.assistant == self.anna else self.anna
        lead = family.leads.order_by("pk").last()
        self.other_worker = self.zofia if lead.social_worker == self.tomasz else self.tomasz
        self.basis = LegalBasis.objects.filter(period=self.period, ends_on=None).first()
        self.child = family.memberships.filter(kinship=Kinship.CHILD).order_by("pk").last()


STEPS = st.lists(
    st.tuples(st.sampled_from(sorted(WHAT)), st.integers(0, 9), st.integers(0, 6)), min_size=1, max_size=12
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_stored_summaries_equal_computed_ones_after_any_actions_and_days(
    kowalscy, anna, ewa, tomasz, zofia, maria, steps
):
    with transaction.atomic():
        today = TODAY
        for what, passed, ahead in steps:
            today += timedelta(days=passed)
            with clock.freeze_time(clock.to_instant(today, time(23, 59))):
                refresh_due(today)
                assert stored(kowalscy) == computed(kowalscy, today), "days have passed"
                case = Case(kowalscy, today, ahead, (anna, ewa, tomasz, zofia, maria))
                if getattr(case, NEEDED.get(what, "family")):
                    with suppress(ValidationError):  # refused
                        WHAT[what](case)
                assert stored(kowalscy) == computed(kowalscy, today), what
                refresh_all(STORED_ROWS["deadlines"])
                assert refresh_all(STORED_ROWS["summaries"]) == 0
                assert stored(kowalscy) == computed(kowalscy, today), "the night"
        transaction.set_rollback(True)

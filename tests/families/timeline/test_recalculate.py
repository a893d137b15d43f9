"""Stored timelines always equal the ones computed from facts, whatever the order of actions."""

from contextlib import suppress
from datetime import time, timedelta

import pytest
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from families.assessments.actions import record_assessment
from families.caseload.actions import (
    BasisData,
    add_basis,
    assign_lead_worker,
    begin_work,
    end_basis,
    end_work,
    hand_over,
)
from families.caseload.corrections import cancel_assignment, cancel_basis, cancel_lead_worker, correct_basis
from families.choices import BasisKind, ClosingReason, Kinship
from families.people.actions import add_member, correct_person, end_membership
from families.people.corrections.actions import correct_membership_dates, delete_person_entered_in_error
from families.people.duplicates.actions import merge_people
from families.people.models import Membership
from families.plans.actions import delete_signature_entered_in_error, return_plan, review_plan
from families.timeline.events import COLUMNS, EVENT_KINDS
from families.timeline.models import TimelineEntry
from families.timeline.queries import get_timeline
from families.timeline.recalculate import refresh_timeline
from families.visits.actions import correct_contact, correct_visit, log_contact, log_visit
from lubsko_ops.core import clock
from lubsko_ops.core.permissions import Role, SensitiveKind, can_see_sensitive, has_permission
from lubsko_ops.core.stored_rows import STORED_ROWS, refresh_all
from projects.models import ProjectGroup
from sessions.attendance.actions import MeetingMarks, record_attendance
from sessions.attendance.rules import Mark
from tests.factories import TODAY, consent_data, person_data
from tests.families.deadlines.test_recalculate import advance_plan
from tests.families.plans.helpers import half_signed
from tests.families.visits.helpers import visit_data
from tests.projects.factories import make_group, make_participation
from tests.projects.helpers import make_running
from tests.sessions.factories import make_held


def stored(families) -> list[tuple]:
    rows = TimelineEntry.objects.filter(family__in=[family.pk for family in families])
    return sorted(map(str, rows.values_list(*COLUMNS)))


def computed(families) -> list[tuple]:
    ids = [family.pk for family in families]
    return sorted(str(row) for kind in EVENT_KINDS for row in kind.entries(ids))


def visible_rows(family, user, *, until) -> set[tuple]:
    """Kind and id of what the user may see, from the facts: the table of rights, without SQL."""
    hidden = {circle for circle in SensitiveKind if not can_see_sensitive(user, circle)}
    entries = (
        dict(zip(COLUMNS, row, strict=True))
        for kind in EVENT_KINDS
        if not kind.permission or has_permission(user, kind.permission)
        for row in kind.entries([family.pk])
    )
    return {(e["kind"], e["row"]) for e in entries if e["circle"] not in hidden and e["day"] <= until}


@pytest.fixture
def specialist(make_user):
    return make_user("olga", "Olga", "Wiśniewska", Role.SPECIALIST)


def test_a_correction_moves_the_entry_and_a_cancellation_removes_it(kowalscy, maria):
    period = kowalscy.periods.get()
    row = add_basis(period=period, data=BasisData(kind=BasisKind.COURT, starts_on=TODAY), by=maria)
    entry = TimelineEntry.objects.get(kind="basis", row=row.pk)
    assert (entry.day, entry.circle, entry.parameters) == (TODAY, SensitiveKind.COURT, {"kind": "court"})
    health = BasisData(kind=BasisKind.ZA_ZYCIEM, starts_on=TODAY - timedelta(days=1))
    correct_basis(basis=row, data=health, ends_on=None, why="pomyłka", version=None, by=maria)
    entry.refresh_from_db()
    assert (entry.day, entry.circle) == (TODAY - timedelta(days=1), SensitiveKind.HEALTH)
    cancel_basis(basis=row, why="pomyłka", version=None, by=maria)
    assert not TimelineEntry.objects.filter(kind="basis", row=row.pk).exists()


def test_a_signature_entered_in_error_disappears(kowalscy, anna, tomasz, maria):
    signature = half_signed(kowalscy, by=anna, tomasz=tomasz, maria=maria)
    entries = TimelineEntry.objects.filter(kind="plan_signed", row=signature.pk)
    assert entries.get().parameters == {"version": 1}
    delete_signature_entered_in_error(signature=signature, why="pomyłka", by=anna)
    assert not entries.exists()


def test_a_visit_recomputes_the_visits_only(kowalscy, anna):
    TimelineEntry.objects.filter(family=kowalscy.pk).update(day=TODAY)
    log_visit(period=kowalscy.periods.get(), data=visit_data(TODAY, "08:00", "08:30"), by=anna)
    days = TimelineEntry.objects.filter(family=kowalscy.pk)
    assert set(days.exclude(kind="visit").values_list("day", flat=True)) == {TODAY}


def test_the_night_counts_and_mends_what_is_wrong(kowalscy, nowakowie, anna):
    log_visit(period=kowalscy.periods.get(), data=visit_data(TODAY, "08:00", "08:30"), by=anna)
    right = stored([kowalscy, nowakowie])
    TimelineEntry.objects.filter(kind="visit").update(day=TODAY - timedelta(days=1))
    TimelineEntry.objects.filter(kind="began", family=kowalscy.pk).delete()
    for kind in ("visit", "kind_of_old"):
        TimelineEntry.objects.create(family=nowakowie.pk, day=TODAY, sorted_at=time(0), kind=kind, row=0)
    assert refresh_all(STORED_ROWS["timeline"]) == 4
    assert stored([kowalscy, nowakowie]) == right
    assert refresh_all(STORED_ROWS["timeline"]) == 0


def test_the_same_statements_for_one_family_and_for_many(kowalscy, nowakowie, django_assert_num_queries):
    with django_assert_num_queries(2):  # what differs, what is gone
        refresh_timeline([kowalscy.pk])
    with django_assert_num_queries(2):
        refresh_timeline([kowalscy.pk, nowakowie.pk])


def attend(family, presence: str, *, by, manager) -> None:
    """The mother is marked at the meeting of the day; before it she was taken into a group."""
    today, mother = clock.today(), family.memberships.get(kinship=Kinship.MOTHER).person
    group = ProjectGroup.objects.first() or make_group(make_running(by, manager), by)
    row = group.participations.first()
    if row is None:
        row = make_participation(group.edition, by, day=TODAY, group=group, person=mother, family=family)
        row.steps.update(group=group)
    meeting = group.scheduled_meetings.filter(starts_on=today).first() or make_held(group, by, today)
    marks = {(row.pk, row.person_id): Mark(presence)}
    record_attendance(group=group, sheets=[MeetingMarks(meeting, marks)], by=by)


def actions_on(family, anna, ewa, tomasz, zofia, maria):
    """Actions that change the timeline of the family, by name; many are refused in some states of the case."""
    today, soon = clock.today(), clock.today() + timedelta(days=3)
    period = family.periods.order_by("starts_on").last()
    people = {row.kinship: row for row in family.memberships.order_by("starts_on", "pk")}
    child, mother = people.get(Kinship.CHILD), people.get(Kinship.MOTHER)
    correction = {"why": "pomyłka", "version": None, "by": maria}
    hour = {"starts_at": f"{clock.now().minute % 20:02}:00", "ends_at": f"{clock.now().minute % 20:02}:40"}
    call = {"channel": "phone", "counterpart_type": "school", "subject": "Nieobecności"}
    visit = lambda: period.visits.order_by("pk").last()  # noqa: E731
    namesake = lambda: Membership.objects.exclude(family=family).get(kinship=Kinship.MOTHER)  # noqa: E731
    basis = lambda: period.bases.order_by("pk").last()  # noqa: E731
    return {
        "visit": lambda: log_visit(period=period, data=visit_data(today, **hour), by=anna),
        "visit corrected": lambda: correct_visit(
            visit=visit(), data=visit_data(visit().day - timedelta(days=1), **hour), version=None, by=anna
        ),
        "contact": lambda: log_contact(period=period, day=today, by=anna, **call),
        "contact corrected": lambda: correct_contact(
            contact=period.contacts.last(), version=None, by=anna, day=today, starts_at=time(7), **call
        ),
        "court": lambda: add_basis(
            period=period, data=BasisData(kind=BasisKind.COURT, starts_on=today), by=maria
        ),
        "basis ends": lambda: end_basis(basis=basis(), on=today, why="Wyrok", version=None, by=maria),
        "basis corrected": lambda: correct_basis(
            basis=basis(),
            data=BasisData(kind=BasisKind.ZA_ZYCIEM, starts_on=today),
            ends_on=None,
            **correction,
        ),
        "basis cancelled": lambda: cancel_basis(basis=basis(), **correction),
        "handed over": lambda: hand_over(period=period, assistant=ewa, starts_on=soon, by=maria),
        "assignment cancelled": lambda: cancel_assignment(
            assignment=period.assignments.order_by("pk").last(), **correction
        ),
        "lead": lambda: assign_lead_worker(family=family, social_worker=zofia, since=soon, by=maria),
        "lead cancelled": lambda: cancel_lead_worker(lead=family.leads.last(), **correction),
        "born": lambda: add_member(
            family=family,
            person=person_data("Zosia", "Kowalska", born_on=today),
            kinship=Kinship.CHILD,
            starts_on=today,
            by=maria,
        ),
        "left": lambda: end_membership(membership=child, on=today, version=None, by=maria),
        "days corrected": lambda: correct_membership_dates(
            membership=child, starts_on=today, ends_on=None, version=None, by=maria
        ),
        "died": lambda: correct_person(person=mother.person, version=None, by=maria, died_on=today),
        "lives": lambda: correct_person(person=mother.person, version=None, by=maria, died_on=None),
        "removed": lambda: delete_person_entered_in_error(membership=child, **correction),
        "merged": lambda: merge_people(keep=mother.person, drop=namesake().person, by=maria),
        "plan": lambda: advance_plan(period, anna, tomasz, maria),
        "plan returned": lambda: return_plan(
            plan=period.plans.order_by("number").last(), text="Dopisz.", remarks={}, version=None, by=tomasz
        ),
        "plan reviewed": lambda: review_plan(period=period, note="Bez zmian.", by=anna),
        "assessed": lambda: record_assessment(
            period=period, covers_from=period.starts_on, covers_to=today, handed_over_on=today, by=anna
        ),
        "attended": lambda: attend(family, "present", by=tomasz, manager=maria),
        "attendance corrected": lambda: attend(family, "excused", by=tomasz, manager=maria),
        "ended": lambda: end_work(period=period, on=today, reason=ClosingReason.values[0], by=maria),
        "returned": lambda: begin_work(
            family=family, starts_on=today, bases=[consent_data(family, today)], by=maria
        ),
    }


NAMES = [
    *("visit", "visit corrected", "contact", "contact corrected", "court", "basis ends", "basis corrected"),
    *("basis cancelled", "handed over", "assignment cancelled", "lead", "lead cancelled", "born", "left"),
    *("days corrected", "died", "lives", "removed", "merged", "plan", "plan returned", "plan reviewed"),
    *("assessed", "ended", "returned", "attended", "attendance corrected"),
]


# A history passes over what an action refuses, or what it does not find.
REFUSALS = (ValidationError, ObjectDoesNotExist, AttributeError)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(NAMES), st.integers(0, 9)), min_size=1, max_size=12))
def test_stored_entries_equal_computed_ones_after_any_actions(
    kowalscy, nowakowie, anna, ewa, tomasz, zofia, maria, specialist, steps
):
    with transaction.atomic():
        today = TODAY
        for number, (name, days) in enumerate(steps):
            today += timedelta(days=days)
            with clock.freeze_time(clock.to_instant(today, time(23, number))):
                with suppress(*REFUSALS), transaction.atomic():
                    actions_on(kowalscy, anna, ewa, tomasz, zofia, maria)[name]()
                assert stored([kowalscy, nowakowie]) == computed([kowalscy, nowakowie]), name
        for user in (anna, tomasz, maria, specialist):
            page = get_timeline(kowalscy.pk, user=user, until=today, size=500)
            seen = {(each.kind, each.row) for each in page.events}
            assert seen == visible_rows(kowalscy, user, until=today)
        transaction.set_rollback(True)


@pytest.mark.parametrize("name", NAMES)
def test_every_action_of_the_histories_can_run(kowalscy, nowakowie, anna, ewa, tomasz, zofia, maria, name):
    """After a few others, each of them does something; none is refused always."""
    before = {
        "basis corrected": ["court"],
        "basis cancelled": ["court"],
        "visit corrected": ["visit"],
        "contact corrected": ["contact"],
        "assignment cancelled": ["handed over"],
        "lead cancelled": ["lead"],
        "lives": ["died"],
        "plan returned": ["plan", "plan"],
        "plan reviewed": ["plan"] * 5,
        "returned": ["ended"],
        "attendance corrected": ["attended"],
    }
    for number, each in enumerate([*before.get(name, []), name]):
        with clock.freeze_time(clock.to_instant(TODAY + timedelta(days=number), time(23, number))):
            actions_on(kowalscy, anna, ewa, tomasz, zofia, maria)[each]()
    assert stored([kowalscy, nowakowie]) == computed([kowalscy, nowakowie])

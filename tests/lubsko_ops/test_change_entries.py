"""Change entries: one for each action and file, always those that the history tables give."""

from collections import Counter
from datetime import time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings

from families.caseload.actions import BasisData, add_basis
from families.choices import BasisKind, Kinship, LivingArrangement, VisitResult
from families.people.actions import add_member, add_phone, correct_person
from families.people.corrections.actions import delete_person_entered_in_error
from families.people.duplicates.actions import merge_people
from families.people.models import DuplicateDismissal
from families.plans.actions import create_plan, discard_plan
from families.plans.models import PlanAction
from lubsko_ops.audit.change_entries import refresh_entries
from lubsko_ops.audit.changes import get_history_page
from lubsko_ops.audit.history import save_with_history
from lubsko_ops.audit.models import ChangeEntry
from lubsko_ops.core import clock
from lubsko_ops.core.actions import action
from lubsko_ops.core.locks import lock
from lubsko_ops.core.permissions import Role
from lubsko_ops.core.stored_rows import STORED_ROWS, refresh_all
from tests.factories import TODAY
from tests.families.case_files.test_history import changed_rows, mother_of, newest
from tests.families.deadlines.test_recalculate import ACTIONS, change_plan_facts, visit_on
from tests.families.visits.helpers import make_visit
from tests.history_sweep import check_history_has_entries
from tests.plan_factories import plan_data


def entries(family) -> QuerySet[ChangeEntry]:
    return ChangeEntry.objects.filter(file_kind="family", file_id=family.pk).order_by("at", "id")


def grouped_rows(family) -> Counter:
    """The history rows of the file with moment and author: what a rebuild can know."""
    return Counter(
        (entry.at, entry.by_id, label, row_id, history_id)
        for entry in entries(family)
        for label, row_id, history_id in zip(entry.labels, entry.row_ids, entry.history_ids, strict=True)
    )


# ---- written by actions ------------------------------------------------------------------------------


def test_an_action_writes_one_entry_with_all_its_rows(kowalscy, anna):
    before = entries(kowalscy).count()
    visit = make_visit(kowalscy, anna, present=[mother_of(kowalscy)])
    assert entries(kowalscy).count() == before + 1
    entry = entries(kowalscy).last()
    attendee = visit.attendees.get()
    assert (entry.at, entry.by, entry.reason) == (clock.now(), anna, "Wpis wizyty")
    assert (entry.labels, entry.row_ids) == (
        ["visits.visit", "visits.visitattendee"],
        [visit.pk, attendee.pk],
    )
    assert entry.history_ids == [visit.history.get().pk, attendee.history.get().pk]


def test_an_action_on_two_files_writes_an_entry_for_each(kowalscy, nowakowie, maria):
    shared = kowalscy.memberships.get(kinship=Kinship.CHILD).person
    add_member(
        family=nowakowie, person=shared, kinship=Kinship.GRANDCHILD, starts_on=TODAY,
        stay=LivingArrangement.ELSEWHERE, by=maria,
    )  # fmt: skip
    counts = [entries(family).count() for family in (kowalscy, nowakowie)]
    correct_person(person=shared, version=shared.version, by=maria, first_name="Kasper")
    assert [entries(family).count() - n for family, n in zip((kowalscy, nowakowie), counts, strict=True)] == [
        1,
        1,
    ]
    assert entries(kowalscy).last().history_ids == entries(nowakowie).last().history_ids


def test_all_rows_of_an_action_have_one_moment(kowalscy, anna, monkeypatch):
    """Also while the clock runs, so that a rebuild puts them together."""
    ticks = iter(range(1000))
    start = clock.now()
    monkeypatch.setattr(clock, "is_frozen", lambda: False)
    monkeypatch.setattr(clock, "now", lambda: start + timedelta(seconds=next(ticks)))
    make_visit(kowalscy, anna, present=[mother_of(kowalscy)])
    written = grouped_rows(kowalscy)
    assert len(entries(kowalscy).last().labels) == 2
    entries(kowalscy).last().delete()
    assert refresh_entries("family", [kowalscy.pk]) == 1
    assert grouped_rows(kowalscy) == written


def test_a_save_outside_actions_is_an_entry(kowalscy, anna):
    kowalscy.name = "Kowalscy z Długiej"
    save_with_history(kowalscy, by=anna, why="Zmiana nazwy")
    assert (entries(kowalscy).last().reason, entries(kowalscy).last().labels) == (
        "Zmiana nazwy",
        ["people.family"],
    )


def test_what_a_nested_action_rolled_back_is_not_in_the_entry(kowalscy, anna):
    @action
    def fail():
        add_phone(family=kowalscy, number="600 000 101", starts_on=TODAY, by=anna)
        raise ValidationError("próba")

    @action
    def write():
        lock(families=[kowalscy.pk])
        with pytest.raises(ValidationError):
            fail()
        add_phone(family=kowalscy, number="600 000 102", starts_on=TODAY, by=anna)

    write()
    assert newest(kowalscy, anna).rows[0].name == "600 000 102"
    check_history_has_entries()


def test_one_statement_for_any_number_of_rows(kowalscy, anna):
    with CaptureQueriesContext(connection) as queries:
        make_visit.__wrapped__(kowalscy, anna, present=[row.person for row in kowalscy.memberships.all()])
    assert len([each for each in queries if "audit_changeentry" in each["sql"]]) == 1


# ---- whose file --------------------------------------------------------------------------------------


def test_a_change_before_the_person_joined_a_family_stays_in_the_other_file(kowalscy, nowakowie, anna, maria):
    """A fact recorded by one family's team belongs to that family's file alone."""
    shared = kowalscy.memberships.get(kinship=Kinship.CHILD).person
    correct_person(person=shared, version=shared.version, by=anna, first_name="Kasper")
    with clock.freeze_time(TODAY + timedelta(days=1)):
        add_member(
            family=nowakowie, person=shared, kinship=Kinship.GRANDCHILD, starts_on=TODAY,
            stay=LivingArrangement.ELSEWHERE, by=maria,
        )  # fmt: skip
        assert "people.person" in entries(kowalscy).values_list("labels", flat=True).get(
            reason="Zmiana danych osoby"
        )
        assert not any(
            row.subject == "Zmieniono osobę: Kasper Kowalska" for row in changed_rows(nowakowie, maria)
        )
        assert refresh_all(STORED_ROWS["changes"]) == 0


def test_a_person_removed_as_entered_by_mistake_is_no_longer_shown(kowalscy, nowakowie, maria):
    """The person belongs to another family only; of the removed membership the history stays."""
    shared = kowalscy.memberships.get(kinship=Kinship.CHILD).person
    membership = add_member(
        family=nowakowie, person=shared, kinship=Kinship.GRANDCHILD, starts_on=TODAY,
        stay=LivingArrangement.ELSEWHERE, by=maria,
    )  # fmt: skip
    shared.refresh_from_db()
    correct_person(person=shared, version=shared.version, by=maria, first_name="Kasper")
    assert any(row.model_label == "Osoba" and "Kasper" in row.name for row in changed_rows(nowakowie, maria))
    delete_person_entered_in_error(membership=membership, why="inna rodzina", version=None, by=maria)
    assert not any(
        row.model_label == "Osoba" and "Kasper" in row.name for row in changed_rows(nowakowie, maria)
    )
    assert any(row.model_label == "Osoba" and "Kasper" in row.name for row in changed_rows(kowalscy, maria))


def test_merged_people_stay_in_the_files_of_their_families(kowalscy, nowakowie, maria):
    keep, drop = mother_of(kowalscy), mother_of(nowakowie)
    with clock.freeze_time(TODAY + timedelta(days=1)):
        merge_people(keep=keep, drop=drop, by=maria)
        for family in (kowalscy, nowakowie):
            assert entries(family).last().labels.count("people.person") == (2 if family == nowakowie else 1)
        assert refresh_all(STORED_ROWS["changes"]) == 0
    check_history_has_entries()


def test_rows_of_a_deleted_draft_stay_in_its_file(kowalscy, anna):
    plan = create_plan(period=kowalscy.periods.get(), data=plan_data(), by=anna)
    discard_plan(plan=plan, version=None, by=anna)
    assert not PlanAction.objects.exists()
    assert {"plans.plan", "plans.planaction"} == set(entries(kowalscy).last().labels)
    ChangeEntry.objects.filter(file_kind="family").delete()
    refresh_entries("family", [kowalscy.pk])
    check_history_has_entries()


def test_a_row_of_no_file_has_no_entry(kowalscy, anna, maria):
    people = sorted((row.person for row in kowalscy.memberships.all()[:2]), key=lambda person: person.pk)
    before = ChangeEntry.objects.count()
    save_with_history(
        DuplicateDismissal(person_a=people[0], person_b=people[1]), by=maria, why="To różne osoby"
    )
    assert ChangeEntry.objects.count() == before


# ---- who sees what -----------------------------------------------------------------------------------


def test_a_row_that_was_sensitive_before_is_hidden_too(kowalscy, maria, make_user):
    specialist = make_user("olga", "Olga", "Wiśniewska", Role.SPECIALIST)
    basis = add_basis(
        period=kowalscy.periods.get(), data=BasisData(kind=BasisKind.COURT, starts_on=TODAY, reference="III"),
        by=maria,
    )  # fmt: skip
    basis.kind = BasisKind.ZA_ZYCIEM
    save_with_history(basis, by=maria, why="Poprawienie podstawy")
    basis.kind, basis.person = BasisKind.CONSENT, mother_of(kowalscy)
    save_with_history(basis, by=maria, why="Poprawienie podstawy")
    assert "zobowiązanie" not in str(changed_rows(kowalscy, specialist))
    assert "Za życiem" not in str(changed_rows(kowalscy, specialist))
    assert "Za życiem" in str(changed_rows(kowalscy, maria))


def test_pages_without_a_visible_change_are_passed_over(kowalscy, anna, maria):
    phone = add_phone(family=kowalscy, number="600 000 101", starts_on=TODAY, by=anna)
    for _ in range(3):
        save_with_history(phone, by=anna, why="bez zmian")
    page = get_history_page(kowalscy.pk, user=maria, size=1)
    assert page.entries[0].rows[0].name == "600 000 101"
    older = get_history_page(kowalscy.pk, user=maria, size=1, after=page.after)
    assert older.entries[0].pk < page.entries[0].pk


# ---- mended ------------------------------------------------------------------------------------------


def test_missing_and_dangling_entries_are_mended(kowalscy, nowakowie, anna):
    assert refresh_all(STORED_ROWS["changes"]) == 0
    whole = grouped_rows(kowalscy)
    lost, dangling = entries(kowalscy).first(), entries(kowalscy).last()
    lost.delete()
    dangling.history_ids[0] += 100_000
    dangling.save()
    with transaction.atomic():
        assert refresh_all(STORED_ROWS["changes"]) == 3, "one made, one removed and made again"
    assert grouped_rows(kowalscy) == whole
    assert refresh_all(STORED_ROWS["changes"]) == 0


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ACTIONS)
def test_stored_entries_equal_those_of_the_history_after_any_actions(kowalscy, anna, tomasz, maria, actions):
    period = kowalscy.periods.get()
    with transaction.atomic():
        today, hour = TODAY, 5
        for what, days in actions:
            today, hour = today + timedelta(days=days), (hour + 1) % 24
            with clock.freeze_time(clock.to_instant(today, time(23, 59))):
                if what in ("visit", "failed", "danger"):
                    result = VisitResult.NOBODY_HOME if what == "failed" else VisitResult.HELD
                    visit_on(period, today, anna, result=result, danger=what == "danger", hour=hour)
                else:
                    change_plan_facts(what, period, anna, tomasz, maria)
        check_history_has_entries()
        stored = grouped_rows(kowalscy)
        assert refresh_all(STORED_ROWS["changes"]) == 0
        assert grouped_rows(kowalscy) == stored
        ChangeEntry.objects.all().delete()
        refresh_all(STORED_ROWS["changes"])
        assert grouped_rows(kowalscy) == stored
        transaction.set_rollback(True)

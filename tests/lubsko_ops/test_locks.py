"""The lock order: what an action holds is remembered, and the guard of the suite refuses every other order."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from families.people.actions import open_family
from families.people.models import Family, Person
from lubsko_ops.accounts.models import User
from lubsko_ops.audit.history import lock_row, save_with_history
from lubsko_ops.core.actions import ACTION_HOOKS, Phase, action
from lubsko_ops.core.locks import LOCKED_MODELS, LockOrder, RowGone, held_locks, lock
from tests.lock_order_guard import WrongLockOrder


@action
def run_in_action(*functions):
    """Call the functions in one action; the locks held at the end."""
    for function in functions:
        function()
    return set(held_locks())


@action
def lock_and_fail(**ids):
    lock(**ids)
    raise ValidationError("odmowa")


def locking_statements(function) -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        function()
    return [each["sql"] for each in queries if "FOR NO KEY UPDATE" in each["sql"]]


def test_users_come_first_then_families_then_people_each_by_id(kowalscy, nowakowie, anna, ewa):
    ids = {"families": [nowakowie.pk, kowalscy.pk], "users": [ewa.pk, anna.pk]}
    users, families = locking_statements(lambda: run_in_action(lambda: lock(**ids)))
    for statement, table, rows in (
        (users, "accounts_user", (anna, ewa)),
        (families, "people_family", (kowalscy, nowakowie)),
    ):
        assert f'FROM "{table}"' in statement
        ids = ",".join(str(row.pk) for row in rows)
        assert f"= ANY ('{{{ids}}}'" in statement and " ORDER BY 1 ASC " in statement
    assert [each.model for each in LOCKED_MODELS] == [User, Family, Person]


def test_what_the_action_holds_is_locked_once(kowalscy, anna):
    def lock_again():
        run_in_action(
            lambda: lock(users=[anna.pk], families=[kowalscy.pk]),
            lambda: lock(families=[kowalscy.pk]),
            lambda: lock_row(Family.objects, pk=kowalscy.pk),
            lambda: run_in_action(lambda: lock(users=[anna.pk])),
        )

    assert len(locking_statements(lock_again)) == 3
    assert held_locks() is None


def test_a_new_row_needs_no_lock(maria):
    def open_and_lock():
        lock(families=[open_family(name="Lisowie", on=maria.date_joined.date(), by=maria).pk])

    assert locking_statements(lambda: run_in_action(open_and_lock)) == []


def test_a_deleted_row_is_named_gone_before_anything_is_saved(kowalscy):
    for action_of_nobody in (
        lambda: lock(families=[kowalscy.pk, 0]),
        lambda: lock_row(User.objects, pk=0),
    ):
        with pytest.raises(RowGone):
            run_in_action(action_of_nobody)


def test_a_nested_action_that_fails_releases_its_locks(kowalscy, anna):
    def fail():
        with pytest.raises(ValidationError):
            lock_and_fail(families=[kowalscy.pk])

    assert run_in_action(lambda: lock(users=[anna.pk]), fail) == {(LockOrder.USERS, anna.pk)}


@pytest.mark.parametrize("first", ["family", "person", "write", "other row"])
def test_the_guard_refuses_a_lock_that_comes_too_late(kowalscy, nowakowie, anna, maria, first):
    steps = {
        "family": lambda: lock(families=[kowalscy.pk]),
        "person": lambda: lock(people=[kowalscy.memberships.first().person_id]),
        "write": lambda: save_with_history(Family(name="Lisowie"), by=maria, why="próba"),
        "other row": lambda: lock_row(kowalscy.memberships, pk=kowalscy.memberships.first().pk),
    }
    late = (lambda: lock(users=[anna.pk]), lambda: lock(families=[nowakowie.pk]))
    for step in late:
        with pytest.raises(WrongLockOrder):
            run_in_action(steps[first], step)


def test_the_guard_refuses_a_change_without_a_lock(kowalscy, maria):
    with pytest.raises(WrongLockOrder):
        run_in_action(lambda: save_with_history(kowalscy, by=maria, why="próba"))


def test_the_guard_refuses_the_strongest_lock(kowalscy):
    with pytest.raises(WrongLockOrder):
        run_in_action(lambda: Family.objects.select_for_update().get(pk=kowalscy.pk))


def test_hooks_run_in_the_order_of_their_phases():
    assert list(Phase) == sorted(Phase)
    assert [phase.name for phase in Phase] == [
        "FACTS", "DEADLINES", "SUMMARY", "TIMELINE", "CHANGE_ENTRY", "DUPLICATES",
    ]  # fmt: skip
    names = [f"{hook.__module__}.{hook.__name__}" for hook in ACTION_HOOKS]
    assert names == [
        "families.deadlines.recalculate.recalculate_after_action",
        "families.case_files.summaries.update_after_action",
        "families.timeline.recalculate.refresh_after_action",
        "lubsko_ops.audit.change_entries.write_entries_after_action",
        "families.people.duplicates.candidate_cache.refresh_after_action",
    ]


@pytest.mark.django_db(transaction=True)
def test_a_lock_outside_a_transaction_is_refused(anna):
    """Also once the statement is compiled, when Django asks no more."""
    with transaction.atomic():
        lock(users=[anna.pk])
    with pytest.raises(TransactionManagementError):
        lock(users=[anna.pk])

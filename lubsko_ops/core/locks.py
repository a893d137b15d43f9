"""The one order in which actions lock rows: users by id, then families by id, then people by id.

After these come the rows of a family, which its lock covers, then counters, and last the advisory lock of the
duplicates. An action names at its start everything it locks, in one call::

    lock(users=[assistant.pk], families=[period.family_id])

Two actions that keep this order may wait for each other, but never both ways. ``FOR NO KEY UPDATE`` lets others
insert rows that refer to a locked one. What the running action holds is remembered, so an action called by another, or
a hook, locks nothing twice.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import IntEnum
from functools import cache

from django.db import connection, models
from django.db.transaction import TransactionManagementError

from lubsko_ops.core.compiled_query import CompiledQuery
from lubsko_ops.core.lookups import is_among
from lubsko_ops.core.registry import Registry


class LockOrder(IntEnum):
    """The kinds of rows that several families or users share, in the order of locking."""

    USERS = 10
    FAMILIES = 20
    PEOPLE = 30


@dataclass(frozen=True)
class LockedModel:
    """The model whose rows are locked at this place of the order."""

    order: LockOrder
    model: type[models.Model]


# Filled by the apps that own the models.
LOCKED_MODELS: Registry[LockedModel] = Registry("locked models", key=lambda item: item.order)


class RowGone(Exception):
    """The row was deleted after the user had opened it, perhaps while this action waited for its lock."""


HeldLocks = set[tuple[LockOrder, int]]
_held: ContextVar[HeldLocks | None] = ContextVar("locks held by the running action", default=None)


def lock(*, users: Iterable[int] = (), families: Iterable[int] = (), people: Iterable[int] = ()) -> None:
    """Lock the rows with these ids until the end of the transaction, except those the running action holds.

    Raises RowGone when one of them was deleted.
    """
    _lock(LockOrder.USERS, set(users))
    _lock(LockOrder.FAMILIES, set(families))
    _lock(LockOrder.PEOPLE, set(people))


def _lock(order: LockOrder, ids: set[int]) -> None:
    held = set() if (remembered := held_locks()) is None else remembered
    missing = sorted(pk for pk in ids if (order, pk) not in held)
    if missing:
        if connection.get_autocommit():  # Django asks when it compiles a statement, so only once
            raise TransactionManagementError("A lock outside a transaction locks nothing.")
        if len(_locked_rows(LOCKED_MODELS[order].model).rows(ids=missing)) < len(missing):
            raise RowGone
        held.update((order, pk) for pk in missing)


@cache
def _locked_rows(model: type[models.Model]) -> CompiledQuery:
    """The ids of these rows, in order, locked."""
    rows = model._base_manager.order_by("pk").select_for_update(no_key=True).values_list("pk")
    return CompiledQuery(lambda ids: rows.filter(is_among(ids)), ids=[-1])


def lock_available(*, families: Iterable[int]) -> list[int]:
    """Lock those of these families (ids) that no other transaction holds; returns them in order."""
    rows = LOCKED_MODELS[LockOrder.FAMILIES].model._base_manager.filter(pk__in=list(families)).order_by("pk")
    free = list(rows.select_for_update(no_key=True, skip_locked=True).values_list("pk", flat=True))
    if (held := held_locks()) is not None:
        held.update((LockOrder.FAMILIES, pk) for pk in free)
    return free


def lock_name(name: str) -> None:
    """Let one action with this name go on at a time: the others wait for the end of its transaction.

    For what no row stands for, such as that only one export is being made. Taken after all other locks.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [name])


def note_locked(row: models.Model) -> None:
    """Remember a row that the running action has locked otherwise, or has written: nobody else can lock it."""
    held = held_locks()
    if held is not None:
        held.update((each.order, row.pk) for each in LOCKED_MODELS if isinstance(row, each.model))


def held_locks() -> HeldLocks | None:
    """What the running action holds; None outside actions."""
    return _held.get()


@contextmanager
def remembered_locks() -> Iterator[None]:
    """For the transaction of an action: remember what it locks. A nested one that is rolled back releases its own."""
    outer = held_locks()
    if outer is None:
        token = _held.set(set())
        try:
            yield
        finally:
            _held.reset(token)
        return
    before = set(outer)
    try:
        yield
    except BaseException:
        outer.intersection_update(before)
        raise

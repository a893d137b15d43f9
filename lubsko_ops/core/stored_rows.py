"""Stored rows: what is computed from facts and kept beside them, so that pages read it plainly.

Deadlines, summaries, timelines and change entries are refreshed inside the action that changes their facts (a hook of
its phase). Every night, and by the command ``refresh_stored_rows`` after bulk changes, they are compared with the facts
once more. Facts remain the truth: no rule and no permission reads stored rows.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.db import transaction

from lubsko_ops.core.actions import Phase
from lubsko_ops.core.locks import lock, lock_available
from lubsko_ops.core.registry import Registry

BATCH = 200


@dataclass(frozen=True)
class StoredRows:
    """One kind of stored rows.

    label: Polish plural, for the administrator. families: ids of all families that have such rows or should have.
    refresh: makes the rows of these families (ids, locked by the caller) what the facts say; returns how many rows were
    wrong, not counting those that became different only because a day has passed.
    """

    name: str
    label: str
    phase: Phase
    families: Callable[[], Iterable[int]]
    refresh: Callable[[list[int]], int]


STORED_ROWS: Registry[StoredRows] = Registry("stored rows", key=lambda rows: rows.name)


def register_stored_rows(rows: StoredRows) -> None:
    """Register a kind; kinds are refreshed in the order of their phases, because later ones read earlier ones."""
    STORED_ROWS.register(rows, order=rows.phase)


def refresh_all(rows: StoredRows) -> int:
    """Refresh one kind for all families, a transaction for each batch; returns how many rows were wrong.

    Families that another transaction holds are left for the end and then waited for, one after another: the action
    there refreshes only what it writes itself. Raises the database's error when one is held too long.
    """
    wrong, held = 0, []
    for batch in _batches(sorted(set(rows.families()))):
        with transaction.atomic():
            free = lock_available(families=batch)
            wrong += rows.refresh(free)
        held += sorted(set(batch) - set(free))
    for family in held:
        with transaction.atomic():
            lock(families=[family])
            wrong += rows.refresh([family])
    return wrong


def _batches(ids: list[int]) -> Iterator[list[int]]:
    return (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))

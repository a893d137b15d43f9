"""Recalculates stored timelines from facts: in the action that changed them, and nightly for all families."""

from collections.abc import Collection, Iterable
from functools import cache

from django.db import connection, transaction
from django.db.models import Model, Q, QuerySet

from families.timeline.events import COLUMNS, EVENT_KINDS, EventKind
from families.timeline.models import TimelineEntry
from lubsko_ops.core.compiled_query import CompiledQuery
from lubsko_ops.core.locks import lock
from lubsko_ops.core.lookups import is_among

KEY = ("kind", "row")


@transaction.atomic(savepoint=False)
def refresh_after_action(rows: list[Model]) -> None:
    """Action hook: refresh the kinds of events whose rows were written, for the families of these rows."""
    written = {
        kind: own for kind in EVENT_KINDS if (own := [row for row in rows if isinstance(row, kind.model)])
    }
    if written:
        families = sorted(set().union(*(kind.families_of(own) for kind, own in written.items())))
        lock(families=families)
        refresh_timeline(families, list(written))


def families_with_events() -> Iterable[int]:
    """Ids of the families that have events, or stored ones."""
    stored = TimelineEntry.objects.values_list("family", flat=True)
    rows = (kind.model._default_manager.filter(kind.condition) for kind in EVENT_KINDS)
    return stored.union(
        *(each.values_list(kind.family) for kind, each in zip(EVENT_KINDS, rows, strict=True))
    )


def refresh_timeline(families: list[int], kinds: Collection[EventKind] = ()) -> int:
    """Make the entries of these locked families (ids) what the facts say; returns how many were wrong.

    The database compares: only differences are written. ``kinds``: only these; all when empty.
    """
    if not families:
        return 0
    names = tuple(kind.name for kind in kinds)
    changed = _save(*_missing(names).sql(families=families))
    over = [pk for (pk,) in _superfluous(names).rows(families=families)]
    return changed + (TimelineEntry.objects.filter(pk__in=over).delete()[0] if over else 0)


@cache
def _missing(names: tuple[str, ...]) -> CompiledQuery:
    """The entries of these kinds (all when empty) that are not stored as the facts say, as tuples of COLUMNS."""

    def build(families: list[int]) -> QuerySet:
        computed, *others = [kind.entries(families) for kind in _kinds(names)]
        if others:
            computed = computed.union(*others, all=True)
        return computed.difference(_stored(names, families).order_by().values_list(*COLUMNS))

    return CompiledQuery(build, families=[-1])


@cache
def _superfluous(names: tuple[str, ...]) -> CompiledQuery:
    """The ids of the stored entries of these kinds (all when empty) whose row is gone or no event any more."""

    def build(families: list[int]) -> QuerySet:
        still = Q(pk__in=[])
        for kind in _kinds(names):
            still |= Q(kind=kind.name, row__in=kind.rows(families).values("pk"))
        return _stored(names, families).exclude(still).order_by().values_list("pk")

    return CompiledQuery(build, families=[-1])


def _kinds(names: tuple[str, ...]) -> list[EventKind]:
    return [kind for kind in EVENT_KINDS if not names or kind.name in names]


def _stored(names: tuple[str, ...], families: list[int]) -> QuerySet:
    stored = TimelineEntry.objects.filter(is_among(families, "family"))
    return stored.filter(kind__in=names) if names else stored


def _save(query: str, params: Collection) -> int:
    """Insert the entries, tuples of COLUMNS, or correct those stored; returns how many there are.

    INSERT … SELECT, which Django has not: the entries of a large centre would pass through Python otherwise.
    """
    others = [name for name in COLUMNS if name not in KEY]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {TimelineEntry._meta.db_table} ({', '.join(COLUMNS)}) {query} ON CONFLICT ({', '.join(KEY)})"
            f" DO UPDATE SET {', '.join(f'{name} = EXCLUDED.{name}' for name in others)}",
            params,
        )
        return int(cursor.rowcount)

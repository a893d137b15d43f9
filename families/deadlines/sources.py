"""Deadlines of a family that come from the facts of a higher app; such an app registers its source."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Model

from families.choices import DeadlineKind
from lubsko_ops.core.registry import Registry


@dataclass(frozen=True)
class OpenTask:
    """Something to be done for a family by its assistant; ``subject_id`` tells several of one kind apart."""

    kind: DeadlineKind
    subject_id: int
    since: date
    due_on: date


@dataclass(frozen=True, eq=False)
class DeadlineSource:
    """What a higher app adds while work with the family is in progress.

    ``load(families, on)``: the open tasks of these families (ids) as of the day, by family; the number of statements
    must not depend on the number of families. ``families_of``: for each model whose rows can change them, the families
    (ids) that the written rows of it concern; one statement at most, however many rows.
    """

    name: str
    kinds: frozenset[DeadlineKind]
    load: Callable[[list[int], date], dict[int, list[OpenTask]]]
    families_of: dict[type[Model], Callable[[list], Iterable[int]]]


DEADLINE_SOURCES: Registry[DeadlineSource] = Registry("sources of deadlines", key=lambda source: source.name)


def families_of_rows(rows: list[Model]) -> set[int]:
    """Families (ids) whose deadlines these written rows can change through a source."""
    families: set[int] = set()
    for source in DEADLINE_SOURCES:
        for model, families_of in source.families_of.items():
            if written := [row for row in rows if type(row) is model]:
                families.update(families_of(written))
    return families


def kinds_of_rows(rows: list[Model]) -> frozenset[DeadlineKind]:
    """The kinds of deadlines these written rows can change through a source."""
    touched = [
        source.kinds for source in DEADLINE_SOURCES if any(type(row) in source.families_of for row in rows)
    ]
    return frozenset().union(*touched)

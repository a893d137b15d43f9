"""Kinds of events of the timeline, registered by the apps that own the facts.

A kind has two halves: ``entries`` computes what is stored from the facts, ``render`` makes the words when a page is
read.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import time
from typing import Any

from django.db.models import (
    BigIntegerField,
    CharField,
    Expression,
    F,
    Model,
    Q,
    QuerySet,
    TimeField,
    Value,
    prefetch_related_objects,
)
from django.db.models.functions import Cast, Coalesce, JSONObject

from families.timeline.models import TimelineEntry
from lubsko_ops.core.lookups import is_among
from lubsko_ops.core.permissions import Permission
from lubsko_ops.core.registry import Registry

# What is stored of an event, in this order: ``EventKind.entries`` and stored rows are compared column by column.
COLUMNS = ("family", "day", "at", "sorted_at", "kind", "row", "author_id", "circle", "parameters")

MIDNIGHT = time(0)
EVERYBODY = Value("", CharField())
EVERY_ROW = Q()


@dataclass(frozen=True, eq=False)
class EventKind:
    """A kind of event: something that happened on a day stored in a row of the model.

    name: unique, at most 20 characters. family: path from the model to the family ("period__family"). day, at, author:
    names of fields; rows without the day are no events. parameters: codes, numbers and days the words need, as names of
    fields; never names, free text or addresses. circle: expression for a ``SensitiveKind``, where only some may see
    the event. condition: rows that count. permission: needed to see events of this kind.

    What is stored must come from the row itself, or from what never changes: it is computed again when a row of the
    model is written. Other words are fetched when read: details(user) returns rows of the model with what they need,
    once for a page; render(entry, row) makes the fields of ``TimelineEvent`` (title, note, url, …), with row None for a
    kind without details.
    """

    name: str
    model: type[Model]
    family: str
    day: str
    render: Callable[[TimelineEntry, Any], dict[str, Any]]
    at: str = ""
    author: str = ""
    parameters: dict[str, str] = field(default_factory=dict)
    circle: Expression = EVERYBODY
    condition: Q = EVERY_ROW
    permission: Permission | None = None
    details: Callable[[Any], QuerySet] | None = None

    def rows(self, families: list[int]) -> QuerySet:
        """The rows of these families (ids) that are events of this kind."""
        of_families = is_among(families, self.family)
        rows = self.model._default_manager.filter(
            of_families, self.condition, **{f"{self.day}__isnull": False}
        )
        return rows.order_by()

    def entries(self, families: list[int]) -> QuerySet:
        """The events of these families (ids) as tuples of COLUMNS."""
        at = F(self.at) if self.at else Cast(None, TimeField())
        return self.rows(families).values_list(
            self.family,
            self.day,
            at,
            Coalesce(at, MIDNIGHT),
            Value(self.name, CharField()),
            "pk",
            self.author or Cast(None, BigIntegerField()),
            self.circle,
            JSONObject(**self.parameters),
        )

    def families_of(self, rows: Sequence[Model]) -> set[int]:
        """Ids of the families of rows, which may have been deleted. One statement for each relation on the way."""
        *relations, last = self.family.split("__")
        if relations:
            prefetch_related_objects(rows, "__".join(relations))
        families = set()
        for row in rows:
            for name in relations:
                row = getattr(row, name)
            families.add(getattr(row, f"{last}_id"))
        return families - {None}


EVENT_KINDS: Registry[EventKind] = Registry("kinds of timeline events", key=lambda kind: kind.name)

"""A figure is data: its name, kind, definition, legal basis and rows. Its value is a measure of its rows, never a
query of its own, so a number always equals the length (or the sum) of the list behind it.

``RowSet`` says once, as a condition that depends on a period, which rows are counted. The list filters by that
condition; ``compute`` counts by the very same condition for many periods and assistants in one statement.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from lubsko_ops.core.dates import Period
from lubsko_ops.core.keyset_list import Sort

LOCAL = "lokalna praktyka"


class FigureKind(StrEnum):
    """What a figure counts. Only stocks and events of parts add up to the whole."""

    STOCK = "stan na ostatni dzień okresu"
    EVENT = "zdarzenia w okresie"
    DISTINCT = "w okresie, każda rodzina raz"
    SUM = "suma w okresie"
    RATIO = "iloraz dwóch liczb"


@dataclass(frozen=True)
class ListColumn:
    """A column of the list behind a number. ``personal``: shown only to whom the family's file is within reach.

    kind: as of a column of a workbook (text, integer, decimal, date, hours); ``sub``: small words beside.
    """

    head: str
    value: Callable[[Any], Any]
    kind: str = "text"
    personal: bool = False
    link: Callable[[Any], str] | None = None


@dataclass(frozen=True, eq=False)
class RowSource:
    """Rows of one sort: visits, periods of work, assignments …

    query: all of them, with the annotations the conditions use. who: path to the assistant the row is put down
    to. family: path to the family, "" when the rows are no family's data. day: the one day of a row, where each
    row is an event of a day: such rows are counted by slices of time, whatever the number of columns.
    """

    name: str
    query: Callable[[], QuerySet]
    who: str
    family: str
    sort: Sort
    cells: tuple[ListColumn, ...]
    with_related: tuple[str, ...] = ()
    day: str = ""
    since: Callable[[date], Q] | None = None


@dataclass(frozen=True, eq=False)
class RowSet:
    """Which rows of a source are counted in a period, and how.

    of: the condition of a period. within: the same condition without the day, for events of a source that has
    one. once: path to what is counted once however many rows it has. total: field that is summed.
    """

    source: RowSource
    of: Callable[[Period], Q]
    within: Q | None = None
    once: str = ""
    total: str = ""

    def measure(self, condition: Q | None = None):
        """The aggregate over the rows the condition chooses."""
        if self.sum_field:
            return Sum(self.sum_field, filter=condition, default=0)
        return Count(self.distinct_on or "pk", distinct=bool(self.distinct_on), filter=condition)

    def rows(self, period: Period, *, who: int | None = None) -> QuerySet:
        """All rows counted, of one assistant (id) or of the whole centre."""
        rows = self.source.get_queryset().filter(self.condition(period))
        return rows if who is None else rows.filter(**{self.source.assistant_path: who})

    def listed(self, period: Period, *, who: int | None = None) -> QuerySet:
        """The rows of the list: of what is counted once, only the last row."""
        rows = self.rows(period, who=who)
        if self.distinct_on:
            last = rows.order_by(self.distinct_on, "-starts_on", "-pk").distinct(self.distinct_on)
            rows = self.source.get_queryset().filter(pk__in=last.values("pk"))
        return rows


def event_rows(source: RowSource, within: Q | None = None, *, total: str = "") -> RowSet:
    """Rows of a source with a day, whose day lies in the period."""
    within = Q() if within is None else within

    def of(period: Period) -> Q:
        return Q(**{f"{source.day_field}__range": (period.start, period.end)}) & within

    return RowSet(source, of, within, total=total)


@dataclass(frozen=True, eq=False, kw_only=True)
class Figure:
    """One number of a report, as a reader meets it.

    rows: of the whole centre; rows_of_one: of one assistant, None when she has no such number. unit: "" for a
    plain count, "hours" for minutes shown as hours, "posts" for fractions of full time. alone: the name where the
    heading of its table is not at hand.
    """

    key: str
    name: str
    kind: Kind
    definition: str
    basis: str = LOCAL
    alone: str = ""
    rows: RowSet | None = None
    rows_of_one: RowSet | None = None
    unit: str = ""
    adds_up: bool = False  # the assistants' numbers add up to the centre's
    emphasis: str = ""  # total: a line that closes a sum; part: "w tym …"
    only_when_any: bool = False  # left out when it is nought in every column

    @property
    def title(self) -> str:
        """The name that says what it is without its table."""
        return self.alone or self.name

    def of(self, who: int | None) -> RowSet | None:
        return self.rows if who is None else self.assistant_rows


@dataclass(frozen=True, eq=False, kw_only=True)
class Ratio:
    """A figure made of two figures; behind it stand their lists. None when there is nothing to divide by."""

    key: str
    name: str
    definition: str
    top: Figure
    bottom: Figure
    basis: str = LOCAL
    kind: FigureKind = field(default=FigureKind.RATIO, init=False)
    unit: str = "ratio"
    adds_up: bool = False
    emphasis: str = ""
    only_when_any: bool = False

    @property
    def title(self) -> str:
        return self.name


AnyFigure = Figure | Ratio


@dataclass(frozen=True)
class FigureGroup:
    """A part of a table under its own heading."""

    title: str
    figures: tuple[AnyFigure, ...]


@dataclass(frozen=True)
class FigureTable:
    """A table of the report; ``folded``: on the screen it opens on demand. note: sentences under it."""

    key: str
    title: str
    groups: tuple[FigureGroup, ...]
    note: str = ""
    folded: bool = False

    @property
    def figures(self) -> list[AnyFigure]:
        return [figure for group in self.groups for figure in group.figures]

"""Figures (liczby) as data: name, kind, definition, legal basis and the rows that are counted.

A figure has no query of its own. ``RowSet`` defines, as a condition that depends on a period, which rows count;
the drill-down list filters by that condition and ``compute.count`` aggregates by the same one, so a number always
equals the length (or the sum) of its list.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db.models import Aggregate, Count, Q, QuerySet, Sum, Value

from lubsko_ops.core.dates import ONE_DAY, Period
from lubsko_ops.core.keyset_list import Sort
from lubsko_ops.core.privacy import is_protected

LOCAL = "lokalna praktyka"


class FigureKind(StrEnum):
    """What a figure counts. Only stocks and events of the assistants can add up to those of the centre."""

    STOCK = "stan na ostatni dzień okresu"
    EVENT = "zdarzenia w okresie"
    DISTINCT = "w okresie, każda rodzina raz"
    PERSONS = "w okresie, każda osoba raz"
    SUM = "suma w okresie"
    RATIO = "iloraz dwóch liczb"
    TYPED = "wartość wpisana, z podanym źródłem"
    ANSWERS = "średnia odpowiedzi z ankiet"


NUMBER_KINDS = ("hours", "decimal")


@dataclass(frozen=True)
class ListColumn:
    """A column of the drill-down list.

    kind: as in ``lubsko_ops.output.xlsx.SheetColumn``. shows: the "app.Model.field" the value comes from; its privacy
    class decides whether the cell is masked for users without access to the family.
    """

    header: str
    value: Callable[[Any], Any]
    kind: str = "text"
    shows: str = ""
    link: Callable[[Any], str] | None = None

    @property
    def is_number(self) -> bool:
        return self.kind in NUMBER_KINDS

    @property
    def is_personal(self) -> bool:
        return bool(self.shows) and is_protected(self.shows)


@dataclass(frozen=True, eq=False)
class RowType:
    """A type of rows: visits, work periods, assignments …

    forms: what one row is, in three plural forms. get_queryset: all rows, with the annotations the conditions use.
    assistant_path: lookup of the assistant the row counts for. family_path: lookup of the family, "" when the rows
    hold no family data. day_field: the date of the row, if each row is an event of one day; such rows are counted by
    day, whatever the number of periods. group_field: field or annotation that figures of this type tell apart; none of
    them counts objects once.
    few: the rows are read and counted one by one; no number of theirs is asked for by assistant.
    countable_since: condition for rows that a period starting on the given day, or later, can count.
    visible_rows: ids of the given rows whose personal cells the user may see on the day, noted in the access log;
    without it they are the rows of the families the user may open. order_for: annotates what ``sort`` needs, of a type
    whose order depends on what the user may see on the day.
    """

    name: str
    forms: str
    get_queryset: Callable[[], QuerySet[Any]]
    assistant_path: str
    family_path: str
    sort: Sort
    columns: tuple[ListColumn, ...]
    select_related: tuple[str, ...] = ()
    day_field: str = ""
    group_field: str = ""
    few: bool = False
    countable_since: Callable[[date], Q] | None = None
    visible_rows: Callable[[list[Any], Any, date], set[int]] | None = None
    order_for: Callable[[QuerySet[Any], Any, date], QuerySet[Any]] | None = None

    def orderable(self, rows: QuerySet[Any], user: Any, on: date) -> QuerySet[Any]:
        """The rows with what ``sort`` needs for the user on the day."""
        return self.order_for(rows, user, on) if self.order_for else rows


def whole_period(period: Period) -> Period:
    return period


def last_day(period: Period) -> date:
    return period.end


def day_before(period: Period) -> date:
    return period.start - ONE_DAY


@dataclass(frozen=True, eq=False)
class RowSet:
    """Which rows of a type count in a period, and how.

    condition: the filter for what ``asked_for`` gives of a period: all of it, or one day. static_condition: the same
    filter without the date, for rows that are counted by day. groups: the values of the type's ``group_field`` that
    count, None for all. distinct_on: lookup of the object that counts once, however many rows it has. sum_field:
    field to sum instead of counting rows.
    """

    row_type: RowType
    condition: Callable[[Any], Q]
    asked_for: Callable[[Period], Hashable] = whole_period
    static_condition: Q | None = None
    groups: frozenset[Any] | None = None
    distinct_on: str = ""
    sum_field: str = ""

    @property
    def is_daily(self) -> bool:
        """Whether the number of a period is the sum of the numbers of its days."""
        return self.static_condition is not None

    def condition_key(self, period: Period) -> Hashable:
        """Equal where the condition is the same, apart from the groups."""
        return self.condition, self.asked_for(period)

    def aggregate_key(self, period: Period) -> Hashable:
        """Equal where one aggregate, by groups, serves several numbers."""
        return self.condition_key(period), self.distinct_on, self.sum_field

    @property
    def id_path(self) -> str:
        """Lookup of the id of what counts: the row, or the object that counts once."""
        return self.distinct_on or "pk"

    def has_group(self, value: Any) -> bool:
        return self.groups is None or value in self.groups

    def aggregate_expression(self, condition: Q | None = None) -> Aggregate:
        """Count or sum of the rows that match the condition."""
        if self.sum_field:
            return Sum(self.sum_field, filter=condition, default=0)
        if self.distinct_on:
            return Count(self.distinct_on, distinct=True, filter=condition)
        return Count(Value(1), filter=condition)  # reads no column, so an index alone can answer

    def queryset(self, period: Period, *, assistant_id: int | None = None) -> QuerySet[Any]:
        """All matching rows, of one assistant or of the whole centre."""
        rows = self.row_type.get_queryset().filter(self.condition(self.asked_for(period)))
        if self.groups is not None:
            rows = rows.filter(**{f"{self.row_type.group_field}__in": self.groups})
        return rows if assistant_id is None else rows.filter(**{self.row_type.assistant_path: assistant_id})

    def list_queryset(self, period: Period, *, assistant_id: int | None = None) -> QuerySet[Any]:
        """Rows of the drill-down list: with ``distinct_on``, only the latest row of each object."""
        rows = self.queryset(period, assistant_id=assistant_id)
        if self.distinct_on:
            last = rows.order_by(self.distinct_on, "-starts_on", "-pk").distinct(self.distinct_on)
            rows = self.row_type.get_queryset().filter(pk__in=last.values("pk"))
        return rows


def event_rows(row_type: RowType, static_condition: Q | None = None, *, sum_field: str = "") -> RowSet:
    """Rows of a type with a ``day_field``, dated within the period."""
    static_condition = Q() if static_condition is None else static_condition

    def condition(period: Period) -> Q:
        return Q(**{f"{row_type.day_field}__range": (period.start, period.end)}) & static_condition

    return RowSet(row_type, condition, static_condition=static_condition, sum_field=sum_field)


@dataclass(frozen=True, eq=False, kw_only=True)
class Figure:
    """One number of a report.

    rows: for the whole centre; assistant_rows: for one assistant. Either is None where that report lacks the figure.
    unit: "" for a count, "hours" for minutes shown as hours, "posts" for fractions of full time, "money" for zł.
    full_name: the name outside the table. adds_up: the assistants' numbers add up to the centre's. emphasis: "total"
    for a closing sum, "part" for "w tym …". hide_when_zero: left out when it is zero in every column.
    """

    key: str
    name: str
    kind: FigureKind
    definition: str
    basis: str = LOCAL
    full_name: str = ""
    rows: RowSet | None = None
    assistant_rows: RowSet | None = None
    unit: str = ""
    adds_up: bool = False
    emphasis: str = ""
    hide_when_zero: bool = False

    @property
    def title(self) -> str:
        return self.full_name or self.name

    def rows_for(self, assistant_id: int | None) -> RowSet | None:
        """The rows of one assistant, or of the centre when None."""
        return self.rows if assistant_id is None else self.assistant_rows

    def require_rows(self, assistant_id: int | None) -> RowSet:
        """``rows_for`` of a figure that the report has. Raises LookupError for one that it lacks."""
        rows = self.rows_for(assistant_id)
        if rows is None:
            raise LookupError(f"This report has no figure {self.key}.")
        return rows


@dataclass(frozen=True, eq=False, kw_only=True)
class Ratio:
    """A figure computed from two others; its drill-down leads to their lists. None when the denominator is zero."""

    key: str
    name: str
    definition: str
    numerator: Figure
    denominator: Figure
    basis: str = LOCAL
    kind: FigureKind = field(default=FigureKind.RATIO, init=False)
    unit: str = "ratio"
    adds_up: bool = False
    emphasis: str = ""
    hide_when_zero: bool = False

    @property
    def title(self) -> str:
        return self.name


@dataclass(frozen=True, eq=False, kw_only=True)
class GivenFigure:
    """A number of the centre without rows: typed with its source, or computed of answers that belong to no person.

    value_in: its value for a period, None where there is none. url: the page that explains it, instead of a list.
    """

    key: str
    name: str
    kind: FigureKind
    definition: str
    value_in: Callable[[Period], int | Decimal | None]
    url: str
    basis: str = LOCAL
    full_name: str = ""
    unit: str = ""
    adds_up: bool = False
    emphasis: str = ""
    hide_when_zero: bool = False

    @property
    def title(self) -> str:
        return self.full_name or self.name


AnyFigure = Figure | Ratio | GivenFigure


@dataclass(frozen=True)
class FigureGroup:
    """Rows of a table under a common heading."""

    title: str
    figures: tuple[AnyFigure, ...]


@dataclass(frozen=True)
class FigureTable:
    """A table of the report. note: text under it. folded: collapsed on the screen."""

    key: str
    title: str
    groups: tuple[FigureGroup, ...]
    note: str = ""
    folded: bool = False

    @property
    def figures(self) -> list[AnyFigure]:
        return [figure for group in self.groups for figure in group.figures]

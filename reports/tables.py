"""Values of figures in tables, the same for every kind of report: what is asked for, ratios, texts, rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import overload

from lubsko_ops.core.dates import Period
from lubsko_ops.core.polish import NBSP, number
from reports.compute import FigureRequest, FigureValues, Number, count
from reports.figure import AnyFigure, Figure, FigureTable, GivenFigure, Ratio
from reports.quarter import ReportColumn

Value = Number | None  # None: a ratio with a zero denominator, or a figure the report lacks


NO_VALUE = "–"


def format_value(figure: AnyFigure, value: Value) -> str:
    """The number in Polish notation: "402,5", "5,6", "1 027"; "–" where there is no value."""
    return format_in_unit(figure.unit, value)


def format_in_unit(unit: str, value: Value) -> str:
    """``format_value`` by the unit of the figure alone."""
    if value is None:
        return NO_VALUE
    if unit == "hours":
        return number(Decimal(value) / 60, 1)
    if unit == "tenths":
        return number(value, 1)
    if unit == "ratio":
        return number(value, 1)
    if unit == "percent":
        return f"{number(Decimal(value) * 100, 1)}{NBSP}%"
    return number(value, 2) if unit in ("posts", "money") else number(value)


@dataclass(frozen=True)
class FigureRow:
    """A figure with its values in the order of the columns."""

    figure: AnyFigure
    values: tuple[Value, ...]

    @property
    def texts(self) -> list[str]:
        return [format_value(self.figure, value) for value in self.values]


@dataclass(frozen=True)
class FigureRowGroup:
    """A group of a table with its visible rows."""

    title: str
    rows: tuple[FigureRow, ...]


@dataclass(frozen=True)
class StatementTable:
    """A table with its values."""

    definition: FigureTable
    groups: tuple[FigureRowGroup, ...]


def is_reported_for(figure: AnyFigure, assistant_id: int | None) -> bool:
    """Whether the report of the centre (None) or of one assistant contains this figure."""
    if isinstance(figure, Ratio):
        return all(is_reported_for(part, assistant_id) for part in (figure.numerator, figure.denominator))
    if isinstance(figure, GivenFigure):
        return assistant_id is None
    return figure.rows_for(assistant_id) is not None


def figure_requests(
    figures: Iterable[AnyFigure], columns: Iterable[ReportColumn], assistant_id: int | None
) -> list[FigureRequest]:
    """The numbers of these figures in these columns, and those a ratio is computed from."""
    counted = [part for figure in figures for part in _counted(figure)]
    return [
        FigureRequest(rows, column.period)
        for figure in dict.fromkeys(counted)
        if (rows := figure.rows_for(assistant_id))
        for column in columns
    ]


def _counted(figure: AnyFigure) -> tuple[Figure, ...]:
    if isinstance(figure, GivenFigure):
        return ()
    return (figure.numerator, figure.denominator) if isinstance(figure, Ratio) else (figure,)


def fill_table(
    table: FigureTable, columns: Sequence[ReportColumn], values: FigureValues, assistant_id: int | None = None
) -> StatementTable:
    """The table with the computed values; figures the report lacks and hidden zeros are left out."""
    groups = []
    for group in table.groups:
        rows = [
            FigureRow(
                figure,
                tuple(figure_value(values, figure, column.period, assistant_id) for column in columns),
            )
            for figure in group.figures
            if is_reported_for(figure, assistant_id)
        ]
        visible = tuple(row for row in rows if not row.figure.hide_when_zero or any(row.values))
        groups.append(FigureRowGroup(group.title, visible))
    return StatementTable(table, tuple(group for group in groups if group.rows))


def compute_ratio(
    ratio: Ratio, column: ReportColumn, *, assistant_id: int | None = None
) -> tuple[Value, Number, Number]:
    """The ratio in one column with its numerator and denominator, without the rest of the report."""
    parts = (ratio.numerator, ratio.denominator)
    values = count(figure_requests([ratio], [column], assistant_id), assistant_id=assistant_id)
    numerator, denominator = (figure_value(values, part, column.period, assistant_id) for part in parts)
    return figure_value(values, ratio, column.period, assistant_id), numerator, denominator


@overload
def figure_value(
    values: FigureValues, figure: Figure, period: Period, assistant_id: int | None
) -> Number: ...
@overload
def figure_value(
    values: FigureValues, figure: AnyFigure, period: Period, assistant_id: int | None
) -> Value: ...
def figure_value(values: FigureValues, figure: AnyFigure, period: Period, assistant_id: int | None) -> Value:
    """The figure's number; None for a ratio with a zero denominator and for a given one without a value."""
    if isinstance(figure, GivenFigure):
        return figure.value_in(period)
    if isinstance(figure, Ratio):
        numerator = figure_value(values, figure.numerator, period, assistant_id)
        denominator = figure_value(values, figure.denominator, period, assistant_id)
        return Decimal(numerator) / Decimal(denominator) if denominator else None
    return values.get(figure.rows_for(assistant_id), period)

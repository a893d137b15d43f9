"""The statement: all values of a report. Screen, PDF, XLSX and JSON render it without further queries for numbers."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import overload

from families import law
from lubsko_ops.accounts.models import Contract, ContractForm, User
from lubsko_ops.core.collation import sort_key
from lubsko_ops.core.dates import Month, Period
from lubsko_ops.core.polish import number
from reports.catalogue import movement, staff, visits
from reports.catalogue.quarterly import CHECK_FIGURES, TABLES
from reports.compute import FigureRequest, FigureValues, Number, count
from reports.figure import AnyFigure, Figure, FigureTable, Ratio
from reports.quarter import ReportColumn, ReportQuarter

# Figures listed for each assistant in the report of the centre, in two tables: on the last day, and in the period.
STATE_FIGURES = (movement.CLOSING, movement.COUNTED)
ASSISTANT_FIGURES = (*movement.ASSISTANT_FIGURES, visits.HELD, visits.HOURS, movement.COUNTED)
ASSISTANTS_STATE, ASSISTANTS_MOVEMENT = "asystenci-stan", "asystenci-ruch"  # keys of these two tables
EMPLOYED_ASSISTANTS = staff.ASSISTANTS.require_rows(None)  # also listed in the report, with their contracts
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
    if unit == "ratio":
        return number(value, 1)
    return number(value, 2) if unit == "posts" else number(value)


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


@dataclass(frozen=True)
class AssistantFigures:
    """One assistant in the report: contract on the last day, values of ``ASSISTANT_FIGURES`` for the quarter."""

    user: User
    contract: Contract | None
    values: tuple[Number, ...]

    def value(self, figure: Figure) -> Number:
        return self.values[ASSISTANT_FIGURES.index(figure)]

    def text(self, figure: Figure) -> str:
        return format_value(figure, self.value(figure))

    @property
    def contract_form(self) -> str:
        return self.contract.get_form_display().partition(",")[0] if self.contract else "bez umowy"

    @property
    def fraction(self) -> Decimal | None:
        """Fraction of full time; None unless the assistant has an employment contract."""
        if self.contract is None or self.contract.form != ContractForm.EMPLOYMENT:
            return None
        return self.contract.fraction

    @property
    def fraction_text(self) -> str:
        """The fraction in Polish notation: "0,75", or "x"."""
        return "x" if self.fraction is None else number(self.fraction, 2)


@dataclass(frozen=True)
class Statement:
    """A quarterly report of the centre, or of one assistant, as of a day."""

    quarter: ReportQuarter
    assistant: User | None
    limit: int
    figure_values: FigureValues
    assistants: tuple[AssistantFigures, ...] = ()
    months: tuple[Month, ...] = ()
    tables: tuple[StatementTable, ...] = field(default=(), repr=False)

    @property
    def columns(self) -> tuple[ReportColumn, ...]:
        return self.quarter.columns

    @property
    def assistant_id(self) -> int | None:
        return self.assistant.pk if self.assistant else None

    @overload
    def value(self, figure: Figure, column: ReportColumn | None = None) -> Number: ...
    @overload
    def value(self, figure: AnyFigure, column: ReportColumn | None = None) -> Value: ...
    def value(self, figure: AnyFigure, column: ReportColumn | None = None) -> Value:
        period = (column or self.columns[0]).period
        return _figure_value(self.figure_values, figure, period, self.assistant_id)

    def text(self, figure: AnyFigure, column: ReportColumn | None = None) -> str:
        return format_value(figure, self.value(figure, column))

    def is_visible(self, figure: AnyFigure) -> bool:
        """Whether a table of this report has a row of the figure."""
        return any(
            row.figure is figure for table in self.tables for group in table.groups for row in group.rows
        )

    @cached_property
    def assistant_figures(self) -> tuple[Figure, ...]:
        """The figures of the tables of assistants: of those that are zero for all, only the common ones."""
        if self.assistant:
            return ()
        return tuple(
            figure
            for figure in ASSISTANT_FIGURES
            if not figure.hide_when_zero or any(each.value(figure) for each in self.assistants)
        )

    @cached_property
    def movement_figures(self) -> tuple[Figure, ...]:
        """The columns of the table of movement by assistants."""
        return tuple(figure for figure in self.assistant_figures if figure is not movement.COUNTED)

    @property
    def movement_headers(self) -> list[str]:
        """Their names; that of visits is short only in its own table."""
        return [each.title if each is visits.HELD else each.name for each in self.movement_figures]

    @cached_property
    def table_numbers(self) -> dict[str, int]:
        return table_numbers(self.assistant_id)

    @property
    def figures(self) -> list[AnyFigure]:
        """Every figure of this report once: those of its tables, and those of the assistants."""
        shown: list[AnyFigure] = [
            row.figure for table in self.tables for group in table.groups for row in group.rows
        ]
        return list(dict.fromkeys([*shown, *self.assistant_figures]))

    @property
    def visits_by_month(self) -> list[tuple[Month, Number, Number]]:
        """(month, visits held, visits held a year earlier) for each month from January to the end of the quarter."""
        rows = visits.HELD.rows_for(self.assistant_id)
        return [
            (
                month,
                self.figure_values.get(rows, _elapsed_days(month, self.quarter.on)),
                self.figure_values.get(rows, month.year_earlier),
            )
            for month in self.months
        ]


def is_reported_for(figure: AnyFigure, assistant_id: int | None) -> bool:
    """Whether the report of the centre (None) or of one assistant contains this figure."""
    if isinstance(figure, Ratio):
        return all(is_reported_for(part, assistant_id) for part in (figure.numerator, figure.denominator))
    return figure.rows_for(assistant_id) is not None


def table_numbers(assistant_id: int | None) -> dict[str, int]:
    """Numbers of the tables by their keys, the same on the screen and on paper: those always shown come first."""
    reported = [
        table for table in TABLES if any(is_reported_for(figure, assistant_id) for figure in table.figures)
    ]
    keys = [table.key for table in reported if not table.folded]
    keys += [ASSISTANTS_STATE, ASSISTANTS_MOVEMENT] if assistant_id is None else []
    keys += [table.key for table in reported if table.folded]
    return {key: number for number, key in enumerate(keys, start=1)}


def build_statement(
    quarter: ReportQuarter, *, assistant: User | None = None, tables: Sequence[FigureTable] = TABLES
) -> Statement:
    """Compute the report with these tables. About ten statements, however many families, visits and assistants."""
    assistant_id = assistant.pk if assistant else None
    months = tuple(quarter.period.year_to_date.split_by(Month))
    requests = [
        *_table_requests(quarter, assistant_id, tables),
        *_chart_requests(quarter, months, assistant_id),
    ]
    requests.append(FigureRequest(EMPLOYED_ASSISTANTS, quarter.period))
    if assistant is None:
        requests += [
            FigureRequest(rows, quarter.period, by_assistant=True)
            for figure in ASSISTANT_FIGURES
            if (rows := figure.assistant_rows)
        ]
    values = count(requests, assistant_id=assistant_id)
    return Statement(
        quarter=quarter,
        assistant=assistant,
        limit=law.FAMILIES_PER_ASSISTANT.on(quarter.period.end),
        figure_values=values,
        assistants=tuple(_assistants(quarter, values, assistant_id)),
        months=months,
        tables=tuple(
            _build_table(table, quarter, values, assistant_id)
            for table in tables
            if any(is_reported_for(figure, assistant_id) for figure in table.figures)
        ),
    )


def build_table(
    table: FigureTable, quarter: ReportQuarter, *, assistant: User | None = None
) -> StatementTable:
    """Compute one table of the report, without the rest."""
    assistant_id = assistant.pk if assistant else None
    requests = _figure_requests(table.figures, quarter.columns, assistant_id)
    return _build_table(table, quarter, count(requests, assistant_id=assistant_id), assistant_id)


def compute_ratio(
    ratio: Ratio, column: ReportColumn, *, assistant: User | None = None
) -> tuple[Value, Number, Number]:
    """The ratio in one column with its numerator and denominator, without the rest of the report."""
    assistant_id = assistant.pk if assistant else None
    parts = (ratio.numerator, ratio.denominator)
    values = count(_figure_requests([ratio], [column], assistant_id), assistant_id=assistant_id)
    numerator, denominator = (_figure_value(values, part, column.period, assistant_id) for part in parts)
    return _figure_value(values, ratio, column.period, assistant_id), numerator, denominator


def _table_requests(
    quarter: ReportQuarter, assistant_id: int | None, tables: Sequence[FigureTable]
) -> list[FigureRequest]:
    figures = [figure for table in tables for figure in table.figures]
    return _figure_requests(figures, quarter.columns, assistant_id) + [
        FigureRequest(figure.require_rows(assistant_id), quarter.period) for figure in CHECK_FIGURES
    ]


def _figure_requests(
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
    return (figure.numerator, figure.denominator) if isinstance(figure, Ratio) else (figure,)


def _chart_requests(
    quarter: ReportQuarter, months: tuple[Month, ...], assistant_id: int | None
) -> list[FigureRequest]:
    rows = visits.HELD.require_rows(assistant_id)
    this_year = [FigureRequest(rows, _elapsed_days(month, quarter.on)) for month in months]
    return this_year + [FigureRequest(rows, month.year_earlier) for month in months]


def _elapsed_days(month: Month, day: date) -> Period:
    """The days of the month up to ``day``."""
    return month if month.end <= day else Period(month.start, day)


def _assistants(
    quarter: ReportQuarter, values: FigureValues, assistant_id: int | None
) -> Iterator[AssistantFigures]:
    """Assistants with a contract on the last day and, for the centre, everyone else with a number in the quarter."""
    contracts = {row.user_id: row for row in values.get_rows(EMPLOYED_ASSISTANTS, quarter.period)}
    users = {row.user_id: row.user for row in contracts.values()}
    if assistant_id is None and (missing := values.assistant_ids() - users.keys()):
        users |= User.objects.in_bulk(missing)
    for user in sorted(
        users.values(), key=lambda user: (sort_key(f"{user.last_name} {user.first_name}"), user.pk)
    ):
        numbers = tuple(
            values.get(figure.assistant_rows, quarter.period, None if assistant_id else user.pk)
            for figure in ASSISTANT_FIGURES
        )
        yield AssistantFigures(user, contracts.get(user.pk), numbers)


def _build_table(
    table: FigureTable, quarter: ReportQuarter, values: FigureValues, assistant_id: int | None
) -> StatementTable:
    groups = []
    for group in table.groups:
        rows = [
            FigureRow(
                figure,
                tuple(
                    _figure_value(values, figure, column.period, assistant_id) for column in quarter.columns
                ),
            )
            for figure in group.figures
            if is_reported_for(figure, assistant_id)
        ]
        visible = tuple(row for row in rows if not row.figure.hide_when_zero or any(row.values))
        groups.append(FigureRowGroup(group.title, visible))
    return StatementTable(table, tuple(group for group in groups if group.rows))


@overload
def _figure_value(
    values: FigureValues, figure: Figure, period: Period, assistant_id: int | None
) -> Number: ...
@overload
def _figure_value(
    values: FigureValues, figure: AnyFigure, period: Period, assistant_id: int | None
) -> Value: ...
def _figure_value(values: FigureValues, figure: AnyFigure, period: Period, assistant_id: int | None) -> Value:
    """The figure's number; None for a ratio with a zero denominator."""
    if isinstance(figure, Ratio):
        numerator = _figure_value(values, figure.numerator, period, assistant_id)
        denominator = _figure_value(values, figure.denominator, period, assistant_id)
        return Decimal(numerator) / Decimal(denominator) if denominator else None
    return values.get(figure.rows_for(assistant_id), period)

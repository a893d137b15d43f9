"""The statement: all values of a report. Screen, PDF, XLSX and JSON render it without further queries for numbers."""

from collections.abc import Iterator, Mapping, Sequence
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
from reports.catalogue.quarterly import CHECK_FIGURES, FIGURES, TABLES
from reports.compute import FigureRequest, FigureValues, Number, count
from reports.figure import AnyFigure, Figure, FigureTable
from reports.kinds import StatementNumber
from reports.quarter import ReportColumn, ReportQuarter
from reports.tables import (
    StatementTable,
    Value,
    figure_requests,
    figure_value,
    fill_table,
    format_value,
    is_reported_for,
)

# Figures listed for each assistant in the report of the centre, in two tables: on the last day, and in the period.
STATE_FIGURES = (movement.CLOSING, movement.COUNTED)
ASSISTANT_FIGURES = (*movement.ASSISTANT_FIGURES, visits.HELD, visits.HOURS, movement.COUNTED)
ASSISTANTS_STATE, ASSISTANTS_MOVEMENT = "asystenci-stan", "asystenci-ruch"  # keys of these two tables
EMPLOYED_ASSISTANTS = staff.ASSISTANTS.require_rows(None)  # also listed in the report, with their contracts


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
        return figure_value(self.figure_values, figure, period, self.assistant_id)

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
    def catalogue(self) -> Mapping[str, AnyFigure]:
        return FIGURES

    @property
    def own_period(self) -> Period:
        return self.quarter.period

    @property
    def words(self) -> tuple[str, ...]:
        """None: its tables hold numbers alone."""
        return ()

    def numbers(self) -> Iterator[StatementNumber]:
        """Every number of the statement, also those left out of the tables because they are zero."""
        for figure in FIGURES.values():
            if is_reported_for(figure, self.assistant_id):
                for column in self.columns:
                    yield StatementNumber(figure, self.value(figure, column), column.code)
        for each in self.assistants if self.assistant is None else ():
            for assistant_figure in self.assistant_figures:
                yield StatementNumber(assistant_figure, each.value(assistant_figure), assistant=each.user)

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
            fill_table(table, quarter.columns, values, assistant_id)
            for table in tables
            if any(is_reported_for(figure, assistant_id) for figure in table.figures)
        ),
    )


def build_table(
    table: FigureTable, quarter: ReportQuarter, *, assistant: User | None = None
) -> StatementTable:
    """Compute one table of the report, without the rest."""
    assistant_id = assistant.pk if assistant else None
    requests = figure_requests(table.figures, quarter.columns, assistant_id)
    return fill_table(table, quarter.columns, count(requests, assistant_id=assistant_id), assistant_id)


def _table_requests(
    quarter: ReportQuarter, assistant_id: int | None, tables: Sequence[FigureTable]
) -> list[FigureRequest]:
    figures = [figure for table in tables for figure in table.figures]
    return figure_requests(figures, quarter.columns, assistant_id) + [
        FigureRequest(figure.require_rows(assistant_id), quarter.period) for figure in CHECK_FIGURES
    ]


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

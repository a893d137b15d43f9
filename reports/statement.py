"""The statement: everything a reader of the report sees, as plain values. Screen, paper, workbook and JSON dress it
and ask the database for no number of their own."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from families import law
from lubsko_ops.accounts.models import Contract, ContractForm, User
from lubsko_ops.core.collation import sort_key
from lubsko_ops.core.dates import Month, Period
from lubsko_ops.core.polish import number
from reports.catalogue import movement, staff, visits
from reports.catalogue.quarterly import CHECK_FIGURES, TABLES
from reports.compute import Asked, Counted, count
from reports.figure import AnyFigure, Figure, Ratio, FigureTable
from reports.quarter import Column, ReportQuarter

# What stands beside the name of each assistant, in the report of the whole centre.
ASSISTANT_FIGURES = (
    movement.OPENING,
    movement.STARTED,
    movement.TAKEN_OVER,
    movement.ENDED,
    movement.HANDED_OVER,
    movement.CLOSING,
    movement.SUPPORTED,
    visits.HELD,
    visits.HOURS,
)
Value = int | Decimal | None


def in_words(figure: AnyFigure, value: Value) -> str:
    """The number as it stands on a page: "402,5", "5,6", "1 027"; "–" for what cannot be said."""
    if value is None:
        return "–"
    if figure.unit == "hours":
        return number(Decimal(value) / 60, 1)
    if figure.unit == "ratio":
        return number(value, 1)
    return number(value, 2) if figure.unit == "posts" else number(value)


@dataclass(frozen=True)
class Line:
    """A figure with its numbers in the order of the columns."""

    figure: AnyFigure
    values: tuple[Value, ...]

    @property
    def words(self) -> list[str]:
        return [in_words(self.figure, value) for value in self.values]


@dataclass(frozen=True)
class Lines:
    """A part of a table with the lines that are shown."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Filled:
    """A table with its numbers."""

    table: Table
    groups: tuple[Lines, ...]


@dataclass(frozen=True)
class OfAssistant:
    """An assistant's line in the report of the centre: contract on the last day, numbers of the quarter."""

    user: User
    contract: Contract | None
    values: tuple[Value, ...]

    @property
    def words(self) -> list[str]:
        return [in_words(figure, value) for figure, value in zip(ASSISTANT_FIGURES, self.values, strict=True)]

    def value(self, figure: Figure) -> Value:
        return self.values[ASSISTANT_FIGURES.index(figure)]

    @property
    def form(self) -> str:
        return self.contract.get_form_display().partition(",")[0] if self.contract else "bez umowy"

    @property
    def fraction(self) -> Decimal | None:
        """Fraction of full time; None where the form of contract has none."""
        employed = self.contract and self.contract.form == ContractForm.EMPLOYMENT
        return self.contract.fraction if employed else None

    @property
    def post(self) -> str:
        """The same in words: "0,75", or "x"."""
        return "x" if self.fraction is None else number(self.fraction, 2)


@dataclass(frozen=True)
class Statement:
    """A quarterly report of the centre, or of one assistant, as of a day."""

    quarter: ReportQuarter
    assistant: User | None
    limit: int
    counted: Counted
    people: tuple[OfAssistant, ...] = ()
    months: tuple[Month, ...] = ()
    tables: tuple[Filled, ...] = field(default=(), repr=False)

    @property
    def columns(self) -> tuple[Column, ...]:
        return self.quarter.columns

    @property
    def who(self) -> int | None:
        return self.assistant.pk if self.assistant else None

    def value(self, figure: AnyFigure, column: Column | None = None) -> Value:
        return value_of(self.counted, figure, (column or self.columns[0]).period, self.who)

    def words(self, figure: AnyFigure, column: Column | None = None) -> str:
        return in_words(figure, self.value(figure, column))

    @property
    def visits_by_month(self) -> list[tuple[Month, int, int]]:
        """Months of the year to the end of the quarter: visits held, and in the same month a year before."""
        rows = visits.HELD.rows_for(self.who)
        return [
            (
                month,
                self.counted.of(rows, _until(month, self.quarter.on)),
                self.counted.of(rows, month.year_earlier),
            )
            for month in self.months
        ]


def value_of(counted: Counted, figure: AnyFigure, period: Period, who: int | None) -> Value:
    """The figure's number; of a ratio None where there is nothing to divide by."""
    if isinstance(figure, Ratio):
        top, bottom = (value_of(counted, part, period, who) for part in (figure.numerator, figure.denominator))
        return Decimal(top) / Decimal(bottom) if bottom else None
    return counted.of(figure.rows_for(who), period)


def shown_to(figure: AnyFigure, who: int | None) -> bool:
    """Whether the report of the centre (None), or of one assistant, has this figure at all."""
    if isinstance(figure, Ratio):
        return shown_to(figure.numerator, who) and shown_to(figure.denominator, who)
    return figure.rows_for(who) is not None


def statement(quarter: ReportQuarter, *, assistant: User | None = None) -> Statement:
    """Count the report. Ten statements or so, however many families, visits, figures and assistants."""
    who = assistant.pk if assistant else None
    months = tuple(quarter.period.since_january.each(Month))
    asked = [*_of_tables(quarter, who), *_of_chart(quarter, months, who)]
    if assistant is None:
        asked += [Asked(figure.assistant_rows, quarter.period, each=True) for figure in ASSISTANT_FIGURES]
    counted = count(asked, who=who)
    return Statement(
        quarter=quarter,
        assistant=assistant,
        limit=law.FAMILIES_PER_ASSISTANT.on(quarter.period.end),
        counted=counted,
        people=tuple(_people(quarter, counted, who)),
        months=months,
        tables=tuple(_filled(table, quarter, counted, who) for table in TABLES if _has_figures(table, who)),
    )


def _of_tables(quarter: ReportQuarter, who: int | None) -> list[Asked]:
    parts = [figure for table in TABLES for figure in table.figures if isinstance(figure, Figure)]
    periods = [column.period for column in quarter.columns]
    asked = [Asked(figure.rows_for(who), period) for figure in parts if figure.rows_for(who) for period in periods]
    return asked + [Asked(figure.rows_for(who), quarter.period) for figure in CHECK_FIGURES]


def _of_chart(quarter: ReportQuarter, months: tuple[Month, ...], who: int | None) -> list[Asked]:
    rows = visits.HELD.rows_for(who)
    now = [Asked(rows, _until(month, quarter.on)) for month in months]
    return now + [Asked(rows, month.year_earlier) for month in months]


def _until(month: Month, day: date) -> Period:
    """The days of the month that have come."""
    return month if month.end <= day else Period(month.start, day)


def _people(quarter: ReportQuarter, counted: Counted, who: int | None):
    """Assistants of the last day with their contracts, and whoever else has a number in the quarter."""
    if who is not None:
        open_then = staff.ASSISTANTS.rows.queryset(quarter.period, who=who).select_related("user")
        contracts = {row.user_id: row for row in open_then}
        users = {row.user_id: row.user for row in contracts.values()}
    else:
        open_then = staff.ASSISTANTS.rows.queryset(quarter.period).select_related("user")
        contracts = {row.user_id: row for row in open_then}
        users = {row.user_id: row.user for row in contracts.values()}
        if missing := counted.assistants() - users.keys():
            users |= User.objects.in_bulk(missing)
    in_order = sorted(
        users.values(), key=lambda user: (sort_key(f"{user.last_name} {user.first_name}"), user.pk)
    )
    for user in in_order:
        numbers = tuple(
            counted.of(figure.assistant_rows, quarter.period, None if who else user.pk)
            for figure in ASSISTANT_FIGURES
        )
        yield OfAssistant(user, contracts.get(user.pk), numbers)


def _has_figures(table: FigureTable, who: int | None) -> bool:
    return any(shown_to(figure, who) for figure in table.figures)


def _filled(table: FigureTable, quarter: ReportQuarter, counted: Counted, who: int | None) -> Filled:
    groups = []
    for group in table.groups:
        lines = [
            Line(figure, tuple(value_of(counted, figure, column.period, who) for column in quarter.columns))
            for figure in group.figures
            if shown_to(figure, who)
        ]
        shown = tuple(line for line in lines if not line.figure.hide_when_zero or any(line.values))
        groups.append(Lines(group.title, shown))
    return Filled(table, tuple(group for group in groups if group.lines))

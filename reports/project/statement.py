"""The numbers of a project in a period, as computed now."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from lubsko_ops.core.dates import Period
from projects.models import Edition
from reports.compute import FigureValues, count_together
from reports.figure import AnyFigure
from reports.kinds import StatementNumber
from reports.project.figures import ProjectFigures
from reports.quarter import ReportColumn
from reports.tables import (
    StatementTable,
    Value,
    figure_requests,
    figure_value,
    fill_table,
    format_value,
)


@dataclass(frozen=True)
class ProjectStatement:
    """The report of a project: its own period is the only column."""

    edition: Edition
    own_period: Period
    figures: ProjectFigures
    figure_values: FigureValues
    assistant_id: int | None = None

    @property
    def catalogue(self) -> Mapping[str, AnyFigure]:
        return self.figures.by_key

    @property
    def column(self) -> ReportColumn:
        return ReportColumn("", self.own_period, "", self.own_period.name)

    def numbers(self) -> Iterator[StatementNumber]:
        return (StatementNumber(figure, self.value(figure)) for figure in self.catalogue.values())

    def value(self, figure: AnyFigure) -> Value:
        return figure_value(self.figure_values, figure, self.own_period, None)

    def text(self, key: str) -> str:
        """The number of this key in Polish notation."""
        figure = self.catalogue[key]
        return format_value(figure, self.value(figure))

    @property
    def tables(self) -> tuple[StatementTable, ...]:
        """The tables without hidden zeros; those left without rows are left out."""
        filled = (fill_table(table, [self.column], self.figure_values) for table in self.figures.tables)
        return tuple(table for table in filled if table.groups)


def build_project_statement(edition: Edition, period: Period) -> ProjectStatement:
    """Compute the report of the project. One statement, whatever the number of participants."""
    figures = ProjectFigures(edition)
    column = ReportColumn("", period, "", period.name)
    values = count_together(figure_requests(figures.by_key.values(), [column], None))
    return ProjectStatement(edition, period, figures, values)


def project_period(edition: Edition, year: int | None, *, today: date) -> Period | None:
    """The days of the project so far, or those in the year; None where it has none yet."""
    first, last = edition.starts_on, min(edition.ends_on or today, today)
    if year is not None:
        first, last = max(first, date(year, 1, 1)), min(last, date(year, 12, 31))
    return Period(first, last) if first <= last else None


def project_years(edition: Edition, *, today: date) -> list[int]:
    """Years in which the project has run so far, the newest first."""
    last = min(edition.ends_on or today, today)
    return list(range(last.year, edition.starts_on.year - 1, -1))

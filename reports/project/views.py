"""The numbers of a project on the screen, and the list behind each of them."""

from functools import cached_property
from typing import Any

from django.http import Http404

from lubsko_ops.audit.base_views import PageView
from lubsko_ops.core.dates import Period
from lubsko_ops.core.links import reverse
from lubsko_ops.core.parsing import parse_int
from projects.papers import period_text
from projects.permissions import PARTICIPANTS_AREA
from projects.scope import reads_all_groups
from projects.views import ProjectMixin
from reports.drilldown_base import DrilldownBaseView
from reports.figure import AnyFigure, Figure
from reports.project.figures import COST, ProjectFigures
from reports.project.statement import (
    ProjectStatement,
    build_project_statement,
    project_period,
    project_years,
)
from reports.quarter import ReportColumn
from reports.tables import StatementTable

NUMBERS, FIGURE, REPORT = "project-reports:numbers", "project-reports:figure", "project-reports:report"


class ProjectNumbersBaseView(ProjectMixin):
    """Base of the pages of a project's numbers: in ``?rok=<year>``, or from its beginning.

    Who sees the whole project sees its numbers: 404 for a specialist of one of its groups.
    """

    current_tab = NUMBERS

    def setup_object(self, pk, **kwargs) -> None:
        super().setup_object(pk, **kwargs)
        if not reads_all_groups(self.edition, self.request.user):
            raise Http404

    @cached_property
    def year(self) -> int | None:
        asked = self.request.GET.get("rok", "")
        year = parse_int(asked)
        if asked and year not in project_years(self.edition, today=self.request.today):
            raise Http404("Projekt nie trwał w tym roku.")
        return year

    @cached_property
    def period(self) -> Period | None:
        return project_period(self.edition, self.year, today=self.request.today)

    def numbers_url(self, figure: str = "", year: int | None = None) -> str:
        args = [self.edition.pk]
        url = reverse(FIGURE, args=[*args, figure]) if figure else reverse(NUMBERS, args=args)
        return f"{url}?rok={year}" if year else url

    def period_tabs(self, figure: str = "") -> list[dict[str, Any]]:
        """From the beginning, and of a project of several years each of them."""
        years = project_years(self.edition, today=self.request.today)
        return [
            {
                "label": str(year) if year else "od początku",
                "url": self.numbers_url(figure, year),
                "current": year == self.year,
            }
            for year in (None, *(years if len(years) > 1 else ()))
        ]


class ProjectNumbersView(ProjectNumbersBaseView, PageView):
    """Everything that is computed of a project, each number with its list."""

    template_name = "reports/project/numbers.html"

    @cached_property
    def statement(self) -> ProjectStatement | None:
        return build_project_statement(self.edition, self.period) if self.period else None

    def get_context_data(self, **kwargs):
        tables = self.statement.tables if self.statement else ()
        return super().get_context_data(
            period=self.period,
            period_tabs=self.period_tabs(),
            tables=[self.table_context(table) for table in tables],
            planned_period=period_text(self.edition),
        )

    def table_context(self, table: StatementTable) -> dict[str, Any]:
        rows = [row for group in table.groups for row in group.rows]
        return {
            "title": table.definition.title,
            "key": table.definition.key,
            "rows": [self.row_context(row.figure, row.texts[0]) for row in rows],
        }

    def row_context(self, figure: AnyFigure, text: str) -> dict[str, Any]:
        return {
            "figure": figure,
            "text": text,
            "url": self.numbers_url(figure.key, self.year),
            "is_part": figure.emphasis == "part",
            "is_ratio": not isinstance(figure, Figure),
        }


class ProjectFigureView(DrilldownBaseView, ProjectNumbersBaseView):
    """The rows of one number of a project."""

    access_area = PARTICIPANTS_AREA

    def setup_object(self, pk, **kwargs) -> None:
        ProjectNumbersBaseView.setup_object(self, pk)
        figures, key = ProjectFigures(self.edition, period=self.period), kwargs["figure"]
        figure = figures.checks.by_key.get(key) or figures.find(key)
        if figure is None:
            raise Http404("Nie ma takiej liczby.")
        if key == COST and self.year:
            raise Http404("Wydatki liczą się od początku projektu, nie za rok.")
        self.figure = figure

    @cached_property
    def column(self) -> ReportColumn:
        if self.period is None:
            raise Http404("Projekt jeszcze się nie zaczął.")
        return ReportColumn("", self.period, "", str(self.year or "Od początku"))

    def figure_address(self, key: str, column: ReportColumn) -> str:
        return self.numbers_url(key, self.year)

    def page_context(self):
        return ProjectNumbersBaseView.get_context_data(self)

    def heading_context(self):
        if self.figure.key == COST:
            url = reverse("project-reports:line", args=[self.edition.line_id])
            return {"back_url": url, "back_label": "Porównanie edycji", "whose": "", "period_tabs": []}
        is_check = self.figure.key in ProjectFigures(self.edition).checks.by_key
        report_url = reverse(REPORT, args=[self.edition.pk]) + (f"?rok={self.year}" if self.year else "")
        return {
            "back_url": report_url
            if is_check
            else self.numbers_url(year=self.year) + f"#f-{self.figure.key}",
            "back_label": f"{self.edition}, {'sprawozdanie' if is_check else 'liczby'}",
            "whose": "",
            "period_tabs": self.period_tabs(self.figure.key),
        }

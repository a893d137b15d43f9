"""Tables of a project's report as its page shows them; every number with the address of its list."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from lubsko_ops.core.links import reverse
from projects.indicators.presenters import IndicatorRow
from projects.papers import money
from reports.figure import AnyFigure
from reports.project.checks import FINAL_STATES
from reports.project.figures import paid_until
from reports.project.periods import ReportPeriod
from reports.project.statement import ProjectStatement
from reports.tables import format_in_unit

# Of the first table, after who took part: figures with what the document planned.
PLAN = (
    "rozpoczete",
    "ukonczone",
    "przerwane",
    "spotkania-odbyte",
    "godziny-spotkan",
    "frekwencja",
)
PEOPLE = ("uczestnicy", "kobiety", "mezczyzni", "dorosli", "dzieci", "rodziny-w-projekcie")
ONLY_WITH_PLAN = ("spotkania-odbyte", "godziny-spotkan", "frekwencja")  # left out where there are no meetings


@dataclass(frozen=True)
class ReportTables:
    """The tables of the page."""

    statement: ProjectStatement
    report: ReportPeriod

    def url(self, key: str) -> str:
        return reverse("project-reports:figure", args=[self.statement.edition.pk, key]) + self.report.query

    def _row(self, figure: AnyFigure, name: str = "") -> dict[str, Any]:
        planned = self.statement.planned.get(figure.key)
        return {
            "name": name or figure.name,
            "plan": "" if planned is None else format_in_unit(figure.unit, planned),
            "text": self.statement.text(figure.key),
            "url": self.url(figure.key),
            "is_part": figure.emphasis == "part",
        }

    @property
    def plan(self) -> list[dict[str, Any]]:
        """What was planned and what came of it, with the reasons of those who broke off."""
        rows = []
        optional = ("uczestnicy", *PLAN) if self.statement.is_of_events else ONLY_WITH_PLAN
        first = "rodziny-w-projekcie" if self.statement.is_of_families else "uczestnicy"
        for key in (first, *PLAN):
            figure = self.statement.catalogue[key]
            if key in optional and not (self.statement.value(figure) or self.statement.planned.get(key)):
                continue
            rows.append(self._row(figure))
            if key == "przerwane":
                rows += [self._row(each) for each in self._reasons()]
        return rows

    def _reasons(self) -> list[AnyFigure]:
        figures = self.statement.catalogue.values()
        return [each for each in figures if each.key.startswith("przerwane-") and self.statement.value(each)]

    @property
    def people(self) -> list[dict[str, Any]]:
        """Without zeros; empty where the first table says it all."""
        statement = self.statement
        if statement.is_of_families or statement.is_of_events:
            return []
        return [self._row(statement.catalogue[key]) for key in PEOPLE if statement.shows_people(key)]

    @property
    def work(self) -> list[dict[str, Any]]:
        """Work with families and events, without zeros."""
        return [
            self._row(row.figure)
            for table in self.statement.tables
            if table.definition.key in ("praca", "wydarzenia")
            for group in table.groups
            for row in group.rows
            if any(row.values)
        ]

    @property
    def indicators(self) -> list[IndicatorRow]:
        return self.statement.indicator_rows

    @property
    def surveys(self) -> list[dict[str, Any]]:
        """Every survey with its sheets and the page of its results."""
        edition = self.statement.edition
        return [
            {
                "survey": result.survey,
                "url": reverse("projects:survey-results", args=[edition.pk, result.survey.pk]),
            }
            for result in self.statement.surveys
        ]

    @property
    def positions(self) -> list[dict[str, Any]]:
        invoices = reverse("projects:invoices", args=[self.statement.edition.pk])
        counts_all = paid_until(self.statement.edition, self.statement.own_period) is None
        is_over = self.statement.edition.state in FINAL_STATES
        return [
            {
                "line": each.line,
                "texts": each.texts | {"difference": money(-each.left)},
                "url": f"{invoices}?pozycja={each.line.position}" if counts_all else self.url("wydano"),
                "is_unexplained": is_over and bool(each.left) and not each.line.difference,
            }
            for each in self.statement.positions
        ]

    @property
    def money_total(self) -> dict[str, Any]:
        """The sums of all positions; the same figures as everywhere."""
        statement = self.statement
        left = sum((each.left for each in statement.positions), start=Decimal(0))
        return {
            "planned": statement.text("zaplanowano"),
            "spent": statement.text("wydano"),
            "difference": money(-left),
            "planned_url": self.url("zaplanowano"),
            "spent_url": self.url("wydano"),
        }

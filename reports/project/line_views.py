"""The comparison of all editions of one line, as a page and as a workbook."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404

from lubsko_ops.audit.base_views import PageView
from lubsko_ops.core import clock
from lubsko_ops.core.links import reverse
from lubsko_ops.core.polish import count_of
from lubsko_ops.output import chart
from lubsko_ops.output.documents import xlsx_response
from projects.choices import EditionState
from projects.indicators.presenters import OVER_STATES, IndicatorRow
from projects.indicators.rules import Indicator, Standing
from projects.models import Edition
from projects.papers import period_text
from projects.permissions import PROJECT_VIEW
from reports.project.comparison import (
    ATTENDANCE,
    COMPARED,
    PEOPLE,
    ComparedEdition,
    Comparison,
    RecurringGoal,
    load_comparison,
)
from reports.project.figures import COST
from reports.project.line_sheets import build_sheets
from reports.project.periods import FINAL
from reports.project.statement import figure_url

EDITIONS = "edycja,edycje,edycji"
# Headings of the columns; those of money stand without it on a phone.
HEADINGS = (
    "Uczestnicy",
    "Ukończyły",
    "Spotkania",
    "Godziny",
    "Frekwencja",
    "Plan, zł",
    "Wydano, zł",
    "Na uczestnika, zł",
)

CHART_PARTS = {PEOPLE: "Uczestnicy", ATTENDANCE: "Średnia frekwencja", COST: "Wydano na uczestnika, zł"}


@dataclass(frozen=True)
class ComparisonCell:
    """A number with the list behind it; ``url`` is empty where there is none. ``notes``: below the number."""

    heading: str
    text: str
    url: str = ""
    notes: tuple[str, ...] = ()


class LineBaseView(PageView):
    """Base of the pages about a line (``pk``). 404 for one of which the user sees no edition."""

    permission = PROJECT_VIEW
    access_area = None
    comparison: Comparison

    def setup_object(self, pk, **kwargs) -> None:
        comparison = load_comparison(pk, self.request.user, today=self.request.today)
        if comparison is None:
            raise Http404("Nie ma takiego projektu.")
        self.comparison = comparison


class LineView(LineBaseView):
    """One table and one chart of the editions, then the indicators that several of them have."""

    template_name = "reports/project/line.html"

    def get_context_data(self, **kwargs):
        comparison, pk = self.comparison, self.kwargs["pk"]
        rows = [edition_context(each) for each in comparison.editions]
        shows_numbers = any(each.statement for each in comparison.editions)
        return super().get_context_data(
            title=comparison.title,
            summary=summary_of(comparison),
            rows=rows,
            headings=(*HEADINGS, "Wskaźniki"),
            charts=chart_parts(comparison) if shows_numbers else [],
            short_names=[each.label for each in comparison.editions],
            goals=[goal_context(goal, comparison) for goal in comparison.recurring],
            left_out=[left_out_context(each) for each in comparison.left_out],
            still_runs=any(each.still_runs for each in comparison.editions),
            shows_numbers=shows_numbers,
            download_url=reverse("project-reports:line-download", args=[pk]) if shows_numbers else "",
            **kwargs,
        )


class LineDownloadView(LineBaseView):
    """The comparison as a workbook. 404 where the user sees no number of it."""

    makes_document = True

    def get(self, request, *args, **kwargs):
        if not any(each.statement for each in self.comparison.editions):
            raise Http404("Nie ma tu liczb do pobrania.")
        sheets = build_sheets(self.comparison, HEADINGS, today=request.today)
        return xlsx_response(sheets, f"porownanie-edycji-{self.kwargs['pk']}.xlsx")


# ---- what the page shows -----------------------------------------------------------------------------
def summary_of(comparison: Comparison) -> str:
    """ "7 edycji od 2017 do 2026 roku, od najdawniejszej."; empty where none is compared."""
    years = [each.edition.starts_on.year for each in comparison.editions]
    if not years:
        return ""
    span = f"od {years[0]} do {years[-1]} roku" if years[0] != years[-1] else f"z {years[0]} roku"
    order = ", od najdawniejszej" if len(years) > 1 else ""
    return f"{count_of(len(years), EDITIONS)} {span}{order}."


def chart_parts(comparison: Comparison) -> list[dict[str, Any]]:
    """The parts of the chart: one measure each, a bar for each edition in the order of the table."""
    editions = comparison.editions
    labels = [f"{each.label}, do dziś" if each.still_runs else each.label for each in editions]
    parts: list[tuple[str, list[Any], list[str]]] = [
        (title, [each.value(key) for each in editions], [each.text(key) for each in editions])
        for key, title in CHART_PARTS.items()
    ]
    shares = [each.reached / len(each.indicators) if each.indicators else None for each in editions]
    parts.append(("Osiągnięte wskaźniki", shares, [each.reached_text for each in editions]))
    return [
        {"title": title, "drawing": chart.bar_rows(title, labels, values, texts)}
        for title, values, texts in parts
    ]


def edition_context(each: ComparedEdition) -> dict[str, Any]:
    edition = each.edition
    cells = [
        ComparisonCell(
            heading, each.text(key), figure_url(edition, key) if each.value(key) is not None else ""
        )
        for key, heading in zip(COMPARED, HEADINGS, strict=True)
    ]
    goals_url = reverse("projects:indicators", args=[edition.pk]) if each.indicators else ""
    cells.append(ComparisonCell("Wskaźniki", each.reached_text, goals_url))
    return {
        "edition": edition,
        "name": each.label,
        "shows_name": each.label not in edition.title,
        "url": reverse("projects:project", args=[edition.pk]),
        "period": period_text(edition),
        "state": "" if edition.state == EditionState.SETTLED else edition.get_state_display(),
        "still_runs": each.still_runs and each.statement is not None,
        "approved_on": clock.local_date(each.report.issued_at) if each.report else None,
        "report_url": reverse("project-reports:issued", args=[edition.pk, FINAL]) if each.report else "",
        "hides_numbers": each.statement is None,
        "cells": cells if each.statement else [],
    }


def goal_context(goal: RecurringGoal, comparison: Comparison) -> dict[str, Any]:
    cells = [
        indicator_cell(each, indicator)
        for each, indicator in zip(comparison.editions, goal.indicators, strict=True)
    ]
    return {"name": goal.name, "unit": goal.unit, "cells": cells}


def indicator_cell(each: ComparedEdition, indicator: Indicator | None) -> ComparisonCell:
    """The value reached beside the target of that edition, in words too."""
    if indicator is None:
        return ComparisonCell(each.label, "", notes=("nie było",) if each.statement else ())
    row = IndicatorRow(indicator, each.edition.state in OVER_STATES)
    target = "" if indicator.goal.target is None else f"cel {row.target}"
    words = row.standing if indicator.standing in (Standing.REACHED, Standing.MISSED) else ""
    url = f"{reverse('projects:indicators', args=[each.edition.pk])}#cel-{indicator.goal.pk}"
    return ComparisonCell(each.label, row.reached, url, tuple(filter(None, (target, words))))


def left_out_context(edition: Edition) -> dict[str, str]:
    """An edition that is not compared, and its state."""
    url = reverse("projects:project", args=[edition.pk])
    return {"name": str(edition), "url": url, "state": edition.get_state_display()}

"""The report of a project as a kind of report that can be frozen, and its paper."""

from collections.abc import Mapping
from typing import Any

from lubsko_ops.centre.models import get_letterhead
from lubsko_ops.core import clock
from lubsko_ops.output.issued_papers import PaperKind
from projects.models import Edition
from reports.figure import AnyFigure
from reports.kinds import Correction, ReportKind
from reports.models import IssuedReport
from reports.papers import correction_data
from reports.project.figures import ProjectFigures
from reports.project.statement import ProjectStatement, build_project_statement

PROJECT = "project"
PROJECT_PAPER = PaperKind("project_report", "Sprawozdanie z projektu", "print/project/report.html")


def edition_of(report: IssuedReport) -> Edition:
    """The project of the report. Raises LookupError for a report of another kind."""
    if report.edition is None:
        raise LookupError("This report is not about a project.")
    return report.edition


def _figures(report: IssuedReport) -> Mapping[str, AnyFigure]:
    return ProjectFigures(edition_of(report)).by_key


def _statement(report: IssuedReport) -> ProjectStatement:
    return build_project_statement(edition_of(report), report.period)


def _paper_context(
    report: IssuedReport, statement: ProjectStatement, correction: Correction | None
) -> dict[str, Any]:
    edition = edition_of(report)
    return {
        "title": edition.title,
        "case_reference": edition.case_reference,
        "locality": get_letterhead().locality,
        "dated": clock.today(),
        "period": report.period.name,
        "realisers": edition.realisers,
        "tables": [
            {
                "title": table.definition.title,
                "rows": [
                    {"name": row.figure.name, "text": row.texts[0]}
                    for group in table.groups
                    for row in group.rows
                ],
            }
            for table in statement.tables
        ],
        "text": report.text,
        "prepared_by": str(report.prepared_by),
        "prepared_on": report.prepared_on,
        "approved_by": str(report.issued_by),
        "small_staff": report.small_staff,
        "correction": correction_data(correction),
    }


PROJECT_REPORT = ReportKind(
    code=PROJECT,
    title="Sprawozdanie z projektu",
    paper=PROJECT_PAPER,
    figures=_figures,
    build_statement=_statement,
    paper_context=_paper_context,
    subject=lambda report: report.period.name,
)

"""The report of a project as a kind of report that can be frozen, and its paper."""

from collections.abc import Mapping
from typing import Any

from lubsko_ops.centre.models import get_letterhead
from lubsko_ops.core import clock
from lubsko_ops.core.polish import short_date
from lubsko_ops.output.documents import document_html
from lubsko_ops.output.issued_papers import PaperKind
from projects.models import Edition
from reports.figure import AnyFigure
from reports.kinds import Correction, ReportKind
from reports.models import IssuedReport, ProjectReportText, split_texts
from reports.project.figures import ProjectFigures
from reports.project.render.pdf import build_context
from reports.project.statement import ProjectStatement, build_project_statement

PROJECT = "project"
UNAPPROVED = "projekt sprawozdania, niezatwierdzony"
PROJECT_PAPER = PaperKind("project_report", "Sprawozdanie z projektu", "print/project/report.html")


def edition_of(report: IssuedReport) -> Edition:
    """The project of the report. Raises LookupError for a report of another kind."""
    if report.edition is None:
        raise LookupError("This report is not about a project.")
    return report.edition


def _figures(report: IssuedReport) -> Mapping[str, AnyFigure]:
    return ProjectFigures(edition_of(report), period=report.period).by_key


def _statement(report: IssuedReport) -> ProjectStatement:
    return build_project_statement(edition_of(report), report.period)


def _paper_context(
    report: IssuedReport, statement: ProjectStatement, correction: Correction | None
) -> dict[str, Any]:
    return build_context(
        statement,
        texts=split_texts(report.text),
        locality=get_letterhead().locality,
        on=clock.today(),
        version=approved_text(report),
        is_approved=True,
        prepared_by=str(report.prepared_by),
        approved_by=str(report.issued_by),
        correction=correction,
    )


def approved_text(report: IssuedReport) -> str:
    """Which issue a paper is: "zatwierdzone, korekta nr 1, przy małej obsadzie"."""
    parts = ("zatwierdzone", report.issue_name, "przy małej obsadzie" if report.small_staff else "")
    return ", ".join(filter(None, parts))


def working_copy_html(
    statement: ProjectStatement, *, text: ProjectReportText | None, issued: IssuedReport | None
) -> str:
    """The report printed now, which says that nobody has approved it."""
    centre = get_letterhead()
    context = build_context(
        statement,
        texts=text.texts if text else [],
        locality=centre.locality,
        on=clock.today(),
        version=version_text(issued),
        is_approved=False,
    )
    return document_html(PROJECT_PAPER.template, context | {"centre": centre})


def version_text(issued: IssuedReport | None) -> str:
    """How far a working copy is the final one."""
    if issued is None:
        return UNAPPROVED
    return f"{UNAPPROVED}; {issued.issue_name} zatwierdzono {short_date(issued.issued_on)} r."


PROJECT_REPORT = ReportKind(
    code=PROJECT,
    title="Sprawozdanie z projektu",
    paper=PROJECT_PAPER,
    figures=_figures,
    build_statement=_statement,
    paper_context=_paper_context,
    subject=lambda report: report.period.name,
)

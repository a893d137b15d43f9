"""The quarterly report on paper: printed now as a working copy, or issued for signature and kept."""

from typing import Any

from lubsko_ops.accounts.models import User
from lubsko_ops.centre.models import get_letterhead
from lubsko_ops.core import clock
from lubsko_ops.core.permissions import Role
from lubsko_ops.core.polish import short_date
from lubsko_ops.output.documents import document_html
from lubsko_ops.output.issued_papers import PaperKind, papers_about
from lubsko_ops.output.models import IssuedPaper
from reports.models import IssuedReport
from reports.quarter import ReportQuarter
from reports.render.pdf import build_context
from reports.statement import Statement

QUARTERLY = PaperKind("quarterly_report", "Sprawozdanie kwartalne", "print/quarterly.html")
FOR_SIGNATURE = "do podpisu, bez korekt"


def quarterly_context(statement: Statement, *, text: str, manager: User | None) -> dict[str, Any]:
    """What the issued paper shows, but for the centre."""
    return build_context(
        statement,
        text=text,
        locality=get_letterhead().locality,
        manager=manager,
        on=clock.today(),
        version=FOR_SIGNATURE,
    )


def working_copy_html(statement: Statement, *, text: str, issued: IssuedReport | None) -> str:
    """The report printed now, which says that it is not the one to be signed."""
    today, centre = clock.today(), get_letterhead()
    context = build_context(
        statement,
        text=text,
        locality=centre.locality,
        manager=User.objects.holding_role(Role.MANAGER, today).first(),
        on=today,
        version=version_text(statement.quarter, issued),
    )
    return document_html(QUARTERLY.template, context | {"centre": centre})


def version_text(quarter: ReportQuarter, issued: IssuedReport | None) -> str:
    """How far a working copy is the final one."""
    if quarter.running:
        return "robocza, kwartał w toku"
    return f"robocza; do podpisu wydano {short_date(issued.issued_on)} r." if issued else "robocza"


def paper_number(report: IssuedReport) -> str:
    """ "2026-07-01–2026-09-30, wydanie 1"; names nobody."""
    return f"{report.starts_on}–{report.ends_on}, wydanie {report.number}"


def paper_of(report: IssuedReport) -> IssuedPaper | None:
    """The paper for signature; None once it was erased."""
    return papers_about("report", report.pk).get(QUARTERLY.code)

"""The quarterly report on paper: printed now as a working copy, or issued for signature and kept."""

from typing import Any

from lubsko_ops.accounts.models import User
from lubsko_ops.centre.models import get_letterhead
from lubsko_ops.core import clock
from lubsko_ops.core.permissions import Role
from lubsko_ops.core.polish import short_date
from lubsko_ops.output.documents import document_html
from lubsko_ops.output.issued_papers import PaperKind
from reports.kinds import Correction
from reports.models import IssuedReport
from reports.quarter import ReportQuarter
from reports.render.pdf import build_context
from reports.statement import Statement

QUARTERLY_PAPER = PaperKind("quarterly_report", "Sprawozdanie kwartalne", "print/quarterly.html")
FOR_SIGNATURE = "do podpisu, bez korekt"


def quarterly_context(
    statement: Statement, *, text: str, manager: User | None, correction: Correction | None = None
) -> dict[str, Any]:
    """What the issued paper shows, but for the centre."""
    context = build_context(
        statement,
        text=text,
        locality=get_letterhead().locality,
        manager=manager,
        on=clock.today(),
        version=f"do podpisu, korekta nr {correction.number}" if correction else FOR_SIGNATURE,
    )
    return context | {"correction": correction_data(correction)}


def correction_data(correction: Correction | None) -> dict[str, Any] | None:
    """What a correction changes, as its paper says it (print/_correction.html); None for the first issue."""
    if correction is None:
        return None
    return {
        "number": correction.number,
        "corrects": correction.previous.issue_name,
        "issued_on": correction.previous.issued_on,
        "reason": correction.reason,
        "changes": list(correction.changes),
    }


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
    return document_html(QUARTERLY_PAPER.template, context | {"centre": centre})


def version_text(quarter: ReportQuarter, issued: IssuedReport | None) -> str:
    """How far a working copy is the final one."""
    if quarter.running:
        return "robocza, kwartał w toku"
    if issued is None:
        return "robocza"
    what = f"korektę nr {issued.correction}" if issued.correction else "do podpisu"
    return f"robocza; {what} wydano {short_date(issued.issued_on)} r."

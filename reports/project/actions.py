"""Actions of the reports of projects."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError

from lubsko_ops.accounts.models import User
from lubsko_ops.audit.history import lock_row
from lubsko_ops.core import clock
from lubsko_ops.core.actions import action
from lubsko_ops.core.dates import Period
from lubsko_ops.core.permissions import has_permission
from lubsko_ops.core.polish import short_date
from projects.choices import EditionState
from projects.models import Edition
from projects.permissions import PROJECT_APPROVE
from reports.freezing import freeze_report
from reports.models import IssuedReport
from reports.project.kind import PROJECT
from reports.project.statement import build_project_statement

NOT_BEGUN = (EditionState.DRAFT, EditionState.TO_ACCEPT, EditionState.RECRUITING, EditionState.WITHDRAWN)
STILL_RUNS = "Projekt jeszcze trwa. Sprawozdanie końcowe powstaje po zakończeniu zajęć, wcześniej częściowe."


@action
def approve_project_report(
    *,
    edition: Edition,
    period: Period,
    text: str,
    prepared_by: User,
    prepared_at: datetime,
    writers: Iterable[int] = (),
    seen: str,
    reason: str = "",
    by: User,
) -> IssuedReport:
    """Approve and thereby freeze the report of a project for the period, or, with a ``reason``, its next correction.

    seen: ``fingerprint`` of the numbers and text the user saw. ``writers``: ids of all who wrote its text. Raises
    PermissionDenied for an approval by its author, ValidationError for a period that is not over or not of the project,
    and as ``freeze_report``.
    """
    if not has_permission(by, PROJECT_APPROVE):
        raise PermissionDenied("Sprawozdanie z projektu zatwierdza kierownik.")
    row = lock_row(Edition.objects, pk=edition.pk, version=None)
    if refusal := period_refusal(row, period):
        raise ValidationError(refusal)
    report = IssuedReport(
        kind=PROJECT,
        starts_on=period.start,
        ends_on=period.end,
        edition=row,
        reason=reason.strip(),
        text=text,
        prepared_at=prepared_at,
        prepared_by=prepared_by,
    )
    statement = build_project_statement(row, period)
    return freeze_report(report, statement, seen=seen, writers=writers, by=by)


def period_refusal(edition: Edition, period: Period) -> str:
    """Why no report of the project can be approved for the period; empty when it can."""
    if edition.state in NOT_BEGUN:
        return "Ten projekt się nie rozpoczął, więc nie ma z czego zdać sprawy."
    if not edition.is_active_on(period.start) or not edition.is_active_on(period.end):
        return f"Projekt trwa {edition.validity}. Sprawozdanie dotyczy dni projektu."
    if period.end > clock.today():
        return f"Ten okres kończy się {short_date(period.end)}. Sprawozdanie zatwierdza się po nim."
    is_final = period.end == edition.ends_on
    return STILL_RUNS if is_final and edition.state == EditionState.RUNNING else ""

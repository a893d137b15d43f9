"""Actions of the reports."""

from django.core.exceptions import PermissionDenied, ValidationError

from lubsko_ops.accounts.models import User
from lubsko_ops.audit.history import lock_row, save_with_history
from lubsko_ops.core import actions, clock
from lubsko_ops.core.actions import action
from lubsko_ops.core.dates import Quarter
from lubsko_ops.core.permissions import has_permission
from reports.freezing import freeze_report
from reports.models import QUARTERLY, IssuedReport, QuarterText
from reports.permissions import REPORT_CENTRE, REPORT_VIEW
from reports.quarter import ReportQuarter
from reports.queries import get_quarter_text
from reports.statement import build_statement


def can_write_quarter_text(user: User, *, assistant: User | None) -> bool:
    """The manager writes the text of the centre's report, each assistant that of their own."""
    if assistant is None:
        return has_permission(user, REPORT_CENTRE)
    return user.pk == assistant.pk and has_permission(user, REPORT_VIEW)


@action
def write_quarter_text(
    *, quarter: Quarter, assistant: User | None, text: str, version: int | None, by: User
) -> QuarterText:
    """Create or change the conclusions (wnioski i potrzeby) of a report.

    version: the version the user started from, 0 when there was no text. Raises VersionConflict when somebody saved
    in the meantime, ValidationError for an empty first text.
    """
    if not can_write_quarter_text(by, assistant=assistant):
        raise PermissionDenied("Wnioski do sprawozdania ośrodka pisze kierownik, a asystent do swojego.")
    key = {"year": quarter.year, "quarter": quarter.number, "assistant": assistant}
    pk = QuarterText.objects.filter(**key).values_list("pk", flat=True).first()
    if pk:
        row = lock_row(QuarterText.objects, pk=pk, version=version)
    elif text.strip():
        row = QuarterText(**key)
    else:
        raise ValidationError({"text": "Napisz wnioski, zanim je zapiszesz."})
    row.text = text.strip()
    return save_with_history(row, by=by, why="Wnioski do sprawozdania")


@action
def issue_quarter(
    *, quarter: Quarter, assistant: User | None, seen: str, reason: str = "", by: User
) -> IssuedReport:
    """Issue the report of a closed quarter for signature, or, with a ``reason``, the next correction of it.

    seen: ``fingerprint`` of the numbers and conclusions the user saw; others are refused. The author of the
    conclusions issues the report. Raises ValidationError for a running quarter, for a report issued before and for a
    correction that changes nothing.
    """
    if not can_write_quarter_text(by, assistant=assistant):
        raise PermissionDenied("Sprawozdanie ośrodka wydaje kierownik, a asystent swoje.")
    reported = ReportQuarter(quarter, clock.today())
    if reported.running:
        raise ValidationError("Kwartał jeszcze trwa. Sprawozdanie wydasz po jego ostatnim dniu.")
    report = IssuedReport(
        kind=QUARTERLY,
        starts_on=quarter.start,
        ends_on=quarter.end,
        assistant=assistant,
        reason=reason.strip(),
        text=get_quarter_text(reported, assistant).text,
        prepared_at=actions.moment(),
        prepared_by=by,
    )
    return freeze_report(report, build_statement(reported, assistant=assistant), seen=seen, by=by)

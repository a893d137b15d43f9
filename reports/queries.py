"""Queries of the report pages: available quarters, the subject of a report, its text."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import Min, QuerySet
from django.http import Http404

from families.caseload.models import WorkPeriod
from families.law import IN_FORCE
from lubsko_ops.accounts.models import RoleGrant, User
from lubsko_ops.core.dates import Quarter
from lubsko_ops.core.parsing import parse_int
from lubsko_ops.core.permissions import Role, has_permission
from reports.models import QUARTERLY, IssuedReport, QuarterText
from reports.permissions import REPORT_CENTRE
from reports.quarter import ReportQuarter


def get_quarter_or_404(year: int, number: int, *, on: date) -> ReportQuarter:
    """The quarter as of the day. Raises Http404 for a future quarter and for one before the Act came into force."""
    if not IN_FORCE.year <= year <= on.year or not 1 <= number <= 4:
        raise Http404("Nie ma takiego kwartału.")
    quarter = Quarter(year, number)
    if quarter.start > on:
        raise Http404("Ten kwartał jeszcze się nie zaczął.")
    return ReportQuarter(quarter, on)


def report_quarters(on: date) -> list[ReportQuarter]:
    """Every quarter since the first work period, the current one first."""
    first = WorkPeriod.objects.aggregate(first=Min("starts_on"))["first"] or on
    since = Quarter.of(max(min(first, on), IN_FORCE))
    quarters, quarter = [], Quarter.of(on)
    while quarter.start >= since.start:
        quarters.append(ReportQuarter(quarter, on))
        quarter = quarter.previous
    return quarters


def report_subject(user: User, requested_id: str | None) -> User | None:
    """The assistant the report is about, None for the whole centre. An assistant may see only their own report.

    Raises Http404 for a user who has never been an assistant, PermissionDenied for another assistant's report.
    """
    if not has_permission(user, REPORT_CENTRE):
        if requested_id and parse_int(requested_id) != user.pk:
            raise PermissionDenied("Sprawozdanie z pracy innej osoby widzi kierownik.")
        return user
    if not requested_id:
        return None
    assistant_ids = RoleGrant.objects.filter(role=Role.ASSISTANT).values("user")
    assistant = User.objects.filter(pk=parse_int(requested_id) or 0, pk__in=assistant_ids).first()
    if assistant is None:
        raise Http404("Nie ma takiego asystenta.")
    return assistant


def get_quarter_text(quarter: ReportQuarter, assistant: User | None) -> QuarterText:
    """The conclusions (wnioski i potrzeby); an unsaved row with version 0 when there are none."""
    key = {"year": quarter.quarter.year, "quarter": quarter.quarter.number, "assistant": assistant}
    row = QuarterText.objects.filter(**key).select_related("entered_by").first()
    return row or QuarterText(**key)


def issued_quarters(assistant: User | None) -> QuerySet[IssuedReport]:
    """Quarterly reports of the centre, or of one assistant, that were issued for signature."""
    rows = IssuedReport.objects.filter(kind=QUARTERLY, assistant=assistant)
    return rows.select_related("issued_by", "prepared_by").order_by("starts_on", "number")


def get_issued_report(quarter: ReportQuarter, assistant: User | None) -> IssuedReport | None:
    """The report of the quarter as issued, with its last correction; None before."""
    return issued_quarters(assistant).filter(starts_on=quarter.quarter.start).last()

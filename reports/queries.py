"""What the pages of reports ask for besides numbers: which quarters there are, whose report, its text."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import Min
from django.http import Http404

from families.caseload.models import WorkPeriod
from families.law import IN_FORCE
from lubsko_ops.accounts.models import RoleGrant, User
from lubsko_ops.core.dates import Quarter
from lubsko_ops.core.parsing import parse_int
from lubsko_ops.core.permissions import Permission, Role, has_permission
from reports.models import QuarterText
from reports.quarter import ReportQuarter


def quarter_or_404(year: int, number: int, *, on: date) -> ReportQuarter:
    """The quarter as seen on the day. There is no report of a quarter to come, nor from before the Act."""
    if not IN_FORCE.year <= year <= on.year or not 1 <= number <= 4:
        raise Http404("Nie ma takiego kwartału.")
    quarter = Quarter(year, number)
    if quarter.start > on:
        raise Http404("Ten kwartał jeszcze się nie zaczął.")
    return ReportQuarter(quarter, on)


def quarters_until(on: date) -> list[ReportQuarter]:
    """Every quarter since the first family was worked with, the present one first."""
    first = WorkPeriod.objects.aggregate(first=Min("starts_on"))["first"] or on
    since = Quarter.of(max(min(first, on), IN_FORCE))
    quarters, one = [], Quarter.of(on)
    while one.start >= since.start:
        quarters.append(ReportQuarter(one, on))
        one = one.previous
    return quarters


def whose(user: User, asked: str | None) -> User | None:
    """Whose report: None for the whole centre, which the manager sees; an assistant sees her own and no other.

    Raises Http404 for somebody who has never been an assistant, PermissionDenied for another's report.
    """
    if not has_permission(user, Permission.REPORT_CENTRE):
        if asked and parse_int(asked) != user.pk:
            raise PermissionDenied("Sprawozdanie z pracy innej osoby widzi kierownik.")
        return user
    if not asked:
        return None
    ever = RoleGrant.objects.filter(role=Role.ASSISTANT).values("user")
    found = User.objects.filter(pk=parse_int(asked) or 0, pk__in=ever).first()
    if found is None:
        raise Http404("Nie ma takiego asystenta.")
    return found


def text_of(quarter: ReportQuarter, assistant: User | None) -> QuarterText:
    """The conclusions; a new empty row (version 0) when nobody has written any."""
    place = {"year": quarter.quarter.year, "quarter": quarter.quarter.number, "assistant": assistant}
    found = QuarterText.objects.filter(**place).select_related("entered_by").first()
    return found or QuarterText(**place)

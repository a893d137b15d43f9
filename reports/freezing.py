"""Freezing a report of any kind inside the action of its kind: who may, its numbers, its paper, its correction."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet

from lubsko_ops.accounts.models import User
from lubsko_ops.centre.norms import get_norm
from lubsko_ops.core import actions, clock
from lubsko_ops.core.polish import short_date
from lubsko_ops.output.issued_papers import issue_paper, papers_about
from lubsko_ops.output.models import IssuedPaper
from reports.issuing import CHANGED_MEANWHILE, changes_text, find_differences, fingerprint, store_report
from reports.kinds import Correction, ReportStatement, approval_refusal, kind_of
from reports.models import IssuedReport

NOTHING_TO_CORRECT = (
    "Od wydania nic się nie zmieniło: liczby, wpisy i tekst są te same. Nie ma czego korygować."
)
NOT_ISSUED = "Tego sprawozdania jeszcze nie wydano, więc nie ma czego korygować."


def issues_of(report: IssuedReport) -> QuerySet[IssuedReport]:
    """Every issue of what this report (saved or not) is about, the first one first."""
    same = {name: getattr(report, name) for name in ("kind", "starts_on", "ends_on", "assistant", "edition")}
    return IssuedReport.objects.filter(**same).select_related("issued_by", "prepared_by").order_by("number")


def latest_issue(report: IssuedReport) -> IssuedReport | None:
    return issues_of(report).last()


def freeze_report(
    report: IssuedReport, statement: ReportStatement, *, seen: str, writers: Iterable[int] = (), by: User
) -> IssuedReport:
    """Freeze the numbers, definitions, rows and paper of an unsaved report; of one with a ``reason`` its correction.

    The caller, an action, has set what it is about, its text and who prepared it when, and has checked who may.
    ``seen``: ``fingerprint`` of what the user saw; other numbers are refused. ``writers``: ids of all who wrote in it,
    of a kind that needs approval. Raises PermissionDenied for an approval by its author, ValidationError for a second
    first issue, a correction of nothing, numbers that changed meanwhile.
    """
    kind, previous = kind_of(report), latest_issue(report)
    if previous and not report.reason:
        raise ValidationError(f"To sprawozdanie wydano już {short_date(previous.issued_on)}.")
    if report.reason and previous is None:
        raise ValidationError(NOT_ISSUED)
    if kind.needs_approval:
        _check_four_eyes(report, writers, by)
    if fingerprint(statement, report.text) != seen:
        raise ValidationError(CHANGED_MEANWHILE)
    report.issued_at, report.issued_by = actions.moment(), by
    correction = _correct(report, previous, statement) if previous else None
    store_report(report, statement)
    issue_paper(
        kind=kind.paper,
        file=("report", report.pk),
        subject=("report", report.pk),
        number=f"{report.starts_on}–{report.ends_on}, wydanie {report.number}",
        context=kind.paper_context(report, statement, correction),
        by=by,
    )
    return report


def _check_four_eyes(report: IssuedReport, writers: Iterable[int], by: User) -> None:
    writers, small_staff = set(writers), bool(get_norm("small_staff", on=clock.today()))
    refusal = approval_refusal(
        by=by.pk, prepared_by=report.prepared_by_id, writers=writers, small_staff=small_staff
    )
    if refusal:
        raise PermissionDenied(refusal)
    report.small_staff = by.pk in writers


def _correct(report: IssuedReport, previous: IssuedReport, statement: ReportStatement) -> Correction:
    differences = find_differences(previous, statement)
    if not differences and previous.text == report.text:
        raise ValidationError(NOTHING_TO_CORRECT)
    report.number = previous.number + 1
    return Correction(report.correction, previous, report.reason, changes_text(differences))


def paper_of(report: IssuedReport) -> IssuedPaper | None:
    """The paper of the report as issued; None once it was erased."""
    return papers_about("report", report.pk).get(kind_of(report).paper.code)

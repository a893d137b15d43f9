"""Actions of the reports of projects: write the texts, present, return, approve and thereby freeze."""

from collections.abc import Iterable
from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError

from lubsko_ops.accounts.models import User
from lubsko_ops.audit.history import lock_row, save_with_history
from lubsko_ops.core import actions, clock
from lubsko_ops.core.actions import action
from lubsko_ops.core.dates import Period
from lubsko_ops.core.permissions import has_permission
from lubsko_ops.core.polish import short_date
from projects.actions import NOT_AUTHOR
from projects.choices import EditionState
from projects.models import Edition
from projects.permissions import PROJECT_APPROVE, may_write
from reports.freezing import NOTHING_TO_CORRECT, freeze_report
from reports.issuing import find_differences
from reports.models import IssuedReport, ProjectReportText
from reports.project.checks import blocking, run_checks, state_refusal
from reports.project.kind import PROJECT
from reports.project.periods import ReportPeriod, period_of
from reports.project.state import ReportState, Stage, differs, load_state
from reports.project.statement import ProjectStatement, build_project_statement

STILL_RUNS = "Projekt jeszcze trwa. Sprawozdanie końcowe powstaje po zakończeniu zajęć, wcześniej częściowe."
ONLY_MANAGER = "Sprawozdanie z projektu zatwierdza albo odsyła kierownik."
WAITS = "To sprawozdanie czeka na zatwierdzenie. Zmienić je można, gdy kierownik je odeśle."
NOT_PRESENTED = "Tego sprawozdania nikt nie przedstawił do zatwierdzenia."
ALREADY_APPROVED = "To sprawozdanie jest już zatwierdzone, a nikt nie przedstawił korekty."
ALREADY_PRESENTED = "To sprawozdanie już czeka na zatwierdzenie."
APPROVED = "To sprawozdanie jest zatwierdzone. Teksty zmienia się w korekcie."
NO_REPORT = "Projekt nie ma sprawozdania za ten okres."


# ---- writing -----------------------------------------------------------------------------------------
@action
def write_report_texts(
    *,
    edition: Edition,
    period: Period,
    data: ProjectReportText,
    version: int | None,
    starts_correction: bool = False,
    by: User,
) -> ProjectReportText:
    """Create or change the texts of the report about these days.

    ``data``: the texts, not saved. version: of the row the user started from, 0 when there was none.
    ``starts_correction``: the user was asked whether to change an approved report. Raises PermissionDenied for others
    than the authors and the manager, VersionConflict when somebody saved meanwhile, ValidationError for a report that
    waits for an approval, and for an approved one without ``starts_correction``.
    """
    row, state = _begin(edition, period, by=by)
    if state.is_locked:
        raise ValidationError(WAITS)
    is_correction = state.issue is not None
    if state.stage == Stage.APPROVED and not starts_correction:
        raise ValidationError(APPROVED)
    text = _lock_text(state, version)
    text.edition = row
    text.copy_entered(data)
    text.presented_at = text.presented_by = None
    text.writers = sorted({*text.writers, by.pk})
    name = _name(row, period)
    return save_with_history(text, by=by, why=f"{name}: {'teksty korekty' if is_correction else 'teksty'}")


def _begin(edition: Edition, period: Period, *, by: User) -> tuple[Edition, ReportState]:
    """The locked edition and how far its report is, once the user may write it."""
    row = lock_row(Edition.objects, pk=edition.pk, version=None)
    if not may_write(row, by):
        raise PermissionDenied(NOT_AUTHOR)
    if period_of(row, period, today=clock.today()) is None:
        raise ValidationError(NO_REPORT)
    return row, load_state(row, period)


def _lock_text(state: ReportState, version: int | None) -> ProjectReportText:
    """The locked row of the texts, a new one where there is none."""
    if not state.is_written:
        return state.text
    return lock_row(ProjectReportText.objects, pk=state.text.pk, version=version)


def _name(edition: Edition, period: Period) -> str:
    report = period_of(edition, period, today=clock.today())
    return report.title if report else "Sprawozdanie"


# ---- from step to step -------------------------------------------------------------------------------
@action
def present_report(*, edition: Edition, period: Period, version: int | None, by: User) -> ProjectReportText:
    """Lay the report before the manager: its texts are locked, and the user is the one who prepared it.

    Raises ValidationError for a period that is not over, for what blocks the approval and for a correction that
    changes nothing.
    """
    row, state = _begin(edition, period, by=by)
    if state.is_locked:
        raise ValidationError(ALREADY_PRESENTED)
    text = _lock_text(state, version)
    report, statement = _checked(row, period, state)
    if state.issue and not differs(state, find_differences(state.issue, statement)):
        raise ValidationError(NOTHING_TO_CORRECT)
    text.presented_at, text.presented_by, text.remarks = actions.moment(), by, ""
    why = f"{report.title}: przedstawienie {'korekty ' if state.issue else ''}do zatwierdzenia"
    return save_with_history(text, by=by, why=why)


def _checked(row: Edition, period: Period, state: ReportState) -> tuple[ReportPeriod, ProjectStatement]:
    """The report and its numbers. Raises ValidationError with everything that blocks its approval."""
    report = period_of(row, period, today=clock.today())
    if report is None:
        raise ValidationError(NO_REPORT)
    if refusal := period_refusal(row, period):
        raise ValidationError(refusal)
    statement = build_project_statement(row, period)
    if sentences := [check.text for check in blocking(run_checks(statement, report, state))]:
        raise ValidationError(sentences)
    return report, statement


@action
def return_report(
    *, edition: Edition, period: Period, remarks: str, version: int | None, by: User
) -> ProjectReportText:
    """Return a presented report to its authors with remarks."""
    row, text = _begin_decision(edition, period, version, by)
    if not remarks.strip():
        raise ValidationError({"remarks": "Napisz, co poprawić."})
    text.presented_at, text.presented_by, text.remarks = None, None, remarks.strip()
    return save_with_history(text, by=by, why=f"{_name(row, period)}: odesłanie do poprawy")


def _begin_decision(
    edition: Edition, period: Period, version: int | None, by: User
) -> tuple[Edition, ProjectReportText]:
    """The locked edition and texts of a presented report, for the manager."""
    if not has_permission(by, PROJECT_APPROVE):
        raise PermissionDenied(ONLY_MANAGER)
    row = lock_row(Edition.objects, pk=edition.pk, version=None)
    state = load_state(row, period)
    if refusal := decision_refusal(state):
        raise ValidationError(refusal)
    return row, _lock_text(state, version)


def decision_refusal(state: ReportState) -> str:
    """Why there is nothing to decide about; empty for a report that is presented."""
    if state.is_locked:
        return ""
    return ALREADY_APPROVED if state.stage == Stage.APPROVED else NOT_PRESENTED


@action
def approve_presented_report(
    *, edition: Edition, period: Period, seen: str, reason: str = "", version: int | None, by: User
) -> IssuedReport:
    """Approve what was presented and freeze it; of a report approved before its next correction, with the reason.

    seen: ``fingerprint`` of the numbers and texts the user saw. Raises as ``approve_project_report``, and
    ValidationError for what blocks an approval.
    """
    row, text = _begin_decision(edition, period, version, by)
    if text.presented_by is None or text.presented_at is None:
        raise ValidationError(NOT_PRESENTED)
    # Frozen is what was checked: the meetings of its paper are read once, and add up to its numbers.
    _, statement = _checked(row, period, load_state(row, period))
    return approve_project_report(
        edition=row,
        period=period,
        text=text.full_text,
        prepared_by=text.presented_by,
        prepared_at=text.presented_at,
        writers=text.writers,
        seen=seen,
        reason=reason,
        statement=statement,
        by=by,
    )


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
    statement: ProjectStatement | None = None,
    by: User,
) -> IssuedReport:
    """Approve and thereby freeze the report of a project for the period, or, with a ``reason``, its next correction.

    seen: ``fingerprint`` of the numbers and text the user saw. ``writers``: ids of all who wrote its text.
    ``statement``: its numbers, when they were computed already. Raises PermissionDenied for an approval by its author,
    ValidationError for a period that is not over or not of the project, and as ``freeze_report``.
    """
    if not has_permission(by, PROJECT_APPROVE):
        raise PermissionDenied(ONLY_MANAGER)
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
    statement = statement or build_project_statement(row, period)
    return freeze_report(report, statement, seen=seen, writers=writers, by=by)


def period_refusal(edition: Edition, period: Period) -> str:
    """Why no report of the project can be approved for the period; empty when it can."""
    if refusal := state_refusal(edition):
        return refusal
    if not edition.is_active_on(period.start) or not edition.is_active_on(period.end):
        return f"Projekt trwa {edition.validity}. Sprawozdanie dotyczy dni projektu."
    if period.end == edition.ends_on and edition.state == EditionState.RUNNING:
        return STILL_RUNS
    if period.end > clock.today():
        return f"Ten okres kończy się {short_date(period.end)}. Sprawozdanie zatwierdza się po nim."
    return ""


# ---- when the project ends on another day --------------------------------------------------------------
def move_report_texts(edition: Edition, last_day: date, by: User) -> None:
    """The texts of a report that was to last until the planned end go along to the last day.

    Called inside the action that ends the project; where both days already have texts of their own nothing is moved.
    """
    planned = Edition.objects.values_list("ends_on", flat=True).get(pk=edition.pk)  # not saved yet
    rows = list(ProjectReportText.objects.filter(edition=edition).order_by("starts_on", "ends_on"))
    taken = {(row.starts_on, row.ends_on) for row in rows}
    for row in reversed(rows):
        moves = row.ends_on == planned or row.ends_on > last_day
        if not moves or row.ends_on == last_day or row.starts_on > last_day:
            continue
        if row.starts_on != edition.starts_on and row.starts_on.year != last_day.year:
            continue  # of a year that was over before
        if (row.starts_on, last_day) not in taken:
            taken.add((row.starts_on, last_day))
            text = lock_row(ProjectReportText.objects, pk=row.pk, version=None)
            text.ends_on = last_day
            save_with_history(text, by=by, why="Projekt skończył się innego dnia")

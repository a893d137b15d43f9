"""Succession of assistants and lead social workers: a new row ends the previous one the day before.

Correcting or cancelling the new row moves the last day of its predecessors accordingly.
"""

from datetime import date

from django.core.exceptions import ValidationError

from families.caseload.models import COUNTED_KINDS, Assignment, LeadWorkerAssignment, WorkPeriod
from families.caseload.validators import reserve_slot, validate_assistant, validate_social_worker
from families.choices import AssignmentKind
from lubsko_ops.accounts.models import User
from lubsko_ops.audit.history import delete_with_history, end_row, resume_row, save_with_history
from lubsko_ops.core import clock
from lubsko_ops.core.polish import short_date
from lubsko_ops.core.temporal import EndCause, day_before

# What the history says about a row ended by a successor, by the cause stored in the row.
SUCCESSION_REASONS = {
    EndCause.HANDED_OVER: "Przekazanie rodziny innemu asystentowi",
    EndCause.TAKEN_OVER: "Przejęcie rodziny",
    EndCause.LEAD_CHANGED: "Zmiana prowadzącego pracownika socjalnego",
}
RESTORED_REASON = "Odwołanie następcy: dalej jak przedtem"
DatedWorker = Assignment | LeadWorkerAssignment


def is_cancellable(row) -> bool:
    """Whether nobody has worked on the dated row yet: it was entered today or starts in the future."""
    return row.starts_on > clock.today() or clock.local_date(row.entered_at) == clock.today()


def version_token(rows) -> str:
    """Token of the last row (id and version), carried by a form to detect changes made meanwhile."""
    last = rows.order_by("starts_on", "pk").last()
    return f"{last.pk}.{last.version}" if last else ""


def end_previous_assignments(period: WorkPeriod, *, to: User, on: date, by: User) -> Assignment | None:
    """End the present leading assignment, and other rows of the new assistant, on the day before.

    Returns the assignment to overwrite when one starts on the same day and is still cancellable, otherwise None.
    """
    replaced = None
    for current in (
        period.assignments.active_on_or_after(on).filter(kind=AssignmentKind.LEADING).order_by("starts_on")
    ):
        if current.assistant_id == to.pk:
            raise ValidationError({"assistant": "Ta osoba już prowadzi tę rodzinę."})
        if current.starts_on == on and is_cancellable(current):
            replaced = current
        elif current.starts_on >= on:
            raise ValidationError({"starts_on": _later_leading_message(current)})
        else:
            _end_for_successor(current, EndCause.HANDED_OVER, on=on, by=by)
    for other in period.assignments.active_on_or_after(on).filter(assistant=to):
        if other.starts_on >= on:
            raise ValidationError({"assistant": _later_assignment_message(other)})
        _end_for_successor(other, EndCause.TAKEN_OVER, on=on, by=by)
    return replaced


def _end_for_successor(row: Assignment, cause: EndCause, *, on: date, by: User) -> None:
    end_row(row, on=day_before(on), by=by, why=SUCCESSION_REASONS[cause], cause=cause)


def _later_leading_message(current: Assignment) -> str:
    """Refusal because a leading assignment starts on the same or a later day."""
    text = (
        f"Od {short_date(current.starts_on)} rodzinę prowadzi {current.assistant}. Wybierz późniejszy dzień"
    )
    return f"{text} albo odwołaj tamto przydzielenie." if is_cancellable(current) else f"{text}."


def _later_assignment_message(row: Assignment) -> str:
    """Refusal because another assignment of the same assistant starts on the same or a later day."""
    text = f"Ta osoba od {short_date(row.starts_on)} {row.get_kind_display()} w tej rodzinie."
    if is_cancellable(row):
        return f"{text} Najpierw odwołaj tamto przydzielenie albo wybierz późniejszy dzień."
    return f"{text} Wybierz późniejszy dzień."


def worker_of(row: DatedWorker) -> User:
    return row.assistant if isinstance(row, Assignment) else row.social_worker


def predecessors_of(row: DatedWorker, rows) -> list:
    """Those of ``rows`` that ended because ``row`` followed them the next day.

    Only a leading assistant or social worker follows others, and a family has one of them at a time.
    """
    if isinstance(row, Assignment) and row.kind != AssignmentKind.LEADING:
        return []
    ended = rows.filter(end_cause__in=SUCCESSION_REASONS, ends_on=day_before(row.starts_on))
    return list(ended.order_by("pk"))


def earliest(*days: date | None) -> date | None:
    """The earliest of some last days; None when none of them is set."""
    return min((day for day in days if day), default=None)


def cancel_row(row: DatedWorker, *, rows, give_back: bool, by: User, why: str) -> list:
    """Delete the row; with ``give_back`` its predecessors continue as planned before, and are returned."""
    predecessors = predecessors_of(row, rows) if give_back else []
    for accompanying in _accompanying(row, predecessors):
        delete_with_history(accompanying, by=by, why=why)
    delete_with_history(row, by=by, why=why)
    for each in predecessors:
        until = earliest(each.planned_end, row.ends_on)
        _check_extension(each, since=row.starts_on, until=until, field="give_back")
        if until == each.planned_end:
            resume_row(each, by=by, why=RESTORED_REASON)
        else:
            _move_last_day(each, until, by=by)
    return predecessors


def reschedule(row: DatedWorker, *, on: date, rows, by: User, why: str) -> None:
    """Save the row with another first day; its predecessors' last days follow, without gap or overlap."""
    old_start = row.starts_on
    predecessors = predecessors_of(row, rows) if on != old_start else []
    accompanying = _accompanying(row, predecessors)
    for each in predecessors:
        if each.starts_on >= on:
            first = short_date(each.starts_on)
            raise ValidationError(
                {"starts_on": f"{worker_of(each)} ma tę rodzinę od {first}. Wybierz późniejszy dzień."}
            )
    row.starts_on = on
    if on < old_start:  # rows may not overlap, not even within the transaction
        _move_last_days(predecessors, on=on, old_start=old_start, by=by)
    save_with_history(row, by=by, why=why)
    for each in accompanying:
        _reschedule_accompanying(each, on=on, by=by, why=why)
    if on > old_start:
        _move_last_days(predecessors, on=on, old_start=old_start, by=by)


def _accompanying(row: DatedWorker, predecessors: list) -> list[Assignment]:
    """Accompanying assignments of the predecessors that start on the first day of the row."""
    if not isinstance(row, Assignment):
        return []
    rows = row.period.assignments.filter(kind=AssignmentKind.ACCOMPANYING, starts_on=row.starts_on)
    return list(rows.filter(assistant__in=[each.assistant_id for each in predecessors]))


def _reschedule_accompanying(row: Assignment, *, on: date, by: User, why: str) -> None:
    if row.ends_on and row.ends_on < on:
        delete_with_history(row, by=by, why=why)
    else:
        row.starts_on = on
        save_with_history(row, by=by, why=why)


def _move_last_days(predecessors: list, *, on: date, old_start: date, by: User) -> None:
    for each in predecessors:
        until = earliest(each.planned_end, day_before(on))
        _check_extension(each, since=old_start, until=until, field="starts_on")
        _move_last_day(each, until, by=by)


def _move_last_day(row: DatedWorker, until: date, *, by: User) -> None:
    """Another last day of a row ended by a successor, for the same cause."""
    cause = EndCause(row.end_cause)
    end_row(row, on=until, by=by, why=SUCCESSION_REASONS[cause], cause=cause)


def _check_extension(row: DatedWorker, *, since: date, until: date | None, field: str) -> None:
    """Check a later last day like a new assignment from ``since``; refusals are reported at ``field``."""
    if until is not None and until < since:
        return
    try:
        _validate_extension(row, since=since, until=until)
    except ValidationError as refusal:
        raise ValidationError({field: f"{worker_of(row)}: {' '.join(refusal.messages)}"}) from None


def _validate_extension(row, *, since: date, until: date | None) -> None:
    if isinstance(row, LeadWorkerAssignment):
        validate_social_worker(row.social_worker, on=since)
        return
    validate_assistant(row.assistant, on=since)
    if row.kind in COUNTED_KINDS:
        reserve_slot(
            row.assistant, row.period, starts_on=since, ends_on=until, override_reason=row.override_reason
        )

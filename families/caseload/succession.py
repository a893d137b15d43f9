"""Succession of assistants and lead social workers: a new row ends the previous one the day before.

Correcting or cancelling the new row moves the last day of its predecessors accordingly.
"""

from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from django.core.exceptions import ValidationError

from families.caseload.models import COUNTED_KINDS, Assignment, LeadWorkerAssignment, WorkPeriod
from families.caseload.validators import reserve_slot, validate_assistant, validate_social_worker
from families.choices import AssignmentKind
from lubsko_ops.accounts.models import User
from lubsko_ops.audit.history import delete_with_history, end_row, save_with_history
from lubsko_ops.core import clock
from lubsko_ops.core.polish import short_date
from lubsko_ops.core.temporal import day_before

# History reasons of rows ended by a successor; ``predecessors_of`` recognises them by these texts.
HAND_OVER_REASON = "Przekazanie rodziny innemu asystentowi"
TAKE_OVER_REASON = "Przejęcie rodziny"
LEAD_CHANGE_REASON = "Zmiana prowadzącego pracownika socjalnego"
RESTORED_REASON = "Odwołanie następcy: dalej jak przedtem"
SUCCESSION_REASONS = {HAND_OVER_REASON, TAKE_OVER_REASON, LEAD_CHANGE_REASON}


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
            end_row(current, on=day_before(on), by=by, why=HAND_OVER_REASON)
    for other in period.assignments.active_on_or_after(on).filter(assistant=to):
        if other.starts_on >= on:
            raise ValidationError({"assistant": _later_assignment_message(other)})
        end_row(other, on=day_before(on), by=by, why=TAKE_OVER_REASON)
    return replaced


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


@dataclass(frozen=True)
class Predecessor:
    """A row ended by its successor: the reason, and its planned last day before that (None: open-ended)."""

    row: Assignment | LeadWorkerAssignment
    planned_end: date | None
    reason: str

    @property
    def worker(self) -> User:
        return self.row.assistant if isinstance(self.row, Assignment) else self.row.social_worker


def predecessors_of(row, rows) -> list[Predecessor]:
    """Those of ``rows`` that were ended the day before ``row`` starts, by its succession."""
    predecessors = []
    for each in rows.filter(ends_on=day_before(row.starts_on)).order_by("pk"):
        versions = list(each.history.order_by("-history_id"))
        since_end = list(takewhile(lambda version, end=each.ends_on: version.ends_on == end, versions))
        reason = since_end[-1].history_change_reason
        earlier = [
            version
            for version in versions[len(since_end) :]
            if version.history_change_reason not in SUCCESSION_REASONS
        ]
        if reason in SUCCESSION_REASONS and earlier:
            predecessors.append(Predecessor(each, earlier[0].ends_on, reason))
    return predecessors


def earliest(*days: date | None) -> date | None:
    """The earliest of some last days; None when none of them is set."""
    return min((day for day in days if day), default=None)


def cancel_row(row, *, rows, give_back: bool, by: User, why: str) -> list:
    """Delete the row; with ``give_back`` its predecessors continue as planned before, and are returned."""
    predecessors = predecessors_of(row, rows) if give_back else []
    for accompanying in _accompanying(row, predecessors):
        delete_with_history(accompanying, by=by, why=why)
    delete_with_history(row, by=by, why=why)
    for each in predecessors:
        until = earliest(each.planned_end, row.ends_on)
        reason = RESTORED_REASON if until == each.planned_end else each.reason
        _set_last_day(each, since=row.starts_on, until=until, by=by, why=reason, field="give_back")
    return [each.row for each in predecessors]


def reschedule(row, *, on: date, rows, by: User, why: str) -> None:
    """Save the row with another first day; its predecessors' last days follow, without gap or overlap."""
    old_start = row.starts_on
    predecessors = predecessors_of(row, rows) if on != old_start else []
    accompanying = _accompanying(row, predecessors)
    for each in predecessors:
        if each.row.starts_on >= on:
            first = short_date(each.row.starts_on)
            raise ValidationError(
                {"starts_on": f"{each.worker} ma tę rodzinę od {first}. Wybierz późniejszy dzień."}
            )
    row.starts_on = on
    if on < old_start:  # rows may not overlap, not even within the transaction
        _move_last_days(predecessors, on=on, old_start=old_start, by=by)
    save_with_history(row, by=by, why=why)
    for each in accompanying:
        _reschedule_accompanying(each, on=on, by=by, why=why)
    if on > old_start:
        _move_last_days(predecessors, on=on, old_start=old_start, by=by)


def _accompanying(row, predecessors: list[Predecessor]) -> list[Assignment]:
    """Accompanying assignments of the predecessors that start on the first day of the row."""
    if not isinstance(row, Assignment):
        return []
    rows = row.period.assignments.filter(kind=AssignmentKind.ACCOMPANYING, starts_on=row.starts_on)
    return list(rows.filter(assistant__in=[each.worker for each in predecessors]))


def _reschedule_accompanying(row: Assignment, *, on: date, by: User, why: str) -> None:
    if row.ends_on and row.ends_on < on:
        delete_with_history(row, by=by, why=why)
    else:
        row.starts_on = on
        save_with_history(row, by=by, why=why)


def _move_last_days(predecessors: list[Predecessor], *, on: date, old_start: date, by: User) -> None:
    for each in predecessors:
        until = earliest(each.planned_end, day_before(on))
        _set_last_day(each, since=old_start, until=until, by=by, why=each.reason, field="starts_on")


def _set_last_day(
    predecessor: Predecessor, *, since: date, until: date | None, by: User, why: str, field: str
) -> None:
    """Give the predecessor another last day; an extension is validated like a new assignment.

    Refusals are reported at ``field``.
    """
    row = predecessor.row
    try:
        if until is None or until >= since:
            _validate_extension(row, since=since, until=until)
    except ValidationError as refusal:
        raise ValidationError({field: f"{predecessor.worker}: {' '.join(refusal.messages)}"}) from None
    row.ends_on = until
    save_with_history(row, by=by, why=why)


def _validate_extension(row, *, since: date, until: date | None) -> None:
    if isinstance(row, LeadWorkerAssignment):
        validate_social_worker(row.social_worker, on=since)
        return
    validate_assistant(row.assistant, on=since)
    if row.kind in COUNTED_KINDS:
        reserve_slot(
            row.assistant, row.period, starts_on=since, ends_on=until, override_reason=row.override_reason
        )

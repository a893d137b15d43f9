"""What a change of one row does to the row before it: who made room goes on longer, or makes room earlier."""

from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from django.core.exceptions import ValidationError

from families.caseload.models import COUNTED_KINDS, Assignment, LeadWorkerAssignment
from families.caseload.succession import SUCCESSION_REASONS
from families.caseload.validators import reserve_slot, validate_assistant, validate_social_worker
from families.choices import AssignmentKind
from lubsko_ops.accounts.models import User
from lubsko_ops.audit.history import delete_with_history, save_with_history
from lubsko_ops.core.polish import short_date
from lubsko_ops.core.temporal import day_before

RESTORED_REASON = "Odwołanie następcy: dalej jak przedtem"


@dataclass(frozen=True)
class Predecessor:
    """A row that made room for another: why, and the last day it had before (None: until further notice)."""

    row: Assignment | LeadWorkerAssignment
    until: date | None
    why: str

    @property
    def who(self) -> User:
        return self.row.assistant if isinstance(self.row, Assignment) else self.row.social_worker


def predecessors_of(row, rows) -> list[Predecessor]:
    """Which of the rows ended the day before this one began, to make room for it."""
    found = []
    for each in rows.filter(ends_on=day_before(row.starts_on)).order_by("pk"):
        past = list(each.history.order_by("-history_id"))
        since_then = list(takewhile(lambda state, end=each.ends_on: state.ends_on == end, past))
        why = since_then[-1].history_change_reason
        before = [
            state
            for state in past[len(since_then) :]
            if state.history_change_reason not in SUCCESSION_REASONS
        ]
        if why in SUCCESSION_REASONS and before:
            found.append(Predecessor(each, before[0].ends_on, why))
    return found


def earliest(*days: date | None) -> date | None:
    """The first of some last days; None when none of them is set."""
    return min((day for day in days if day), default=None)


def cancel_row(row, *, rows, give_back: bool, by: User, why: str) -> list:
    """Take the row back; with ``give_back`` those who made room for it go on as before, and are returned."""
    before = predecessors_of(row, rows) if give_back else []
    for beside in _accompanying(row, before):
        delete_with_history(beside, by=by, why=why)
    delete_with_history(row, by=by, why=why)
    for gave in before:
        until = earliest(gave.until, row.ends_on)
        reason = RESTORED_REASON if until == gave.until else gave.why
        _set_last_day(gave, since=row.starts_on, until=until, by=by, why=reason, field="give_back")
    return [gave.row for gave in before]


def reschedule(row, *, on: date, rows, by: User, why: str) -> None:
    """Save the row with another first day. Who made room for it follows: no gap opens and nothing overlaps."""
    was = row.starts_on
    before = predecessors_of(row, rows) if on != was else []
    companions = _accompanying(row, before)
    for gave in before:
        if gave.row.starts_on >= on:
            first = short_date(gave.row.starts_on)
            raise ValidationError(
                {"starts_on": f"{gave.who} ma tę rodzinę od {first}. Wybierz późniejszy dzień."}
            )
    row.starts_on = on
    if on < was:  # nobody may overlap, not even within the deed
        _move_last_days(before, on=on, was=was, by=by)
    save_with_history(row, by=by, why=why)
    for beside in companions:
        _reschedule_accompanying(beside, on=on, by=by, why=why)
    if on > was:
        _move_last_days(before, on=on, was=was, by=by)


def _accompanying(row, before: list[Predecessor]) -> list[Assignment]:
    """Those who made room and accompany from the first day of the row."""
    if not isinstance(row, Assignment):
        return []
    beside = row.period.assignments.filter(kind=AssignmentKind.ACCOMPANYING, starts_on=row.starts_on)
    return list(beside.filter(assistant__in=[gave.who for gave in before]))


def _reschedule_accompanying(beside: Assignment, *, on: date, by: User, why: str) -> None:
    if beside.ends_on and beside.ends_on < on:
        delete_with_history(beside, by=by, why=why)
    else:
        beside.starts_on = on
        save_with_history(beside, by=by, why=why)


def _move_last_days(before: list[Predecessor], *, on: date, was: date, by: User) -> None:
    for gave in before:
        until = earliest(gave.until, day_before(on))
        _set_last_day(gave, since=was, until=until, by=by, why=gave.why, field="starts_on")


def _set_last_day(
    gave: Predecessor, *, since: date, until: date | None, by: User, why: str, field: str
) -> None:
    """Another last day for the one who made room; going on longer takes what a new assignment takes."""
    try:
        if until is None or until >= since:
            _validate_extension(gave.row, since=since, until=until)
    except ValidationError as refusal:
        raise ValidationError({field: f"{gave.who}: {' '.join(refusal.messages)}"}) from None
    gave.row.ends_on = until
    save_with_history(gave.row, by=by, why=why)


def _validate_extension(row, *, since: date, until: date | None) -> None:
    if isinstance(row, LeadWorkerAssignment):
        validate_social_worker(row.social_worker, on=since)
        return
    validate_assistant(row.assistant, on=since)
    if row.kind in COUNTED_KINDS:
        reserve_slot(
            row.assistant, row.period, starts_on=since, ends_on=until, override_reason=row.override_reason
        )

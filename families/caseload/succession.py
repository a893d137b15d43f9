"""How one person's rows make room for another's: who until now leads, and who is to lead from a day."""

from datetime import date

from django.core.exceptions import ValidationError

from families.caseload.models import Assignment, WorkPeriod
from families.choices import AssignmentKind
from lubsko_ops.accounts.models import User
from lubsko_ops.audit.history import end_row
from lubsko_ops.core import clock
from lubsko_ops.core.polish import short_date
from lubsko_ops.core.temporal import day_before

# Why a row ended the day before another began: by these words of its history it is found and given back.
HAND_OVER_REASON = "Przekazanie rodziny innemu asystentowi"
TAKE_OVER_REASON = "Przejęcie rodziny"
LEAD_CHANGE_REASON = "Zmiana prowadzącego pracownika socjalnego"
SUCCESSION_REASONS = {HAND_OVER_REASON, TAKE_OVER_REASON, LEAD_CHANGE_REASON}


def is_cancellable(row) -> bool:
    """A dated row nobody has worked on: entered today, or still to begin."""
    return row.starts_on > clock.today() or clock.local_date(row.entered_at) == clock.today()


def version_token(rows) -> str:
    """The mark a form carries of who leads the family: it changes with every change of the last row."""
    last = rows.order_by("starts_on", "pk").last()
    return f"{last.pk}.{last.version}" if last else ""


def end_previous_assignments(period: WorkPeriod, *, to: User, on: date, by: User) -> Assignment | None:
    """The leading assistant until now keeps the family until the day before, and so does what the new one
    did beside her.

    Returns the row to correct when the new one replaces an assignment of the very same day that is a slip.
    """
    mistaken = None
    for current in (
        period.assignments.active_on_or_after(on).filter(kind=AssignmentKind.LEADING).order_by("starts_on")
    ):
        if current.assistant_id == to.pk:
            raise ValidationError({"assistant": "Ta osoba już prowadzi tę rodzinę."})
        if current.starts_on == on and is_cancellable(current):
            mistaken = current
        elif current.starts_on >= on:
            raise ValidationError({"starts_on": _later_leading_message(current)})
        else:
            end_row(current, on=day_before(on), by=by, why=HAND_OVER_REASON)
    for beside in period.assignments.active_on_or_after(on).filter(assistant=to):
        if beside.starts_on >= on:
            raise ValidationError({"assistant": _later_assignment_message(beside)})
        end_row(beside, on=day_before(on), by=by, why=TAKE_OVER_REASON)
    return mistaken


def _later_leading_message(current: Assignment) -> str:
    """Why somebody who leads, or is to lead, from a later day stands in the way."""
    before = (
        f"Od {short_date(current.starts_on)} rodzinę prowadzi {current.assistant}. Wybierz późniejszy dzień"
    )
    return f"{before} albo odwołaj tamto przydzielenie." if is_cancellable(current) else f"{before}."


def _later_assignment_message(beside: Assignment) -> str:
    """Why what the new one is to do beside the present one stands in the way."""
    before = f"Ta osoba od {short_date(beside.starts_on)} {beside.get_kind_display()} w tej rodzinie."
    if is_cancellable(beside):
        return f"{before} Najpierw odwołaj tamto przydzielenie albo wybierz późniejszy dzień."
    return f"{before} Wybierz późniejszy dzień."

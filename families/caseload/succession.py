"""How one person's rows make room for another's: who until now leads, and who is to lead from a day."""

from datetime import date

from django.core.exceptions import ValidationError

from families.caseload.models import Assignment, WorkPeriod
from families.choices import AssignmentKind
from lubsko_ops.accounts.models import User
from lubsko_ops.audit.history import end_row
from lubsko_ops.core import clock
from lubsko_ops.core.polish import short_day
from lubsko_ops.core.temporal import day_before

# Why a row ended the day before another began: by these words of its history it is found and given back.
HANDED_OVER = "Przekazanie rodziny innemu asystentowi"
TAKEN_OVER = "Przejęcie rodziny"
LEAD_CHANGED = "Zmiana prowadzącego pracownika socjalnego"
GAVE_WAY = {HANDED_OVER, TAKEN_OVER, LEAD_CHANGED}


def may_be_a_slip(row) -> bool:
    """A dated row nobody has worked on: entered today, or still to begin."""
    return row.starts_on > clock.today() or clock.local_date(row.entered_at) == clock.today()


def mark_of(rows) -> str:
    """The mark a form carries of who leads the family: it changes with every change of the last row."""
    last = rows.order_by("starts_on", "pk").last()
    return f"{last.pk}.{last.version}" if last else ""


def make_room(period: WorkPeriod, *, to: User, on: date, by: User) -> Assignment | None:
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
        if current.starts_on == on and may_be_a_slip(current):
            mistaken = current
        elif current.starts_on >= on:
            raise ValidationError({"starts_on": _why_later(current)})
        else:
            end_row(current, on=day_before(on), by=by, why=HANDED_OVER)
    for beside in period.assignments.active_on_or_after(on).filter(assistant=to):
        if beside.starts_on >= on:
            raise ValidationError({"assistant": _why_busy(beside)})
        end_row(beside, on=day_before(on), by=by, why=TAKEN_OVER)
    return mistaken


def _why_later(current: Assignment) -> str:
    """Why somebody who leads, or is to lead, from a later day stands in the way."""
    before = (
        f"Od {short_day(current.starts_on)} rodzinę prowadzi {current.assistant}. Wybierz późniejszy dzień"
    )
    return f"{before} albo odwołaj tamto przydzielenie." if may_be_a_slip(current) else f"{before}."


def _why_busy(beside: Assignment) -> str:
    """Why what the new one is to do beside the present one stands in the way."""
    before = f"Ta osoba od {short_day(beside.starts_on)} {beside.get_kind_display()} w tej rodzinie."
    if may_be_a_slip(beside):
        return f"{before} Najpierw odwołaj tamto przydzielenie albo wybierz późniejszy dzień."
    return f"{before} Wybierz późniejszy dzień."

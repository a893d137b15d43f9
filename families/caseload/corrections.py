"""Actions that fix data entry errors: correcting a row, or cancelling it as if it had never existed.

An assignment somebody has already worked on cannot be cancelled, only ended or corrected. History keeps both.
"""

from datetime import date

from django.core.exceptions import ValidationError

from families import law
from families.caseload.actions import BasisData
from families.caseload.assignment_days import keeping_visits
from families.caseload.models import COUNTED_KINDS, Assignment, LeadWorkerAssignment, LegalBasis, WorkPeriod
from families.caseload.succession import cancel_row, is_cancellable, reschedule
from families.caseload.validators import (
    reserve_slot,
    validate_assistant,
    validate_days,
    validate_social_worker,
)
from families.choices import AssignmentKind
from families.people.models import Family
from lubsko_ops.accounts.models import User
from lubsko_ops.audit.history import delete_with_history, lock_row, save_with_history
from lubsko_ops.core.actions import action
from lubsko_ops.core.locks import lock
from lubsko_ops.core.polish import short_date

NOTHING_CHANGED = "Nic nie zostało zmienione. Popraw to, co jest źle, albo wybierz „Anuluj”."


def validate_changed(row, **facts) -> None:
    """Refuse a correction that changes nothing."""
    if all(getattr(row, name) == value for name, value in facts.items()):
        raise ValidationError(NOTHING_CHANGED)


def cancellation_refusal(row) -> str:
    """Polish sentence when the assignment or lead row can no longer be cancelled; empty when it can."""
    if is_cancellable(row):
        return ""
    return (
        f"Ten wpis obowiązuje od {short_date(row.starts_on)}, więc nie można go już odwołać. "
        "Jeśli dzień jest zły, wybierz „Popraw”."
    )


# ---- the basis ---------------------------------------------------------------------------------------
@action
def correct_basis(
    *, basis: LegalBasis, data: BasisData, ends_on: date | None, why: str, version: int | None, by: User
) -> LegalBasis:
    """Correct all fields of a basis; without ``ends_on`` it becomes open-ended, also when it was ended by mistake.

    The correction may leave days of work without a basis; pages then show the gap. Raises ValidationError when the
    same basis is already in force on these days, or the work ends before.
    """
    lock(families=[basis.period.family_id])
    period = lock_row(WorkPeriod.objects, pk=basis.period_id)
    row = lock_row(LegalBasis.objects, pk=basis.pk, version=version)
    refusals = {
        name: refusal
        for name, day in (("starts_on", data.starts_on), ("ends_on", ends_on))
        if day and (refusal := law.after_work_refusal(ended_on=period.ends_on, on=day))
    }
    if refusals:
        raise ValidationError(refusals)
    ends_on = ends_on or period.ends_on
    if ends_on and ends_on < data.starts_on:
        raise ValidationError({"ends_on": "Ostatni dzień nie może poprzedzać pierwszego."})
    facts = {"kind": data.kind, "person": data.person, "reference": data.reference}
    validate_changed(row, starts_on=data.starts_on, ends_on=ends_on, **facts)
    others = period.bases.active_on_or_after(data.starts_on).filter(**facts).exclude(pk=row.pk)
    if any(ends_on is None or other.starts_on <= ends_on for other in others):
        raise ValidationError("Taka podstawa jest już zapisana i obowiązuje w tym czasie.")
    if ends_on is None:
        row.end_reason = ""
    elif ends_on != period.ends_on:
        row.end_reason = row.end_reason or why
    row.kind, row.person, row.reference = data.kind, data.person, data.reference
    row.starts_on = data.starts_on
    row.set_last_day(ends_on)
    return save_with_history(row, by=by, why=f"Poprawienie podstawy: {why}")


@action
def cancel_basis(*, basis: LegalBasis, why: str, version: int | None, by: User) -> None:
    """Delete a basis entered by mistake. Raises ValidationError when the first day of work would have none."""
    lock(families=[basis.period.family_id])
    period = lock_row(WorkPeriod.objects, pk=basis.period_id)
    row = lock_row(LegalBasis.objects, pk=basis.pk, version=version)
    others = period.bases.exclude(pk=row.pk).active_on(period.starts_on)
    if row.is_active_on(period.starts_on) and not others.exists():
        raise ValidationError(
            f"Bez niej praca nie ma podstawy na swój pierwszy dzień, {short_date(period.starts_on)}. "
            "Dodaj najpierw właściwą podstawę albo popraw tę."
        )
    delete_with_history(row, by=by, why=f"Odwołanie podstawy: {why}")


# ---- the assistant -----------------------------------------------------------------------------------
def _lock_with_assistants(period: WorkPeriod) -> WorkPeriod:
    """The period, locked with its family and all its assistants: the days of a predecessor may become longer."""
    lock(users=period.assignments.values_list("assistant", flat=True), families=[period.family_id])
    return lock_row(WorkPeriod.objects, pk=period.pk)


@action
def correct_assignment(
    *,
    assignment: Assignment,
    starts_on: date,
    ends_on: date | None,
    why: str,
    version: int | None,
    by: User,
    override_reason: str = "",
) -> Assignment:
    """Correct the days of an assignment; the last day of its predecessor follows its first day.

    Raises what ``assign_assistant`` raises.
    """
    period = _lock_with_assistants(assignment.period)
    row = lock_row(Assignment.objects.select_related("assistant"), pk=assignment.pk, version=version)
    if row.kind != AssignmentKind.MONITORING:
        ends_on = ends_on or period.ends_on
    validate_days(period, kind=row.kind, starts_on=starts_on, ends_on=ends_on)
    validate_changed(row, starts_on=starts_on, ends_on=ends_on)
    validate_assistant(row.assistant, on=starts_on)
    if row.kind in COUNTED_KINDS:
        reason = override_reason or row.override_reason
        row.override_reason = reserve_slot(
            row.assistant, period, starts_on=starts_on, ends_on=ends_on, override_reason=reason
        )
    field = "starts_on" if starts_on != row.starts_on else "ends_on"
    with keeping_visits(period, field=field):
        row.set_last_day(ends_on)
        reason = f"Poprawienie przydzielenia: {why}"
        reschedule(row, on=starts_on, rows=period.assignments.all(), by=by, why=reason)
    return row


@action
def cancel_assignment(
    *, assignment: Assignment, why: str, version: int | None, by: User, give_back: bool = True
) -> list[Assignment]:
    """Delete an assignment nobody has worked on. With ``give_back`` its predecessors continue, and are returned.

    Raises ValidationError when it is no longer cancellable, or when a predecessor has no free slot any more.
    """
    period = _lock_with_assistants(assignment.period)
    row = lock_row(Assignment.objects, pk=assignment.pk, version=version)
    if refusal := cancellation_refusal(row):
        raise ValidationError(refusal)
    rows = period.assignments.select_related("assistant", "period")
    with keeping_visits(period):
        return cancel_row(row, rows=rows, give_back=give_back, by=by, why=f"Odwołanie przydzielenia: {why}")


# ---- the social worker -------------------------------------------------------------------------------
@action
def correct_lead_worker(
    *,
    lead: LeadWorkerAssignment,
    social_worker: User,
    starts_on: date,
    why: str,
    version: int | None,
    by: User,
) -> LeadWorkerAssignment:
    """Correct the lead social worker and their first day; the predecessor's last day follows."""
    family = lock_row(Family.objects, pk=lead.family_id)
    row = lock_row(LeadWorkerAssignment.objects, pk=lead.pk, version=version)
    validate_changed(row, social_worker=social_worker, starts_on=starts_on)
    validate_social_worker(social_worker, on=starts_on)
    if row.ends_on and starts_on > row.ends_on:
        raise ValidationError(
            {"starts_on": f"Ten wpis kończy się {short_date(row.ends_on)}. Wybierz wcześniejszy dzień."}
        )
    row.social_worker = social_worker
    rows = family.leads.select_related("social_worker")
    reschedule(row, on=starts_on, rows=rows, by=by, why=f"Poprawienie prowadzącego: {why}")
    return row


@action
def cancel_lead_worker(
    *, lead: LeadWorkerAssignment, why: str, version: int | None, by: User
) -> list[LeadWorkerAssignment]:
    """Delete a lead social worker entered by mistake or not yet started; the predecessor continues and is returned."""
    family = lock_row(Family.objects, pk=lead.family_id)
    row = lock_row(LeadWorkerAssignment.objects, pk=lead.pk, version=version)
    if refusal := cancellation_refusal(row):
        raise ValidationError(refusal)
    rows = family.leads.select_related("social_worker")
    return cancel_row(row, rows=rows, give_back=True, by=by, why=f"Odwołanie prowadzącego: {why}")

"""Deeds that mend what was entered wrongly: a row is corrected, or called off as if it had never been.

What somebody has already worked on is not called off: it is ended, or its days are corrected. History keeps both.
"""

from datetime import date

from django.core.exceptions import ValidationError

from families import law
from families.caseload.actions import BasisData
from families.caseload.models import COUNTED_KINDS, Assignment, LeadWorkerAssignment, LegalBasis, WorkPeriod
from families.caseload.predecessors import cancel_row, reschedule
from families.caseload.succession import is_cancellable
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
from lubsko_ops.core.polish import short_date

NOTHING_CHANGED = "Nic nie zostało zmienione. Popraw to, co jest źle, albo wybierz „Anuluj”."


def validate_changed(row, **facts) -> None:
    """A correction that corrects nothing leaves no trace."""
    if all(getattr(row, name) == value for name, value in facts.items()):
        raise ValidationError(NOTHING_CHANGED)


def cancellation_refusal(row) -> str:
    """May this assignment or lead be called off? It may until somebody has worked on it."""
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
    """Write a basis as it should have been; without ``ends_on`` it holds until further notice, also when it was
    ended by mistake.

    A later first day may leave days of work without a basis: that is then the truth, and the pages say so.
    Raises ValidationError when the same basis holds already in these days, or the work ends before.
    """
    period = lock_row(WorkPeriod.objects, pk=basis.period_id)
    row = lock_row(LegalBasis.objects, pk=basis.pk, version=version)
    for name, day in (("starts_on", data.starts_on), ("ends_on", ends_on)):
        if day and (refusal := law.after_work_refusal(ended_on=period.ends_on, on=day)):
            raise ValidationError({name: refusal})
    ends_on = ends_on or period.ends_on
    if ends_on and ends_on < data.starts_on:
        raise ValidationError({"ends_on": "Ostatni dzień nie może poprzedzać pierwszego."})
    facts = {"kind": data.kind, "person": data.person, "reference": data.reference}
    validate_changed(row, starts_on=data.starts_on, ends_on=ends_on, **facts)
    others = period.bases.active_on_or_after(data.starts_on).filter(**facts).exclude(pk=row.pk)
    if any(ends_on is None or other.starts_on <= ends_on for other in others):
        raise ValidationError("Taka podstawa jest już zapisana i obowiązuje w tym czasie.")
    if ends_on is None:
        row.ended_why = ""
    elif ends_on != period.ends_on:
        row.ended_why = row.ended_why or why
    row.kind, row.person, row.reference = data.kind, data.person, data.reference
    row.starts_on, row.ends_on = data.starts_on, ends_on
    return save_with_history(row, by=by, why=f"Poprawienie podstawy: {why}")


@action
def cancel_basis(*, basis: LegalBasis, why: str, version: int | None, by: User) -> None:
    """Take back a basis that never was. The first day of work keeps one: ValidationError says what to do first."""
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
    """Write the days of an assignment as they should have been. Who made room for it follows its first day.

    Raises what assigning raises: LimitReached, ValidationError for a day outside the work, the role, the contract.
    """
    period = WorkPeriod.objects.select_for_update(of=("self",), no_key=True).get(pk=assignment.period_id)
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
    row.ends_on = ends_on
    reschedule(
        row, on=starts_on, rows=period.assignments.all(), by=by, why=f"Poprawienie przydzielenia: {why}"
    )
    return row


@action
def cancel_assignment(
    *, assignment: Assignment, why: str, version: int | None, by: User, give_back: bool = True
) -> list[Assignment]:
    """Take back an assignment nobody has worked on. With ``give_back`` those who made room for it go on as
    before, and are returned.

    Raises ValidationError when it has begun on an earlier day than it was entered or planned, and when the one
    who would go on has no place any more.
    """
    period = WorkPeriod.objects.select_for_update(of=("self",), no_key=True).get(pk=assignment.period_id)
    row = lock_row(Assignment.objects, pk=assignment.pk, version=version)
    if refusal := cancellation_refusal(row):
        raise ValidationError(refusal)
    rows = period.assignments.select_related("assistant", "period")
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
    """Write who leads the family and from which day as it should have been. The one before follows."""
    family = Family.objects.select_for_update(of=("self",), no_key=True).get(pk=lead.family_id)
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
    """Take back a leading social worker who was entered by mistake or is still to come; the one before goes on."""
    family = Family.objects.select_for_update(of=("self",), no_key=True).get(pk=lead.family_id)
    row = lock_row(LeadWorkerAssignment.objects, pk=lead.pk, version=version)
    if refusal := cancellation_refusal(row):
        raise ValidationError(refusal)
    rows = family.leads.select_related("social_worker")
    return cancel_row(row, rows=rows, give_back=True, by=by, why=f"Odwołanie prowadzącego: {why}")

"""Validation of assignments. Refusals are Polish sentences in a ValidationError keyed by field."""

from datetime import date

from django.core.exceptions import ValidationError

from families import law
from families.caseload.caseload import get_caseloads
from families.caseload.models import COUNTED_KINDS, WorkPeriod
from families.choices import AssignmentKind
from families.employees.queries import confirmed_points
from families.employees.rules import unconfirmed_file_refusal
from lubsko_ops.accounts.models import Contract, RoleGrant, User
from lubsko_ops.core import clock
from lubsko_ops.core.locks import lock
from lubsko_ops.core.permissions import Role


class LimitReached(ValidationError):
    """One family above the limit. The only refusal the manager may override, with a reason that is stored."""


def validate_days(period: WorkPeriod, *, kind: str, starts_on: date, ends_on: date | None) -> None:
    """Refuse days outside the work period; monitoring must start after it has ended."""
    if kind == AssignmentKind.MONITORING:
        if period.ends_on is None or starts_on <= period.ends_on:
            raise ValidationError({"starts_on": "Monitorowanie zaczyna się po zakończeniu pracy z rodziną."})
        return
    days = {"began_on": period.starts_on, "ended_on": period.ends_on}
    refusals = {}
    if refusal := law.outside_work_refusal(on=starts_on, **days):
        refusals["starts_on"] = refusal
    if ends_on and (refusal := law.outside_work_refusal(on=ends_on, **days)):
        refusals["ends_on"] = refusal
    elif ends_on and ends_on < starts_on:
        refusals["ends_on"] = "Ostatni dzień nie może poprzedzać pierwszego."
    elif kind == AssignmentKind.STAND_IN and ends_on is None:
        refusals["ends_on"] = "Podaj ostatni dzień zastępstwa."
    if refusals:
        raise ValidationError(refusals)


def validate_assistant(assistant: User, *, on: date) -> None:
    """Refuse an assistant without an active account, the role or a contract on the day."""
    if not assistant.is_active:
        raise ValidationError({"assistant": "Konto tej osoby jest wyłączone."})
    if not RoleGrant.objects.active_on(on).filter(user=assistant, role=Role.ASSISTANT).exists():
        raise ValidationError({"assistant": "Ta osoba nie jest w tym dniu asystentem rodziny."})
    contracts = Contract.objects.filter(user=assistant).values_list("starts_on", "ends_on")
    if refusal := law.outside_contract_refusal(on=on, contracts=contracts):
        raise ValidationError({"assistant": refusal})


def validate_file(assistant: User) -> None:
    """Refuse an assistant whose file is not confirmed today; for which day the family is given does not matter."""
    confirmed = confirmed_points(assistant.pk)
    if refusal := unconfirmed_file_refusal(confirmed=confirmed, on=clock.today()):
        raise ValidationError({"assistant": refusal})


def validate_assignment(
    period: WorkPeriod, assistant: User, *, kind: str, starts_on: date, ends_on: date | None
) -> None:
    """Refuse the days and the assistant of a new assignment together.

    A family is given only to an assistant whose file the manager has confirmed; who only accompanies or monitors keeps
    a family given before.
    """
    refusals: dict[str, list[ValidationError]] = {}
    for check in (
        lambda: validate_days(period, kind=kind, starts_on=starts_on, ends_on=ends_on),
        lambda: validate_assistant(assistant, on=starts_on),
        lambda: validate_file(assistant) if kind in COUNTED_KINDS else None,
    ):
        try:
            check()
        except ValidationError as refusal:
            refusals = refusal.error_dict | refusals
    if refusals:
        raise ValidationError(refusals)


def reserve_slot(assistant, period, *, starts_on, ends_on, override_reason) -> str:
    """Check that the assistant has a free slot; return the override reason to store, empty when there is one.

    Raises LimitReached when there is no slot and no reason. The user, whom the action has locked at its start, stays
    locked until the transaction ends, so that two actions cannot both take the last slot.
    """
    lock(users=[assistant.pk])
    caseload = get_caseloads([assistant.pk], since=starts_on, excluded_family=period.family_id)[assistant.pk]
    contracts = Contract.objects.active_on_or_after(starts_on).filter(user=assistant)
    caseload = caseload.with_contracts(contracts)
    refusal = caseload.limit_refusal(starts_on, ends_on)
    if refusal and not override_reason:
        raise LimitReached({"assistant": refusal})
    return override_reason if refusal else ""


def validate_social_worker(user: User, *, on: date) -> None:
    """Refuse a user who is no social worker on the day."""
    if not RoleGrant.objects.active_on(on).filter(user=user, role=Role.SOCIAL_WORKER).exists():
        raise ValidationError({"social_worker": "Ta osoba nie jest w tym dniu pracownikiem socjalnym."})

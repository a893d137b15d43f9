"""May this assistant be assigned to this family on these days? Refusals are sentences beside their fields."""

from datetime import date

from django.core.exceptions import ValidationError

from families import law
from families.caseload.caseload import get_caseloads
from families.caseload.models import WorkPeriod
from families.choices import AssignmentKind
from lubsko_ops.accounts.models import Contract, RoleGrant, User
from lubsko_ops.core.permissions import Role


class LimitReached(ValidationError):
    """The 16th family. Only this refusal may be overridden, by the manager, with a reason that stays on record."""


def validate_days(period: WorkPeriod, *, kind: str, starts_on: date, ends_on: date | None) -> None:
    """Work has an assistant while it goes on, monitoring begins when it has ended."""
    if kind == AssignmentKind.MONITORING:
        if period.ends_on is None or starts_on <= period.ends_on:
            raise ValidationError({"starts_on": "Monitorowanie zaczyna się po zakończeniu pracy z rodziną."})
        return
    days = {"began_on": period.starts_on, "ended_on": period.ends_on}
    if refusal := law.outside_work_refusal(on=starts_on, **days):
        raise ValidationError({"starts_on": refusal})
    if ends_on and (refusal := law.outside_work_refusal(on=ends_on, **days)):
        raise ValidationError({"ends_on": refusal})
    if ends_on and ends_on < starts_on:
        raise ValidationError({"ends_on": "Ostatni dzień nie może poprzedzać pierwszego."})
    if kind == AssignmentKind.STAND_IN and ends_on is None:
        raise ValidationError({"ends_on": "Podaj ostatni dzień zastępstwa."})


def validate_assistant(assistant: User, *, on: date) -> None:
    """Only somebody with an account, the role and a contract on the day may be assigned."""
    if not assistant.is_active:
        raise ValidationError({"assistant": "Konto tej osoby jest wyłączone."})
    if not RoleGrant.objects.active_on(on).filter(user=assistant, role=Role.ASSISTANT).exists():
        raise ValidationError({"assistant": "Ta osoba nie jest w tym dniu asystentem rodziny."})
    contracts = Contract.objects.filter(user=assistant).values_list("starts_on", "ends_on")
    if refusal := law.outside_contract_refusal(on=on, contracts=contracts):
        raise ValidationError({"assistant": refusal})


def reserve_slot(assistant, period, *, starts_on, ends_on, override_reason) -> str:
    """Refuse the family the assistant may not take; returns the reason to keep, empty when there is a place.

    Her row stays locked until the deed ends, so that two deeds cannot both take her last place.
    """
    User.objects.select_for_update(of=("self",), no_key=True).get(pk=assistant.pk)
    load = get_caseloads([assistant.pk], since=starts_on, leaving_out=period.family_id)[assistant.pk]
    refusal = load.why_no_place(starts_on, ends_on)
    if refusal and not override_reason:
        raise LimitReached({"assistant": refusal})
    return override_reason if refusal else ""


def validate_social_worker(user: User, *, on: date) -> None:
    """Only somebody who holds the role on the day may lead a family."""
    if not RoleGrant.objects.active_on(on).filter(user=user, role=Role.SOCIAL_WORKER).exists():
        raise ValidationError({"social_worker": "Ta osoba nie jest w tym dniu pracownikiem socjalnym."})

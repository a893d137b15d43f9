"""Deeds about the work with a family: beginning and ending it, its basis, the assistant, the social worker."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from families import law
from families.assignments.models import (
    COUNTING,
    Assignment,
    CaseCounter,
    SocialWorkerLead,
    WorkBasis,
    WorkPeriod,
)
from families.dictionaries import AssignmentKind
from families.people.models import Family, Person
from lubsko_ops.access import Role
from lubsko_ops.audit import end_as, locked, save_as
from lubsko_ops.dated import day_before
from lubsko_ops.dates import peak
from lubsko_ops.staff.models import Contract, RoleGrant, User


@dataclass(kw_only=True)
class BasisData:
    """A basis of the work that is being entered: kind, from which day, whose consent, which court."""

    kind: str
    starts_on: date
    person: Person | None = None
    reference: str = ""


def _next_serial(year: int) -> int:
    """The next case number of the year. The counter's row stays locked until the deed ends: no gaps, no doubles."""
    CaseCounter.objects.get_or_create(year=year)
    counter = CaseCounter.objects.select_for_update().get(year=year)
    counter.last += 1
    counter.save()
    return counter.last


@transaction.atomic
def begin_work(*, family: Family, starts_on: date, bases: list[BasisData], by: User) -> WorkPeriod:
    """Begin a period of work with a family, with its case number and at least one basis that holds from its first day.

    Raises ValidationError with the sentence of the law when no basis holds on the first day.
    """
    Family.objects.select_for_update().get(pk=family.pk)
    if not any(basis.starts_on <= starts_on for basis in bases):
        raise ValidationError({"basis_since": law.why_not_without_basis(on=starts_on)})
    period = WorkPeriod(family=family, year=starts_on.year, serial=_next_serial(starts_on.year), starts_on=starts_on)
    save_as(period, by=by, why="Początek pracy z rodziną")
    for basis in bases:
        add_basis(period=period, data=basis, by=by)
    return period


@transaction.atomic
def end_work(*, period: WorkPeriod, on: date, reason: str, by: User) -> WorkPeriod:
    """The last day of work and its reason; assignments and bases that are still open end on that day."""
    row = locked(WorkPeriod.objects, pk=period.pk)
    for open_row in (*row.assignments.open_from(on), *row.bases.open_from(on)):
        if open_row.starts_on > on:
            raise ValidationError("Po dniu zakończenia zaczyna się jeszcze przydzielenie albo podstawa pracy.")
        if open_row.ends_on is None or open_row.ends_on > on:
            end_as(open_row, on=on, by=by, why="Zakończenie pracy z rodziną")
    row.closing_reason = reason
    return end_as(row, on=on, by=by, why="Zakończenie pracy z rodziną")


@transaction.atomic
def add_basis(*, period: WorkPeriod, data: BasisData, by: User) -> WorkBasis:
    """Add a basis (podstawa) to a period of work."""
    basis = WorkBasis(
        period=period, kind=data.kind, person=data.person, reference=data.reference, starts_on=data.starts_on
    )
    return save_as(basis, by=by, why="Podstawa pracy z rodziną")


@transaction.atomic
def end_basis(*, basis: WorkBasis, on: date, why: str, version: int | None, by: User) -> WorkBasis:
    """The last day a basis holds: consent withdrawn, order lifted. The reason stays on record."""
    row = locked(WorkBasis.objects, pk=basis.pk, version=version)
    row.ended_why = why
    return end_as(row, on=on, by=by, why=f"Koniec podstawy: {why}")


def counted_families(assistant: User, *, since: date) -> int:
    """The greatest number of families the assistant has on one day from this day on, as art. 15 ust. 4 counts them.

    Leading and standing in count; a family counts once however many rows it has.
    """
    rows = (
        Assignment.objects.open_from(since)
        .filter(assistant=assistant, kind__in=COUNTING)
        .values_list("starts_on", "ends_on")
    )
    return peak(rows, since)


def _take_place(assistant: User, *, starts_on: date, override_reason: str) -> None:
    """Refuse the family the assistant may not take. Her row stays locked, so two deeds cannot both take the last place."""
    User.objects.select_for_update(of=("self",), no_key=True).get(pk=assistant.pk)
    if not RoleGrant.objects.open_on(starts_on).filter(user=assistant, role=Role.ASSISTANT).exists():
        raise ValidationError({"assistant": "Ta osoba nie jest w tym dniu asystentem rodziny."})
    if not Contract.objects.open_on(starts_on).filter(user=assistant).exists():
        raise ValidationError({"assistant": law.why_not_outside_contract(on=starts_on)})
    refusal = law.why_no_more_families(counted_families(assistant, since=starts_on), on=starts_on)
    if refusal and not override_reason:
        raise LimitReached(refusal)


class LimitReached(ValidationError):
    """The 16th family. Only this refusal may be overridden, by the manager, with a reason that stays on record."""


@transaction.atomic
def assign_assistant(
    *, period: WorkPeriod, assistant: User, starts_on: date, by: User, kind: str = AssignmentKind.LEADING,
    ends_on: date | None = None, override_reason: str = "",
) -> Assignment:
    """Assign an assistant (przydzielenie) from a day. A new leading assistant takes over: the one until now ends
    the day before.

    Raises LimitReached for the 16th family, ValidationError for a day outside the work or the contract.
    """
    period = WorkPeriod.objects.select_for_update().get(pk=period.pk)
    if not period.holds_on(starts_on):
        raise ValidationError({"starts_on": law.why_not_before_work(began_on=period.starts_on, on=starts_on)})
    if kind in COUNTING:
        _take_place(assistant, starts_on=starts_on, override_reason=override_reason)
    if kind == AssignmentKind.LEADING:
        _hand_over(period, to=assistant, on=starts_on, by=by)
    assignment = Assignment(
        period=period, assistant=assistant, kind=kind, starts_on=starts_on, ends_on=ends_on,
        override_reason=override_reason,
    )
    why = "Zastępstwo asystenta" if kind == AssignmentKind.STAND_IN else "Przydzielenie asystenta rodziny"
    return save_as(assignment, by=by, why=f"{why}. Przekroczenie limitu: {override_reason}" if override_reason else why)


def _hand_over(period: WorkPeriod, *, to: User, on: date, by: User) -> None:
    """The leading assistant until now keeps the family until the day before."""
    for current in period.assignments.open_from(on).filter(kind=AssignmentKind.LEADING):
        if current.assistant_id == to.pk:
            raise ValidationError({"assistant": "Ta osoba już prowadzi tę rodzinę."})
        if current.starts_on >= on:
            raise ValidationError(
                {"starts_on": f"Od {current.starts_on:%d.%m.%Y} rodzinę prowadzi inny asystent. Wybierz późniejszy dzień."}
            )
        end_as(current, on=day_before(on), by=by, why="Przekazanie rodziny innemu asystentowi")


@transaction.atomic
def end_assignment(*, assignment: Assignment, on: date, version: int | None, by: User) -> Assignment:
    """The last day of an assignment."""
    return end_as(
        locked(Assignment.objects, pk=assignment.pk, version=version), on=on, by=by, why="Koniec przydzielenia"
    )


@transaction.atomic
def take_on(
    *, family: Family, assistant: User, starts_on: date, bases: list[BasisData], by: User, override_reason: str = ""
) -> Assignment:
    """Begin work with a family and assign its assistant, in one deed (przydzielenie nowej rodziny)."""
    period = begin_work(family=family, starts_on=starts_on, bases=bases, by=by)
    return assign_assistant(
        period=period, assistant=assistant, starts_on=starts_on, override_reason=override_reason, by=by
    )


@transaction.atomic
def set_lead(*, family: Family, social_worker: User, since: date, by: User) -> SocialWorkerLead:
    """The leading social worker from a day; the one until now ends the day before."""
    if not RoleGrant.objects.open_on(since).filter(user=social_worker, role=Role.SOCIAL_WORKER).exists():
        raise ValidationError({"social_worker": "Ta osoba nie jest w tym dniu pracownikiem socjalnym."})
    current = SocialWorkerLead.objects.select_for_update(of=("self",)).open_on(since).filter(family=family).first()
    if current and current.social_worker_id == social_worker.pk:
        return current
    if current and current.starts_on == since:
        current.social_worker = social_worker
        return save_as(current, by=by, why="Poprawienie prowadzącego pracownika socjalnego")
    if current:
        end_as(current, on=day_before(since), by=by, why="Zmiana prowadzącego pracownika socjalnego")
    lead = SocialWorkerLead(family=family, social_worker=social_worker, starts_on=since)
    return save_as(lead, by=by, why="Prowadzący pracownik socjalny")

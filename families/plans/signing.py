"""Signatures of the family: each one recorded, and the plan in force as soon as nobody is missing."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError

from families.choices import PARENTS, PlanState, SignatureKind, Stay
from families.people.models import Membership, Person
from families.people.queries import ADULT
from families.plans.models import Plan, PlanSignature
from families.plans.validators import check_state, check_work_goes_on
from lubsko_ops.accounts.models import User
from lubsko_ops.audit.history import delete_with_history, lock_row, save_with_history
from lubsko_ops.core import clock
from lubsko_ops.core.actions import action
from lubsko_ops.core.dates import age_on
from lubsko_ops.core.polish import short_day
from lubsko_ops.core.temporal import day_before

ONE_DAY = timedelta(days=1)
IN_FORCE = "Plan wszedł w życie"


@dataclass(frozen=True)
class Said:
    """What one member of the family said to the plan: signed, or refused and why."""

    person: Person
    kind: str
    day: date
    reason: str = ""


def adults_of(plan: Plan, *, on: date) -> list[Membership]:
    """Adults of the family and parents who are minors, parents first, wherever they live. One statement."""
    rows = Membership.objects.active_on(on).filter(family=plan.period.family_id)
    alive = rows.exclude(person__died_on__lte=on).select_related("person")
    found = [row for row in alive if _adult(row.person, on) or row.kinship in PARENTS]
    return sorted(found, key=lambda row: (row.kinship not in PARENTS, row.pk))


def signers_of(plan: Plan, *, on: date) -> list[Person]:
    """Whose signature the plan needs: every adult who lives with the family, and a parent who is a minor."""
    return [row.person for row in adults_of(plan, on=on) if row.stay != Stay.ELSEWHERE]


def _adult(person: Person, on: date) -> bool:
    """Of unknown birth: taken for an adult, so that nobody's signature is forgotten."""
    return person.born_on is None or age_on(person.born_on, on) >= ADULT


def missing_signers(plan: Plan, *, on: date) -> list[Person]:
    """Who has neither signed nor refused yet."""
    there = set(plan.signatures.values_list("person", flat=True))
    return [person for person in signers_of(plan, on=on) if person.pk not in there]


@action
def record_signature(
    *, plan: Plan, person: Person, kind: str, day: date, reason: str = "", version: int | None, by: User
) -> PlanSignature:
    """Write that a member of the family signed the plan, or refused and why. The last one puts it in force."""
    row = lock_row(Plan.objects, pk=plan.pk, version=version)
    check_state(row, PlanState.ACCEPTED, PlanState.SIGNED)
    check_work_goes_on(row.period, on=clock.today())
    refusals = {}
    if day > clock.today():
        refusals["day"] = "Ten dzień jeszcze nie nadszedł."
    if day < row.accepted_on:
        refusals["day"] = (
            f"Plan zaakceptowano {short_day(row.accepted_on)}. Podpis nie może być wcześniejszy."
        )
    if kind == SignatureKind.REFUSED and not reason.strip():
        refusals["reason"] = "Napisz, dlaczego odmówiono podpisu."
    members = Membership.objects.active_on(day).filter(family=row.period.family_id, person=person)
    if not members.exists():
        refusals["person"] = "Ta osoba nie należy w tym dniu do rodziny."
    if refusals:
        raise ValidationError(refusals)
    signature = PlanSignature(
        plan=row,
        person=person,
        kind=kind,
        day=day,
        reason=reason if kind == SignatureKind.REFUSED else "",
    )
    save_with_history(
        signature, by=by, why="Podpis pod planem" if not signature.reason else "Odmowa podpisu pod planem"
    )
    _enter_into_force(row, by=by)
    return signature


@action
def record_signatures(*, plan: Plan, said: list[Said], version: int | None, by: User) -> list[PlanSignature]:
    """Write what several members said, all or nothing. Refusals come together, by ``<field>_<id of the person>``."""
    row = lock_row(Plan.objects, pk=plan.pk, version=version)
    check_state(row, PlanState.ACCEPTED, PlanState.SIGNED)
    check_work_goes_on(row.period, on=clock.today())
    written, refusals = [], {}
    for each in said:
        try:
            written.append(record_signature(plan=row, version=None, by=by, **vars(each)))
        except ValidationError as refusal:
            of_fields = refusal.error_dict if hasattr(refusal, "error_dict") else {"kind": refusal.error_list}
            refusals |= {f"{name}_{each.person.pk}": errors for name, errors in of_fields.items()}
    if refusals:
        raise ValidationError(refusals)
    return written


@action
def take_back_signature(*, signature: PlanSignature, why: str, by: User) -> None:
    """Take back a signature entered by mistake, as long as the plan has not entered into force."""
    plan = lock_row(Plan.objects, pk=signature.plan_id)
    check_state(plan, PlanState.ACCEPTED)
    check_work_goes_on(plan.period, on=clock.today())
    if not why.strip():
        raise ValidationError({"why": "Napisz, na czym polega pomyłka."})
    row = plan.signatures.filter(pk=signature.pk).first()
    if row is None:
        raise ValidationError("Ten podpis ktoś już odwołał.")
    delete_with_history(row, by=by, why=f"Odwołanie podpisu: {why}")


@action
def put_in_force(*, plan: Plan, version: int | None, by: User) -> Plan:
    """Put an accepted plan in force when whoever was missing does not belong to the household any more."""
    row = lock_row(Plan.objects, pk=plan.pk, version=version)
    check_state(row, PlanState.ACCEPTED)
    check_work_goes_on(row.period, on=clock.today())
    _enter_into_force(row, by=by)
    if row.state != PlanState.SIGNED:
        names = ", ".join(str(person) for person in missing_signers(row, on=clock.today()))
        raise ValidationError(f"Brakuje podpisu albo odmowy: {names or 'nikt jeszcze nie podpisał'}.")
    return row


def _enter_into_force(plan: Plan, *, by: User) -> None:
    """The plan holds from its first day, or from the last signature when that came later; the old one ends then."""
    if plan.state == PlanState.SIGNED:
        return
    needed = {person.pk for person in signers_of(plan, on=clock.today())}
    days = dict(plan.signatures.values_list("person", "day"))
    if not days or needed - days.keys():
        return
    # A signature nobody waited for puts nothing off; it counts only where nobody is left to wait for.
    last = max(days[person] for person in needed or days)
    start = max(plan.covers_from, last)
    before = plan.period.plans.filter(in_force_from__isnull=False, in_force_to=None).first()
    if before:
        start = max(start, before.in_force_from)
        if before.in_force_from == start:  # replaced on its very first day: the new one begins the day after
            start += ONE_DAY
        before.in_force_to = day_before(start)
        save_with_history(before, by=by, why="Zastąpienie planu nową wersją")
    plan.state, plan.in_force_from = PlanState.SIGNED, start
    save_with_history(plan, by=by, why=IN_FORCE)

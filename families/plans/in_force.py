"""Putting an accepted plan in force: from which day, by signatures, the version before and the basis of the work."""

from datetime import date

from django.core.exceptions import ValidationError

from families.choices import PlanState
from families.plans.models import Plan
from families.plans.papers import IN_FORCE, issue_plan
from families.plans.queries import required_signers
from families.plans.validators import no_basis_refusal, past_period_sentence
from lubsko_ops.accounts.models import User
from lubsko_ops.audit.history import save_with_history
from lubsko_ops.core import clock
from lubsko_ops.core.dates import ONE_DAY
from lubsko_ops.core.temporal import day_before

IN_FORCE_REASON = "Plan wszedł w życie"


def signed_start(plan: Plan, *, on: date) -> date | None:
    """The first day of the plan, or that of the last required signature if later; None while a signature is missing."""
    required = {person.pk for person in required_signers(plan, on=on)}
    days = dict(plan.signatures.values_list("person", "day"))
    if not days or required - days.keys():
        return None
    # Signatures that are not required do not delay the start, unless no signature is required any more.
    last = max(days[person] for person in required or days)
    return possible_start(plan, max(plan.covers_from, last))


def possible_start(plan: Plan, start: date) -> date:
    """The day itself, or a later one: the version before is replaced after its own first day, and the work has a basis.

    Without a basis on any later day the day itself is returned, and ``no_basis_refusal`` says why it is refused.
    """
    if previous := version_without_end(plan):
        start = max(start, previous.in_force_from + ONE_DAY)
    if not no_basis_refusal(plan.period, on=start):
        return start
    later = plan.period.bases.filter(starts_on__gt=start).order_by("starts_on").first()
    return later.starts_on if later else start


def version_without_end(plan: Plan) -> Plan | None:
    """The version that this one will replace, if any."""
    return plan.period.plans.filter(in_force_from__isnull=False, in_force_to=None).first()


def check_basis(plan: Plan, start: date) -> None:
    """Raise ValidationError unless the work has a legal basis on the first day of the plan."""
    if refusal := no_basis_refusal(plan.period, on=start):
        raise ValidationError(refusal)


def enter_into_force_if_signed(plan: Plan, *, by: User) -> None:
    """Put the plan in force when no signature and no basis is missing; never by itself after its own period."""
    if plan.state == PlanState.SIGNED:
        return
    start = signed_start(plan, on=clock.today())
    waits = start is None or no_basis_refusal(plan.period, on=start)
    if start and not waits and not past_period_sentence(plan, start):
        enter_into_force(plan, start, by=by, why=IN_FORCE_REASON)


def enter_into_force(plan: Plan, start: date, *, by: User, why: str) -> Plan:
    """Put the plan in force from the day and issue its paper; the previous version ends the day before."""
    if previous := version_without_end(plan):
        previous.in_force_to = day_before(start)
        save_with_history(previous, by=by, why="Zastąpienie planu nową wersją")
    plan.state, plan.in_force_from = PlanState.SIGNED, start
    save_with_history(plan, by=by, why=why)
    issue_plan(plan, IN_FORCE, by=by)
    return plan

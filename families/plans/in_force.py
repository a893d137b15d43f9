"""From which day an accepted plan is in force, by its signatures, the version before it and the basis of the work."""

from datetime import date, timedelta

from families.plans.models import Plan
from families.plans.queries import required_signers
from families.plans.validators import no_basis_refusal

ONE_DAY = timedelta(days=1)


def signed_start(plan: Plan, *, on: date) -> date | None:
    """The first day of the plan, or that of the last required signature if later; None while a signature is missing."""
    required = {person.pk for person in required_signers(plan, on=on)}
    days = dict(plan.signatures.values_list("person", "day"))
    if not days or required - days.keys():
        return None
    # Signatures that are not required do not delay the start, unless nobody is required to sign any more.
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

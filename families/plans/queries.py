"""Questions about plans: which version holds, which is on its way, how its actions go."""

from collections.abc import Iterable
from datetime import date

from django.db.models import OuterRef, Prefetch, Q, Subquery, prefetch_related_objects
from django.db.models.functions import Coalesce

from families.choices import PARENTS, LivingArrangement, PlanState
from families.people.models import Family, Membership, Person
from families.people.queries import ADULT_AGE
from families.plans.models import (
    ActionProgress,
    Plan,
    PlanAction,
    PlanReturn,
    PlanReview,
    PlanSignature,
    RowRemark,
)
from lubsko_ops.core.dates import age_on


def versions_of(family: Family):
    """Every version of the plans of a family, the newest work and the highest number first."""
    return (
        Plan.objects.filter(period__family=family)
        .select_related("period", "author", "consulted_by", "accepted_by")
        .order_by("-period__starts_on", "-number")
    )


def whole(plans):
    """Plans with everything said of them; a fixed number of statements."""
    return plans.prefetch_related(_rows(), _signatures(), _returns())


def fill(plan: Plan) -> Plan:
    """A plan at hand with its rows and what its stage has: remarks until it is accepted, signatures afterwards."""
    prefetch_related_objects([plan], _rows(), _signatures() if plan.frozen else _returns())
    return plan


def _rows() -> Prefetch:
    return Prefetch("actions", PlanAction.objects.order_by("position", "pk"))


def _signatures() -> Prefetch:
    rows = PlanSignature.objects.select_related("person", "entered_by").order_by("pk")
    return Prefetch("signatures", rows)


def _returns() -> Prefetch:
    remarks = RowRemark.objects.select_related("entered_by").order_by("pk")
    rows = PlanReturn.objects.select_related("entered_by").order_by("-day", "-pk")
    return Prefetch("returns", rows.prefetch_related(Prefetch("remarks", remarks)))


def in_force_on(family: Family, *, on: date) -> Plan | None:
    """The version the family works by on the day; also one whose own period has run out and was not replaced."""
    rows = versions_of(family).filter(in_force_from__lte=on)
    return next((plan for plan in rows if plan.in_force_on(on)), None)


def in_work(family: Family) -> Plan | None:
    """The version on its way from draft to signatures, at most one in the work that goes on."""
    return versions_of(family).exclude(state=PlanState.SIGNED).first()


def reviews_of(plan: Plan):
    """Reviews that left a plan as it was, in the days the version was in force, the newest first."""
    reviews = PlanReview.objects.filter(period=plan.period_id, day__gte=plan.in_force_from)
    if plan.in_force_to:
        reviews = reviews.filter(day__lte=plan.in_force_to)
    return reviews.select_related("entered_by").order_by("-day", "-pk")


def of_line(line):
    """Rows of all versions that go on from one another; each of the two conditions has its index."""
    return PlanAction.objects.filter(Q(pk=line) | Q(first=line))


def progress_of(plan: Plan, *, until: date) -> dict[int, list[ActionProgress]]:
    """What was told of the rows of a version, oldest first, by the id of the line; one statement besides the rows.

    Told in this version or in an earlier one, on whatever day: a version may end on a day before the one on which
    somebody still worked by it, when the signatures under the next are written down late.
    """
    lines = {action.line for action in plan.actions.all()}
    found: dict[int, list[ActionProgress]] = {line: [] for line in lines}
    of_lines = PlanAction.objects.filter(Q(pk__in=lines) | Q(first__in=lines), plan__number__lte=plan.number)
    rows = ActionProgress.objects.filter(day__lte=until, action__in=of_lines.values("pk"))
    rows = rows.annotate(line=Coalesce("action__first_id", "action_id"))
    for row in rows.select_related("visit", "entered_by").order_by("day", "pk"):
        found[row.line].append(row)
    return found


def adults_of(plan: Plan, *, on: date) -> list[Membership]:
    """Adults of the family and parents who are minors, parents first, wherever they live. One statement."""
    rows = Membership.objects.active_on(on).filter(family=plan.period.family_id)
    alive = rows.exclude(person__died_on__lte=on).select_related("person")
    found = [row for row in alive if _adult(row.person, on) or row.kinship in PARENTS]
    return sorted(found, key=lambda row: (row.kinship not in PARENTS, row.pk))


def signers_of(plan: Plan, *, on: date) -> list[Person]:
    """Whose signature the plan needs: every adult who lives with the family, and a parent who is a minor."""
    return [row.person for row in adults_of(plan, on=on) if row.stay != LivingArrangement.ELSEWHERE]


def _adult(person: Person, on: date) -> bool:
    """Of unknown birth: taken for an adult, so that nobody's signature is forgotten."""
    return person.born_on is None or age_on(person.born_on, on) >= ADULT_AGE


def missing_signers(plan: Plan, *, on: date) -> list[Person]:
    """Who has neither signed nor refused yet."""
    there = set(plan.signatures.values_list("person", flat=True))
    return [person for person in signers_of(plan, on=on) if person.pk not in there]


def actions_to_touch(
    family: Family, *, since: date, until: date, also: Iterable[int] = (), leaving_out: int | None = None
) -> list[PlanAction]:
    """Actions of the versions in force on some of these days, newest version first; one statement.

    ``also``: ids of actions chosen already. Each has ``last_state``: the last state told along its line, not
    counting the visit ``leaving_out``.
    """
    held = Q(plan__in_force_to=None) | Q(plan__in_force_to__gte=since)
    line = of_line(OuterRef(OuterRef("the_line"))).values("pk")
    told = ActionProgress.objects.filter(action__in=line, day__lte=until).exclude(state="")
    told = told.exclude(visit=leaving_out) if leaving_out else told
    rows = PlanAction.objects.filter(held & Q(plan__in_force_from__lte=until) | Q(pk__in=list(also)))
    rows = rows.filter(plan__period__family=family).select_related("plan__period")
    rows = rows.annotate(the_line=Coalesce("first_id", "pk"))
    rows = rows.annotate(last_state=Subquery(told.order_by("-day", "-pk").values("state")[:1]))
    return list(rows.order_by("-plan__number", "position", "pk"))

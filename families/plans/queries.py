"""Queries about plans: versions, their rows and progress, and whose signatures they need."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery, prefetch_related_objects
from django.db.models.functions import Coalesce

from families.choices import PARENTS, PlanState
from families.people.models import Family, Membership, Person
from families.plans.models import (
    ActionProgress,
    Plan,
    PlanAction,
    PlanReturn,
    PlanReview,
    PlanSignature,
    RowRemark,
)
from lubsko_ops.core.compiled_query import CompiledQuery
from lubsko_ops.core.lookups import is_among


def plan_versions(family: Family):
    """Every plan version of the family, newest work period and highest number first."""
    return (
        Plan.objects.filter(period__family=family)
        .select_related("period", "author", "consulted_by", "accepted_by")
        .order_by("-period__starts_on", "-number")
    )


VERSIONS = CompiledQuery(lambda family: plan_versions(Family(pk=family)), family=-1)


def with_details(plans):
    """Plans with rows, signatures and returns prefetched; a fixed number of statements."""
    return plans.prefetch_related(_actions_prefetch(), _signatures_prefetch(), _returns_prefetch())


def prefetch_details(plan: Plan) -> Plan:
    """Prefetch the rows and what the stage of the plan has: returns until it is accepted, signatures afterwards."""
    prefetch_related_objects(
        [plan], _actions_prefetch(), _signatures_prefetch() if plan.frozen else _returns_prefetch()
    )
    return plan


def _actions_prefetch() -> Prefetch:
    return Prefetch("actions", PlanAction.objects.order_by("position", "pk"))


def _signatures_prefetch() -> Prefetch:
    rows = PlanSignature.objects.select_related("person", "entered_by").order_by("pk")
    return Prefetch("signatures", rows)


def _returns_prefetch() -> Prefetch:
    remarks = RowRemark.objects.select_related("entered_by").order_by("pk")
    rows = PlanReturn.objects.select_related("entered_by").order_by("-day", "-pk")
    return Prefetch("returns", rows.prefetch_related(Prefetch("remarks", remarks)))


def plan_in_force_on(family: Family, *, on: date) -> Plan | None:
    """The version in force on the day, also when its own period is over and nothing replaced it."""
    rows = plan_versions(family).filter(in_force_from__lte=on)
    return next((plan for plan in rows if plan.in_force_on(on)), None)


def plan_in_preparation(family: Family) -> Plan | None:
    """The version between draft and signatures; at most one per work period."""
    return plan_versions(family).exclude(state=PlanState.SIGNED).first()


def reviews_without_change(plan: Plan) -> list[PlanReview]:
    """Reviews without change in the days the version was in force, newest first."""
    return REVIEWS.all(period=plan.period_id, since=plan.in_force_from, until=plan.in_force_to or date.max)


REVIEWS = CompiledQuery(
    lambda period, since, until: (
        PlanReview.objects.filter(period=period, day__gte=since, day__lte=until)
        .select_related("entered_by")
        .order_by("-day", "-pk")
    ),
    period=-1,
    since=date.min,
    until=date.max,
)


def actions_of_lineage(lineage_id):
    """Rows of all versions that continue one another; each of the two conditions has its index."""
    return PlanAction.objects.filter(Q(pk=lineage_id) | Q(origin=lineage_id))


def progress_by_lineage(plan: Plan, *, until: date) -> dict[int, list[ActionProgress]]:
    """Progress entries of the rows of a version, oldest first, by lineage id; one statement besides the rows.

    Includes entries made in earlier versions, on any day: when the signatures under the next version are recorded
    late, a version may end before a day on which somebody still worked by it.
    """
    lineages = {action.lineage_id for action in plan.actions.all()}
    progress: dict[int, list[ActionProgress]] = {lineage_id: [] for lineage_id in lineages}
    for row in PROGRESS.all(lineages=list(lineages), number=plan.number, until=until):
        progress[row.lineage_id].append(row)
    return progress


def _progress(lineages: list[int], number: int, until: date) -> QuerySet[ActionProgress]:
    of_lineages = is_among(lineages) | is_among(lineages, "origin_id")
    actions = PlanAction.objects.filter(of_lineages, plan__number__lte=number)
    rows = ActionProgress.objects.filter(day__lte=until, action__in=actions.values("pk"))
    rows = rows.annotate(lineage_id=Coalesce("action__origin_id", "action_id"))
    return rows.select_related("visit", "entered_by").order_by("day", "pk")


PROGRESS = CompiledQuery(_progress, lineages=[-1], number=30_000, until=date.min)  # no plan has that number


def signing_members(family: int, *, on: date) -> list[Membership]:
    """Who may sign, wherever they live: adults and guardians who are minors; parents first. One statement."""
    rows = Membership.objects.signing_on(on).filter(family=family).select_related("person")
    return sorted(rows, key=parents_first)


def parents_first(row: Membership) -> tuple[bool, int]:
    """Order of the members on the page and on the papers of a plan."""
    return row.kinship not in PARENTS, row.pk


def required_signers(plan: Plan, *, on: date) -> list[Person]:
    """Who must sign: those of the signing members who live with the family."""
    return [row.person for row in signing_members(plan.period.family_id, on=on) if row.lives_here]


def missing_signers(plan: Plan, *, on: date) -> list[Person]:
    """Required signers who have neither signed nor refused yet."""
    recorded = set(plan.signatures.values_list("person", flat=True))
    return [person for person in required_signers(plan, on=on) if person.pk not in recorded]


def actions_for_visit(
    family: Family,
    *,
    since: date,
    until: date,
    include: Collection[int] = (),
    only: Collection[int] | None = None,
    exclude_visit: int | None = None,
) -> list[PlanAction]:
    """Actions a visit may report progress of: of versions in force between the days, newest first; one statement.

    include: ids of actions chosen already. only: just those of these actions with the given ids. Each action has
    ``last_state``, the last state recorded in its lineage, not counting ``exclude_visit``.
    """
    if only is not None and not only:
        return []
    if only is None and not include and exclude_visit is None:
        return ACTIONS_IN_FORCE.all(family=family.pk, since=since, until=until)
    rows = _actions_for_visit(family.pk, since, until, include, exclude_visit)
    return list(rows if only is None else rows.filter(pk__in=only))


def _actions_for_visit(
    family: int, since: date, until: date, include: Iterable[int] = (), exclude_visit: int | None = None
) -> QuerySet[PlanAction]:
    not_ended = Q(plan__in_force_to=None) | Q(plan__in_force_to__gte=since)
    lineage = actions_of_lineage(OuterRef(OuterRef("lineage"))).values("pk")
    progress = ActionProgress.objects.filter(action__in=lineage, day__lte=until).exclude(state="")
    progress = progress.exclude(visit=exclude_visit) if exclude_visit else progress
    rows = PlanAction.objects.filter(not_ended & Q(plan__in_force_from__lte=until) | Q(pk__in=list(include)))
    rows = rows.filter(plan__period__family=family).select_related("plan__period")
    rows = rows.annotate(lineage=Coalesce("origin_id", "pk"))
    rows = rows.annotate(last_state=Subquery(progress.order_by("-day", "-pk").values("state")[:1]))
    return rows.order_by("-plan__number", "position", "pk")


# Of a new visit: nothing is chosen yet.
ACTIONS_IN_FORCE = CompiledQuery(_actions_for_visit, family=-1, since=date.min, until=date.max)

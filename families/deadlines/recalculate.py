"""Recalculates stored deadlines from case facts: in the action that changed them, and nightly for all families."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Max, Min, Q, QuerySet

from families.assessments.models import Assessment
from families.care.models import Placement
from families.caseload.models import COUNTED_KINDS, Assignment, LeadWorkerAssignment, LegalBasis, WorkPeriod
from families.choices import VisitResult
from families.deadlines.models import Deadline
from families.deadlines.rules import CaseFacts, ConcernFacts, DeadlineSpec, compute_deadlines
from families.people.models import Membership, Person
from families.plans.models import Plan, PlanReturn, PlanReview
from families.plans.review_triggers import get_plan_facts, periods_with_plan_facts
from families.visits.models import SafeguardingConcern, SafeguardingStep, Visit
from lubsko_ops.core import clock
from lubsko_ops.core.dates import ONE_DAY
from lubsko_ops.core.locks import lock

DeadlineKey = tuple[int, str, int]  # family, kind, subject
WATCHED_MODELS = {
    WorkPeriod,
    LegalBasis,
    Assignment,
    LeadWorkerAssignment,
    Visit,
    SafeguardingConcern,
    SafeguardingStep,
    Assessment,
}
WATCHED_MODELS |= {Plan, PlanReturn, PlanReview, Placement}


def recalculate_after_action(rows: list) -> None:
    """Action hook: recalculate the families whose facts were written."""
    families = {_family_of(row) for row in rows if type(row) in WATCHED_MODELS}
    families |= _families_of_people([row for row in rows if isinstance(row, Person | Membership)])
    if families:
        recalculate_families(families)


def _families_of_people(rows: list) -> set[int]:
    """Families (ids) with a plan among those of these people: a birth makes a plan review due. One query."""
    if not rows:
        return set()
    families = {row.family_id for row in rows if isinstance(row, Membership)}
    people = {row.pk for row in rows if isinstance(row, Person) and row.pk}
    concerned = Q(period__family__in=families) | Q(period__family__memberships__person__in=people)
    return set(Plan.objects.filter(concerned).values_list("period__family", flat=True))


def _family_of(row) -> int:
    if isinstance(row, WorkPeriod | LeadWorkerAssignment | Placement):
        return row.family_id
    if isinstance(row, PlanReturn):
        return row.plan.period.family_id
    if isinstance(row, SafeguardingConcern):
        return row.visit.period.family_id
    if isinstance(row, SafeguardingStep):
        return row.concern.visit.period.family_id
    return row.period.family_id


def families_with_work() -> QuerySet:
    """Ids of the families that ever had work."""
    return WorkPeriod.objects.values_list("family_id", flat=True)


@transaction.atomic
def recalculate_families(families: Iterable[int]) -> None:
    """Make the deadlines of these families (ids) what the facts say.

    The families stay locked until commit, so that of two concurrent actions the second sees the facts of the first.
    """
    ids = sorted(families)
    lock(families=ids)
    _write_differences(load_deadlines(ids), compute_all(ids, on=clock.today()))


def refresh_deadlines(families: list[int]) -> int:
    """Make the deadlines of these locked families (ids) what the facts say today; returns how many were wrong.

    A row that was right yesterday is not counted: it waited for the night.
    """
    stored, due = load_deadlines(families), compute_all(families, on=clock.today())
    due_yesterday = compute_all(families, on=clock.today() - ONE_DAY)
    specs = {key: _spec_of(row) for key, row in stored.items()}
    wrong = [
        key
        for key in specs.keys() | due.keys()
        if specs.get(key) not in (due.get(key), due_yesterday.get(key))
    ]
    _write_differences(stored, due)
    return len(wrong)


def load_deadlines(families: list[int]) -> dict[DeadlineKey, Deadline]:
    """The stored deadlines of these families."""
    rows = Deadline.objects.filter(family__in=families)
    return {(row.family_id, row.kind, row.subject_id): row for row in rows}


def compute_all(families: list[int], *, on: date) -> dict[DeadlineKey, DeadlineSpec]:
    """The deadlines of these families as of the day, from the facts."""
    facts = load_case_facts(families, on=on)
    return {
        (family, spec.kind, spec.subject_id): spec
        for family in families
        for spec in compute_deadlines(facts[family], on)
    }


def _write_differences(stored: dict[DeadlineKey, Deadline], due: dict[DeadlineKey, DeadlineSpec]) -> None:
    new = [_with_spec(Deadline(family_id=key[0]), due[key]) for key in due if key not in stored]
    changed = [
        _with_spec(row, due[key]) for key, row in stored.items() if key in due and _spec_of(row) != due[key]
    ]
    Deadline.objects.bulk_create(new)
    Deadline.objects.bulk_update(changed, ["due_on", "since", "responsible", "done_on"])
    if over := [row.pk for key, row in stored.items() if key not in due]:
        Deadline.objects.filter(pk__in=over).delete()


def _spec_of(row: Deadline) -> DeadlineSpec:
    return DeadlineSpec(row.kind, row.due_on, row.since, row.responsible_id, row.subject_id, row.done_on)


def _with_spec(row: Deadline, spec: DeadlineSpec) -> Deadline:
    row.kind, row.due_on, row.since, row.subject_id = spec.kind, spec.due_on, spec.since, spec.subject_id
    row.responsible_id, row.done_on = spec.responsible, spec.done_on
    return row


def load_case_facts(ids: list[int], *, on: date) -> dict[int, CaseFacts]:
    """Case facts by family id as of the day; the number of queries does not depend on the number of families."""
    facts: dict[int, CaseFacts] = {family: CaseFacts() for family in ids}
    periods = _load_periods(ids, on, facts)
    for row in Assignment.objects.filter(period__in=periods, kind__in=COUNTED_KINDS):
        facts[periods[row.period_id]].assistants.append((row.assistant_id, row.starts_on, row.ends_on))
    for row in LeadWorkerAssignment.objects.filter(family__in=ids):
        facts[row.family_id].social_workers.append((row.social_worker_id, row.starts_on, row.ends_on))
    for row in LegalBasis.objects.filter(period__in=periods):
        facts[periods[row.period_id]].bases.append((row.starts_on, row.ends_on))
    held = Visit.objects.filter(period__in=periods, result=VisitResult.HELD, day__lte=on).values("period")
    for row in held.annotate(first=Min("day"), last=Max("day")).order_by():
        case = facts[periods[row["period"]]]
        case.first_visit_on, case.last_visit_on = row["first"], row["last"]
    handed_over = Assessment.objects.filter(period__in=periods, handed_over_on__lte=on).values("period")
    for row in handed_over.annotate(last=Max("handed_over_on")).order_by():
        facts[periods[row["period"]]].last_assessment_on = row["last"]
    for family, concern in _load_concerns(ids, on):
        facts[family].concerns.append(concern)
    return facts


def _load_periods(ids, on, facts) -> dict[int, int]:
    """Family id by id of its work period on the day; also sets the period's days and plan in ``facts``."""
    families = {}
    for row in periods_with_plan_facts().active_on(on).filter(family__in=ids):
        families[row.pk], case = row.family_id, facts[row.family_id]
        case.began_on, case.ended_on, case.plan = row.starts_on, row.ends_on, get_plan_facts(row)
    return families


def _load_concerns(ids, on):
    """Pairs of family id and ``ConcernFacts`` as of the day."""
    concerns = SafeguardingConcern.objects.filter(visit__period__family__in=ids, visit__day__lte=on)
    concerns = list(concerns.values_list("pk", "visit__day", "visit__period__family").order_by("pk"))
    steps_by_concern = defaultdict(list)
    if concerns:
        steps = SafeguardingStep.objects.filter(concern__in=[pk for pk, *_ in concerns], day__lte=on)
        for row in steps.order_by("day", "pk"):
            steps_by_concern[row.concern_id].append(row)
    for pk, day, family in concerns:
        steps = steps_by_concern[pk]
        decisive = [row for row in steps if row.closes or row.reopens]
        closed_on = decisive[-1].day if decisive and decisive[-1].closes else None
        yield (
            family,
            ConcernFacts(pk, day, last_step_on=steps[-1].day if steps else None, closed_on=closed_on),
        )

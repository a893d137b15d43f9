"""Duties of families brought in line with their facts, inside the deed that changed them or at night for all."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Max, Min, Q

from families.assessments.models import Assessment
from families.care.models import Placement
from families.caseload.models import COUNTED_KINDS, Assignment, LeadWorkerAssignment, LegalBasis, WorkPeriod
from families.choices import VisitResult
from families.deadlines.models import Deadline
from families.deadlines.rules import CaseFacts, ConcernFacts, DeadlineSpec, compute_deadlines
from families.people.models import Family, Membership, Person
from families.plans.models import Plan, PlanReturn, PlanReview
from families.plans.review_triggers import plan_facts_of, with_plan_facts
from families.visits.models import SafeguardingConcern, SafeguardingStep, Visit
from lubsko_ops.core import clock

BATCH = 500
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
    """Refresh the families whose facts a deed changed."""
    touched = {_family_of(row) for row in rows if type(row) in WATCHED_MODELS}
    touched |= _families_of_people([row for row in rows if isinstance(row, Person | Membership)])
    if touched:
        recalculate_families(touched)


def _families_of_people(rows: list) -> set[int]:
    """People matter to what is due where a plan is to be looked at after the birth of a child; one statement."""
    if not rows:
        return set()
    families = {row.family_id for row in rows if isinstance(row, Membership)}
    people = {row.pk for row in rows if isinstance(row, Person) and row.pk}
    there = Q(period__family__in=families) | Q(period__family__memberships__person__in=people)
    return set(Plan.objects.filter(there).values_list("period__family", flat=True))


def _family_of(row) -> int:
    if isinstance(row, WorkPeriod | LeadWorkerAssignment | Placement):
        return row.family_id
    if isinstance(row, PlanReturn):
        return row.plan.period.family_id
    if isinstance(row, SafeguardingConcern):
        return row.visit.period.family_id
    if isinstance(row, SafeguardingStep):
        return row.report.visit.period.family_id
    return row.period.family_id


def recalculate_all(*, on: date | None = None) -> int:
    """Every family that has or had work, in batches, each in a transaction of its own; returns how many."""
    ids = list(WorkPeriod.objects.order_by("family_id").values_list("family_id", flat=True).distinct())
    for start in range(0, len(ids), BATCH):
        recalculate_families(ids[start : start + BATCH], on=on)
    return len(ids)


@transaction.atomic
def recalculate_families(families: Iterable[int], *, on: date | None = None) -> None:
    """Compute the duties of these families (ids) anew and write only what differs.

    The families stay locked until the deed ends: of two deeds the second computes from what the first has written.
    """
    ids = sorted(families)
    today = on or clock.today()
    list(Family.objects.filter(pk__in=ids).order_by("pk").select_for_update(no_key=True).values_list("pk"))
    facts = load_case_facts(ids, on=today)
    stored = {(row.family_id, row.kind, row.about): row for row in Deadline.objects.filter(family__in=ids)}
    fresh, changed = [], []
    for family in ids:
        for due in compute_deadlines(facts[family], today):
            row = stored.pop((family, due.kind, due.about), None)
            if row is None:
                fresh.append(_with_spec(Deadline(family_id=family), due))
            elif _spec_of(row) != due:
                changed.append(_with_spec(row, due))
    Deadline.objects.bulk_create(fresh)
    Deadline.objects.bulk_update(changed, ["due_on", "since", "responsible", "done_on"])
    if stored:
        Deadline.objects.filter(pk__in=[row.pk for row in stored.values()]).delete()


def _spec_of(row: Deadline) -> DeadlineSpec:
    return DeadlineSpec(row.kind, row.due_on, row.since, row.responsible_id, row.about, row.done_on)


def _with_spec(row: Deadline, due: DeadlineSpec) -> Deadline:
    row.kind, row.due_on, row.since, row.about = due.kind, due.due_on, due.since, due.about
    row.responsible_id, row.done_on = due.responsible, due.done_on
    return row


def load_case_facts(ids: list[int], *, on: date) -> dict[int, CaseFacts]:
    """The facts of these families as of the day: a fixed number of statements, whatever their number."""
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
        one = facts[periods[row["period"]]]
        one.first_visit_on, one.last_visit_on = row["first"], row["last"]
    handed = Assessment.objects.filter(period__in=periods, handed_over_on__lte=on).values("period")
    for row in handed.annotate(last=Max("handed_over_on")).order_by():
        facts[periods[row["period"]]].last_assessment_on = row["last"]
    for family, danger in _load_concerns(ids, on):
        facts[family].dangers.append(danger)
    return facts


def _load_periods(ids, on, facts) -> dict[int, int]:
    """The period of each family that holds on the day: its id and whose it is. Fills in its days and its plan."""
    found = {}
    for row in with_plan_facts().active_on(on).filter(family__in=ids):
        found[row.pk], one = row.family_id, facts[row.family_id]
        one.began_on, one.ended_on, one.plan = row.starts_on, row.ends_on, plan_facts_of(row)
    return found


def _load_concerns(ids, on):
    reports = SafeguardingConcern.objects.filter(visit__period__family__in=ids, visit__day__lte=on)
    reports = list(reports.values_list("pk", "visit__day", "visit__period__family").order_by("pk"))
    steps = defaultdict(list)
    if reports:
        for row in SafeguardingStep.objects.filter(
            report__in=[pk for pk, *_ in reports], day__lte=on
        ).order_by("day", "pk"):
            steps[row.report_id].append(row)
    for pk, day, family in reports:
        taken = steps[pk]
        said = [row for row in taken if row.closes or row.reopens]
        over = said[-1].day if said and said[-1].closes else None
        yield family, ConcernFacts(pk, day, last_step_on=taken[-1].day if taken else None, over_on=over)

"""Loads the facts the deadlines of families depend on, in a number of queries that does not depend on their number."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date

from django.db.models import Max, Min

from families.assessments.models import Assessment
from families.caseload.models import COUNTED_KINDS, Assignment, LeadWorkerAssignment, LegalBasis, WorkPeriod
from families.choices import DeadlineKind, VisitResult
from families.deadlines.rules import (
    ALL_KINDS,
    ASSESSMENT_KINDS,
    ASSISTANT_KINDS,
    BASIS_KINDS,
    CONCERN_KINDS,
    PLAN_KINDS,
    SOCIAL_WORKER_KINDS,
    SOURCE_KINDS,
    VISIT_KINDS,
    CaseFacts,
    ConcernFacts,
)
from families.deadlines.sources import DEADLINE_SOURCES
from families.plans.review_triggers import get_plan_facts, periods_with_plan_facts
from families.visits.models import SafeguardingConcern, SafeguardingStep, Visit
from lubsko_ops.audit.models import Origin
from lubsko_ops.centre.norms import load_norms
from lubsko_ops.core import clock
from lubsko_ops.core.compiled_query import CompiledQuery
from lubsko_ops.core.lookups import is_among

Facts = dict[int, CaseFacts]  # by family id
Periods = dict[int, int]  # family id by id of its work period on the day


def _assistants(periods: list[int]):
    rows = Assignment.objects.filter(is_among(periods, "period"), kind__in=COUNTED_KINDS)
    return rows.values_list("period", "assistant", "starts_on", "ends_on")


def _visits_held(periods: list[int], on: date):
    held = Visit.objects.filter(is_among(periods, "period"), result=VisitResult.HELD, day__lte=on)
    return held.order_by().values_list("period").annotate(first=Min("day"), last=Max("day"))


def _periods(families: list[int], on: date):
    rows = WorkPeriod.objects.active_on(on).filter(is_among(families, "family"))
    return rows.only("family", "starts_on", "ends_on", "origin", "entered_at")


PERIODS = CompiledQuery(_periods, families=[-1], on=date.min)
ASSISTANTS = CompiledQuery(_assistants, periods=[-1])
VISITS_HELD = CompiledQuery(_visits_held, periods=[-1], on=date.min)


def load_case_facts(ids: list[int], *, on: date, kinds: frozenset[DeadlineKind] = ALL_KINDS) -> Facts:
    """Case facts by family id as of the day, as far as deadlines of these kinds need them.

    Norms are read each time: what is stored must not follow an older value that this process still keeps.
    """
    norms = load_norms()
    facts = {family: CaseFacts(norms=norms) for family in ids}
    periods: Periods = {}
    if kinds - CONCERN_KINDS:
        periods = _load_periods(on, facts, with_plan=bool(kinds & PLAN_KINDS))
    for needed_by, load in LOADERS:
        if needed_by & kinds:
            load(periods, on, facts)
    return facts


def _load_periods(on: date, facts: Facts, *, with_plan: bool) -> Periods:
    """The periods of work on the day; also sets their days and plans in ``facts``."""
    periods = {}
    if with_plan:
        rows = periods_with_plan_facts().active_on(on).filter(family__in=list(facts))
    else:
        rows = PERIODS.all(families=list(facts), on=on)
    for row in rows:
        periods[row.pk], case = row.family_id, facts[row.family_id]
        case.began_on, case.ended_on = row.starts_on, row.ends_on
        if row.origin == Origin.IMPORT:
            case.imported_on = clock.local_date(row.entered_at)
        if with_plan:
            case.plan = get_plan_facts(row)
    return periods


def _load_assistants(periods: Periods, on: date, facts: Facts) -> None:
    for period, *days in ASSISTANTS.rows(periods=list(periods)):
        facts[periods[period]].assistants.append(tuple(days))


def _load_social_workers(periods: Periods, on: date, facts: Facts) -> None:
    rows = LeadWorkerAssignment.objects.filter(family__in=list(facts))
    for family, *days in rows.values_list("family", "social_worker", "starts_on", "ends_on"):
        facts[family].social_workers.append(tuple(days))


def _load_bases(periods: Periods, on: date, facts: Facts) -> None:
    rows = LegalBasis.objects.filter(period__in=periods)
    for period, *days in rows.values_list("period", "starts_on", "ends_on"):
        facts[periods[period]].bases.append(tuple(days))


def _load_visits(periods: Periods, on: date, facts: Facts) -> None:
    for period, first, last in VISITS_HELD.rows(periods=list(periods), on=on):
        case = facts[periods[period]]
        case.first_visit_on, case.last_visit_on = first, last


def _load_assessments(periods: Periods, on: date, facts: Facts) -> None:
    handed_over = Assessment.objects.filter(period__in=periods, handed_over_on__lte=on).values("period")
    for row in handed_over.annotate(last=Max("handed_over_on")).order_by():
        facts[periods[row["period"]]].last_assessment_on = row["last"]


def _load_concerns(periods: Periods, on: date, facts: Facts) -> None:
    """Concerns of all periods: they are followed up also after the work has ended."""
    concerns = SafeguardingConcern.objects.filter(visit__period__family__in=list(facts), visit__day__lte=on)
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
        facts[family].concerns.append(
            ConcernFacts(pk, day, last_step_on=steps[-1].day if steps else None, closed_on=closed_on)
        )


def _load_others(periods: Periods, on: date, facts: Facts) -> None:
    families = list(periods.values())
    for source in DEADLINE_SOURCES if families else ():
        for family, tasks in source.load(families, on).items():
            facts[family].others += tasks


# Which kinds of deadlines need which facts.
LOADERS: list[tuple[frozenset[DeadlineKind], Callable[[Periods, date, Facts], None]]] = [
    (ASSISTANT_KINDS, _load_assistants),
    (SOCIAL_WORKER_KINDS, _load_social_workers),
    (BASIS_KINDS, _load_bases),
    (VISIT_KINDS, _load_visits),
    (ASSESSMENT_KINDS, _load_assessments),
    (CONCERN_KINDS, _load_concerns),
    (SOURCE_KINDS, _load_others),
]

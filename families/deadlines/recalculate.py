"""Recalculates stored deadlines from case facts: in the action that changed them, and nightly for all families."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache

from django.db import models, transaction
from django.db.models import Q, QuerySet

from families.assessments.models import Assessment
from families.care.models import Placement
from families.caseload.models import Assignment, LeadWorkerAssignment, LegalBasis, WorkPeriod
from families.choices import DeadlineKind
from families.deadlines.facts import load_case_facts
from families.deadlines.models import Deadline
from families.deadlines.rules import (
    ALL_KINDS,
    ASSESSMENT_KINDS,
    BASIS_KINDS,
    CONCERN_KINDS,
    PLAN_KINDS,
    REVIEW_KINDS,
    VISIT_KINDS,
    DeadlineSpec,
    compute_deadlines,
)
from families.deadlines.sources import families_of_rows, kinds_of_rows
from families.people.models import Membership, Person
from families.plans.models import Plan, PlanReturn, PlanReview
from families.visits.models import SafeguardingConcern, SafeguardingStep, Visit
from lubsko_ops.core import clock
from lubsko_ops.core.compiled_query import CompiledQuery
from lubsko_ops.core.dates import ONE_DAY
from lubsko_ops.core.locks import lock
from lubsko_ops.core.lookups import is_among
from lubsko_ops.jobs.nightly import get_last_runs
from lubsko_ops.jobs.refresh import JOB_NAME as STORED_ROWS_JOB

DeadlineKey = tuple[int, str, int]  # family, kind, subject
# The kinds of deadlines that a written row can change.
KINDS_OF: dict[type, frozenset[DeadlineKind]] = {
    WorkPeriod: ALL_KINDS,
    Assignment: ALL_KINDS,
    LeadWorkerAssignment: ALL_KINDS,
    LegalBasis: BASIS_KINDS | REVIEW_KINDS,
    Visit: VISIT_KINDS | CONCERN_KINDS,  # a concern counts from the day of its visit
    SafeguardingConcern: CONCERN_KINDS,
    SafeguardingStep: CONCERN_KINDS,
    Assessment: ASSESSMENT_KINDS,
    Plan: PLAN_KINDS,
    PlanReturn: PLAN_KINDS,
    PlanReview: REVIEW_KINDS,
    Placement: REVIEW_KINDS,
    Person: REVIEW_KINDS,  # a birth
    Membership: REVIEW_KINDS,
}

# Models whose rows belong to one family.
WATCHED_MODELS = set(KINDS_OF) - {Person, Membership}


def recalculate_after_action(rows: list) -> None:
    """Action hook: recalculate the families whose facts were written, and only what these facts can change."""
    watched = [row for row in rows if type(row) in KINDS_OF]
    people = [row for row in watched if isinstance(row, Person | Membership)]
    others = [row for row in watched if type(row) in WATCHED_MODELS]
    families = {family_of(row) for row in others} | _families_of_people(people)
    concerned = families_of_rows(rows)
    if families or concerned:
        kinds = kinds_of_rows(rows) if concerned else frozenset()
        recalculate_families(families | concerned, kinds=kinds.union(*map(_kinds_of, watched)))


def _kinds_of(row: models.Model) -> frozenset[DeadlineKind]:
    """A visit saved for the first time has no concern but one written with it, which counts on its own."""
    return VISIT_KINDS if isinstance(row, Visit) and row.version == 1 else KINDS_OF[type(row)]


def _families_of_people(rows: list) -> set[int]:
    """Families (ids) with a plan among those of these people: a birth makes a plan review due. One query."""
    if not rows:
        return set()
    families = {row.family_id for row in rows if isinstance(row, Membership)}
    people = {row.pk for row in rows if isinstance(row, Person) and row.pk}
    concerned = Q(period__family__in=families) | Q(period__family__memberships__person__in=people)
    return set(Plan.objects.filter(concerned).values_list("period__family", flat=True))


def family_of(row) -> int:
    """The family (id) of a row of the watched models."""
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


@transaction.atomic(savepoint=False)
def recalculate_families(families: Iterable[int], *, kinds: frozenset[DeadlineKind] = ALL_KINDS) -> None:
    """Make the deadlines (of these kinds) of these families (ids) what the facts say.

    The families stay locked until commit, so that of two concurrent actions the second sees the facts of the first.
    """
    ids = sorted(families)
    lock(families=ids)
    _write_differences(load_deadlines(ids, kinds), compute_all(ids, on=clock.today(), kinds=kinds))


def refresh_deadlines(families: list[int]) -> int:
    """Make the deadlines of these locked families (ids) what the facts say today; returns how many were wrong.

    A row that was right on one of the days since the last night is not counted: it waited for this one.
    """
    stored, due = load_deadlines(families), compute_all(families, on=clock.today())
    specs = {key: _spec_of(row) for key, row in stored.items()}
    different = {key for key in specs.keys() | due.keys() if specs.get(key) != due.get(key)}
    for day in _days_since_last_night() if different else ():
        due_then = compute_all(families, on=day)
        different = {key for key in different if specs.get(key) != due_then.get(key)}
    _write_differences(stored, due)
    return len(different)


def _days_since_last_night() -> list[date]:
    """The days from the last run of the night until yesterday, at most two weeks."""
    yesterday = clock.today() - ONE_DAY
    run = get_last_runs().get(STORED_ROWS_JOB)
    missed = (yesterday - run.night).days if run else 0
    return [yesterday - timedelta(days=number) for number in range(min(max(missed, 0), 13) + 1)]


def load_deadlines(
    families: list[int], kinds: frozenset[DeadlineKind] = ALL_KINDS
) -> dict[DeadlineKey, Deadline]:
    """The stored deadlines of these kinds and families."""
    rows = _stored(kinds).all(families=families)
    return {(row.family_id, row.kind, row.subject_id): row for row in rows}


@cache
def _stored(kinds: frozenset[DeadlineKind]) -> CompiledQuery:
    of_kinds = {} if kinds == ALL_KINDS else {"kind__in": kinds}
    rows = Deadline.objects.filter(**of_kinds)
    return CompiledQuery(lambda families: rows.filter(is_among(families, "family")), families=[-1])


def compute_all(
    families: list[int], *, on: date, kinds: frozenset[DeadlineKind] = ALL_KINDS
) -> dict[DeadlineKey, DeadlineSpec]:
    """The deadlines of these kinds and families as of the day, from the facts."""
    facts = load_case_facts(families, on=on, kinds=kinds)
    return {
        (family, spec.kind, spec.subject_id): spec
        for family in families
        for spec in compute_deadlines(facts[family], on, kinds)
    }


def _write_differences(stored: dict[DeadlineKey, Deadline], due: dict[DeadlineKey, DeadlineSpec]) -> None:
    new = [_with_spec(Deadline(family_id=key[0]), due[key]) for key in due if key not in stored]
    changed = [
        _with_spec(row, due[key]) for key, row in stored.items() if key in due and _spec_of(row) != due[key]
    ]
    if new:
        Deadline.objects.bulk_create(new)
    columns = ["due_on", "since", "responsible", "done_on"]
    if len(changed) == 1:  # as a rule: the CASE of each column costs more than the statement
        changed[0].save(update_fields=columns)
    elif changed:
        Deadline.objects.bulk_update(changed, columns)
    if over := [row.pk for key, row in stored.items() if key not in due]:
        Deadline.objects.filter(pk__in=over).delete()


def _spec_of(row: Deadline) -> DeadlineSpec:
    return DeadlineSpec(row.kind, row.due_on, row.since, row.responsible_id, row.subject_id, row.done_on)


def _with_spec(row: Deadline, spec: DeadlineSpec) -> Deadline:
    row.kind, row.due_on, row.since, row.subject_id = spec.kind, spec.due_on, spec.since, spec.subject_id
    row.responsible_id, row.done_on = spec.responsible, spec.done_on
    return row

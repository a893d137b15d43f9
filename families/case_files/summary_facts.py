"""Computes summaries of case files (``CaseSummary``) by the queries and definitions the pages of the file use."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.db.models import Count, OuterRef, Subquery

from families.case_files.models import NEVER, CaseSummary
from families.case_files.queries import CaseState, load_case_states
from families.case_files.task_list import next_deadline
from families.caseload.models import WorkPeriod
from families.choices import VisitResult, WorkStatus
from families.people.models import Family, FamilyCategory, Membership
from families.visits.case_log import open_concerns
from families.visits.models import Visit
from lubsko_ops.core import clock
from lubsko_ops.core.dates import ONE_DAY
from lubsko_ops.core.temporal import ValidTimeModel


def compute_summaries(families: Iterable[int], *, on: date) -> list[CaseSummary]:
    """Unsaved summaries of these families (ids) as of the day. Eleven statements, however many families."""
    ids = sorted(families)
    states = load_case_states(ids, on=on)
    members, categories = _by_family(_members(ids)), _by_family(FamilyCategory.objects.filter(family__in=ids))
    visits, concerns = _visit_facts(states), _open_concerns(ids)
    summaries = []
    for family in Family.objects.filter(pk__in=ids).only("name", "entered_at").order_by("pk"):
        state = _as_listed(states[family.pk])
        summary = CaseSummary(
            family_id=family.pk,
            computed_on=on,
            valid_until=_first_change(states[family.pk], members[family.pk], categories[family.pk]),
            opened_on=clock.local_date(family.entered_at),
            sort_name=family.name,
            open_concerns=concerns.get(family.pk, 0),
            **visits.get(family.pk, {}),
        )
        _set_work(summary, states[family.pk])
        _set_workers(summary, state)
        _set_household(summary, state, members[family.pk], categories[family.pk])
        _set_deadline(summary, state)
        summaries.append(summary)
    return summaries


def _as_listed(state: CaseState) -> CaseState:
    """The state on the day lists show: of ended work its last day."""
    return replace(state, on=state.period.ends_on) if state.status == WorkStatus.ENDED else state


# ---- rows of many families ---------------------------------------------------------------------------


def _members(families: list[int]):
    """Memberships with what the definitions of a member, a child and a household ask."""
    person = ("person__born_on", "person__birth_precision", "person__died_on")
    rows = Membership.objects.filter(family__in=families).select_related("person")
    return rows.only("family", "starts_on", "ends_on", "kinship", "stay", *person)


def _by_family(rows) -> dict[int, list]:
    grouped = defaultdict(list)
    for row in rows:
        grouped[row.family_id].append(row)
    return grouped


def _visit_facts(states: dict[int, CaseState]) -> dict[int, dict]:
    """By family id: the last visit held in the shown period, and what the last one (held or failed) arranged."""
    visits = Visit.objects.filter(period=OuterRef("pk")).order_by("-started_at", "-pk")
    held = visits.filter(result=VisitResult.HELD)
    periods = WorkPeriod.objects.filter(pk__in=[each.period.pk for each in states.values() if each.period])
    rows = periods.annotate(
        last_visit_on=Subquery(held.values("day")[:1]),
        next_visit_on=Subquery(visits.values("next_day")[:1]),
        next_visit_at=Subquery(visits.values("next_at")[:1]),
    ).values("family", "last_visit_on", "next_visit_on", "next_visit_at")
    return {row.pop("family"): row for row in rows}


def _open_concerns(families: list[int]) -> dict[int, int]:
    """Number of open concerns by family id."""
    rows = open_concerns().filter(visit__period__family__in=families).order_by()
    return dict(rows.values_list("visit__period__family").annotate(number=Count("*")))


# ---- columns -----------------------------------------------------------------------------------------


def _set_work(summary: CaseSummary, state: CaseState) -> None:
    """Period, status, and what a family in progress or before work lacks."""
    summary.status = state.status
    if state.period:
        summary.period_id, summary.year, summary.serial = (
            state.period.pk,
            state.period.year,
            state.period.serial,
        )
        summary.starts_on, summary.ends_on = state.period.starts_on, state.period.ends_on
    before_work = state.status in (WorkStatus.NEW, WorkStatus.PLANNED)
    summary.waiting_since = summary.opened_on if before_work else state.without_assistant_since
    summary.leading_planned = state.next_leading is not None
    summary.without_basis_since = state.without_basis_since


def _set_workers(summary: CaseSummary, state: CaseState) -> None:
    if state.leading:
        user = state.leading.assistant
        summary.leading_id = user.pk
        summary.leading_sort_name = f"{user.last_name} {user.first_name}".strip()
    summary.assistants = [
        {
            "user": row.assistant_id,
            "kind": str(row.kind),
            "ends_on": row.ends_on.isoformat() if row.ends_on else None,
        }
        for row in state.assignments
    ]
    if state.lead_worker:
        summary.social_worker_id = state.lead_worker.social_worker_id
    summary.basis_kinds = sorted({row.kind for row in state.bases})


def _set_household(summary: CaseSummary, state: CaseState, members: list, categories: list) -> None:
    if state.address:
        summary.address_id, summary.region_id = state.address.pk, state.address.region_id
    household = [row for row in members if row.is_member_on(state.on) and row.lives_here]
    summary.people = len(household)
    summary.children = sum(row.is_child_on(state.on) for row in household)
    summary.category = next((row.category for row in categories if row.is_active_on(state.on)), "")


def _set_deadline(summary: CaseSummary, state: CaseState) -> None:
    if row := next_deadline(state):
        summary.deadline_kind, summary.deadline_subject = row.kind, row.subject_id
        summary.due_on, summary.responsible_id = row.due_on, row.responsible_id
    else:
        summary.due_on = NEVER


def _first_change(state: CaseState, members: list[Membership], categories: list) -> date | None:
    """The first later day on which time alone changes the summary; None when nothing is to come.

    After the end of work only new work does.
    """
    days: set[date | None]
    if state.status == WorkStatus.ENDED:
        days = {row.starts_on for row in (*state.periods, *state.all_assignments)}
    else:
        days = _limits(
            *state.periods,
            *state.all_bases,
            *state.all_assignments,
            *state.leads,
            *state.residences,
            *categories,
        )
        days = days.union(*(row.change_days() for row in members))
    return min((day for day in days if day and day > state.on), default=None)


def _limits(*rows: ValidTimeModel) -> set[date | None]:
    """First days, and the days after the last ones."""
    days: set[date | None] = {row.starts_on for row in rows}
    return days | {row.ends_on + ONE_DAY for row in rows if row.ends_on and row.ends_on < date.max}

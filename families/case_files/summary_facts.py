"""Computes summaries of case files (``CaseSummary``) by the queries and definitions the pages of the file use."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject

from families.case_files.models import NEVER, CaseSummary
from families.case_files.queries import CaseState, load_case_states
from families.case_files.task_list import next_deadline
from families.caseload.models import WorkPeriod
from families.choices import VisitResult, WorkStatus
from families.deadlines.models import Deadline
from families.people.models import Address, Family, FamilyCategory, Membership, Phone
from families.visits.case_log import open_concerns
from families.visits.models import SafeguardingAcknowledgement, Visit
from lubsko_ops.core import clock
from lubsko_ops.core.compiled_query import CompiledQuery
from lubsko_ops.core.dates import ONE_DAY
from lubsko_ops.core.lookups import is_among
from lubsko_ops.core.search_keys import join_keys
from lubsko_ops.core.temporal import ValidTimeModel


def compute_summaries(families: Iterable[int], *, on: date) -> list[CaseSummary]:
    """Unsaved summaries of these families (ids) as of the day. Thirteen statements, however many families."""
    ids = sorted(families)
    states = load_case_states(ids, on=on)
    members, categories = _by_family(_members(ids)), _by_family(FamilyCategory.objects.filter(family__in=ids))
    phones = _by_family(_phones(ids))
    summaries = []
    address_keys = _address_keys(ids)
    for family in Family.objects.filter(pk__in=ids).only("name", "entered_at", "search_key").order_by("pk"):
        state = states[family.pk]
        summary = summarize_state(family, state)
        summary.valid_until = _first_change(
            state, members[family.pk], categories[family.pk] + phones[family.pk]
        )
        summary.phone = _phone_to_call(phones[family.pk], members[family.pk], on=as_listed(state).on)
        _set_household(summary, as_listed(state), members[family.pk], categories[family.pk])
        people_keys = [row.person.search_key for row in members[family.pk]]
        others = join_keys([*people_keys, *address_keys[family.pk]])
        summary.search_key = f"{family.search_key}|{others}"
        summaries.append(summary)
    _set_visits(summaries)
    _set_concerns(summaries)
    return summaries


def summarize_state(family: Family, state: CaseState) -> CaseSummary:
    """Unsaved summary without people, visits and ``valid_until``; no statement."""
    summary = CaseSummary(
        family_id=family.pk,
        computed_on=state.on,
        opened_on=clock.local_date(family.entered_at),
        sort_name=family.name,
    )
    _set_work(summary, state)
    _set_workers(summary, as_listed(state))
    _set_deadline(summary, next_deadline(state))
    return summary


VISIT_COLUMNS = ("last_visit_on", "next_visit_on", "next_visit_at", "open_concerns", "concerns")
DEADLINE_COLUMNS = ("deadline_kind", "deadline_subject", "due_on", "responsible")


OPEN_DEADLINES_LAST_FIRST = CompiledQuery(
    lambda families: Deadline.objects.filter(is_among(families, "family"), done_on=None).order_by(
        "-due_on", "-pk"
    ),
    families=[-1],
)


def update_visits_and_deadlines(summaries: list[CaseSummary], *, concerns: bool = True) -> None:
    """Set anew, of stored summaries, VISIT_COLUMNS and DEADLINE_COLUMNS. Three statements, two without ``concerns``."""
    _set_visits(summaries)
    if concerns:
        _set_concerns(summaries)
    rows = OPEN_DEADLINES_LAST_FIRST.all(families=[each.pk for each in summaries])
    nearest = {row.family_id: row for row in rows}
    for summary in summaries:
        _set_deadline(summary, nearest.get(summary.pk))


def as_listed(state: CaseState) -> CaseState:
    """The state on the day lists show: of ended work its last day."""
    return replace(state, on=state.period.ends_on) if state.status == WorkStatus.ENDED else state


# ---- rows of many families ---------------------------------------------------------------------------


def _members(families: list[int]):
    """Memberships with what the definitions of a member, a child and a household ask."""
    person = ("person__born_on", "person__birth_precision", "person__died_on", "person__search_key")
    rows = Membership.objects.filter(family__in=families).select_related("person")
    return rows.only("family", "person", "starts_on", "ends_on", "kinship", "stay", *person)


def _phones(families: list[int]):
    rows = Phone.objects.filter(family__in=families).select_related("person")
    return rows.order_by("starts_on", "pk")


def _phone_to_call(phones: list[Phone], members: list[Membership], *, on: date) -> Phone | None:
    """The oldest number; one of somebody who lives elsewhere or has left only when there is no other."""
    at_home = {row.person_id for row in members if row.is_member_on(on) and row.lives_here}
    valid = [row for row in phones if row.is_active_on(on)]
    return min(valid, key=lambda row: row.person_id not in at_home | {None}, default=None)


def _address_keys(families: list[int]) -> dict[int, list[str]]:
    """Search keys of all addresses of the families and of their members."""
    keys = defaultdict(list)
    own = Address.objects.filter(family__in=families).values_list("family", "search_key")
    of_members = Address.objects.filter(membership__family__in=families)
    for family, key in own.union(of_members.values_list("membership__family", "search_key"), all=True):
        keys[family].append(key)
    return keys


def _by_family(rows) -> dict[int, list]:
    grouped = defaultdict(list)
    for row in rows:
        grouped[row.family_id].append(row)
    return grouped


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
    summary.leading = state.leading.assistant if state.leading else None
    if summary.leading:
        summary.leading_sort_name = f"{summary.leading.last_name} {summary.leading.first_name}".strip()
    summary.assistants = [
        {
            "user": row.assistant_id,
            "kind": str(row.kind),
            "ends_on": row.ends_on.isoformat() if row.ends_on else None,
        }
        for row in state.assignments
    ]
    summary.social_worker = state.lead_worker.social_worker if state.lead_worker else None
    summary.address, summary.region = state.address, state.address.region if state.address else None
    summary.basis_kinds = sorted({row.kind for row in state.bases})
    summary.bases = [
        {"kind": row.kind, "starts_on": row.starts_on.isoformat(), "person": row.person_id}
        for row in state.bases
    ]


def _set_household(summary: CaseSummary, state: CaseState, members: list, categories: list) -> None:
    household = [row for row in members if row.is_member_on(state.on) and row.lives_here]
    summary.people = len(household)
    summary.child_ids = sorted(row.person_id for row in household if row.is_child_on(state.on))
    summary.children = len(summary.child_ids)
    summary.category = next((row.category for row in categories if row.is_active_on(state.on)), "")


def _set_deadline(summary: CaseSummary, nearest: Deadline | None) -> None:
    """The nearest open deadline; NEVER without one."""
    shown = nearest or Deadline(kind="", due_on=NEVER)
    summary.deadline_kind, summary.deadline_subject = shown.kind, shown.subject_id
    summary.due_on, summary.responsible_id = shown.due_on, shown.responsible_id


def _last_and_next(periods: list[int]):
    """Of periods of work: the day of the last visit held, and what the last one (held or failed) arranged."""
    visits = Visit.objects.filter(period=OuterRef("pk")).order_by("-started_at", "-pk")
    held = visits.filter(result=VisitResult.HELD)
    return WorkPeriod.objects.filter(is_among(periods)).values_list(
        "pk",
        Subquery(held.values("day")[:1]),
        Subquery(visits.values("next_day")[:1]),
        Subquery(visits.values("next_at")[:1]),
    )


def _open_concerns(families: list[int]):
    """Open concerns, the newest first, with who took note of them."""
    taken = SafeguardingAcknowledgement.objects.filter(concern=OuterRef("pk")).order_by("entered_at", "pk")
    noted = taken.values(facts=JSONObject(user="entered_by", roles="roles", at="entered_at"))
    concerns = open_concerns().filter(is_among(families, "visit__period__family"))
    return concerns.values_list("visit__period__family", "pk", "visit", "visit__day", ArraySubquery(noted))


LAST_AND_NEXT = CompiledQuery(_last_and_next, periods=[-1])
OPEN_CONCERNS = CompiledQuery(_open_concerns, families=[-1])


def _set_visits(summaries: list[CaseSummary]) -> None:
    """The last visit held in the period, and what the last one (held or failed) arranged."""
    periods = [each.period_id for each in summaries if each.period_id]
    last_and_next = {pk: days for pk, *days in LAST_AND_NEXT.rows(periods=periods)}
    for summary in summaries:
        days = last_and_next.get(summary.period_id, (None, None, None))
        summary.last_visit_on, summary.next_visit_on, summary.next_visit_at = days


def _set_concerns(summaries: list[CaseSummary]) -> None:
    """Open concerns and their number."""
    concerns = defaultdict(list)
    for family, concern, visit, day, noted in OPEN_CONCERNS.rows(families=[each.pk for each in summaries]):
        facts = {"concern": concern, "visit": visit, "day": day.isoformat(), "acknowledged": noted}
        concerns[family].append(facts)
    for summary in summaries:
        summary.concerns = concerns[summary.pk]
        summary.open_concerns = len(summary.concerns)


def _first_change(state: CaseState, members: list[Membership], others: list) -> date | None:
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
            *others,
        )
        days = days.union(*(row.change_days() for row in members))
    return min((day for day in days if day and day > state.on), default=None)


def _limits(*rows: ValidTimeModel) -> set[date | None]:
    """First days, and the days after the last ones."""
    days: set[date | None] = {row.starts_on for row in rows}
    return days | {row.ends_on + ONE_DAY for row in rows if row.ends_on and row.ends_on < date.max}

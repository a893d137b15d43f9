"""Keeps summaries of case files in line with the facts: in the action, every night, and on the day they change.

Rules and permissions never read summaries: facts decide (a test checks it).
"""

import time
from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from families.case_files.models import CaseSummary
from families.case_files.summary_facts import (
    DEADLINE_COLUMNS,
    VISIT_COLUMNS,
    compute_summaries,
    update_visits_and_deadlines,
)
from families.caseload.models import Assignment, LeadWorkerAssignment, LegalBasis, WorkPeriod
from families.deadlines.recalculate import WATCHED_MODELS as DEADLINE_MODELS
from families.deadlines.recalculate import family_of
from families.deadlines.sources import families_of_rows
from families.people.models import Address, Family, FamilyCategory, Membership, Person, Phone
from families.visits.models import SafeguardingAcknowledgement, SafeguardingConcern, SafeguardingStep
from lubsko_ops.core import clock
from lubsko_ops.core.compiled_query import CompiledQuery
from lubsko_ops.core.locks import lock, lock_available
from lubsko_ops.core.lookups import is_among
from lubsko_ops.core.stored_rows import BATCH

# A summary stays valid after the day it was computed on.
COMPARED = [field for field in CaseSummary._meta.concrete_fields if field.name != "computed_on"]
# Its deadline follows the deadlines, whose differences the night counts itself.
COUNTED = [field for field in COMPARED if field.name not in DEADLINE_COLUMNS]

# Rows that change the state of the case; the other watched ones only change visits and deadlines.
CASE_MODELS = {WorkPeriod, LegalBasis, Assignment, LeadWorkerAssignment}
OF_FAMILY = (Address, Membership, FamilyCategory, Phone)
OF_CONCERN = (SafeguardingConcern, SafeguardingStep, SafeguardingAcknowledgement)


def update_after_action(rows: list) -> None:
    """Action hook: bring the summaries of the families whose facts were written in line with them."""
    families = {pk for row in rows if (pk := _family_of(row))}
    families |= _families_of_people({row.pk for row in rows if isinstance(row, Person)})
    visited = {family_of(row) for row in rows if type(row) in DEADLINE_MODELS - CASE_MODELS}
    visited |= {row.family_id for row in rows if isinstance(row, SafeguardingAcknowledgement)}
    visited |= families_of_rows(rows)
    visited -= families
    if families or visited:
        with transaction.atomic(savepoint=False):
            lock(families=families | visited)
            concerns = any(isinstance(row, OF_CONCERN) for row in rows)
            families |= _update_visits_and_deadlines(visited, concerns=concerns) if visited else set()
            if families:
                store_summaries(families, on=clock.today())


def _family_of(row) -> int | None:
    """The family (id) whose whole summary the row changes; None for a person, who may belong to several."""
    if type(row) in CASE_MODELS:
        return family_of(row)
    if isinstance(row, Family):
        return row.pk
    if isinstance(row, Address) and row.membership_id:
        return row.membership.family_id
    return row.family_id if isinstance(row, OF_FAMILY) else None


STORED = CompiledQuery(lambda families: CaseSummary.objects.filter(is_among(families)), families=[-1])


def _update_visits_and_deadlines(families: set[int], *, concerns: bool) -> set[int]:
    """Of summaries that show today; returns the families (ids) of the others. ``concerns``: these were written too."""
    today = clock.today()
    summaries = [row for row in STORED.all(families=list(families)) if not row.is_due(today)]
    update_visits_and_deadlines(summaries, concerns=concerns)
    for summary in summaries:  # one, as a rule: cheaper than an INSERT of all columns
        summary.save(update_fields=[*VISIT_COLUMNS, *DEADLINE_COLUMNS])
    return families - {row.pk for row in summaries}


def _families_of_people(people: set[int]) -> set[int]:
    """Families (ids) these people (ids) belong or belonged to."""
    if not people:
        return set()
    return set(Membership.objects.filter(person__in=people).values_list("family", flat=True))


def store_summaries(families: Iterable[int], *, on: date) -> None:
    """Store the summaries of these locked families (ids) as the facts say on the day."""
    _store(compute_summaries(families, on=on))


def _store(summaries: list[CaseSummary]) -> None:
    """Insert the summaries, or replace those stored already; one statement for each batch."""
    columns = [field.name for field in CaseSummary._meta.concrete_fields if not field.primary_key]
    CaseSummary.objects.bulk_create(
        summaries,
        batch_size=BATCH,  # a statement holds at most 65,535 values
        update_conflicts=True,
        unique_fields=["family"],
        update_fields=columns,
    )


# The day for which this process has found no summary due, and until when it believes that. What is stored on a day is
# right for it, but around midnight another process may store one of the day before.
CACHE_SECONDS = 10 * 60
_none_due: tuple[date | None, float] = (None, 0.0)


def refresh_due(on: date) -> None:
    """Compute again the summaries whose day has come; once none is due, nothing is asked for ten minutes.

    Call it before summaries are read. Those of families that another transaction holds are shown as they are, and after
    nights without a worker those beyond the first batch too: the next requests compute them.
    """
    global _none_due
    if _none_due[0] == on and time.monotonic() < _none_due[1]:
        return
    families = list(CaseSummary.objects.due(on).order_by("pk").values_list("pk", flat=True)[:BATCH])
    _none_due = (None, 0.0) if families else (on, time.monotonic() + CACHE_SECONDS)
    if families:
        with transaction.atomic():
            store_summaries(lock_available(families=families), on=on)


def clear_cache() -> None:
    """Forget that no summary was due (between tests)."""
    global _none_due
    _none_due = (None, 0.0)


def all_families() -> QuerySet:
    """Ids of all families: each has a summary."""
    return Family.objects.values_list("pk", flat=True)


def refresh_summaries(families: list[int]) -> int:
    """Make the summaries of these locked families (ids) what the facts say today; returns how many were wrong.

    One whose day had come is not counted: it waited for its first reader.
    """
    today = clock.today()
    stored = CaseSummary.objects.in_bulk(families)
    changed, wrong = [], 0
    for summary in compute_summaries(families, on=today):
        old = stored.get(summary.pk)
        if old is None:
            changed.append(summary)
            wrong += 1
        elif old.is_due(today):
            changed.append(summary)
        elif _values(old, COMPARED) != _values(summary, COMPARED):
            changed.append(summary)
            wrong += _values(old, COUNTED) != _values(summary, COUNTED)
    _store(changed)
    return wrong


def _values(summary: CaseSummary, fields: list) -> list:
    return [getattr(summary, field.attname) for field in fields]

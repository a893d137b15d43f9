"""Deadlines and summaries after a change of a norm: recalculated in the background, in batches, with visible progress.

The norm alone is stored by its action. A norm that begins on a later day is taken up by the nightly comparison of that
day; an action on a family meanwhile counts by the norms of its own day.
"""

from collections.abc import Iterator

from django.db import transaction
from django.db.models import F, Sum

from families.choices import DeadlineKind
from families.deadlines.models import Deadline, NormRecalculation
from families.deadlines.recalculate import recalculate_families
from families.deadlines.rules import KINDS_OF_NORM
from lubsko_ops.centre.norms import Progress
from lubsko_ops.core import actions, clock
from lubsko_ops.core.actions import Phase
from lubsko_ops.core.locks import lock, lock_available
from lubsko_ops.core.polish import count_of
from lubsko_ops.core.stored_rows import STORED_ROWS
from lubsko_ops.jobs.background import start_job

JOB_NAME = "norm_recalculation"
BATCH = 100


def start_recalculation(norm: str) -> None:
    """Begin after the commit of the action that changed the norm (by name)."""
    row = NormRecalculation.objects.create(
        norm=norm, started_at=actions.moment(), total=_families(KINDS_OF_NORM[norm]).count()
    )
    start_job(JOB_NAME, row.pk)


def recalculate_after_change(pk: int) -> None:
    """Recalculate what the norm decides, from the family where an interrupted run stopped; twice does no harm."""
    recalculation = NormRecalculation.objects.get(pk=pk)
    if recalculation.finished_at is not None:
        return
    kinds = KINDS_OF_NORM[recalculation.norm]
    for batch in _batches(recalculation, kinds):
        with transaction.atomic():
            free = lock_available(families=batch)
            _recalculate(free, kinds)
        for family in sorted(set(batch) - set(free)):  # held by an action: waited for one by one
            with transaction.atomic():
                lock(families=[family])
                _recalculate([family], kinds)
        NormRecalculation.objects.filter(pk=pk, last_family__lt=batch[-1]).update(
            last_family=batch[-1], done=F("done") + len(batch)
        )
    NormRecalculation.objects.filter(pk=pk).update(finished_at=clock.now())


def resume_recalculations() -> dict[str, int]:
    """Finish what a worker left behind; returns how many there were, for the nightly job."""
    waiting = list(
        NormRecalculation.objects.filter(finished_at=None).order_by("pk").values_list("pk", flat=True)
    )
    for pk in waiting:
        recalculate_after_change(pk)
    return {"przeliczenia po zmianie normy": len(waiting)}


def get_progress() -> Progress | None:
    """Of all recalculations that are going on; None when none is. One statement."""
    running = NormRecalculation.objects.filter(finished_at=None).aggregate(
        done=Sum("done"), total=Sum("total")
    )
    return Progress(min(running["done"], running["total"]), running["total"]) if running["total"] else None


def describe_change(norm: str) -> str:
    """How many families have an open deadline that the norm decides. One statement."""
    families = _families(KINDS_OF_NORM[norm]).filter(done_on=None).count()
    if not families:
        return "Dziś żadna rodzina nie ma otwartego terminu z tej normy."
    return f"Zmieni terminy {count_of(families, 'rodziny,rodzin,rodzin')}: te, które przypadają od wybranego dnia."


def _families(kinds: frozenset[DeadlineKind]):
    """Ids of the families with such a deadline: a norm decides only when it is due, not whether there is one."""
    return (
        Deadline.objects.filter(kind__in=kinds).order_by("family").values_list("family", flat=True).distinct()
    )


def _batches(recalculation: NormRecalculation, kinds: frozenset[DeadlineKind]) -> Iterator[list[int]]:
    last = recalculation.last_family
    while batch := list(_families(kinds).filter(family__gt=last)[:BATCH]):
        yield batch
        last = batch[-1]


def _recalculate(families: list[int], kinds: frozenset[DeadlineKind]) -> None:
    if families:
        recalculate_families(families, kinds=kinds)
        for rows in STORED_ROWS:
            if rows.phase == Phase.SUMMARY:  # a summary has the nearest deadline
                rows.refresh(families)

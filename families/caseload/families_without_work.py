"""Maintains the stored list of families that never had a work period (``FamilyWithoutWork``)."""

from django.db.models import Exists, OuterRef

from families.caseload.models import FamilyWithoutWork, WorkPeriod
from families.people.models import Family


def update_after_action(rows: list) -> None:
    """Update the list for the families whose own row or work period was written by an action."""
    written = {row.pk for row in rows if type(row) is Family and row.pk}
    written |= {row.family_id for row in rows if type(row) is WorkPeriod}
    if not written:
        return
    new = set(_without_work().filter(pk__in=written).values_list("pk", flat=True))
    _store(new)
    if written - new:
        FamilyWithoutWork.objects.filter(family__in=written - new).delete()


def rebuild() -> None:
    """Recompute the whole list, after rows were written without actions (bulk load)."""
    FamilyWithoutWork.objects.all().delete()
    _store(_without_work().values_list("pk", flat=True))


def _without_work():
    return Family.objects.filter(~Exists(WorkPeriod.objects.filter(family=OuterRef("pk"))))


def _store(families) -> None:
    FamilyWithoutWork.objects.bulk_create(
        (FamilyWithoutWork(family_id=pk) for pk in families), ignore_conflicts=True
    )

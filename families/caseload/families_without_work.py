"""Families with which no work has been entered yet, as stored rows: they are new, and no index could tell them from
the many of the archive."""

from django.db.models import Exists, OuterRef

from families.caseload.models import FamilyWithoutWork, WorkPeriod
from families.people.models import Family


def update_after_action(rows: list) -> None:
    """Ask anew about each family whose file or whose work a deed wrote, and about no other."""
    written = {row.pk for row in rows if type(row) is Family and row.pk}
    written |= {row.family_id for row in rows if type(row) is WorkPeriod}
    if not written:
        return
    new = set(_without_work().filter(pk__in=written).values_list("pk", flat=True))
    _store(new)
    if written - new:
        FamilyWithoutWork.objects.filter(family__in=written - new).delete()


def rebuild() -> None:
    """All of them computed anew, after rows written by no deed."""
    FamilyWithoutWork.objects.all().delete()
    _store(_without_work().values_list("pk", flat=True))


def _without_work():
    return Family.objects.filter(~Exists(WorkPeriod.objects.filter(family=OuterRef("pk"))))


def _store(families) -> None:
    FamilyWithoutWork.objects.bulk_create(
        (FamilyWithoutWork(family_id=pk) for pk in families), ignore_conflicts=True
    )

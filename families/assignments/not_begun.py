"""Families with which no work has been entered yet, as stored rows: they are new, and no index could tell them from
the many of the archive."""

from django.db.models import Exists, OuterRef

from families.assignments.models import NotBegun, WorkPeriod
from families.people.models import Family


def after_deed(rows: list) -> None:
    """A file opened by a deed has no work yet; a family whose work a deed began has."""
    opened = {row.pk for row in rows if type(row) is Family and row.version == 1}
    begun = {row.family_id for row in rows if type(row) is WorkPeriod and row.version == 1}
    NotBegun.objects.bulk_create(NotBegun(family_id=pk) for pk in sorted(opened - begun))
    if begun - opened:
        NotBegun.objects.filter(family__in=begun - opened).delete()


def rebuild() -> None:
    """All of them computed anew, after rows written by no deed."""
    work = WorkPeriod.objects.filter(family=OuterRef("pk"))
    NotBegun.objects.all().delete()
    without = Family.objects.filter(~Exists(work)).values_list("pk", flat=True)
    NotBegun.objects.bulk_create(NotBegun(family_id=pk) for pk in without)

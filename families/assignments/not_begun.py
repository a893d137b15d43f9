"""Families with which no work has been entered yet, as stored rows: they are new, and no index could tell them from
the many of the archive."""

from django.db.models import Exists, OuterRef

from families.assignments.models import NotBegun, WorkPeriod
from families.people.models import Family


def after_deed(rows: list) -> None:
    """A file opened by a deed has no work yet; a family whose work a deed began has, until that is taken back."""
    opened = {row.pk for row in rows if type(row) is Family and row.version == 1 and row.pk}
    periods = [row for row in rows if type(row) is WorkPeriod]
    begun = {row.family_id for row in periods if row.version == 1 and row.pk}
    if gone := {row.family_id for row in periods if not row.pk}:
        opened |= set(_without_work().filter(pk__in=gone).values_list("pk", flat=True))
    _store(opened - begun)
    if begun - opened:
        NotBegun.objects.filter(family__in=begun - opened).delete()


def rebuild() -> None:
    """All of them computed anew, after rows written by no deed."""
    NotBegun.objects.all().delete()
    _store(_without_work().values_list("pk", flat=True))


def _without_work():
    return Family.objects.filter(~Exists(WorkPeriod.objects.filter(family=OuterRef("pk"))))


def _store(families) -> None:
    NotBegun.objects.bulk_create((NotBegun(family_id=pk) for pk in families), ignore_conflicts=True)

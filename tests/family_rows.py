"""Speeds up the fixtures of families: each is made through actions once, later tests insert its recorded rows.

The rows of a family depend on the families beside it (its number, deadlines, duplicates) and on the time of the clock.
Beside a family that a test has made itself, a shared one is made anew.
"""

from django.db import connection, transaction

from families.people.models import Family
from lubsko_ops.core import clock
from tests.recorded_rows import RECORDER
from tests.row_changes import all_rows, diff_sql


class FamilyRows:
    """Id of the family and SQL that inserts its rows, by its name, the families beside it and the time."""

    def __init__(self):
        self.recorded: dict[tuple, tuple[int, str]] = {}

    def get_or_make(self, name: str, make) -> Family:
        others = tuple(Family.objects.order_by("pk").values_list("pk", flat=True))
        key = (name, others, clock.now())
        if key in self.recorded:
            pk, statement = self.recorded[key]
            with RECORDER.written_as(key), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
            return Family.objects.get(pk=pk)
        if set(others) - {pk for pk, _ in self.recorded.values()}:
            return make()
        before = all_rows()
        with RECORDER.written_as(key):
            family = make()
        self.recorded[key] = family.pk, diff_sql(before, all_rows())
        return family

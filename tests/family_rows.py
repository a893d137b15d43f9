"""Speeds up the fixtures of families: each is made through actions once, later tests insert its recorded rows.

The rows of a family depend on the families beside it (its number, deadlines, duplicates) and on the time of the clock.
Beside a family that a test has made itself, a shared one is made anew.
"""

from django.db import connection, transaction

from families.people.models import Family
from lubsko_ops.core import clock

TABLE_NAMES_SQL = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"


class FamilyRows:
    """Id of the family and SQL that inserts its rows, by its name, the families beside it and the time."""

    def __init__(self):
        self.recorded: dict[tuple, tuple[int, str]] = {}

    def get_or_make(self, name: str, make) -> Family:
        others = tuple(Family.objects.order_by("pk").values_list("pk", flat=True))
        key = (name, others, clock.now())
        if key in self.recorded:
            pk, statement = self.recorded[key]
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
            return Family.objects.get(pk=pk)
        if set(others) - {pk for pk, _ in self.recorded.values()}:
            return make()
        before = all_rows()
        family = make()
        self.recorded[key] = family.pk, diff_sql(before, all_rows())
        return family


def all_rows() -> set[tuple[str, str]]:
    """All rows of all tables, as text."""
    with connection.cursor() as cursor:
        cursor.execute(TABLE_NAMES_SQL)
        parts = [f"SELECT '{table}', each::text FROM \"{table}\" each" for (table,) in cursor.fetchall()]
        cursor.execute(" UNION ALL ".join(parts))
        return set(cursor.fetchall())


def diff_sql(before: set, after: set) -> str:
    """SQL that turns the rows before into the rows after."""
    removed, added = _rows_by_table(before - after), _rows_by_table(after - before)
    deletes = [
        f'DELETE FROM "{table}" each WHERE each::text = ANY({rows})' for table, rows in removed.items()
    ]
    inserts = [
        f'INSERT INTO "{table}" SELECT (each).* FROM (SELECT unnest({rows})::"{table}" AS each OFFSET 0) come'
        for table, rows in added.items()
    ]
    return ";\n".join([*deletes, *inserts])


def _rows_by_table(rows: set) -> dict[str, str]:
    """The rows of each table as an SQL array literal."""
    by_table: dict[str, list[str]] = {}
    for table, row in sorted(rows):
        by_table.setdefault(table, []).append("'" + row.replace("'", "''") + "'")
    return {table: f"ARRAY[{', '.join(texts)}]" for table, texts in by_table.items()}

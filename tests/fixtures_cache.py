"""The cast is made through the deeds once; for the next test the rows they left are put back, in one statement.

A member of staff or a region is the same whoever else is there, at the same hour of
the clock. A family is put back only where nothing else was written before it (its number, its duties and its pairs
depend on what is there) and beside the same families.
"""

import re

from django.db import connection, transaction

from families.people.models import Family
from lubsko_ops.core import clock

TABLE_NAMES_SQL = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
WRITES = re.compile(r"\s*(INSERT INTO|UPDATE|DELETE FROM|COPY)\b")
IGNORED_WRITES = re.compile(
    r'"(django_session|core_cache|core_loginsession)"|UPDATE "accounts_user" SET "last_login"'
)
MAX_FAMILIES = 4  # families; a larger centre is no place of the cast


class FixturesCache:
    """What the makers of the cast left, by who was made and from what."""

    def __init__(self):
        self.left: dict[tuple, tuple[type, int, str]] = {}
        self.making = self.touched = False
        connection.execute_wrappers.append(self._listen)

    def begin(self) -> None:
        """A new test: nothing has been written yet."""
        self.touched = False

    def row(self, name: str, make, *of):
        """A row made with the help of the rows named: made now, or put back as it was made before."""
        return self._made((name, *(each.pk for each in of)), make)

    def family(self, name: str, make, *of):
        beside = tuple(Family.objects.order_by("pk").values_list("pk", flat=True)[:MAX_FAMILIES])
        if self.touched or len(beside) == MAX_FAMILIES:
            return make()
        return self._made((name, beside, *(each.pk for each in of)), make)

    def _made(self, key: tuple, make):
        key = (clock.now(), *key)  # what is made by a traveller carries other days
        before, self.making = self.touched, True
        try:
            if key not in self.left:
                there = _all_rows()
                row = make()
                self.left[key] = type(row), row.pk, _diff_sql(there, _all_rows())
                return row
            model, pk, statement = self.left[key]
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
            return model.objects.get(pk=pk)
        finally:
            self.touched, self.making = before, False

    def _listen(self, execute, sql, params, many, context):
        if not self.making and not self.touched and WRITES.match(sql) and not IGNORED_WRITES.search(sql):
            self.touched = True
        return execute(sql, params, many, context)


def _all_rows() -> set[tuple[str, str]]:
    """Every row of every table, as text."""
    with connection.cursor() as cursor:
        cursor.execute(TABLE_NAMES_SQL)
        parts = [f"SELECT '{table}', each::text FROM \"{table}\" each" for (table,) in cursor.fetchall()]
        cursor.execute(" UNION ALL ".join(parts))
        return set(cursor.fetchall())


def _diff_sql(before: set, after: set) -> str:
    """What turns the rows that were there into those that are."""
    gone, come = _rows_by_table(before - after), _rows_by_table(after - before)
    deletes = [f'DELETE FROM "{table}" each WHERE each::text = ANY({rows})' for table, rows in gone.items()]
    inserts = [
        f'INSERT INTO "{table}" SELECT (each).* FROM (SELECT unnest({rows})::"{table}" AS each OFFSET 0) come'
        for table, rows in come.items()
    ]
    return ";\n".join([*deletes, *inserts])


def _rows_by_table(rows: set) -> dict[str, str]:
    """The rows of each table as a literal array."""
    found: dict[str, list[str]] = {}
    for table, row in sorted(rows):
        found.setdefault(table, []).append("'" + row.replace("'", "''") + "'")
    return {table: f"ARRAY[{', '.join(texts)}]" for table, texts in found.items()}

"""Speeds up shared fixtures: each is made through actions once; later tests insert the recorded rows in one statement.

A user or a region depends only on the time of the clock and the rows it is made from. A family is restored only when
nothing else was written before it (its number, deadlines and duplicates depend on other rows) and beside the same
families.
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
MAX_FAMILIES = 4  # a family is not restored beside more families than this


class FixturesCache:
    """Recorded rows by the name of the fixture and the rows it was made from."""

    def __init__(self):
        self.recorded: dict[tuple, tuple[type, int, str]] = {}
        self.making = self.written = False
        connection.execute_wrappers.append(self.watch_writes)

    def begin_test(self) -> None:
        """A new test: nothing has been written yet."""
        self.written = False

    def row(self, name: str, make, *related):
        """The row, made now or restored as recorded; ``related``: the rows it is made from."""
        return self._make_or_restore((name, *(each.pk for each in related)), make)

    def family(self, name: str, make, *related):
        others = tuple(Family.objects.order_by("pk").values_list("pk", flat=True)[:MAX_FAMILIES])
        if self.written or len(others) == MAX_FAMILIES:
            return make()
        return self._make_or_restore((name, others, *(each.pk for each in related)), make)

    def _make_or_restore(self, key: tuple, make):
        key = (clock.now(), *key)  # rows made under another frozen time hold other dates
        written, self.making = self.written, True
        try:
            if key not in self.recorded:
                before = _all_rows()
                row = make()
                self.recorded[key] = type(row), row.pk, _diff_sql(before, _all_rows())
                return row
            model, pk, statement = self.recorded[key]
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
            return model.objects.get(pk=pk)
        finally:
            self.written, self.making = written, False

    def watch_writes(self, execute, sql, params, many, context):
        if not self.making and not self.written and WRITES.match(sql) and not IGNORED_WRITES.search(sql):
            self.written = True
        return execute(sql, params, many, context)


def _all_rows() -> set[tuple[str, str]]:
    """All rows of all tables, as text."""
    with connection.cursor() as cursor:
        cursor.execute(TABLE_NAMES_SQL)
        parts = [f"SELECT '{table}', each::text FROM \"{table}\" each" for (table,) in cursor.fetchall()]
        cursor.execute(" UNION ALL ".join(parts))
        return set(cursor.fetchall())


def _diff_sql(before: set, after: set) -> str:
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

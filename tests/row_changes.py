"""All rows of the test database, and SQL that turns those before into those after."""

from django.db import connection

from tests.prepared import fetch_prepared

TABLE_NAMES_SQL = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"


def all_rows() -> set[tuple[str, str]]:
    """All rows of all tables, as text."""
    with connection.cursor() as cursor:
        cursor.execute(TABLE_NAMES_SQL)
        parts = [f"SELECT '{table}', each::text FROM \"{table}\" each" for (table,) in cursor.fetchall()]
    return set(fetch_prepared(" UNION ALL ".join(parts)))


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

"""Empties tables by DELETE instead of Django's TRUNCATE, which makes new files for every table and its indexes.

After a test with transactions few of the tables hold rows; TRUNCATE of all of them took 0.7 s. Triggers and checks of
references do not run, so the order of the tables does not matter; this needs a superuser, which the tests have.
"""

from collections.abc import Iterable

from django.db import connection

from tests.prepared import fetch_prepared

REFERRING = """
WITH RECURSIVE referring AS (
    SELECT unnest(%s::text[])::regclass::oid AS oid
    UNION
    SELECT conrelid FROM pg_constraint JOIN referring ON confrelid = referring.oid WHERE contype = 'f'
)
SELECT relname FROM referring JOIN pg_class USING (oid)
"""


def sql_flush(operations, style, tables, *, reset_sequences=False, allow_cascade=False) -> list[str]:
    """Stands in for ``DatabaseOperations.sql_flush``."""
    return statements(tables)


def statements(tables: Iterable[str]) -> list[str]:
    """What empties the tables, to be executed in a transaction."""
    holds_rows = " UNION ALL ".join(f"(SELECT '{table}' FROM \"{table}\" LIMIT 1)" for table in tables)
    deletes = [f'DELETE FROM "{table}"' for (table,) in fetch_prepared(holds_rows)]
    role = "SET LOCAL session_replication_role = "
    return [f"{role}replica", *deletes, f"{role}origin"]


def empty_with_referring(*tables: str) -> None:
    """Empty the tables and all that refer to them, as TRUNCATE ... CASCADE does."""
    with connection.cursor() as cursor:
        cursor.execute(REFERRING, [list(tables)])
        for statement in statements([name for (name,) in cursor.fetchall()]):
            cursor.execute(statement)

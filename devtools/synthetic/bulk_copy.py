"""Inserts of hundreds of thousands of rows: COPY, history in one statement, indexes and constraints built afterwards.

Only the synthetic data are written like this. The rows get the version and history (author, reason, moment) that an
action would have left; the database checks its constraints when they are added again.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import Enum

from django.db import connection, models

from lubsko_ops.audit.models import AuditedModel
from lubsko_ops.core.fields import EncryptedJSONField, EncryptedTextField

# Foreign keys, unique and exclusion constraints; keys of rows and checks stay.
CONSTRAINTS = """SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint
    WHERE conrelid::regclass::text = ANY(%s) AND contype IN ('f', 'u', 'x') ORDER BY contype = 'f', conname"""
INDEXES = """SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
    WHERE indrelid::regclass::text = ANY(%s) AND NOT indisprimary
    AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND conrelid = indrelid) ORDER BY 1"""


def execute(statement: str, params: Sequence = ()) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)


def lift_time_limits() -> None:
    """Lift the timeouts that protect pages, until the transaction ends."""
    execute("SET LOCAL statement_timeout = 0")
    execute("SET LOCAL idle_in_transaction_session_timeout = 0")


def vacuum_analyze() -> None:
    """Do what autovacuum would do in the next minutes: statistics for the planner, visibility map."""
    if connection.in_atomic_block:
        execute("ANALYZE")
        return
    execute("SET statement_timeout = 0")
    execute("VACUUM (ANALYZE)")
    execute("RESET statement_timeout")


def copy_rows(model: type[models.Model], names: Sequence[str], rows: Iterable[tuple]) -> None:
    """COPY tuples of database values of the named fields; the other fields get their default."""
    fields = [model._meta.get_field(name) for name in names]
    others = [field for field in model._meta.concrete_fields if field not in fields]
    defaults = tuple(_stored(field, field.get_default()) for field in others)
    columns = ", ".join(f'"{field.column}"' for field in (*fields, *others))
    with (
        connection.cursor() as cursor,
        cursor.copy(f'COPY "{model._meta.db_table}" ({columns}) FROM STDIN') as copy,
    ):
        for row in rows:
            copy.write_row(row + defaults)


def copy_models(rows: Sequence[models.Model]) -> None:
    """COPY cleaned rows of one model, with their ids."""
    if rows:
        fields = rows[0]._meta.concrete_fields
        values = (tuple(_stored(each, getattr(row, each.attname)) for each in fields) for row in rows)
        copy_rows(type(rows[0]), [field.name for field in fields], values)


def _stored(field: models.Field, value):
    """The value as the field saves it. Only custom fields and JSON change it; calling all would take half the time."""
    if isinstance(field, EncryptedTextField | EncryptedJSONField | models.JSONField):
        return field.get_db_prep_save(value, connection)
    return value.value if isinstance(value, Enum) else value


def write_history(model: type[AuditedModel], *, why: str, end_reason: str = "") -> None:
    """Write the history of all rows of a model: each was entered; one at version 2 was ended by a second action."""
    columns = [f'"{field.column}"' for field in model._meta.concrete_fields]
    entered = dict(zip(columns, columns, strict=True))
    if end_reason:
        entered |= {'"version"': "1", '"ends_on"': "CASE WHEN version = 1 THEN ends_on END"}
        entered |= {name: "''" for name in ('"closing_reason"', '"end_cause"') if name in entered}
    table, past = model._meta.db_table, model.history.model._meta.db_table
    target = f"""INSERT INTO "{past}" ({", ".join(columns)},
        history_date, history_change_reason, history_type, history_user_id)"""
    execute(
        f'{target} SELECT {", ".join(entered.values())}, entered_at, %s, %s, entered_by_id FROM "{table}"',
        [why, "+"],
    )
    if end_reason:
        ended = "greatest(entered_at, (ends_on + time '15:00') AT TIME ZONE 'Europe/Warsaw')"
        execute(
            f"""{target} SELECT {", ".join(columns)}, {ended}, %s, %s, entered_by_id FROM "{table}"
            WHERE version = 2 ORDER BY ends_on, id""",
            [end_reason, "~"],
        )


def reset_sequence(model: type[models.Model]) -> None:
    """Let the next row saved in the usual way take the next free id."""
    table = model._meta.db_table
    execute(
        f"SELECT setval(pg_get_serial_sequence(%s, 'id'), "
        f"greatest((SELECT max(id) FROM \"{table}\"), nextval(pg_get_serial_sequence(%s, 'id'))))",
        [f'"{table}"', f'"{table}"'],
    )


@contextmanager
def without_indexes(tables: Sequence[str]) -> Iterator[None]:
    """Drop indexes and constraints while the tables are filled; afterwards each is built and checked once."""
    execute("SET CONSTRAINTS ALL IMMEDIATE")  # earlier rows must not wait for a dropped key
    execute("SET CONSTRAINTS ALL DEFERRED")
    with connection.cursor() as cursor:
        cursor.execute(CONSTRAINTS, [list(tables)])
        constraints = cursor.fetchall()
        cursor.execute(INDEXES, [list(tables)])
        indexes = cursor.fetchall()
    for table, name, _ in reversed(constraints):
        execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    for name, _ in indexes:
        execute(f"DROP INDEX {name}")
    yield
    execute("SET LOCAL maintenance_work_mem = '256MB'")
    for _, definition in indexes:
        execute(definition)
    for table, name, definition in constraints:
        execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")

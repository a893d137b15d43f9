"""Checksums of all tables of a database, to compare a restored copy with its source."""

from dataclasses import dataclass

import psycopg
from psycopg import sql

# Texts of values depend on these settings of a connection.
SAME_TEXTS = (
    "SET TimeZone = 'UTC'; SET DateStyle = 'ISO'; SET IntervalStyle = 'iso_8601'; SET extra_float_digits = 1"
)
TABLES = """
    SELECT schemaname, tablename FROM pg_tables
    WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1, 2
"""
# The sum of a hash of each row does not depend on the order of the rows, and two equal rows do not cancel out.
CHECKSUM = """
    SELECT count(*), coalesce(sum(('x' || left(md5(row_::text), 16))::bit(64)::bigint::numeric), 0)
    FROM {table} AS row_
"""
# What a table is without its rows: columns, and the names of constraints, valid indexes and triggers. Their texts are
# left out: PostgreSQL writes the same condition in another way once it has read it back from a dump.
DEFINITIONS = """
    SELECT coalesce(string_agg(part, E'\n' ORDER BY part COLLATE "C"), '') FROM (
        SELECT concat_ws(' ', attname, format_type(atttypid, atttypmod), attnotnull, attgenerated) AS part
        FROM pg_attribute WHERE attrelid = %(table)s::regclass AND attnum > 0 AND NOT attisdropped
        UNION ALL SELECT concat_ws(' ', conname, contype, convalidated)
        FROM pg_constraint WHERE conrelid = %(table)s::regclass
        UNION ALL SELECT concat_ws(' ', relname, indisunique)
        FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
        WHERE indrelid = %(table)s::regclass AND indisvalid
        UNION ALL SELECT tgname FROM pg_trigger WHERE tgrelid = %(table)s::regclass AND NOT tgisinternal
    ) AS parts
"""


@dataclass(frozen=True)
class TableChecksum:
    """Number of rows, their checksum, and the definition of the table."""

    rows: int
    checksum: int
    definition: str

    def difference(self, other: "TableChecksum | None") -> str:
        """What differs in the other table, in Polish; empty when nothing does."""
        if other is None:
            return "brak tabeli"
        if self.definition != other.definition:
            return "inne kolumny, ograniczenia, indeksy albo wyzwalacze"
        if self.rows != other.rows:
            return f"{other.rows} wierszy zamiast {self.rows}"
        return "" if self.checksum == other.checksum else "inna treść wierszy"


def compute_checksums(connection: psycopg.Connection) -> dict[str, TableChecksum]:
    """Checksums by name of the table, as of one moment."""
    checksums = {}
    with connection.transaction(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute(SAME_TEXTS)
        for schema, name in cursor.execute(TABLES).fetchall():
            table = sql.Identifier(schema, name)
            rows, checksum = _one_row(cursor.execute(sql.SQL(CHECKSUM).format(table=table)))
            (definition,) = _one_row(cursor.execute(DEFINITIONS, {"table": table.as_string(connection)}))
            checksums[name if schema == "public" else f"{schema}.{name}"] = TableChecksum(
                rows, int(checksum), definition
            )
    return checksums


def compare_checksums(source: dict[str, TableChecksum], copy: dict[str, TableChecksum]) -> dict[str, str]:
    """What differs in the copy, by name of the table."""
    differences = {name: table.difference(copy.get(name)) for name, table in source.items()}
    differences |= {name: "tabela, której nie ma w bazie" for name in copy if name not in source}
    return {name: words for name, words in differences.items() if words}


def _one_row(cursor: psycopg.Cursor) -> tuple:
    row = cursor.fetchone()
    assert row is not None
    return row

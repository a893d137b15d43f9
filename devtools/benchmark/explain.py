"""How the database means to answer a statement: which large tables it would read from end to end."""

import json
from collections.abc import Iterable, Iterator

from django.db import connection

LARGE = 5_000  # rows; of fewer, reading all costs about what looking them up does
TABLES = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND reltuples > %s"


def large_tables(rows: int = LARGE) -> set[str]:
    """Tables with more than so many rows, as the last ANALYZE counted them."""
    with connection.cursor() as cursor:
        cursor.execute(TABLES, [rows])
        return {name for (name,) in cursor.fetchall()}


def nodes_of(statement: str, params=None) -> Iterator[dict]:
    """The nodes of the plan of a statement, which is not carried out."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {statement}", params)
        plan = cursor.fetchone()[0]
    waiting = [(json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]]
    while waiting:
        node = waiting.pop()
        yield node
        waiting += node.get("Plans", [])


def read_whole(statements: Iterable[str], *, of: set[str]) -> dict[str, str]:
    """Of these tables those read by a sequential scan, each with the first statement that does it."""
    tables: dict[str, str] = {}
    for statement in dict.fromkeys(statements):
        for node in nodes_of(statement):
            if node["Node Type"] == "Seq Scan" and node["Relation Name"] in of:
                tables.setdefault(node["Relation Name"], statement)
    return tables

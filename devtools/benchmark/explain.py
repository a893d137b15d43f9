"""Query plans: which large tables a statement would read from end to end."""

import json
from collections.abc import Iterable, Iterator

from django.db import connection

LARGE = 5_000  # rows; in smaller tables a sequential scan costs about as much as an index
TABLES = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND reltuples > %s"


def large_tables(rows: int = LARGE) -> set[str]:
    """Return tables with more than so many rows, as counted by the last ANALYZE."""
    with connection.cursor() as cursor:
        cursor.execute(TABLES, [rows])
        return {name for (name,) in cursor.fetchall()}


def nodes_of(statement: str, params=None) -> Iterator[dict]:
    """Yield the nodes of the plan of a statement, which is not executed."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {statement}", params)
        plan = cursor.fetchone()[0]
    waiting = [(json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]]
    while waiting:
        node = waiting.pop()
        yield node
        waiting += node.get("Plans", [])


def full_scans(statements: Iterable[str], *, of: set[str]) -> dict[str, str]:
    """Return those of these tables that are read by a sequential scan, with the first statement that does so."""
    tables: dict[str, str] = {}
    for statement in dict.fromkeys(statements):
        for node in nodes_of(statement):
            if node["Node Type"] == "Seq Scan" and node["Relation Name"] in of:
                tables.setdefault(node["Relation Name"], statement)
    return tables

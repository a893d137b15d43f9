"""Statements of a subject and their query plans: which large tables a statement would read from end to end."""

import json
import re
from collections.abc import Iterable, Iterator

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from devtools.benchmark.subject import Subject

LARGE = 5_000  # rows; in smaller tables a sequential scan costs about as much as an index
TABLES = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND reltuples > %s"
# Statements that are counted and explained: not savepoints and transactions.
COUNTED = re.compile(r"\s*\(*(SELECT|INSERT|UPDATE|DELETE|WITH)\b")


def statements_of(subject: Subject, client: Client) -> list[str]:
    """The statements of a second run: the first one fills caches."""
    subject.run(client)
    if subject.before:
        subject.before(client)
    with CaptureQueriesContext(connection) as captured:
        subject.do(client)
    return [query["sql"] for query in captured if COUNTED.match(query["sql"])]


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


def plan_text(statement: str) -> str:
    """The plan of a statement as PostgreSQL prints it; a query is also run, so that real times and rows are in it."""
    options = "ANALYZE, BUFFERS" if re.match(r"\s*\(*(SELECT|WITH)\b", statement) else "COSTS"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN ({options}) {statement}", None)
        lines = [line for (line,) in cursor.fetchall()]
        transaction.set_rollback(True)  # a query may write too: WITH … INSERT
    return "\n".join(lines)

"""SQL statements of a page: SELECT, INSERT, UPDATE and DELETE, without savepoints."""

import re
from collections import Counter

from django.db import connection
from django.test.utils import CaptureQueriesContext

COUNTED_STATEMENT = re.compile(r"\(*(SELECT|INSERT|UPDATE|DELETE|WITH)\b")


TABLE = re.compile(r'\b(?:FROM|INTO|UPDATE) "(\w+)"')


class Statements(list):
    """Statements that print the number and the tables first, then one short line each: a failed ceiling is readable."""

    def __repr__(self) -> str:
        tables = Counter(match[1] if (match := TABLE.search(each)) else "?" for each in self)
        by_table = ", ".join(f"{name} {count}" for name, count in tables.most_common())
        lines = [f"  {number}. {each[:110]}" for number, each in enumerate(self, start=1)]
        return "\n".join([f"{len(self)} statements: {by_table}", *lines[:40]])


def page_statements(client, url: str, **kwargs) -> Statements:
    """The statements of a second request: the first one updates the session and fills caches."""
    assert client.get(url, **kwargs).status_code == 200
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url, **kwargs).status_code == 200
    return Statements(query["sql"] for query in queries if COUNTED_STATEMENT.match(query["sql"]))

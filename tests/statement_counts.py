"""SQL statements of a page: SELECT, INSERT, UPDATE and DELETE, without savepoints."""

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext

COUNTED_STATEMENT = re.compile(r"\(*(SELECT|INSERT|UPDATE|DELETE|WITH)\b")


def page_statements(client, url: str, **kwargs) -> list[str]:
    """The statements of a second request: the first one updates the session and fills caches."""
    assert client.get(url, **kwargs).status_code == 200
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url, **kwargs).status_code == 200
    return [query["sql"] for query in queries if COUNTED_STATEMENT.match(query["sql"])]

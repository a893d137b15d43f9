"""A statement of a POST fails, each that writes and the last of each transaction in its turn: nothing is half-saved,
and the same form sent again makes its record once.

What only reads, and what begins or ends a part of the transaction, leaves the same behind as the next write would; it
matters only whether somebody swallows its failure, and for that each text fails once, whichever deed asks it first.
"""

import re

import pytest
from django.db import OperationalError, connection

from lubsko_ops.core.own_apps import get_own_models
from lubsko_ops.submissions.base_views import ActionFormView
from tests.form_client import form_data, rolled_back
from tests.form_submissions import FORM_SUBMISSIONS
from tests.url_inventory import all_routes

LOGIN = "/konto/logowanie/"
# Written on purpose outside the deed.
APART = {"audit_refusalentry"}


class FailAt:
    """Lets n − 1 statements through and fails the n-th, as a lost connection would. 0 only counts.

    ``seen``: the statements, without their values.
    """

    def __init__(self, n):
        self.n, self.seen = n, []

    def __call__(self, execute, sql, params, many, context):
        part = re.match(r"(?:RELEASE )?SAVEPOINT", sql)  # each has a name of its own
        self.seen.append(part[0] if part else sql)
        if len(self.seen) == self.n:
            raise OperationalError("server closed the connection unexpectedly")
        return execute(sql, params, many, context)


WRITES = ("INSERT", "UPDATE", "DELETE")
FAILED: set[str] = set()  # in a deed before


def to_fail(seen: list[str]) -> list[int]:
    """The first statement; and from the first that writes on every write, every end of a whole transaction (here a
    part of that of the test), and of all else what has not failed in another deed."""
    chosen, depth, writing = [1], 0, False
    for n, sql in enumerate(seen, 1):
        depth += {"SAVEPOINT": 1, "RELEASE SAVEPOINT": -1}.get(sql, 0)
        writes = sql.startswith(WRITES)
        writing |= writes
        whole = sql == "RELEASE SAVEPOINT" and depth == 0
        if writing and (writes or whole or sql not in FAILED):
            chosen.append(n)
            FAILED.add(sql)
    assert chosen[1:2] != [1], "who asks is looked up before anything is written"
    return chosen


TABLES = sorted({model._meta.db_table for model in get_own_models(history=True)} - APART)


def ask(select: str, order: str = "") -> list[tuple]:
    one = " UNION ALL ".join(f"SELECT '{name}' AS t, md5(x::text) AS h FROM \"{name}\" x" for name in TABLES)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {select} FROM ({one}) rows {order}")
        return cursor.fetchall()


def state() -> list[tuple]:
    """A checksum over every row of every table of ours."""
    return ask("md5(string_agg(t || h, ',' ORDER BY t, h))")


def counts() -> list[tuple]:
    """How many rows each table has."""
    return ask("t, count(*)", "GROUP BY t ORDER BY t")


def but_shown(rows: list[tuple]) -> list[tuple]:
    """Without what a refused form leaves: its draft, and the line that its page was shown."""
    return [row for row in rows if row[0] not in ("submissions_draft", "audit_readentry")]


@pytest.mark.parametrize("deed", FORM_SUBMISSIONS, ids=str)
def test_nothing_is_half_saved(client, db, deed, request):
    client.raise_request_exception = False
    client.force_login(request.getfixturevalue(deed.who))
    url, fields = deed.fill(request)
    data = form_data(client, url, **fields)
    client.get("/konto/")  # the session is touched before the counting begins
    before, untouched = state(), but_shown(counts())

    def send(n=0):
        failure = FailAt(n)
        with connection.execute_wrapper(failure):
            return client.post(url, data), failure

    with rolled_back():
        response, counted = send()
        assert response.status_code == 302, "the form is filled as the deed needs it"
        whole = counts()
        assert state() != before
        again, _ = send()
        assert (again.status_code, again.url) == (302, response.url)
        assert counts() == whole, "the same form sent again changed something"
    for n in to_fail(counted.seen):
        with rolled_back():
            response, _ = send(n)
            away = response.get("Location", "")
            if response.status_code == 302 and LOGIN not in away:
                # Django's own look at a constraint failed and was skipped: the constraint itself still holds.
                assert counts() == whole, f"half-saved when statement {n} failed"
            elif response.status_code in (302, 422):
                # The session could not be written, or that look took the failure for a breach: the text waits.
                assert but_shown(counts()) == untouched, f"statement {n}"
            else:
                assert response.status_code in (500, 503), f"statement {n}"
                assert state() == before, f"half-saved when statement {n} failed"


def test_every_form_is_in_the_loop():
    forms = {
        route.name
        for route in all_routes()
        if route.view_class and issubclass(route.view_class, ActionFormView)
    }
    assert forms == {deed.name for deed in FORM_SUBMISSIONS}

"""Each statement of a POST fails in turn: nothing is saved partially, and resubmitting saves the record once.

Every write and every end of a whole transaction fails. Reads and savepoints leave the same state as the next write
would; to find handlers that swallow their failure, the first of each kind fails: of each savepoint and of the reads of
each table.
"""

import re

import pytest
from django.db import OperationalError, connection

from lubsko_ops.core.own_apps import get_own_models
from lubsko_ops.submissions.base_views import ActionFormView
from tests.form_client import form_data, rolled_back
from tests.form_submissions import FORM_SUBMISSIONS
from tests.prepared import fetch_prepared
from tests.url_inventory import all_routes

LOGIN = "/konto/logowanie/"
# Written deliberately in a separate transaction.
EXCLUDED_TABLES = {"audit_accessdeniedentry"}


class FailAt:
    """Execute wrapper that fails the n-th statement as a lost connection would; 0 only records.

    ``seen``: the statements without their values.
    """

    def __init__(self, n):
        self.n, self.seen = n, []

    def __call__(self, execute, sql, params, many, context):
        part = re.match(r"(?:RELEASE )?SAVEPOINT", sql)  # savepoint names are unique
        self.seen.append(part[0] if part else sql)
        if len(self.seen) == self.n:
            raise OperationalError("server closed the connection unexpectedly")
        return execute(sql, params, many, context)


WRITES = ("INSERT", "UPDATE", "DELETE")


def kind_of(sql: str) -> str:
    """Statements that read the same table first are of one kind."""
    table = re.search(r' FROM "\w+"', sql)
    return sql.split(maxsplit=1)[0] + (table[0] if table else "")


def statements_to_fail(seen: list[str]) -> list[int]:
    """The first statement; from the first write on all writes, all ends of whole transactions (a savepoint in the
    transaction of the test), and the first of each kind of other statements."""
    numbers, kinds, depth, writing = [1], set(), 0, False
    for n, sql in enumerate(seen, 1):
        depth += {"SAVEPOINT": 1, "RELEASE SAVEPOINT": -1}.get(sql, 0)
        writes = sql.startswith(WRITES)
        writing |= writes
        outermost = sql == "RELEASE SAVEPOINT" and depth == 0
        if writing and (writes or outermost or kind_of(sql) not in kinds):
            numbers.append(n)
            kinds.add(kind_of(sql))
    assert numbers[1:2] != [1], "the user is loaded before anything is written"
    return numbers


TABLES = sorted({model._meta.db_table for model in get_own_models(history=True)} - EXCLUDED_TABLES)


def query_rows(select: str, order: str = "") -> list[tuple]:
    rows = " UNION ALL ".join(f"SELECT '{name}' AS t, md5(x::text) AS h FROM \"{name}\" x" for name in TABLES)
    return fetch_prepared(f"SELECT {select} FROM ({rows}) rows {order}")


def state() -> list[tuple]:
    """A checksum over all rows of all own tables."""
    return query_rows("md5(string_agg(t || h, ',' ORDER BY t, h))")


def counts() -> list[tuple]:
    """Number of rows by table."""
    return query_rows("t, count(*)", "GROUP BY t ORDER BY t")


def without_drafts_and_log(rows: list[tuple]) -> list[tuple]:
    """Without the tables a rejected form writes to: its draft and the access log."""
    return [row for row in rows if row[0] not in ("submissions_draft", "audit_accesslogentry")]


@pytest.mark.parametrize("submission", FORM_SUBMISSIONS, ids=str)
def test_a_failing_statement_saves_nothing_partially(client, db, submission, request):
    client.raise_request_exception = False
    client.force_login(request.getfixturevalue(submission.username))
    url, fields = submission.fill(request)
    data = form_data(client, url, **fields)
    client.get("/konto/")  # updates the session before the recording starts
    before, initial_counts = state(), without_drafts_and_log(counts())

    def send(n=0):
        failure = FailAt(n)
        with connection.execute_wrapper(failure):
            return client.post(url, data), failure

    with rolled_back():
        response, counted = send()
        assert response.status_code == 302, "the submission is valid"
        saved = counts()
        assert state() != before
        again, _ = send()
        assert (again.status_code, again.url) == (302, response.url)
        assert counts() == saved, "resubmitting changed something"
    for n in statements_to_fail(counted.seen):
        with rolled_back():
            response, _ = send(n)
            location = response.get("Location", "")
            if response.status_code == 302 and LOGIN not in location:
                # Django's own check of a constraint failed and was skipped; the database still enforces it.
                assert counts() == saved, f"partially saved when statement {n} failed"
            elif response.status_code in (302, 422):
                # The session could not be saved, or the check took the failure for a violation: a draft is kept.
                assert without_drafts_and_log(counts()) == initial_counts, f"statement {n}"
            else:
                assert response.status_code in (500, 503), f"statement {n}"
                assert state() == before, f"partially saved when statement {n} failed"


def test_every_form_has_a_submission(walked):
    forms = {
        route.name
        for route in all_routes()
        if route.view_class and issubclass(route.view_class, ActionFormView)
    }
    assert forms == {submission.name for submission in FORM_SUBMISSIONS}
    walked("forms whose statements fail in turn", len(forms), at_least=48)
    walked("submissions of these forms", len(FORM_SUBMISSIONS), at_least=49)
    walked("tables compared after a failure", len(TABLES), at_least=76)

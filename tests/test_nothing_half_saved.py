"""The n-th SQL statement of each POST fails, for every n: nothing is half-saved, and the same form sent again
makes its record once."""

import hashlib

import pytest
from django.apps import apps
from django.db import OperationalError, connection

from tests.deeds import DEEDS
from tests.pages import form_data

OURS = ("ops", "families", "projects", "meetings", "reports")
# Written on purpose outside the deed: the register of refusals and the touch of the login session.
APART = {"ops_refusalentry"}


class FailAt:
    """Lets n − 1 statements through and fails the n-th, as a lost connection would."""

    def __init__(self, n):
        self.n, self.seen = n, 0

    def __call__(self, execute, sql, params, many, context):
        self.seen += 1
        if self.seen == self.n:
            raise OperationalError("server closed the connection unexpectedly")
        return execute(sql, params, many, context)


def state() -> str:
    """A checksum over every row of every table of ours."""
    tables = [
        model._meta.db_table
        for label in OURS
        for model in apps.get_app_config(label).get_models()
        if model._meta.db_table not in APART
    ]
    one = " UNION ALL ".join(f"SELECT '{name}' AS t, md5(x::text) AS h FROM \"{name}\" x" for name in sorted(tables))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT string_agg(t || h, ',' ORDER BY t, h) FROM ({one}) rows")
        return hashlib.md5((cursor.fetchone()[0] or "").encode()).hexdigest()


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.name)
def test_nothing_is_half_saved(client, db, deed, request):
    client.raise_request_exception = False
    client.force_login(request.getfixturevalue(deed.who))
    url, fields = deed.fill(request)
    data = form_data(client, url, **fields)
    client.get("/konto/")  # the session is touched before the counting begins
    before, n = state(), 0
    while True:
        n += 1
        failure = FailAt(n)
        with connection.execute_wrapper(failure):
            response = client.post(url, data)
        if failure.seen < n:
            break
        assert response.status_code in (500, 503), f"statement {n}"
        assert state() == before, f"half-saved when statement {n} failed"
    assert response.status_code == 302, "the first sending without a failure is the deed"
    after = state()
    assert after != before
    assert n > 5
    again = client.post(url, data)
    assert (again.status_code, again.url) == (302, response.url)
    assert state() == after, "the same form sent again changed something"

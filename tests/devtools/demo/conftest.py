"""The demo centre on the day of the fixtures, loaded once for all the tests about it."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from lubsko_ops.accounts.models import User
from lubsko_ops.output import documents
from tests.factories import TODAY
from tests.staff import delete_staff


@pytest.fixture(scope="package")
def loaded(django_db_setup, django_db_blocker):
    """Terminal output of loading the centre, which is rolled back after the last test.

    Its papers are not rendered, which took most of the time: a failure of the nightly job would not fail the loading.
    """
    out = StringIO()
    with django_db_blocker.unblock(), transaction.atomic():
        delete_staff()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(documents, "write_pdf", lambda html, static: b"%PDF-")
            call_command("demo", day=TODAY, stdout=out)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # statistics of the empty tables make PostgreSQL join row by row
        yield out.getvalue()
        transaction.set_rollback(True)


@pytest.fixture
def centre(loaded, db):
    """Users of the loaded centre by account."""
    return {user.username: user for user in User.objects.all()}

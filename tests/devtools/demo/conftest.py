"""The demo centre on the day of the fixtures, loaded once for all the tests about it."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction

from lubsko_ops.accounts.models import User
from tests.factories import TODAY
from tests.staff import delete_staff


@pytest.fixture(scope="package")
def loaded(django_db_setup, django_db_blocker):
    """Terminal output of loading the centre, which is rolled back after the last test."""
    out = StringIO()
    with django_db_blocker.unblock(), transaction.atomic():
        delete_staff()
        call_command("demo", day=TODAY, stdout=out)
        yield out.getvalue()
        transaction.set_rollback(True)


@pytest.fixture
def centre(loaded, db):
    """Users of the loaded centre by account."""
    return {user.username: user for user in User.objects.all()}

"""A restored fixture equals the one that was made."""

from datetime import timedelta

import pytest
from django.db import connection, transaction

from lubsko_ops.accounts.actions import create_account
from lubsko_ops.accounts.models import User
from lubsko_ops.core import clock
from tests.fixtures_cache import FixturesCache


@pytest.fixture
def cache(db):
    """An empty cache."""
    cache = FixturesCache()
    yield cache
    connection.execute_wrappers.remove(cache.watch_writes)


def make_user() -> User:
    return create_account(username="ola", first_name="Ola", last_name="Żak", password="Lubsko-demo-2026")


def made_and_rolled_back(make):
    """Values of the row; it is rolled back, as at the end of a test."""
    with transaction.atomic():
        user = make()
        values = User.objects.filter(pk=user.pk).values().get()
        transaction.set_rollback(True)
    assert not User.objects.filter(username="ola").exists()
    return values


def test_a_restored_row_equals_the_one_made(cache):
    made = made_and_rolled_back(lambda: cache.row("ola", make_user))
    assert made_and_rolled_back(lambda: cache.row("ola", lambda: pytest.fail("made twice"))) == made


def test_another_time_makes_a_new_row(cache):
    made_and_rolled_back(lambda: cache.row("ola", make_user))
    with clock.freeze_time(clock.now() + timedelta(days=5)):
        row = made_and_rolled_back(lambda: cache.row("ola", make_user))
        assert row["date_joined"] == clock.now()


def test_other_related_rows_make_a_new_row(cache):
    first = made_and_rolled_back(lambda: cache.row("ola", make_user, User(pk=1)))
    assert made_and_rolled_back(lambda: cache.row("ola", make_user, User(pk=2)))["id"] != first["id"]

"""The cast that is put back is the cast that was made."""

from datetime import timedelta

import pytest
from django.db import connection, transaction

from lubsko_ops.accounts.actions import create_account
from lubsko_ops.accounts.models import User
from lubsko_ops.core import clock
from tests.fixtures_cache import FixturesCache


@pytest.fixture
def kept(db):
    """One that remembers nothing yet."""
    made = FixturesCache()
    yield made
    connection.execute_wrappers.remove(made._listen)


def somebody() -> User:
    return create_account(username="ola", first_name="Ola", last_name="Żak", password="Lubsko-demo-2026")


def undone(make):
    """Make it, read what was made as plain values, and undo it, as the end of a test does."""
    with transaction.atomic():
        made = make()
        told = User.objects.filter(pk=made.pk).values().get()
        transaction.set_rollback(True)
    assert not User.objects.filter(username="ola").exists()
    return told


def test_what_is_put_back_is_what_was_made(kept):
    made = undone(lambda: kept.row("ola", somebody))
    assert undone(lambda: kept.row("ola", lambda: pytest.fail("made twice"))) == made


def test_a_traveller_makes_it_anew(kept):
    undone(lambda: kept.row("ola", somebody))
    with clock.freeze_time(clock.now() + timedelta(days=5)):
        assert undone(lambda: kept.row("ola", somebody))["date_joined"] == clock.now()


def test_what_was_made_of_others_is_made_anew(kept):
    first = undone(lambda: kept.row("ola", somebody, somebody_else(1)))
    assert undone(lambda: kept.row("ola", somebody, somebody_else(2)))["id"] != first["id"]


def somebody_else(pk: int) -> User:
    return User(pk=pk)

"""Migrating beside a running site: locks are awaited briefly and asked for again, statements take their time."""

import threading
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.core.management.commands import migrate as django_migrate
from django.db import connection, transaction

from families.people.models import Family
from lubsko_ops.core.management.commands import migrate

TIMEOUTS = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")


@pytest.fixture
def small_app(settings, monkeypatch):
    """An app with a second migration, which changes the table of families."""
    settings.MIGRATION_MODULES = {"search": "tests.lubsko_ops.migrations_of_search"}
    monkeypatch.setattr(migrate, "LOCK_WAIT", "100ms")
    yield
    migrate_search("0001")


def migrate_search(name: str) -> str:
    """Migrate the app; what was written about waiting."""
    errors = StringIO()
    call_command("migrate", "search", name, verbosity=0, stderr=errors)
    return errors.getvalue()


def has_new_column() -> bool:
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, Family._meta.db_table)
    return "migrated" in {column.name for column in columns}


@pytest.fixture
def busy_table():
    """Another transaction reads the table of families until the event is set."""
    reading, done = threading.Event(), threading.Event()

    def read():
        with transaction.atomic():
            Family.objects.exists()
            reading.set()
            done.wait(30)
        connection.close()

    reader = threading.Thread(target=read)
    reader.start()
    reading.wait(10)
    yield lambda: (done.set(), reader.join())
    done.set()
    reader.join()


@pytest.mark.django_db(transaction=True)
def test_a_busy_table_is_asked_for_again(small_app, busy_table, monkeypatch):
    pauses = []

    def pause(seconds):
        pauses.append(seconds)
        assert not has_new_column()
        if len(pauses) == 2:
            busy_table()

    monkeypatch.setattr(migrate.time, "sleep", pause)
    messages = migrate_search("0002")
    assert has_new_column() and pauses == [5, 5]
    assert "Tabela jest zajęta. Następna próba (2 z 6) za 5 s." in messages


@pytest.mark.django_db(transaction=True)
def test_it_gives_up_with_a_plain_message(small_app, busy_table, monkeypatch):
    monkeypatch.setattr(migrate.time, "sleep", lambda seconds: None)
    with pytest.raises(CommandError, match="Migracja 6 razy nie doczekała się na tabelę"):
        migrate_search("0002")
    assert not has_new_column()
    busy_table()


def timeouts() -> list[str]:
    with connection.cursor() as cursor:
        return [cursor.execute(f"SHOW {name}").fetchone()[0] for name in TIMEOUTS]


def test_only_the_migration_itself_is_without_a_limit(db, monkeypatch):
    seen = []
    monkeypatch.setattr(django_migrate.Command, "handle", lambda *args, **options: seen.append(timeouts()))
    call_command("migrate")
    assert seen == [["0", "5s", "0"]]
    assert timeouts() == ["15s", "3s", "30s"]

"""The drill restores a real dump beside its source, says what differs, and leaves no database behind."""

import os
import subprocess
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from families.people.actions import open_family
from families.people.models import Family
from lubsko_ops.core import clock
from lubsko_ops.jobs.management.commands.restore_drill import connect_parameters

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def dump(tmp_path, maria, kowalscy):
    """Makes a dump of the database of the tests; more arguments are passed to pg_dump."""

    def make(*arguments):
        file, source = tmp_path / "lubsko.dump", connect_parameters()
        argv = ["pg_dump", "-Fc", "-h", source["host"], "-U", source["user"], *arguments, "-f", str(file)]
        env = os.environ | {"PGPASSWORD": source.get("password", ""), "PGPORT": source.get("port", "5432")}
        subprocess.run([*argv, source["dbname"]], check=True, env=env)
        return file

    return make


def databases() -> int:
    with connection.cursor() as cursor:
        copies = f"{connection.settings_dict['NAME']}_drill_"
        cursor.execute("SELECT count(*) FROM pg_database WHERE starts_with(datname, %s)", [copies])
        return cursor.fetchone()[0]


def drill(file) -> str:
    output = StringIO()
    try:
        call_command("restore_drill", file, stdout=output)
    except CommandError as failure:
        output.write(f"FAILED: {failure}")
    assert databases() == 0
    return output.getvalue()


def test_a_good_dump(dump):
    text = drill(dump())
    assert "Odtworzono" in text and "Porównano: " in text
    assert "Odtworzona kopia jest taka sama jak baza." in text and "FAILED" not in text


def test_what_was_saved_or_changed_since_differs(dump, maria):
    file = dump()
    open_family(name="Lisowie", on=clock.today(), by=maria)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_user SET first_name = first_name || '!' WHERE id = %s", [maria.pk])
    text = drill(file)
    assert f"people_family: {Family.objects.count() - 1} wierszy zamiast {Family.objects.count()}" in text
    assert "accounts_user: inna treść wierszy" in text
    assert "people_membership" not in text
    assert "FAILED: Odtworzona kopia różni się od bazy." in text


def test_a_table_that_is_missing(dump):
    assert "submissions_draft: brak tabeli" in drill(dump("--exclude-table=submissions_draft"))


def test_an_index_or_constraint_that_is_missing(dump):
    file = dump()
    with connection.cursor() as cursor:
        cursor.execute("CREATE INDEX added_later ON people_family (name, id)")
    try:
        assert "people_family: inne kolumny, ograniczenia, indeksy albo wyzwalacze" in drill(file)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP INDEX added_later")


def test_what_changes_without_anybody_is_not_judged(dump):
    file = dump()
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now())")
    text = drill(file)
    assert "procrastinate_workers: 0 wierszy zamiast 1 (zmienia się stale, nie liczy się)" in text
    assert "Odtworzona kopia jest taka sama jak baza." in text


def test_a_file_that_is_no_dump(tmp_path):
    file = tmp_path / "broken.dump"
    file.write_bytes(b"PGDMP and nothing")
    assert "FAILED: pg_restore nie odtworzył kopii (kod 1)." in drill(file)
    assert "FAILED: Nie ma pliku" in drill(tmp_path / "none.dump")

"""Restores a dump (pg_dump -Fc) into a new database of the same server and compares all tables with the source.

The new database is dropped again. Ends with 1 when a table is missing or differs; what was saved after the dump
differs too, so make the dump just before. The role must be allowed to create databases (docs/how-to/deploy.md).
"""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from psycopg import sql

from lubsko_ops.core.polish import count_of
from lubsko_ops.core.table_checksums import compare_checksums, compute_checksums

# Written without anybody working: the worker's sign of life, sessions, rate limits. They are restored, not judged.
ALWAYS_CHANGING = {
    "core_cache",
    "django_session",
    "procrastinate_events",
    "procrastinate_jobs",
    "procrastinate_workers",
}
JOBS = 2  # tables restored at the same time


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("dump", type=Path, help="file made by pg_dump -Fc")

    def handle(self, *args, dump: Path, **options):
        if not dump.is_file():
            raise CommandError(f"Nie ma pliku {dump}.")
        source = connect_parameters()
        with new_database(source) as copy:
            restore(dump, copy, report=self.stdout.write)
            started = time.monotonic()
            with psycopg.connect(**source) as ours, psycopg.connect(**copy) as restored:
                expected, actual = compute_checksums(ours), compute_checksums(restored)
        rows = sum(table.rows for table in actual.values())
        tables, rows_text = (
            count_of(len(actual), "tabela,tabele,tabel"),
            count_of(rows, "wiersz,wiersze,wierszy"),
        )
        self.stdout.write(f"Porównano: {tables}, {rows_text} ({time.monotonic() - started:.1f} s).")
        differences = compare_checksums(expected, actual)
        for name, words in differences.items():
            mark = " (zmienia się stale, nie liczy się)" if name in ALWAYS_CHANGING else ""
            self.stdout.write(f"  {name}: {words}{mark}")
        if differences.keys() - ALWAYS_CHANGING:
            raise CommandError(
                "Odtworzona kopia różni się od bazy. Jeśli po zrobieniu kopii ktoś pracował, powtórz."
            )
        self.stdout.write("Odtworzona kopia jest taka sama jak baza.")


def connect_parameters() -> dict[str, Any]:
    """Parameters of libpq for the database of the application, without the time limits of pages."""
    given = connection.get_connection_params()
    return {
        name: str(given[name]) for name in ("dbname", "host", "port", "user", "password") if given.get(name)
    }


@contextmanager
def new_database(source: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """An empty database beside the source, for the time of the block."""
    name = f"{source['dbname']}_drill_{os.getpid()}"
    database = sql.Identifier(name)
    with psycopg.connect(**source, autocommit=True) as server:
        try:
            server.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'").format(
                    database
                )
            )
        except psycopg.errors.InsufficientPrivilege:
            raise CommandError(
                "Ta rola nie może zakładać baz. Pozwala na to: ALTER ROLE … CREATEDB (docs/how-to/deploy.md)."
            ) from None
        try:
            yield source | {"dbname": name}
        finally:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(database))


def restore(dump: Path, copy: dict[str, Any], *, report) -> None:
    """Restore the dump; the first error ends it, because a partial copy looks like a whole one."""
    program, started = shutil.which("pg_restore"), time.monotonic()
    if not program:
        raise CommandError("Brakuje programu pg_restore (pakiet postgresql-client).")
    names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD"}
    env = os.environ | {names[name]: value for name, value in copy.items() if name in names}
    argv = [program, "--exit-on-error", "--no-owner", "--no-privileges", f"--jobs={JOBS}"]
    ended = subprocess.run([*argv, "--dbname", copy["dbname"], str(dump)], env=env, capture_output=True)
    if ended.returncode:  # its words may quote a row
        raise CommandError(f"pg_restore nie odtworzył kopii (kod {ended.returncode}).")
    report(f"Odtworzono {dump.stat().st_size / 1024**2:.1f} MB ({time.monotonic() - started:.1f} s).")

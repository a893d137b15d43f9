"""Django's migrate beside a running site: it waits for locks only briefly and tries again.

A migration that waits for a table makes everybody wait who asks for the table after it. So a lock is awaited for a few
seconds, then the migration gives way, and after a pause begins again; migrations already applied stay. A statement
itself may take as long as it needs (docs/how-to/migrate-large-tables.md).
"""

import time
from contextlib import contextmanager

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import OperationalError, connections

from lubsko_ops.core.database_errors import DEADLOCK, LOCK_TIMEOUT, sqlstate_of

LOCK_WAIT = "5s"
ATTEMPTS = 6
PAUSE_SECONDS = 5


class Command(migrate.Command):
    def handle(self, *args, **options):
        with patient_connection(options["database"]):
            for attempt in range(1, ATTEMPTS + 1):
                try:
                    return super().handle(*args, **options)
                except OperationalError as error:
                    if sqlstate_of(error) not in (LOCK_TIMEOUT, DEADLOCK):
                        raise
                    self.give_way(attempt, error)

    def give_way(self, attempt: int, error: OperationalError) -> None:
        """Say what happened, and wait before the next attempt. Raises CommandError after the last one."""
        if attempt == ATTEMPTS:
            raise CommandError(
                f"Migracja {ATTEMPTS} razy nie doczekała się na tabelę, której używa ktoś inny. Nic nie przepadło: "
                "wykonane migracje zostały. Uruchom ją jeszcze raz, gdy nikt nie pracuje."
            ) from error
        self.stderr.write(
            f"\nTabela jest zajęta. Następna próba ({attempt + 1} z {ATTEMPTS}) za {PAUSE_SECONDS} s."
        )
        time.sleep(PAUSE_SECONDS)


@contextmanager
def patient_connection(database: str):
    """The connection without a limit for statements and idle transactions, with LOCK_WAIT as the limit for locks."""
    limits = {"statement_timeout": "0", "idle_in_transaction_session_timeout": "0", "lock_timeout": LOCK_WAIT}
    with connections[database].cursor() as cursor:
        for name, value in limits.items():
            cursor.execute(f"SET {name} = '{value}'")
    try:
        yield
    finally:
        with connections[database].cursor() as cursor:
            for name in limits:
                cursor.execute(f"RESET {name}")

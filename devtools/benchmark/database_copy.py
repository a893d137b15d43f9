"""A copy of the loaded centre for the time of the benchmark, so that what is opened and saved leaves no trace."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit, urlunsplit

from django.db import DatabaseError, connection

SUFFIX = "_bench"


@contextmanager
def database_copy() -> Iterator[bool]:
    """Let this process and servers that it starts work on a copy of the database, dropped at the end.

    False when there is no copy, because somebody else is connected to the database or the role may not make one.
    """
    own, url = connection.settings_dict["NAME"], os.environ["DATABASE_URL"]
    copy = f"{own}{SUFFIX}"
    connection.close()  # PostgreSQL copies only a database nobody is connected to
    made = False
    with suppress(DatabaseError):
        _execute(
            f'DROP DATABASE IF EXISTS "{copy}"',
            f'CREATE DATABASE "{copy}" TEMPLATE "{own}" STRATEGY FILE_COPY',
        )
        made = True
    if not made:
        yield False
        return
    try:
        _use(copy, urlunsplit(urlsplit(url)._replace(path=f"/{copy}")))
        yield True
    finally:
        _use(own, url)
        _execute(f'DROP DATABASE IF EXISTS "{copy}" WITH (FORCE)')


def _execute(*statements: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")  # copying a metropolis takes longer than any page may
        for statement in statements:
            cursor.execute(statement)


def _use(name: str, url: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name
    os.environ["DATABASE_URL"] = url

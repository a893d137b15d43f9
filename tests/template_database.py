"""With several workers the migrations run once, in the first process, while the workers collect their tests.

The database of each worker is a copy of that template. In one process, and with --reuse-db, Django makes the test
database as usual.
"""

import time
from contextlib import suppress
from threading import Thread

import pytest
from django.conf import settings
from django.core.management.base import CommandError
from django.db import DatabaseError, connection
from pytest_django.plugin import blocking_manager_key

NAME = f"template_of_{settings.DATABASES['default']['NAME']}"
UNFINISHED = f"{NAME}_unfinished"
PATIENCE = 600  # seconds
MAKER = pytest.StashKey[Thread]()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes(config):
    """Begin to make the template, before the first worker starts."""
    if config.option.reuse_db:
        return
    drop(config)
    config.stash[MAKER] = Thread(target=make, args=[config])
    config.stash[MAKER].start()


def pytest_unconfigure(config):
    if maker := config.stash.get(MAKER, None):
        maker.join()
        drop(config)


def make(config) -> None:
    """Migrate the template. A failure is left to the workers: each migrates its copy to the end and reports it."""
    with config.stash[blocking_manager_key].unblock():
        connection.settings_dict["TEST"]["NAME"] = UNFINISHED
        with suppress(CommandError, DatabaseError):
            connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        connection.close()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'ALTER DATABASE "{UNFINISHED}" RENAME TO "{NAME}"')


def drop(config) -> None:
    with config.stash[blocking_manager_key].unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{NAME}"')


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, request, django_db_blocker):
    """In a worker, wait for the template."""
    if not hasattr(request.config, "workerinput") or request.config.option.reuse_db:
        return
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        end = time.monotonic() + PATIENCE
        while not connection.creation._database_exists(cursor, NAME):
            assert time.monotonic() < end, "the first process has not made the template"
            time.sleep(0.2)
    settings.DATABASES["default"]["TEST"]["TEMPLATE"] = NAME

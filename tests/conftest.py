"""Shared fixtures.

Users and regions stand in the test database of each worker (tests/staff.py), and every test rolls back. A family is
there only when a test asks for it.

anna, ewa: assistants (anna works with the Kowalscy, ewa with the Nowakowie). tomasz: lead social worker of the
Kowalscy, region I. zofia: social worker of region II. maria: manager. jan: administrator. olga, a specialist, is there
when a test asks for her. The clock stands at noon
on 13 October 2026, a Tuesday.
"""

import gc
import inspect
from datetime import date
from functools import partial

import pytest
from django.apps import apps
from django.contrib.contenttypes.management import create_contenttypes
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate
from django.test import TransactionTestCase, override_settings
from hypothesis import settings

from families import law
from families.case_files import summaries
from lubsko_ops.accounts.actions import grant_region
from lubsko_ops.accounts.models import Region, User
from lubsko_ops.centre import citations, norms
from lubsko_ops.centre import models as centre_models
from lubsko_ops.core import clock
from lubsko_ops.core.permissions import Role
from lubsko_ops.installation.models import PROGRESS
from lubsko_ops.jobs import panels
from lubsko_ops.output import documents
from tests.empty_tables import sql_flush
from tests.factories import TODAY, create_family, create_family_with_work
from tests.families.specialists.helpers import let_in
from tests.family_rows import FamilyRows
from tests.lock_order_guard import LockOrderGuard
from tests.recorded_rows import RECORDER
from tests.staff import TOWN, VILLAGES, create_staff, create_user, delete_staff

pytest_plugins = ["tests.walked", "tests.family_pages", "tests.template_database"]
LOCK_ORDER_GUARD = LockOrderGuard()
# The browser tests are halved: together they would be the longest chain of the suite.
SINGLE_WORKER_SCOPES = ("tests/devtools/demo/", "tests/browser/test_every_page.py", "tests/browser/")
# Single tests that take long; begun last, one of them would run on alone at the end.
BEGUN_FIRST = (
    "tests/families/test_month_of_corrections.py",
    "tests/test_shown_is_logged.py",
    "tests/test_access_matrix.py",
    "tests/test_odd_input.py::test_every_address",
    "tests/devtools/test_demo_events.py",
    "tests/devtools/synthetic/",
    "tests/families/case_files/test_summaries.py",
    "tests/families/timeline/test_recalculate.py",
)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Distribute tests one by one, except folders whose expensive set-up is shared: the demo data and the browser."""
    from xdist.scheduler import LoadScopeScheduling

    class ByFolder(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            return next((scope for scope in SINGLE_WORKER_SCOPES if nodeid.startswith(scope)), nodeid)

    return ByFolder(config, log)


def pytest_configure(config):
    # Django's own permissions and content types are not used, and creating them after each flush is slow.
    post_migrate.disconnect(create_contenttypes)
    post_migrate.disconnect(dispatch_uid="django.contrib.auth.management.create_permissions")
    # The staff exists in every test; post_migrate is sent for a new database and after each flush.
    post_migrate.connect(create_staff, sender=apps.get_app_config("reports"))
    connection_created.connect(LOCK_ORDER_GUARD.install)
    connection_created.connect(RECORDER.install)
    DatabaseOperations.sql_flush = sql_flush
    # One database with two connections, both rolled back.
    TransactionTestCase.databases = {"default", "cache"}
    # The same Hypothesis examples on every machine.
    settings.register_profile("project", deadline=None, derandomize=True)
    settings.load_profile("project")
    # Browser tests use the database in the thread that runs Playwright's event loop.
    import os

    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """After the random order: with several workers, those of a folder come first all the same, then these."""
    items.sort(key=lambda item: not item.nodeid.startswith(BEGUN_FIRST))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup():
    """Nothing has been made yet."""
    RECORDER.calls = ()


@pytest.hookimpl(tryfirst=True)
def pytest_fixture_setup(fixturedef):
    """Under a patch of code or settings a helper may make other rows than elsewhere."""
    if fixturedef.argname == "settings" or (
        "monkeypatch" in fixturedef.argnames and fixturedef.func.__module__ != "pytest_django.plugin"
    ):
        RECORDER.calls = None


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_call(item):
    if "monkeypatch" in inspect.signature(item.function).parameters:
        RECORDER.calls = None


def pytest_collection_finish(session):
    """Exclude imported modules from garbage collection, which makes the suite faster."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """At the end, close connections left open, for example by requests that a browser aborted."""
    yield
    with django_db_blocker.unblock():
        connection.close()  # a test may have cut it
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture(scope="session", autouse=True)
def data_dir(tmp_path_factory):
    """The folder of stored files; their names are random, so tests need not clear it."""
    with override_settings(DATA_DIR=str(tmp_path_factory.mktemp("data"))):
        yield


@pytest.fixture(autouse=True)
def frozen_clock():
    """13 October 2026, noon in Poland; tests may freeze another time."""
    with clock.freeze_time(TODAY):
        yield


@pytest.fixture(autouse=True)
def cleared_caches():
    """Process-wide caches (the centre, the first steps, the nightly runs …) are cleared before every test."""
    for module in (centre_models, norms, citations, panels, summaries):
        module.clear_cache()
    PROGRESS.clear()


@pytest.fixture
def no_staff(db):
    """An empty database: every table with a reference to a user or a region is emptied."""
    delete_staff()


@pytest.fixture
def system_user(db):
    """An account without roles that enters the first accounts."""
    return User.objects.get(username="system")


@pytest.fixture
def anna(db):
    return User.objects.get(username="anna")


@pytest.fixture
def ewa(db):
    return User.objects.get(username="ewa")


@pytest.fixture
def tomasz(db):
    return User.objects.get(username="tomasz")


@pytest.fixture
def zofia(db):
    return User.objects.get(username="zofia")


@pytest.fixture
def maria(db):
    return User.objects.get(username="maria")


@pytest.fixture
def jan(db):
    return User.objects.get(username="jan")


@pytest.fixture
def olga(make_user):
    """A psychologist, added to no family."""
    return make_user("olga", "Olga", "Marzec", Role.SPECIALIST)


@pytest.fixture
def as_olga(client, olga):
    client.force_login(olga)
    return client


@pytest.fixture
def access(kowalscy, olga, tomasz):
    """Olga works with the Kowalscy from today on."""
    return let_in(kowalscy, olga, by=tomasz)


@pytest.fixture
def town(db):
    return Region.objects.get(name=TOWN)


@pytest.fixture
def villages(db):
    return Region.objects.get(name=VILLAGES)


@pytest.fixture
def make_user(system_user):
    """Factory of users with a role since 2020: make_user("anna", "Anna", "Sikora", Role.ASSISTANT)."""
    return partial(create_user, by=system_user)


@pytest.fixture
def make_social_worker(make_user, system_user):
    """Factory of social workers of a region."""

    def make(username, first_name, last_name, region):
        user = make_user(username, first_name, last_name, Role.SOCIAL_WORKER)
        grant_region(user=user, region=region, starts_on=date(2020, 1, 1), by=system_user)
        return user

    return make


@pytest.fixture
def limit_of_15(monkeypatch):
    """The limit of art. 15 ust. 4 with the values known in 2026; a later one in law.py does not change the test."""
    values = ((law.IN_FORCE, 20), (date(2015, 1, 1), 15))
    rule = law.Rule(basis=law.FAMILIES_PER_ASSISTANT.basis, values=values)
    monkeypatch.setattr(law, "FAMILIES_PER_ASSISTANT", rule)


@pytest.fixture
def no_pdf(monkeypatch):
    """PDF rendering is replaced by a stub, for tests of something else: of access to documents, of the demo."""
    monkeypatch.setattr(documents, "write_pdf", lambda html, static: b"%PDF-")


@pytest.fixture
def as_anna(client, anna):
    """The test client logged in as anna."""
    client.force_login(anna)
    return client


@pytest.fixture
def as_tomasz(client, tomasz):
    client.force_login(tomasz)
    return client


@pytest.fixture
def as_maria(client, maria):
    client.force_login(maria)
    return client


@pytest.fixture(scope="session")
def family_rows():
    """Rows of the shared families, recorded when each is made first."""
    return FamilyRows()


@pytest.fixture
def kowalscy(family_rows, maria, anna, tomasz, town):
    """Danuta, Piotr (lives elsewhere) and Kacper, town; anna since 4 March 2026, tomasz leads the case."""
    work = {"assistant": anna, "social_worker": tomasz, "region": town, "by": maria}
    return family_rows.get_or_make("Kowalscy", lambda: create_family_with_work("Kowalscy", **work))


@pytest.fixture
def nowakowie(family_rows, maria, ewa, zofia, villages):
    """A family in the villages; ewa is the assistant, zofia the lead social worker."""
    work = {"assistant": ewa, "social_worker": zofia, "region": villages, "by": maria}
    return family_rows.get_or_make("Nowakowie", lambda: create_family_with_work("Nowakowie", **work))


@pytest.fixture
def unassigned_family(family_rows, maria, town):
    """A family without work: nobody has been assigned."""
    return family_rows.get_or_make("Lisowie", lambda: create_family("Lisowie", region=town, by=maria))

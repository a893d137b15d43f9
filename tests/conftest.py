"""Shared fixtures.

anna, ewa: assistants (anna works with the Kowalscy, ewa with the Nowakowie). tomasz: lead social worker of the
Kowalscy, region I. zofia: social worker of region II. maria: manager. jan: administrator. The clock stands at noon
on 13 October 2026, a Tuesday.
"""

import gc
from datetime import date

import pytest
from django.db import connection
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate
from hypothesis import settings

from families import law
from lubsko_ops.accounts.actions import create_account, grant_region, grant_role, sign_contract
from lubsko_ops.accounts.models import Region
from lubsko_ops.centre import models as centre_models
from lubsko_ops.core import clock
from lubsko_ops.core.permissions import Role
from lubsko_ops.jobs import overdue_panel
from lubsko_ops.output import documents
from tests.factories import TODAY, create_family, create_family_with_work
from tests.fixtures_cache import FixturesCache
from tests.lock_order_guard import LockOrderGuard

pytest_plugins = ["tests.walked", "tests.family_pages"]

PASSWORD = "Lubsko-demo-2026"


LOCK_ORDER_GUARD = LockOrderGuard()
SINGLE_WORKER_FOLDERS = ("tests/devtools/demo/", "tests/browser/")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Distribute tests one by one, except folders whose expensive set-up is shared: the demo data and the browser."""
    from xdist.scheduler import LoadScopeScheduling

    class ByFolder(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            return next((folder for folder in SINGLE_WORKER_FOLDERS if nodeid.startswith(folder)), nodeid)

    return ByFolder(config, log)


def pytest_configure(config):
    # Django's own permissions are not used, and creating them after each database flush is slow.
    post_migrate.disconnect(dispatch_uid="django.contrib.auth.management.create_permissions")
    connection_created.connect(LOCK_ORDER_GUARD.install)
    # The same Hypothesis examples on every machine.
    settings.register_profile("project", deadline=None, derandomize=True)
    settings.load_profile("project")
    # Browser tests use the database in the thread that runs Playwright's event loop.
    import os

    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


def pytest_collection_finish(session):
    """Exclude imported modules from garbage collection, which makes the suite faster."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """At the end, close connections left open, for example by requests that a browser aborted."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture(autouse=True)
def frozen_clock():
    """13 October 2026, noon in Poland; tests may freeze another time."""
    with clock.freeze_time(TODAY):
        yield


@pytest.fixture(autouse=True)
def cleared_caches(fixtures_cache):
    """Process-wide caches (the centre, the nightly runs) are cleared around every test."""
    fixtures_cache.begin_test()
    for module in (centre_models, overdue_panel):
        module.clear_cache()
    yield
    for module in (centre_models, overdue_panel):
        module.clear_cache()


@pytest.fixture(scope="session")
def fixtures_cache():
    """Rows of the shared fixtures, recorded when each is made first."""
    return FixturesCache()


@pytest.fixture
def cached(fixtures_cache, db):
    return fixtures_cache


@pytest.fixture
def system_user(cached):
    """An account without roles that enters the first accounts."""
    names = {"username": "system", "first_name": "Konto", "last_name": "Systemowe"}
    return cached.row("system", lambda: create_account(**names, password=PASSWORD))


@pytest.fixture
def make_user(system_user):
    """Factory of users with a role since 2020: make_user("anna", "Anna", "Sikora", Role.ASSISTANT)."""

    def make(username, first_name, last_name, role=None):
        user = create_account(
            username=username, first_name=first_name, last_name=last_name, password=PASSWORD
        )
        if role:
            grant_role(user=user, role=role, starts_on=date(2020, 1, 1), by=system_user)
        if role == Role.ASSISTANT:
            sign_contract(user=user, starts_on=date(2020, 1, 1), by=system_user)
        return user

    return make


@pytest.fixture
def town(cached):
    return cached.row("town", lambda: Region.objects.create(name="Rejon I, miasto"))


@pytest.fixture
def villages(cached):
    return cached.row("villages", lambda: Region.objects.create(name="Rejon II, wsie"))


@pytest.fixture
def anna(cached, make_user, system_user):
    return cached.row("anna", lambda: make_user("anna", "Anna", "Sikora", Role.ASSISTANT), system_user)


@pytest.fixture
def ewa(cached, make_user, system_user):
    return cached.row("ewa", lambda: make_user("ewa", "Ewa", "Czyż", Role.ASSISTANT), system_user)


@pytest.fixture
def make_social_worker(make_user, system_user):
    """Factory of social workers of a region."""

    def make(username, first_name, last_name, region):
        user = make_user(username, first_name, last_name, Role.SOCIAL_WORKER)
        grant_region(user=user, region=region, starts_on=date(2020, 1, 1), by=system_user)
        return user

    return make


@pytest.fixture
def tomasz(cached, make_social_worker, town, system_user):
    return cached.row(
        "tomasz", lambda: make_social_worker("tomasz", "Tomasz", "Lis", town), town, system_user
    )


@pytest.fixture
def zofia(cached, make_social_worker, villages, system_user):
    return cached.row(
        "zofia", lambda: make_social_worker("zofia", "Zofia", "Kos", villages), villages, system_user
    )


@pytest.fixture
def maria(cached, make_user, system_user):
    return cached.row("maria", lambda: make_user("maria", "Maria", "Bocian", Role.MANAGER), system_user)


@pytest.fixture
def jan(cached, make_user, system_user):
    return cached.row("jan", lambda: make_user("jan", "Jan", "Wilk", Role.ADMIN), system_user)


@pytest.fixture
def limit_of_15(monkeypatch):
    """The limit of art. 15 ust. 4 with the values known in 2026; a later one in law.py does not change the test."""
    values = ((law.IN_FORCE, 20), (date(2015, 1, 1), 15))
    rule = law.Rule(basis=law.FAMILIES_PER_ASSISTANT.basis, values=values)
    monkeypatch.setattr(law, "FAMILIES_PER_ASSISTANT", rule)


@pytest.fixture
def no_pdf(monkeypatch):
    """PDF rendering is replaced by a stub, for tests of access to documents."""
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


@pytest.fixture
def kowalscy(cached, maria, anna, tomasz, town):
    """Danuta, Piotr (lives elsewhere) and Kacper, town; anna since 4 March 2026, tomasz leads the case."""
    of = {"assistant": anna, "social_worker": tomasz, "region": town, "by": maria}
    return cached.family("Kowalscy", lambda: create_family_with_work("Kowalscy", **of), *of.values())


@pytest.fixture
def nowakowie(cached, maria, ewa, zofia, villages):
    """A family in the villages; ewa is the assistant, zofia the lead social worker."""
    of = {"assistant": ewa, "social_worker": zofia, "region": villages, "by": maria}
    return cached.family("Nowakowie", lambda: create_family_with_work("Nowakowie", **of), *of.values())


@pytest.fixture
def unassigned_family(cached, maria, town):
    """A family without work: nobody has been assigned."""
    return cached.family("Lisowie", lambda: create_family("Lisowie", region=town, by=maria), town, maria)

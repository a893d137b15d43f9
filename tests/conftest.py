"""The cast: everybody on the team knows who is who.

anna, ewa: assistants (Kowalscy are anna's). tomasz: social worker who leads the Kowalscy, region I. zofia: social
worker of region II. maria: manager. jan: administrator. The clock stands at noon of 13 October 2026, a Tuesday.
"""

import gc
from datetime import date

import pytest
from django.db import connection
from django.db.models.signals import post_migrate
from hypothesis import settings

from lubsko_ops.accounts.actions import create_account, grant_region, grant_role, sign_contract
from lubsko_ops.accounts.models import Region
from lubsko_ops.centre import models as centre_module
from lubsko_ops.core import clock
from lubsko_ops.core.permissions import Role
from lubsko_ops.jobs import overdue_panel as night_panel
from lubsko_ops.output import pdf
from tests.factories import TODAY, create_family, create_family_with_work
from tests.fixtures_cache import FixturesCache

PASSWORD = "Lubsko-demo-2026"


TOGETHER = ("tests/families/demo/", "tests/browser/")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Each test goes to the worker that is free, but what is made once for a folder is made by one worker: the demo
    centre, which takes long to load, and the browser, which mostly waits and leaves the processor to others."""
    from xdist.scheduler import LoadScopeScheduling

    class ByFolder(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            return next((folder for folder in TOGETHER if nodeid.startswith(folder)), nodeid)

    return ByFolder(config, log)


def pytest_configure(config):
    # Nobody asks Django for its own permissions, and it makes them anew whenever the database is emptied.
    post_migrate.disconnect(dispatch_uid="django.contrib.auth.management.create_permissions")
    # The same examples on every machine: a property that fails, fails for everybody.
    settings.register_profile("house", deadline=None, derandomize=True)
    settings.load_profile("house")
    # Browser tests talk to the database from the thread that also runs Playwright's loop.
    import os

    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


def pytest_collection_finish(session):
    """What has been imported stays for good: the collector of garbage need not go through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The database of the tests; at the end nobody who was left in it (an answer a browser gave up) stays."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture(autouse=True)
def frozen_clock():
    """13 October 2026, noon in Poland; a test travels on from there."""
    with clock.freeze_time(TODAY):
        yield


@pytest.fixture(autouse=True)
def cleared_caches(fixtures_cache):
    """The centre's row and the last nights are remembered by the process; every test asks again."""
    fixtures_cache.begin()
    for module in (centre_module, night_panel):
        module.forget()
    yield
    for module in (centre_module, night_panel):
        module.forget()


@pytest.fixture(scope="session")
def fixtures_cache():
    """What the cast left in the database when it was made first."""
    return FixturesCache()


@pytest.fixture
def kept(fixtures_cache, db):
    return fixtures_cache


@pytest.fixture
def system(kept):
    """Who enters the first accounts: an account without any role."""
    names = {"username": "system", "first_name": "Konto", "last_name": "Systemowe"}
    return kept.row("system", lambda: create_account(**names, password=PASSWORD))


@pytest.fixture
def person(system):
    """Make a member of staff with a role since 2020: person("anna", "Anna", "Sikora", Role.ASSISTANT)."""

    def make(username, first_name, last_name, role=None):
        user = create_account(
            username=username, first_name=first_name, last_name=last_name, password=PASSWORD
        )
        if role:
            grant_role(user=user, role=role, starts_on=date(2020, 1, 1), by=system)
        if role == Role.ASSISTANT:
            sign_contract(user=user, starts_on=date(2020, 1, 1), by=system)
        return user

    return make


@pytest.fixture
def town(kept):
    return kept.row("town", lambda: Region.objects.create(name="Rejon I, miasto"))


@pytest.fixture
def villages(kept):
    return kept.row("villages", lambda: Region.objects.create(name="Rejon II, wsie"))


@pytest.fixture
def anna(kept, person, system):
    return kept.row("anna", lambda: person("anna", "Anna", "Sikora", Role.ASSISTANT), system)


@pytest.fixture
def ewa(kept, person, system):
    return kept.row("ewa", lambda: person("ewa", "Ewa", "Czyż", Role.ASSISTANT), system)


@pytest.fixture
def make_social_worker(person, system):
    """Make a social worker of a region."""

    def make(username, first_name, last_name, region):
        user = person(username, first_name, last_name, Role.SOCIAL_WORKER)
        grant_region(user=user, region=region, starts_on=date(2020, 1, 1), by=system)
        return user

    return make


@pytest.fixture
def tomasz(kept, make_social_worker, town, system):
    return kept.row("tomasz", lambda: make_social_worker("tomasz", "Tomasz", "Lis", town), town, system)


@pytest.fixture
def zofia(kept, make_social_worker, villages, system):
    return kept.row("zofia", lambda: make_social_worker("zofia", "Zofia", "Kos", villages), villages, system)


@pytest.fixture
def maria(kept, person, system):
    return kept.row("maria", lambda: person("maria", "Maria", "Bocian", Role.MANAGER), system)


@pytest.fixture
def jan(kept, person, system):
    return kept.row("jan", lambda: person("jan", "Jan", "Wilk", Role.ADMIN), system)


@pytest.fixture
def no_pdf(monkeypatch):
    """Documents are asked for and not set: for tests about who may have them."""
    monkeypatch.setattr(pdf, "html_to_pdf", lambda html: b"%PDF-")


@pytest.fixture
def as_anna(client, anna):
    """A browser in which anna is logged in."""
    client.force_login(anna)
    return client


@pytest.fixture
def as_maria(client, maria):
    client.force_login(maria)
    return client


@pytest.fixture
def kowalscy(kept, maria, anna, tomasz, town):
    """Danuta, Piotr (lives elsewhere) and Kacper, town; anna since 4 March 2026, tomasz leads."""
    of = {"assistant": anna, "social_worker": tomasz, "region": town, "by": maria}
    return kept.family("Kowalscy", lambda: create_family_with_work("Kowalscy", **of), *of.values())


@pytest.fixture
def nowakowie(kept, maria, ewa, zofia, villages):
    """A family of ewa's in the villages, led by zofia."""
    of = {"assistant": ewa, "social_worker": zofia, "region": villages, "by": maria}
    return kept.family("Nowakowie", lambda: create_family_with_work("Nowakowie", **of), *of.values())


@pytest.fixture
def unassigned_family(kept, maria, town):
    """A family entered and not yet assigned to anybody."""
    return kept.family("Lisowie", lambda: create_family("Lisowie", region=town, by=maria), town, maria)

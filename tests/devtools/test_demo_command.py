"""The command that loads the demo data."""

from io import StringIO

import pytest
from django.core.management import call_command

from devtools.demo import centre
from devtools.management.commands import demo as command
from devtools.synthetic.centre import SIZES
from families.visits.models import Visit
from lubsko_ops.accounts.models import User
from lubsko_ops.centre.models import Centre
from lubsko_ops.core import clock
from lubsko_ops.jobs import nightly
from tests.devtools.synthetic.generated_centre import TINY
from tests.factories import TODAY


def load() -> str:
    out = StringIO()
    call_command("demo", day=TODAY, stdout=out)
    return out.getvalue()


def test_a_centre_with_accounts_is_refused(db):
    before = User.objects.count()
    assert load() == "Ten ośrodek ma już konta, więc zostaje taki, jaki jest.\n"
    assert User.objects.count() == before
    assert not Centre.objects.exists()


def test_it_loads_nothing_where_demo_is_off(no_staff, settings):
    settings.DEMO = False
    with pytest.raises(SystemExit) as refusal:
        load()
    assert refusal.value.code == (
        "Ośrodek pokazowy wczytuje się tylko tam, gdzie włączono DEMO. Nic nie zmieniono."
    )
    assert not User.objects.exists()


def test_new_demo_reports_no_missed_night(client, no_staff, monkeypatch):
    monkeypatch.setattr(command, "DEMO", [centre])
    load()
    maria = User.objects.get(username="maria")
    assert maria.date_joined < clock.now() - nightly.OVERDUE_AFTER
    client.force_login(maria)
    assert "Nocne przeliczanie nie działa" not in client.get("/").content.decode()
    assert set(nightly.get_last_runs()) == {job.name for job in nightly.JOBS}


def test_interrupted_load_leaves_nothing(no_staff, monkeypatch):
    def fail(*args):
        raise RuntimeError

    monkeypatch.setattr(centre.CentreLoader, "_appoint_deputies", fail)  # the last step
    with pytest.raises(RuntimeError):
        load()
    assert not User.objects.exists()


def test_a_synthetic_centre_is_loaded_with_its_progress(no_staff, monkeypatch):
    monkeypatch.setitem(SIZES, "city", TINY)
    out = StringIO()
    call_command("demo", day=TODAY, size="city", stdout=out)
    assert User.objects.filter(username="maria").exists() and Visit.objects.exists()
    assert "Ośrodek pokazowy gotowy" in out.getvalue()


def test_large_centre_has_the_same_refusals(db, settings):
    """Neither into a centre with accounts nor where DEMO is off (./dev takes DEMO away with DATABASE_URL)."""
    before = User.objects.count()
    out = StringIO()
    call_command("demo", day=TODAY, size="city", stdout=out)
    assert "ma już konta" in out.getvalue()
    settings.DEMO = False
    with pytest.raises(SystemExit):
        call_command("demo", day=TODAY, size="city")
    assert User.objects.count() == before

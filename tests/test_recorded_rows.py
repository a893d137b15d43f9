"""A call that is replayed leaves the rows it left the first time; where the rows before are unknown, it runs."""

import pytest

from families.people.models import Family
from projects.models import Edition
from tests.form_client import rolled_back
from tests.projects.helpers import make_approved, make_draft
from tests.recorded_rows import RECORDER, recorded
from tests.row_changes import all_rows

RAN = []


@recorded
def rename(family, *, by) -> Family:
    RAN.append(family.pk)
    Family.objects.filter(pk=family.pk).update(name="Kowalscy-Lis")
    return Family.objects.get(pk=family.pk)


@pytest.fixture(autouse=True)
def nothing_recorded(monkeypatch, db):
    monkeypatch.setattr(RECORDER, "recorded", {})
    RECORDER.calls = ()
    RAN.clear()


def begin_anew() -> None:
    """As at the beginning of a test."""
    RECORDER.calls = ()


def test_the_rows_are_the_same(kowalscy, tomasz, maria):
    rows = []
    for _ in range(2):
        with rolled_back():
            begin_anew()
            edition = make_approved(tomasz, maria)
            assert edition.specificgoals.count() == 2
            rows.append(all_rows())
    assert rows[0] == rows[1]
    assert len(RECORDER.recorded) == 4  # make_draft, make_complete, make_sent, make_approved


def test_a_changed_row_is_changed_again_without_the_call(kowalscy, maria):
    for _ in range(2):
        with rolled_back():
            begin_anew()
            assert rename(kowalscy, by=maria).name == kowalscy.name == "Kowalscy-Lis"
    assert len(RAN) == 1


def test_it_runs_after_another_write(kowalscy, maria):
    for _ in range(2):
        with rolled_back():
            begin_anew()
            Family.objects.update(name="Wilkowie")
            rename(kowalscy, by=maria)
    assert len(RAN) == 2


def test_it_runs_after_a_rollback(kowalscy, maria):
    begin_anew()
    for _ in range(2):
        with rolled_back():
            rename(kowalscy, by=maria)
    assert len(RAN) == 2


def test_it_runs_after_other_calls(kowalscy, tomasz, maria):
    with rolled_back():
        begin_anew()
        rename(kowalscy, by=maria)
    with rolled_back():
        begin_anew()
        make_draft(tomasz)
        rename(kowalscy, by=maria)
    assert len(RAN) == 2


def test_logging_in_does_not_matter(client, kowalscy, tomasz, maria):
    for user in (tomasz, maria):
        with rolled_back():
            begin_anew()
            client.force_login(user)
            rename(kowalscy, by=maria)
    assert len(RAN) == 1


def test_an_argument_that_is_not_stored(maria):
    begin_anew()
    with pytest.raises(Family.DoesNotExist):
        rename(Family(name="Lisowie"), by=maria)
    assert not RECORDER.recorded


def test_the_instance_may_be_saved_again_as_after_the_call(tomasz):
    for _ in range(2):
        with rolled_back():
            begin_anew()
            edition = make_draft(tomasz)
            edition.title = "Rodzina 2027"
            edition.save()
            assert Edition.objects.get(pk=edition.pk).title == "Rodzina 2027"

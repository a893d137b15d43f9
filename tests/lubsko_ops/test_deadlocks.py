"""The victim of a deadlock: the request is run again once, then a Polish 503 page keeps the text."""

import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError

from families.people.models import Family
from lubsko_ops.audit import access_log
from lubsko_ops.audit.models import AccessDeniedEntry, AccessLogEntry
from lubsko_ops.core.actions import ACTION_HOOKS
from lubsko_ops.submissions.models import Submission
from tests.form_client import form_data, parse_form, response_text

pytestmark = pytest.mark.urls("tests.lubsko_ops.sample_urls")
NEW = "/proba/nowa/"
TEXT = {"name": "Lisowie", "note": "Pani Danuta mówi „dość” & płacze"}


class Deadlock:
    """Raises what PostgreSQL's deadlock detector causes, the given number of times; then does nothing."""

    def __init__(self, times):
        self.times, self.calls = times, 0

    def __call__(self, *args):
        self.calls += 1
        if self.calls <= self.times:
            raise OperationalError("deadlock detected") from psycopg.errors.DeadlockDetected()


@pytest.fixture
def as_maria(client, maria):
    client.force_login(maria)
    client.raise_request_exception = False
    return client


def test_the_request_is_run_again_once(as_maria):
    data, deadlock = form_data(as_maria, NEW, **TEXT), Deadlock(times=1)
    with ACTION_HOOKS.extended(deadlock):
        response = as_maria.post(NEW, data)
    assert response.status_code == 302 and deadlock.calls == 2
    assert Family.objects.get().name == "Lisowie"
    assert Submission.objects.get().content["note"] == [TEXT["note"]]
    assert not AccessDeniedEntry.objects.exists()
    assert response_text(as_maria.get("/")).count("Założono: Lisowie.") == 1


def test_after_a_second_deadlock_the_text_is_kept(as_maria):
    data, deadlock = form_data(as_maria, NEW, **TEXT), Deadlock(times=99)
    with ACTION_HOOKS.extended(deadlock):
        response = as_maria.post(NEW, data)
    assert response.status_code == 503 and deadlock.calls == 2
    assert "Ktoś inny właśnie zapisuje te same dane" in response_text(response)
    assert not Family.objects.exists() and not Submission.objects.exists()
    kept = parse_form(response.content.decode())
    assert {name: kept[name] for name in TEXT} == {name: [text] for name, text in TEXT.items()}
    assert kept["_key"] == data["_key"]
    assert as_maria.post(NEW, kept).status_code == 302
    assert Family.objects.get().name == "Lisowie"


def test_an_uploaded_file_is_read_again_from_its_beginning(as_maria):
    file = SimpleUploadedFile("nazwa.txt", "Łukasikowie".encode())
    with ACTION_HOOKS.extended(Deadlock(times=1)):
        response = as_maria.post("/proba/plik/", {"file": file})
    assert response.status_code == 200 and Family.objects.get().name == "Łukasikowie"


def test_a_page_that_could_not_be_logged_is_made_again(as_maria, kowalscy, monkeypatch):
    deadlock, write = Deadlock(times=1), access_log.write_access_log

    def fail_first(*args):
        deadlock()
        write(*args)

    monkeypatch.setattr(access_log, "write_access_log", fail_first)
    response = as_maria.get(f"/proba/{kowalscy.pk}/nazwa/")
    assert response.status_code == 200 and "Kowalscy" in response_text(response)
    assert AccessLogEntry.objects.get().families == [kowalscy.pk]


def test_other_failures_are_not_repeated(as_maria):
    calls = []

    def unreachable(rows):
        calls.append(rows)
        raise OperationalError("server closed the connection unexpectedly")

    data = form_data(as_maria, NEW, **TEXT)
    with ACTION_HOOKS.extended(unreachable):
        assert as_maria.post(NEW, data).status_code == 503
    assert len(calls) == 1

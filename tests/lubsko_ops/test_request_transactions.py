"""View, rendering and access log share one transaction; a database that does not answer gives a Polish 503 page."""

import threading
from contextlib import contextmanager
from datetime import timedelta
from unittest import mock

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.core.handlers.base import BaseHandler
from django.db import OperationalError, connection, transaction
from django.test import Client, RequestFactory

from families.people.models import Family
from lubsko_ops.audit.access_log import note_shown
from lubsko_ops.audit.models import AccessDeniedEntry, AccessLogEntry
from lubsko_ops.core import clock
from lubsko_ops.submissions.models import Draft
from tests.form_client import form_data, parse_form, response_text
from tests.lubsko_ops import sample_urls

pytestmark = pytest.mark.urls("tests.lubsko_ops.sample_urls")


@pytest.fixture
def as_maria(client, maria):
    client.force_login(maria)
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize("how,status", [("missing", 404), ("lock", 503), ("sql", 500), ("other", 500)])
def test_an_error_is_rolled_back_and_logged(as_maria, maria, how, status):
    response = as_maria.get(f"/proba/blad/{how}/")
    assert response.status_code == status
    assert not Family.objects.exists()
    refusal = AccessDeniedEntry.objects.get()
    assert (refusal.user, refusal.status, refusal.view_name) == (maria, status, "sample-failing")


def test_a_null_byte_in_the_path_is_logged_without_it(as_maria):
    assert as_maria.get("/nie%00ma/").status_code == 404
    assert AccessDeniedEntry.objects.get().path == "/niema/"


def test_an_error_while_rendering_leaves_no_access_log_entry(as_maria, kowalscy):
    assert as_maria.get(f"/proba/{kowalscy.pk}/szablon/").status_code == 500
    assert not AccessLogEntry.objects.exists()


def test_no_page_is_sent_when_the_access_log_fails(as_maria, kowalscy, monkeypatch):
    def refuse(request, families):
        raise OperationalError("dziennik nie przyjął wpisu")

    monkeypatch.setattr("lubsko_ops.audit.access_log.write_access_log", refuse)
    response = as_maria.get(f"/proba/{kowalscy.pk}/nazwa/")
    assert response.status_code == 503
    assert "Kowalscy" not in response_text(response)


def test_each_page_of_a_family_writes_one_access_log_entry(as_maria, maria, kowalscy):
    as_maria.get(f"/proba/{kowalscy.pk}/nazwa/")
    entry = AccessLogEntry.objects.get()
    assert (entry.user, entry.families, entry.access_area) == (maria, [kowalscy.pk], "basics")
    assert (entry.view_name, entry.emergency) == ("sample-rename", False)


def test_head_is_logged_like_get_and_sends_no_body(as_maria, kowalscy):
    """A web server warns about each body that an answer to HEAD has."""
    url = f"/proba/{kowalscy.pk}/nazwa/"
    handler = BaseHandler()
    handler.load_middleware()
    request = RequestFactory().head(url, headers={"cookie": as_maria.cookies.output(header="").strip()})
    response = handler.get_response(request)
    assert (response.status_code, response.content) == (200, b"")
    assert int(response["Content-Length"]) > 1000
    assert AccessLogEntry.objects.get().families == [kowalscy.pk]
    assert as_maria.head("/zdrowie/").content == b""


def test_persons_outside_a_file_are_logged_too(as_maria, maria, kowalscy, monkeypatch):
    """Participants, guardians and leaders have no file of their own."""
    person = kowalscy.memberships.first().person
    page = sample_urls.FamilyRenameView.get_context_data

    def with_participant(self, **kwargs):
        note_shown(persons=[person.pk])
        return page(self, **kwargs)

    monkeypatch.setattr(sample_urls.FamilyRenameView, "get_context_data", with_participant)
    monkeypatch.setattr("families.base_views.note_shown", lambda families: None)
    as_maria.get(f"/proba/{kowalscy.pk}/nazwa/")
    entry = AccessLogEntry.objects.get()
    assert (entry.user, entry.families, entry.persons) == (maria, [], [person.pk])


def test_a_form_that_could_not_be_saved_can_be_sent_again(as_maria, monkeypatch):
    data = form_data(as_maria, "/proba/nowa/", name="Lisowie", note="Pani Danuta mówi „dość” & płacze")

    def unreachable(**kwargs):
        raise OperationalError("server closed the connection unexpectedly")

    with monkeypatch.context() as broken:
        broken.setattr("tests.lubsko_ops.sample_urls.open_family", unreachable)
        response = as_maria.post("/proba/nowa/", data)
    assert response.status_code == 503 and response["Retry-After"]
    words = response_text(response)
    assert "Baza danych chwilowo nie odpowiada" in words and "Spróbuj ponownie" in words
    again = as_maria.post("/proba/nowa/", parse_form(response.content.decode()))
    assert again.status_code == 302
    assert Family.objects.get().name == "Lisowie"


@contextmanager
def locked(rows):
    """The only row of the queryset is locked by another connection for the time of the block."""
    held, done = threading.Event(), threading.Event()

    def hold():
        with transaction.atomic():
            rows.select_for_update().get()
            held.set()
            done.wait(10)
        connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait(5)
    try:
        yield
    finally:
        done.set()
        holder.join()


@pytest.mark.django_db(transaction=True)
def test_a_locked_row_is_waited_for_three_seconds(maria, kowalscy):
    client = Client(raise_request_exception=False)
    client.force_login(maria)
    url = f"/proba/{kowalscy.pk}/nazwa/"
    data = form_data(client, url, name="Kowalscy-Nowak")
    with locked(Family.objects.filter(pk=kowalscy.pk)):
        response = client.post(url, data)
    assert response.status_code == 503
    assert "Ktoś inny właśnie zapisuje te same dane" in response_text(response)
    assert client.post(url, data).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_a_locked_session_row_does_not_end_the_login(maria):
    """The session row is locked: the answer is 503 and the user stays logged in."""
    client = Client(raise_request_exception=False)
    client.force_login(maria)
    data = form_data(client, "/proba/nowa/", name="Lisowie")
    with (
        locked(Session.objects.all()),
        clock.freeze_time(clock.now() + timedelta(minutes=6)),
    ):  # it is touched
        response = client.post("/proba/nowa/", data)
    assert response.status_code == 503
    assert not Family.objects.exists()
    assert client.post("/proba/nowa/", data).status_code == 302


def test_a_session_ended_during_the_request_keeps_the_text(maria):
    """The session is ended from elsewhere while the form is being sent: the text becomes a draft."""
    client = Client(raise_request_exception=False)
    client.force_login(maria)
    data = form_data(client, "/proba/nowa/", name="Lisowie")
    with (
        mock.patch("lubsko_ops.accounts.session_backend.db.SessionStore.save", side_effect=UpdateError),
        clock.freeze_time(clock.now() + timedelta(minutes=6)),
    ):
        response = client.post("/proba/nowa/", data)
    assert response.status_code == 302 and "logowanie" in response.url
    assert not Family.objects.exists()
    assert Draft.objects.get().content["name"] == ["Lisowie"]


def test_timeouts_are_set_on_every_connection(db):
    with connection.cursor() as cursor:
        values = {}
        for name in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"):
            cursor.execute(f"SHOW {name}")
            values[name] = cursor.fetchone()[0]
    assert values == {
        "statement_timeout": "15s",
        "lock_timeout": "3s",
        "idle_in_transaction_session_timeout": "30s",
    }


def test_health_answers_while_the_database_does(client, db):
    assert client.get("/zdrowie/").status_code == 200


def test_headers(client, db):
    response = client.get("/konto/logowanie/")
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cache-Control"].startswith(("no-store", "max-age=0"))
    assert response["X-Frame-Options"] == "DENY"
    assert response["Permissions-Policy"] and response["Cross-Origin-Opener-Policy"] == "same-origin"

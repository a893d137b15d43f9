"""The connection to the database is lost during a request: a Polish 503 page keeps the text, the next request works."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.test import Client

from families.people.actions import open_family
from families.people.models import Family
from lubsko_ops.core import clock
from tests.form_client import form_data, parse_form, response_text

pytestmark = [pytest.mark.urls("tests.lubsko_ops.sample_urls"), pytest.mark.django_db(transaction=True)]
NEW = "/proba/nowa/"
TEXT = {"name": "Lisowie", "note": "Pani Danuta mówi „dość” & płacze"}


def terminate() -> None:
    """The administrator, or a restart of the server, ends this connection from another one."""
    pid = connection.connection.info.backend_pid

    def end():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
        connection.close()

    other = threading.Thread(target=end)
    other.start()
    other.join()


def idle_too_long() -> None:
    """The transaction waits longer for its next statement than the server allows (25P03)."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = '50ms'")
    time.sleep(0.4)


def at_a_statement(lose, monkeypatch) -> None:
    """Lose the connection in the middle of saving."""

    def open_and_lose(**kwargs):
        family = open_family(**kwargs)
        lose()
        return family

    monkeypatch.setattr("tests.lubsko_ops.sample_urls.open_family", open_and_lose)


def at_commit(lose, monkeypatch) -> None:
    """Lose the connection when the answer is ready, before the transaction is committed."""
    wrapper = type(connections["default"])
    commit = wrapper._commit

    def lose_and_commit(self):
        lose()
        commit(self)

    monkeypatch.setattr(wrapper, "_commit", lose_and_commit)


@pytest.mark.parametrize("moment", [at_a_statement, at_commit])
@pytest.mark.parametrize("lose", [terminate, idle_too_long])
def test_the_text_is_kept_and_the_next_request_works(maria, monkeypatch, moment, lose):
    client = Client(raise_request_exception=False)
    client.force_login(maria)
    data = form_data(client, NEW, **TEXT)
    with monkeypatch.context() as broken:
        moment(lose, broken)
        response = client.post(NEW, data)
    assert response.status_code == 503
    assert "Baza danych chwilowo nie odpowiada" in response_text(response)
    kept = parse_form(response.content.decode())
    assert {name: kept[name] for name in TEXT} == {name: [text] for name, text in TEXT.items()}
    assert not Family.objects.exists()
    assert client.post(NEW, kept).status_code == 302
    assert Family.objects.get().name == "Lisowie"


@pytest.mark.parametrize("moment", ["statement", "commit"])
def test_a_page_is_not_sent_either(maria, kowalscy, monkeypatch, moment):
    client = Client(raise_request_exception=False)
    client.force_login(maria)
    with monkeypatch.context() as broken:
        if moment == "commit":
            at_commit(idle_too_long, broken)
        else:
            broken.setattr("lubsko_ops.audit.access_log.write_access_log", lambda *args: idle_too_long())
        response = client.get(f"/proba/{kowalscy.pk}/nazwa/")
    assert response.status_code == 503 and "Kowalscy" not in response_text(response)
    assert client.get(f"/proba/{kowalscy.pk}/nazwa/").status_code == 200


def test_a_session_that_cannot_be_saved_after_a_failed_statement_is_not_ended(maria):
    """After the statement was cancelled nothing else can be saved in its transaction."""
    client = Client(raise_request_exception=False)
    client.force_login(maria)
    with clock.freeze_time(clock.now() + timedelta(minutes=6)):  # the session is to be touched
        response = client.get("/proba/blad/slow/")
        assert response.status_code == 503
        assert "To trwało zbyt długo" in response_text(response)
        assert client.get(NEW).status_code == 200

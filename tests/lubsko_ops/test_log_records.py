"""No log holds what somebody typed, whatever crashed and whatever logs it; the place and the kind of error are there.

The database quotes the row it refuses, a ValidationError the value, a KeyError the key: all of that stays out.
"""

import io
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager

import pytest
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db import DataError, Error, IntegrityError, connection, transaction
from django.test import Client

from devtools.process import ROOT
from families.people.actions import open_family
from families.people.models import Family
from lubsko_ops.core import clock
from lubsko_ops.core.log_records import describe, format_error, mask
from lubsko_ops.jobs import nightly
from lubsko_ops.jobs import queue as job_queue
from tests.form_client import form_data

CANARY = "Kanarkowska"
LOGGERS = ("", "django", "django.request", "gunicorn.error", "procrastinate", "lubsko_ops")


@pytest.fixture
def stream(caplog):
    """What plain handlers of the loggers write: without any filter or formatter of the project."""
    caplog.set_level(logging.INFO, "procrastinate")  # it logs a failure that is tried again
    written, loggers = io.StringIO(), [logging.getLogger(name) for name in LOGGERS]
    handler = logging.StreamHandler(written)
    for each in loggers:
        each.addHandler(handler)
    yield written
    for each in loggers:
        each.removeHandler(handler)
    assert CANARY not in written.getvalue()
    assert written.getvalue(), "nothing was logged"


def broken_constraint() -> None:
    """The row is refused, and quoted, by the database."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO people_person (first_name) VALUES (%s)", [CANARY])


def broken_key() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE once (name text CONSTRAINT one_name UNIQUE)")
        cursor.execute("INSERT INTO once VALUES (%s), (%s)", [CANARY, CANARY])


def broken_data() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::text::int", [CANARY])


def lock_timeout() -> None:
    """Somebody else holds the row named by what was typed."""
    taken, done = threading.Event(), threading.Event()

    def hold():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [CANARY])
            taken.set()
            done.wait(10)
        connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    taken.wait(10)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '50ms'")
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [CANARY])
    finally:
        done.set()
        holder.join()


def refused() -> None:
    raise ValidationError({"last_name": f"„{CANARY}” nie jest nazwiskiem."})


def crash() -> None:
    try:
        {}[CANARY]
    except KeyError as error:
        error.add_note(CANARY)
        raise ExceptionGroup(CANARY, [ValueError(CANARY), TypeError(CANARY)]) from error


DATABASE_ERRORS = {
    broken_constraint: "IntegrityError: 23502, table people_person",
    broken_key: "IntegrityError: 23505, constraint one_name, table once",
    broken_data: "DataError: 22P02",
    lock_timeout: "OperationalError: 55P03",
}
OTHER_ERRORS = {refused: "ValidationError", crash: "KeyError"}
every_error = pytest.mark.parametrize(
    ("fail", "facts"),
    (DATABASE_ERRORS | OTHER_ERRORS).items(),
    ids=lambda each: getattr(each, "__name__", ""),
)


@every_error
def test_in_a_record_of_any_logger(db, fail, facts, stream):
    for name in LOGGERS:
        log = logging.getLogger(name)
        try:
            with transaction.atomic():
                fail()
        except Exception as error:
            log.exception("Failed at %s: %s", "here", error)
            log.error("Failed: %(error)s", {"error": error})
            log.error(error)  # as gunicorn does
            log.error("%d", error)  # logging itself would print the arguments
    text = stream.getvalue()
    assert facts in text and f"in {fail.__name__}" in text and "Failed at here" in text


@every_error
@pytest.mark.urls("tests.lubsko_ops.sample_urls")
@pytest.mark.django_db(transaction=True)
def test_in_an_action_called_by_a_view(maria, fail, facts, stream, monkeypatch):
    def open_and_fail(**kwargs):
        open_family(**kwargs)
        try:
            fail()
        except ValidationError as error:  # else an ordinary answer of the form
            raise RuntimeError(CANARY) from error

    client = Client(raise_request_exception=False)
    client.force_login(maria)
    data = form_data(client, "/proba/nowa/", name=CANARY, note=CANARY)
    monkeypatch.setattr("tests.lubsko_ops.sample_urls.open_family", open_and_fail)
    response = client.post("/proba/nowa/", data)
    assert response.status_code == (503 if fail is lock_timeout else 500)
    assert not Family.objects.exists()
    if response.status_code == 500:
        assert facts in stream.getvalue()


@every_error
def test_in_a_background_job(transactional_db, fail, facts, stream, monkeypatch):
    """Also when the queue itself logs the error with all it came from."""
    job = nightly.NightlyJob("fails", lambda: {})
    monkeypatch.setattr(nightly, "JOBS", {"fails": job})
    monkeypatch.setattr(nightly, "get_pending_jobs", lambda: ["fails"])

    def run(name):
        with transaction.atomic():
            fail()

    monkeypatch.setattr(nightly, "run_job", run)

    def work():
        job_queue.run_worker(wait=False)
        connection.close()

    worker = threading.Thread(target=work)
    with clock.freeze_time(clock.now()):
        worker.start()
        worker.join()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_events; DELETE FROM procrastinate_jobs")
    assert facts in stream.getvalue()


# ---- bytes of real programs --------------------------------------------------------------------------
PRODUCTION = {"INSTALLATION": "trial", "DJANGO_SETTINGS_MODULE": "lubsko_ops.settings", "DEBUG": "0"}
CRASHING_COMMAND = f"""
import threading, django
django.setup()
from django.db import connection
def crash():
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::text::int", ["".join({list(CANARY)})])
thread = threading.Thread(target=crash)
thread.start()
thread.join()
crash()
"""
CRASHING_SITE = f"""
def application(environ, start_response):
    raise KeyError("".join({list(CANARY)}))
"""


def environment() -> dict[str, str]:
    return {**os.environ, **PRODUCTION, "PYTHONPATH": str(ROOT)}


def test_a_command_that_crashes(db):
    argv = [sys.executable, "-c", CRASHING_COMMAND]
    database = os.environ["DATABASE_URL"].rpartition("/")[0] + "/" + connection.settings_dict["NAME"]
    env = environment() | {"DATABASE_URL": database}
    ended = subprocess.run(argv, env=env, capture_output=True, cwd=ROOT)
    assert ended.returncode == 1
    assert ended.stderr.count(b"django.db.utils.DataError: 22P02") == 2, ended.stderr.decode()
    assert CANARY.encode() not in ended.stderr + ended.stdout


@contextmanager
def web_server(tmp_path):
    """gunicorn with the configuration of production and a site that crashes; yields its port and its log."""
    (tmp_path / "crashing.py").write_text(CRASHING_SITE)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    log = tmp_path / "log"
    argv = [sys.executable, "-m", "gunicorn", "-c", str(ROOT / "lubsko_ops/gunicorn_conf.py")]
    argv += ["-b", f"127.0.0.1:{port}", "-w", "1", "crashing:application"]
    env = environment() | {"PYTHONPATH": f"{ROOT}:{tmp_path}"}
    with log.open("wb") as output, subprocess.Popen(argv, env=env, cwd=ROOT, stderr=output) as process:
        try:
            yield port, log
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(20)


def ask(port: int, request: bytes) -> bytes:
    for _ in range(100):
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=10) as client:
                client.sendall(request)
                return client.recv(1000)
        except ConnectionRefusedError:
            time.sleep(0.1)
    raise AssertionError("the server did not start")


def test_the_web_server_itself(tmp_path):
    with web_server(tmp_path) as (port, log):
        answer = ask(port, f"GET /rodziny/?q={CANARY} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        assert b" 500 " in answer
        ask(port, f"GET /{CANARY}/ {CANARY}\r\n\r\n".encode())
    text = log.read_bytes()
    assert CANARY.encode() not in text
    assert b"Error handling request GET /rodziny/?" in text and b"KeyError" in text and b"crashing.py" in text
    assert b"Invalid request from ip=127.0.0.1" in text


# ---- what is kept ------------------------------------------------------------------------------------
def test_words_about_code_are_kept():
    assert describe(ImproperlyConfigured("SECRET_KEY is missing.")).endswith(": SECRET_KEY is missing.")
    assert describe(FileNotFoundError(2, "No such file", CANARY)) == "FileNotFoundError: No such file"
    with pytest.raises(AttributeError) as caught:
        Family.kanarek  # noqa: B018
    assert "has no attribute 'kanarek'" in format_error(caught.value)


def test_the_chain_of_a_database_error_is_kept(db):
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        broken_constraint()
    text = format_error(caught.value)
    assert text.count("Traceback (most recent call last):") == 2
    assert text.index("psycopg.errors.NotNullViolation") < text.index(
        "The above exception was the direct cause"
    )
    assert "\ndjango.db.utils.IntegrityError: 23502, table people_person, column " in text


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("DETAIL:  Failing row contains (7, Kowalska (z domu Lis), null).", "DETAIL: (…)"),
        ("Failing row contains (7, Kowalska, null).", "Failing row contains (…)."),
        ("Key (last_name)=(Kowalska) already exists.", "Key (…) already exists."),
        ("at /rodziny/?nazwisko=Kowalska HTTP", "at /rodziny/?(…) HTTP"),
        ("no value here (nothing)?", "no value here (nothing)?"),
    ],
)
def test_texts_without_an_exception_lose_what_was_quoted(text, masked):
    assert mask(text) == masked


def test_the_errors_of_the_tests_are_real(db):
    for fail in DATABASE_ERRORS:
        with pytest.raises(Error) as caught, transaction.atomic():
            fail()
        assert fail is lock_timeout or CANARY in str(caught.value)
    with pytest.raises(DataError), transaction.atomic():
        broken_data()

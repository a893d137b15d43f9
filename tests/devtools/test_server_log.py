"""The log of the server of ./dev says what failed and never what was in it: no contents of case files."""

import os
import signal
import stat
import time

import psycopg
import pytest

from devtools import postgres

CANARY = "Danuta-schowała-butelkę"
TABLE = "CREATE TABLE notes (id int PRIMARY KEY, text text CHECK (length(text) < 30))"


@pytest.fixture(scope="module")
def server():
    with postgres.throwaway_cluster() as cluster:
        yield cluster


@pytest.fixture
def cluster(server):
    """With an empty table: a crash of a server without durability may take the last one with it."""
    server.sql("DROP TABLE IF EXISTS notes")
    server.sql(TABLE)
    return server


def log_of(cluster) -> str:
    """What the server has logged so far, up to the reload that this asks for."""
    cluster.sql("SELECT pg_reload_conf()")
    for _ in range(100):
        if "received SIGHUP" in (text := cluster.log.read_text()):
            return text
        time.sleep(0.1)
    raise AssertionError(cluster.log.read_text())


def connect(cluster):
    return psycopg.connect(cluster.url("postgres"), autocommit=True)


def test_a_value_that_is_refused_is_not_quoted(cluster):
    with connect(cluster) as connection:
        connection.execute("INSERT INTO notes VALUES (1, %s)", [CANARY])
        for statement, values in [
            ("INSERT INTO notes VALUES (1, %s)", [CANARY]),
            ("INSERT INTO notes VALUES (2, %s)", [CANARY * 2]),
            ("SELECT %s::int", [CANARY]),
            (f"SELECT 1/0 AS {CANARY.replace('-', '_')}", None),
        ]:
            with pytest.raises(psycopg.Error):
                connection.execute(statement, values)
    assert "schowała" not in log_of(cluster)


def test_nor_what_waits_for_a_lock(cluster):
    with psycopg.connect(cluster.url("postgres")) as holder, connect(cluster) as waiting:
        holder.execute("LOCK notes")
        waiting.execute("SET lock_timeout = '50ms'")
        with pytest.raises(psycopg.errors.LockNotAvailable):
            waiting.execute("INSERT INTO notes VALUES (2, %s)", [CANARY])
    assert CANARY not in log_of(cluster)


def test_nor_what_a_process_was_doing_that_was_killed(cluster):
    with connect(cluster) as connection:
        connection.execute("SELECT %s::text", [CANARY])
        os.kill(connection.info.backend_pid, signal.SIGKILL)
        with pytest.raises(psycopg.OperationalError):
            connection.execute("SELECT 1")
    for _ in range(100):
        if cluster._answers():
            break
        time.sleep(0.1)
    text = log_of(cluster)
    assert "was terminated by signal 9" in text
    assert CANARY not in text


def test_only_its_owner_reads_it(cluster):
    assert stat.S_IMODE(cluster.log.stat().st_mode) == 0o600
    assert stat.S_IMODE(cluster.log.parent.stat().st_mode) == 0o700

"""Nightly jobs: schedule, missed nights, failures and the warning panel.

The queue is real, only the clock is frozen. The worker has its own connections, so these tests commit.
"""

import asyncio
import logging
import os
import signal
import subprocess
import sys
import time as real_time
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time, timedelta
from io import StringIO
from pathlib import Path

import pytest
from croniter import croniter
from django.apps import apps
from django.core.management import call_command
from django.db import OperationalError, connection, connections, transaction

from families.caseload.models import LegalBasis
from families.choices import DeadlineKind
from families.deadlines.models import Deadline
from lubsko_ops.audit.history import end_row
from lubsko_ops.core import clock
from lubsko_ops.core.locks import lock
from lubsko_ops.core.registry import Registry
from lubsko_ops.core.stored_rows import STORED_ROWS, refresh_all
from lubsko_ops.jobs import nightly, panels
from lubsko_ops.jobs import queue as job_queue
from lubsko_ops.jobs.cleanup import purge_expired
from lubsko_ops.jobs.models import NightlyJobRun
from lubsko_ops.jobs.nightly import NightlyJob
from lubsko_ops.jobs.refresh import refresh_stored_rows
from tests.factories import TODAY

ROOT = Path(__file__).resolve().parent.parent.parent
BEFORE_THE_HOUR, AFTER_THE_HOUR = time(3, 29), time(3, 31)
TABLES = "procrastinate_jobs, procrastinate_workers, procrastinate_periodic_defers, procrastinate_events"


@pytest.fixture
def queue(transactional_db):
    """An empty queue, before and after: its tables are the library's, so no test empties them."""
    _empty_queue()
    yield
    _empty_queue()


def _empty_queue() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {TABLES}")


@pytest.fixture
def only(monkeypatch):
    """Replace the registered nightly jobs."""

    def replace(**jobs):
        registry = Registry("nightly jobs", key=lambda job: job.name)
        with monkeypatch.context() as setup:
            setup.setattr(apps, "ready", False)
            for name, run in jobs.items():
                registry.register(NightlyJob(name, lambda run=run: run() or {}))
        monkeypatch.setattr(nightly, "JOBS", registry)

    return replace


def waiting() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs")
        return cursor.fetchone()[0]


# ---- schedule ----------------------------------------------------------------------------------------
def test_apps_register_their_jobs():
    assert {("purge_expired", purge_expired), ("stored_rows", refresh_stored_rows)} <= {
        (job.name, job.run) for job in nightly.JOBS
    }


def test_run_hour_occurs_once_every_night():
    days = [date(2026, 1, 1) + timedelta(days=number) for number in range(3653)]
    assert not any(
        clock.is_ambiguous(day, nightly.RUN_AT) or clock.is_nonexistent(day, nightly.RUN_AT) for day in days
    )


@pytest.mark.parametrize(
    "day", [TODAY, date(2026, 3, 29), date(2026, 10, 25)], ids=["plain", "spring", "autumn"]
)
def test_night_starts_at_half_past_three_also_when_the_clocks_change(day):
    with clock.freeze_time(clock.to_instant(day, BEFORE_THE_HOUR)):
        assert nightly.last_night() == day - timedelta(days=1)
    with clock.freeze_time(clock.to_instant(day, AFTER_THE_HOUR)):
        assert nightly.last_night() == day


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25), date(2027, 1, 10)])
def test_queue_checks_at_the_minute_the_night_starts(day):
    """The queue keeps its timetable in UTC, the night is Polish."""
    [watching] = job_queue.app.periodic_registry.periodic_tasks.values()
    assert watching.task.name == "enqueue_pending_jobs"
    minute_before = clock.to_instant(day, BEFORE_THE_HOUR)
    upcoming = croniter(watching.cron, minute_before).get_next(datetime)
    assert upcoming == clock.to_instant(day, nightly.RUN_AT)


def in_thread(function):
    """Run in a thread: browser tests in the same process may have a running event loop in this one."""

    def run():
        try:
            function()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(run).result()


def work_until_empty():
    """Process jobs until the queue is empty."""
    in_thread(lambda: job_queue.run_worker(wait=False))


# ---- running -----------------------------------------------------------------------------------------
def test_worker_creates_deadlines_that_appear_with_time(queue, kowalscy, anna):
    """A consent that ends by its own date: no action runs on the day after."""
    end_row(LegalBasis.objects.get(), on=date(2026, 10, 20), by=anna, why="Koniec zgody")
    with clock.freeze_time(clock.to_instant(date(2026, 10, 20), AFTER_THE_HOUR)):
        work_until_empty()
    assert not Deadline.objects.filter(kind=DeadlineKind.BASIS).exists()
    with clock.freeze_time(clock.to_instant(date(2026, 10, 21), AFTER_THE_HOUR)):
        work_until_empty()
    assert Deadline.objects.get(kind=DeadlineKind.BASIS).due_on == date(2026, 10, 21)
    assert dict(NightlyJobRun.objects.values_list("name", "night")) == dict.fromkeys(
        [job.name for job in nightly.JOBS], date(2026, 10, 21)
    )
    assert waiting() == 0


def test_missed_night_is_made_up_for_when_the_worker_starts(queue, only):
    done = []
    only(duties=lambda: done.append(clock.today()))
    for day, hour in [
        (TODAY, 9),
        (TODAY, 15),
        (TODAY + timedelta(days=3), 2),
        (TODAY + timedelta(days=3), 8),
    ]:
        with clock.freeze_time(clock.to_instant(day, time(hour))):
            work_until_empty()
    assert done == [TODAY, TODAY + timedelta(days=3), TODAY + timedelta(days=3)]


def test_two_workers_run_a_job_once(queue, only):
    """While one works, another one starts and finds the night unfinished."""
    done = []

    def slow():
        done.append(clock.now())
        job_queue.enqueue_pending_jobs.defer(timestamp=0)
        real_time.sleep(1)

    only(duties=slow)

    async def two(queue):
        async with queue.open_async():
            options = {**job_queue.WORKER_OPTIONS, "install_signal_handlers": False}
            workers = [asyncio.create_task(queue.run_worker_async(**options)) for _ in range(2)]
            while not await asyncio.to_thread(job_queue.closing_connections()(nothing_waits)):
                await asyncio.sleep(0.1)
            for worker in workers:
                worker.cancel()
            return await asyncio.gather(*workers, return_exceptions=True)

    def nothing_waits():
        return NightlyJobRun.objects.exists() and not waiting()

    def both():
        with job_queue.open_queue() as opened:
            asyncio.run(asyncio.wait_for(two(opened), 20))

    in_thread(both)
    assert len(done) == 1
    assert NightlyJobRun.objects.get().night == TODAY


# ---- when it fails -----------------------------------------------------------------------------------
def test_failed_job_is_logged_without_personal_data_and_retried(queue, only, caplog):
    done = []

    def fails():
        done.append("fails")
        raise ValueError("Danuta Kowalska, 88050912345")

    only(fails=fails, duties=lambda: done.append("duties"))
    with caplog.at_level(logging.INFO):
        work_until_empty()
    assert done == ["fails", "duties"]
    assert [row.name for row in NightlyJobRun.objects.all()] == ["duties"]
    assert "Nightly job fails failed: ValueError at tests/lubsko_ops/test_nightly_jobs.py:" in caplog.text
    assert "Kowalska" not in caplog.text
    with connection.cursor() as cursor:
        cursor.execute("SELECT status, attempts, scheduled_at > now() FROM procrastinate_jobs")
        assert cursor.fetchall() == [("todo", 1, True)]
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = now()")
    work_until_empty()
    assert done == ["fails", "duties", "fails"]
    assert waiting() == 1


def test_jobs_of_a_killed_worker_are_restarted(queue, only):
    done = []
    only(duties=lambda: done.append(1))
    job_queue.run_nightly_job.configure(lock="stored_rows", queueing_lock="stored_rows").defer(
        job="stored_rows"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour') RETURNING id"
        )
        cursor.execute("SELECT * FROM procrastinate_fetch_job_v2(NULL, %s)", cursor.fetchone())
        cursor.execute("SELECT status FROM procrastinate_jobs")
        assert cursor.fetchall() == [("doing",)]
    work_until_empty()
    assert done == [1]
    assert waiting() == 0


def test_command_runs_all_jobs_and_names_failed_ones(db, only):
    done, said = [], StringIO()
    only(fails=lambda: 1 / 0, duties=lambda: done.append(1) or 7)
    with pytest.raises(SystemExit, match="Nie udało się: fails"):
        call_command("nightly", stdout=said)
    assert said.getvalue() == "duties: 7\n"
    only(duties=lambda: done.append(1))
    call_command("nightly", stdout=said)
    assert len(done) == 2


# ---- the program -------------------------------------------------------------------------------------
def test_worker_wakes_at_once_and_stops_on_a_signal(queue, maria):
    """The program itself, with the clock on the wall: quiet, listening, gone within seconds."""
    url = os.environ["DATABASE_URL"].rpartition("/")[0] + "/" + connection.settings_dict["NAME"]
    argv = [sys.executable, str(ROOT / "manage.py"), "worker"]
    env = {**os.environ, "DATABASE_URL": url}
    with subprocess.Popen(
        argv, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as program:
        try:
            assert comes(lambda: NightlyJobRun.objects.count() == len(nightly.JOBS), within=60)
            NightlyJobRun.objects.all().delete()
            job_queue.enqueue_pending_jobs.defer(timestamp=0)
            assert comes(
                lambda: NightlyJobRun.objects.count() == len(nightly.JOBS), within=15
            )  # it polls every 30 s only
            program.send_signal(signal.SIGTERM)
            said, _ = program.communicate(timeout=15)
        finally:
            program.kill()
    assert (program.returncode, said) == (0, "")


def comes(what, *, within: int) -> bool:
    """Whether it becomes true within so many seconds."""
    for _ in range(within * 10):
        if what():
            return True
        real_time.sleep(0.1)
    return False


# ---- warning panel -----------------------------------------------------------------------------------
WARNING = "Nocne przeliczanie nie działa"


@pytest.mark.parametrize(
    ("hours", "warned"), [(35, False), (37, True)], ids=["one night is not much", "a night was missed"]
)
def test_manager_and_administrator_see_missed_nights(client, maria, jan, anna, tomasz, hours, warned):
    call_command("nightly", stdout=StringIO())
    NightlyJobRun.objects.filter(name="stored_rows").update(done_at=clock.now() - timedelta(hours=hours))
    for user, may_see in [(maria, True), (jan, True), (anna, False), (tomasz, False)]:
        client.force_login(user)
        text = client.get("/").content.decode()
        assert (WARNING in text) == (warned and may_see)
        assert ("Nie udaje się od 11.10.2026, 23:00." in text) == (warned and may_see)


def test_administrator_sees_stored_rows_that_were_wrong(client, kowalscy, jan, maria):
    """A deadline that no facts explain, changed behind the back of the actions, is put right and counted."""
    Deadline.objects.filter(kind=DeadlineKind.VISIT).delete()
    changed = Deadline.objects.filter(family=kowalscy, kind=DeadlineKind.ASSESSMENT)
    assert changed.update(due_on=date(2020, 1, 1)) == 1
    call_command("nightly", stdout=StringIO())
    assert changed.get().due_on != date(2020, 1, 1)
    for user, sees in [(jan, True), (maria, False)]:
        client.force_login(user)
        assert ("terminy: 1." in client.get("/").content.decode()) == sees
    call_command("refresh_stored_rows", stdout=(displayed := StringIO()))
    assert "terminy: 0\n" in displayed.getvalue()


def test_what_changed_by_itself_in_missed_nights_is_no_fault(kowalscy, anna):
    """The consent ends on Friday; the server is off until Wednesday."""
    call_command("nightly", stdout=StringIO())
    end_row(LegalBasis.objects.get(), on=date(2026, 10, 16), by=anna, why="Koniec zgody")
    with clock.freeze_time(date(2026, 10, 21)):
        assert refresh_all(STORED_ROWS["deadlines"]) == 0
    assert Deadline.objects.get(kind=DeadlineKind.BASIS).due_on == date(2026, 10, 17)


def test_a_family_that_is_being_changed_is_waited_for_last(transactional_db, kowalscy, nowakowie):
    """When its action takes too long, the job fails and is tried again; all others are done."""
    Deadline.objects.update(due_on=date(2020, 1, 1))
    wrong = Deadline.objects.filter(due_on=date(2020, 1, 1))
    with transaction.atomic():
        lock(families=[kowalscy.pk])
        with pytest.raises(OperationalError, match="lock timeout"):
            in_thread(lambda: refresh_all(STORED_ROWS["deadlines"]))
        assert set(wrong.values_list("family_id", flat=True)) == {kowalscy.pk}
    in_thread(lambda: refresh_all(STORED_ROWS["deadlines"]))
    assert not wrong.exists()


def test_worker_that_never_ran_is_reported(client, maria):
    client.force_login(maria)
    assert WARNING not in client.get("/").content.decode()  # the account is new
    panels.clear_cache()
    with clock.freeze_time(TODAY + timedelta(days=2)):
        client.force_login(maria)
        assert WARNING in client.get("/").content.decode()

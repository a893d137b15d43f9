"""Background jobs: the only module that imports the queue (procrastinate, on the project's PostgreSQL).

Every ten minutes, and whenever a worker starts, ``enqueue_pending_jobs`` enqueues the nightly jobs that have not run
since 3:30. So no schedule in UTC is needed, a night when the machine was off is made up for in the morning, and a job
that failed finally is started again.
"""

import logging
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime

from asgiref.sync import sync_to_async
from django.db import connections
from django.db.models import Count, Q
from procrastinate import PsycopgConnector, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.contrib.django.utils import connector_params
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import Status

from lubsko_ops.core import clock
from lubsko_ops.jobs import nightly
from lubsko_ops.jobs.background import BACKGROUND_JOBS

log = logging.getLogger(__name__)

MAX_ATTEMPTS = 3
WORKER_OPTIONS = {
    "name": "night",
    "fetch_job_polling_interval": 30,  # for retries only: a new job wakes the worker by LISTEN
    "delete_jobs": "always",  # runs are recorded in NightlyJobRun, failures in the log
}


class BackgroundJobFailed(Exception):
    """A background job failed. Holds only its name: the error message might contain personal data."""


@contextmanager
def closing_connections():
    """Close database connections afterwards, so worker threads keep none idle between jobs."""
    try:
        yield
    finally:
        connections.close_all()


@app.task(name="nightly", retry=RetryStrategy(max_attempts=MAX_ATTEMPTS, exponential_wait=10))
@closing_connections()
def run_nightly_job(job: str) -> None:
    """Run one nightly job unless another worker has. Retried after 10 s, 100 s and 17 min."""
    if job in nightly.get_pending_jobs():
        nightly.run_job(job)


@app.task(name="background", retry=RetryStrategy(max_attempts=MAX_ATTEMPTS, exponential_wait=10))
@closing_connections()
def run_background_job(job: str, pk: int) -> None:
    """Run a job that an action started; retried like a nightly job. Of an error only the class is logged."""
    try:
        BACKGROUND_JOBS[job].run(pk)
    except Exception as error:
        log.error("Background job %s of row %s failed: %s", job, pk, type(error).__name__)
        raise BackgroundJobFailed(job) from None


@app.periodic(cron="*/10 * * * *")
@app.task(name="enqueue_pending_jobs", queueing_lock="enqueue_pending_jobs")
async def enqueue_pending_jobs(timestamp: int) -> None:
    """Enqueue the pending nightly jobs, each at most once. ``timestamp`` is passed by the queue."""
    for stalled in await app.job_manager.get_stalled_jobs():  # of a killed worker; they would hold the locks
        if stalled.task_name == "background" and stalled.attempts < MAX_ATTEMPTS:
            await app.job_manager.retry_job(stalled)  # nobody else would start it again before the night
        else:
            await app.job_manager.finish_job(stalled, Status.ABORTED, delete_job=True)
    for job in await sync_to_async(closing_connections()(nightly.get_pending_jobs))():
        with suppress(AlreadyEnqueued):
            await run_nightly_job.configure(lock=job, queueing_lock=job).defer_async(job=job)


@dataclass(frozen=True)
class JobCounts:
    """Jobs that wait for the worker; ``stuck``: those that have waited since before the given moment."""

    waiting: int
    stuck: int


def count_jobs(*, waiting_since: datetime) -> JobCounts:
    """How many jobs may be taken now. One statement."""
    due = Q(scheduled_at=None) | Q(scheduled_at__lte=clock.now())
    old = Q(procrastinateevent__type="deferred", procrastinateevent__at__lt=waiting_since)
    rows = ProcrastinateJob.objects.filter(due, status=Status.TODO.value)
    counts = rows.aggregate(waiting=Count("pk", distinct=True), stuck=Count("pk", filter=old, distinct=True))
    return JobCounts(**counts)


@contextmanager
def open_queue():
    """The queue with separate connections for a worker, with a first check for pending jobs enqueued."""
    with suppress(AlreadyEnqueued):
        # The types of procrastinate hide the argument that a periodic task gets from the queue.
        enqueue_pending_jobs.defer(timestamp=int(clock.now().timestamp()))  # type: ignore[call-arg]
    connections.close_all()
    connector = PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=2)
    with app.replace_connector(connector) as queue:
        yield queue


def run_worker(*, wait: bool = True) -> None:
    """Process jobs until a signal arrives; with ``wait=False`` until the queue is empty."""
    with open_queue() as queue:
        queue.run_worker(wait=wait, **WORKER_OPTIONS)

"""Background work: the only place that knows the queue (procrastinate, on our own PostgreSQL).

Today it holds the work of the night (lubsko_ops/night). Every ten minutes, and whenever a worker starts, ``watch``
looks for work that has not been done since 3:30 and puts it in the queue. So the hour needs no timetable of its own
in UTC, a night the machine slept through is caught up in the morning, and what failed for good is begun anew.
"""

from contextlib import contextmanager, suppress

from asgiref.sync import sync_to_async
from django.db import connections
from procrastinate import PsycopgConnector, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import Status

from lubsko_ops.core import clock
from lubsko_ops.jobs import nightly as night

WORKER_OPTIONS = {
    "name": "night",
    "fetch_job_polling_interval": 30,  # a new job wakes the worker (LISTEN); this is for jobs to be tried again
    "delete_jobs": "always",  # what was done stands in NightlyWork, what failed in the log
}


@contextmanager
def closing_connections():
    """For what a thread of the worker does in Django: between two works no connection waits idle."""
    try:
        yield
    finally:
        connections.close_all()


@app.task(name="nightly", retry=RetryStrategy(max_attempts=3, exponential_wait=10))
@closing_connections()
def run_nightly_job(work: str) -> None:
    """Do one work of the night, unless another worker has. Tried again after 10 s, 100 s and 17 min."""
    if work in night.get_pending_jobs():
        night.run_job(work)


@app.periodic(cron="*/10 * * * *")
@app.task(name="watch", queueing_lock="watch")
async def enqueue_pending_jobs(timestamp: int) -> None:
    """Put the unfinished work of the night in the queue, each at most once. ``timestamp`` is the queue's."""
    for job in await app.job_manager.get_stalled_jobs():  # their worker was killed: they would bar the way
        await app.job_manager.finish_job(job, Status.ABORTED, delete_job=True)
    for work in await sync_to_async(closing_connections()(night.get_pending_jobs))():
        with suppress(AlreadyEnqueued):
            await run_nightly_job.configure(lock=work, queueing_lock=work).defer_async(work=work)


@contextmanager
def open_queue():
    """The queue with connections of its own for a worker, and one look at what is unfinished already waiting."""
    with suppress(AlreadyEnqueued):
        enqueue_pending_jobs.defer(timestamp=int(clock.now().timestamp()))
    connections.close_all()
    connector = PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=2)
    with app.replace_connector(connector) as queue:
        yield queue


def run_worker(*, wait: bool = True) -> None:
    """Work until a signal ends us; with ``wait=False`` until the queue is empty."""
    with open_queue() as queue:
        queue.run_worker(wait=wait, **WORKER_OPTIONS)

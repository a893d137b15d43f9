"""Jobs that an action starts and a worker does after the commit: apps register them, the queue runs them."""

from collections.abc import Callable
from dataclasses import dataclass

from lubsko_ops.core.registry import Registry


@dataclass(frozen=True)
class BackgroundJob:
    """A job about one row: idempotent, managing its own transactions. What it returns is not used.

    ``priority``: of waiting jobs those with the highest are run first.
    """

    name: str
    run: Callable[[int], object]
    priority: int = 0


BACKGROUND_JOBS: Registry[BackgroundJob] = Registry("background jobs", key=lambda job: job.name)


def start_job(name: str, pk: int) -> None:
    """Queue the job for the row. It is queued with the transaction: one that is rolled back starts nothing."""
    # Not before Django is ready: tasks registered earlier would get other names.
    from lubsko_ops.jobs.queue import run_background_job

    job = BACKGROUND_JOBS[name]
    run_background_job.configure(priority=job.priority).defer(job=job.name, pk=pk)

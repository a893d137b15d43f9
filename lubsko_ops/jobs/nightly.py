"""Nightly jobs: apps register them, the queue (lubsko_ops/jobs/queue.py) or the command ``nightly`` runs them.

A night is identified by the day it ends on. Jobs run at 3:30 in Poland, an hour that occurs exactly once every night:
the clocks change between 2:00 and 3:00.
"""

import logging
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time, timedelta

from django.conf import settings

from lubsko_ops.core import clock
from lubsko_ops.core.registry import Registry
from lubsko_ops.jobs.models import NightlyJobRun

RUN_AT = time(3, 30)
OVERDUE_AFTER = timedelta(hours=36)  # at least one night was missed and not made up for

log = logging.getLogger(__name__)


class NightlyJobFailed(Exception):
    """A nightly job failed. Holds only the name of the job: the error message might contain personal data."""


@dataclass(frozen=True)
class NightlyJob:
    """A nightly job: idempotent, managing its own transactions, independent of the other jobs."""

    name: str
    run: Callable[[], dict[str, int]]  # returns numbers of rows by (Polish) kind
    label: str = ""  # for the administrator


JOBS: Registry[NightlyJob] = Registry("nightly jobs", key=lambda job: job.name)


def last_night() -> date:
    """The latest day whose 3:30 has passed."""
    today = clock.today()
    passed = clock.now() >= clock.to_instant(today, RUN_AT)
    return today if passed else today - timedelta(days=1)


def get_pending_jobs() -> list[str]:
    """Names of the jobs that have not run since the last 3:30."""
    done = set(NightlyJobRun.objects.filter(night__gte=last_night()).values_list("name", flat=True))
    return [job.name for job in JOBS if job.name not in done]


def run_job(name: str) -> dict[str, int]:
    """Run the job now, record the run, return its result. Raises NightlyJobFailed; the log holds the location."""
    night = last_night()  # read first: a job started before 3:30 does not count for the next night
    try:
        result = JOBS[name].run()
    except Exception as error:
        log.error("Nightly job %s failed: %s at %s", name, type(error).__name__, _error_location(error))
        raise NightlyJobFailed(name) from None
    defaults = {"night": night, "done_at": clock.now(), "result": result}
    NightlyJobRun.objects.update_or_create(name=name, defaults=defaults)
    return result


def _error_location(error: Exception) -> str:
    """The innermost line of own code in the traceback: "families/deadlines/recalculate.py:55"."""
    root = f"{settings.BASE_DIR}/"
    frames = traceback.extract_tb(error.__traceback__)
    ours = [each for each in frames if each.filename.startswith(root) and "/.venv/" not in each.filename]
    return f"{ours[-1].filename.removeprefix(root)}:{ours[-1].lineno}"


def get_last_runs() -> dict[str, NightlyJobRun]:
    """The last run by job name; jobs that never ran are missing."""
    return {run.name: run for run in NightlyJobRun.objects.all()}

"""Work of the night: the rooms register it, the queue (lubsko_ops/jobs/queue.py) or the command ``nightly`` does it.

A night is named by the day it ends on. Its hour, 3:30 in Poland, comes exactly once every night: the clocks
change between 2:00 and 3:00, so 2:30 would come twice in October and never in March.
"""

import logging
import traceback
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from django.conf import settings

from lubsko_ops.core import clock
from lubsko_ops.jobs.models import NightlyJobRun

RUN_AT = time(3, 30)
OVERDUE_AFTER = timedelta(hours=36)  # a night was missed and nobody has caught up since
JOBS: dict[str, Callable[[], object]] = {}

log = logging.getLogger(__name__)


class NightlyJobFailed(Exception):
    """Work of the night failed. Says which, and nothing of the error: its words may hold personal data."""


def register_job(name: str, work: Callable[[], object]) -> None:
    """A room has work for every night: safe to repeat, in transactions of its own, independent of the others."""
    JOBS[name] = work


def last_night() -> date:
    """The latest day whose hour has struck."""
    today = clock.today()
    struck = clock.now() >= clock.to_instant(today, RUN_AT)
    return today if struck else today - timedelta(days=1)


def get_pending_jobs() -> list[str]:
    """Names of the work that has not been done since the hour last struck."""
    done = set(NightlyJobRun.objects.filter(night__gte=last_night()).values_list("name", flat=True))
    return [name for name in JOBS if name not in done]


def run_job(name: str) -> object:
    """Do this work now, write down that it was done, return its answer. Raises Failed; the log says where."""
    night = last_night()  # asked first: what begins before the hour has not done the work of the next night
    try:
        answer = JOBS[name]()
    except Exception as error:
        log.error("Nightly work %s failed: %s at %s", name, type(error).__name__, _error_location(error))
        raise NightlyJobFailed(name) from None
    NightlyJobRun.objects.update_or_create(name=name, defaults={"night": night, "done_at": clock.now()})
    return answer


def _error_location(error: Exception) -> str:
    """The last line of ours the error went through: "families/deadlines/recalculate.py:55"."""
    root = f"{settings.BASE_DIR}/"
    frames = traceback.extract_tb(error.__traceback__)
    ours = [each for each in frames if each.filename.startswith(root) and "/.venv/" not in each.filename]
    return f"{ours[-1].filename.removeprefix(root)}:{ours[-1].lineno}"


def get_last_run_times() -> dict[str, datetime]:
    """When each work was last done; what has never been done is missing."""
    return dict(NightlyJobRun.objects.values_list("name", "done_at"))

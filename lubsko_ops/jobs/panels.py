"""Dashboard panels that warn when nightly jobs have not run, and when they found stored rows that were wrong."""

import time

from lubsko_ops.accounts.permissions import STAFF_VIEW
from lubsko_ops.core import clock
from lubsko_ops.core.dashboard import Panel
from lubsko_ops.core.permissions import has_permission
from lubsko_ops.jobs import nightly
from lubsko_ops.jobs.models import NightlyJobRun
from lubsko_ops.jobs.permissions import JOBS_VIEW
from lubsko_ops.jobs.refresh import JOB_NAME

CACHE_SECONDS = 10 * 60
_cache: tuple[float, dict[str, NightlyJobRun]] = (0.0, {})


def overdue_jobs_panel(request) -> Panel | None:
    """For managers and administrators. A job that never ran counts from the creation of the user's account."""
    if not has_permission(request.user, STAFF_VIEW):
        return None
    runs, joined = _cached_runs(), request.user.date_joined
    times = [runs[job.name].done_at if job.name in runs else joined for job in nightly.JOBS]
    since = min(times, default=clock.now())
    return (
        Panel("jobs/_overdue_jobs_panel.html", {"since": since}, side=True)
        if clock.now() - since > nightly.OVERDUE_AFTER
        else None
    )


def wrong_rows_panel(request) -> Panel | None:
    """For administrators: how many stored rows the last night found wrong and put right."""
    if not has_permission(request.user, JOBS_VIEW):
        return None
    run = _cached_runs().get(JOB_NAME)
    wrong = {label: number for label, number in run.result.items() if number} if run else {}
    if run is None or not wrong:
        return None
    return Panel("jobs/_wrong_rows_panel.html", {"wrong": wrong, "done_at": run.done_at}, side=True)


def _cached_runs() -> dict[str, NightlyJobRun]:
    """The last runs, cached in the process for ten minutes."""
    global _cache
    expires, runs = _cache
    if time.monotonic() > expires:
        runs = nightly.get_last_runs()
        _cache = (time.monotonic() + CACHE_SECONDS, runs)
    return runs


def clear_cache() -> None:
    """Clear the cached runs (between tests)."""
    global _cache
    _cache = (0.0, {})

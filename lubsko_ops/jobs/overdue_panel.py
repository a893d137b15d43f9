"""Dashboard panel that warns when nightly jobs have not run."""

import time
from datetime import datetime

from lubsko_ops.accounts.permissions import STAFF_VIEW
from lubsko_ops.core import clock
from lubsko_ops.core.dashboard import Panel
from lubsko_ops.core.permissions import has_permission
from lubsko_ops.jobs import nightly

CACHE_SECONDS = 10 * 60
_cache: tuple[float, dict[str, datetime]] = (0.0, {})


def overdue_jobs_panel(request) -> Panel | None:
    """For managers and administrators. A job that never ran counts from the creation of the user's account."""
    if not has_permission(request.user, STAFF_VIEW):
        return None
    last_runs = _cached_run_times()
    since = min(
        (last_runs.get(job.name, request.user.date_joined) for job in nightly.JOBS), default=clock.now()
    )
    return (
        Panel("jobs/_overdue_jobs_panel.html", {"since": since}, side=True)
        if clock.now() - since > nightly.OVERDUE_AFTER
        else None
    )


def _cached_run_times() -> dict[str, datetime]:
    """Last run times, cached in the process for ten minutes."""
    global _cache
    expires, run_times = _cache
    if time.monotonic() > expires:
        run_times = nightly.get_last_run_times()
        _cache = (time.monotonic() + CACHE_SECONDS, run_times)
    return run_times


def clear_cache() -> None:
    """Clear the cached run times (between tests)."""
    global _cache
    _cache = (0.0, {})

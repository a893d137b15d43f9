"""A quiet word on the start page of those who answer for the installation, when the nights are missed."""

import time
from datetime import datetime

from lubsko_ops.core import clock
from lubsko_ops.core.dashboard import Panel
from lubsko_ops.core.permissions import Permission, has_permission
from lubsko_ops.jobs import nightly as night

CACHE_SECONDS = 10 * 60
_cache: tuple[float, dict[str, datetime]] = (0.0, {})


def overdue_jobs_panel(request) -> Panel | None:
    """For the manager and the administrator. For work that was never done the age of the account counts."""
    if not has_permission(request.user, Permission.STAFF_VIEW):
        return None
    done = _cached_run_times()
    since = min((done.get(name, request.user.date_joined) for name in night.JOBS), default=clock.now())
    return (
        Panel("jobs/_overdue_jobs_panel.html", {"since": since}, side=True)
        if clock.now() - since > night.OVERDUE_AFTER
        else None
    )


def _cached_run_times() -> dict[str, datetime]:
    """When each work was last done, remembered by the process for ten minutes: the limit is a day and a half."""
    global _cache
    until, done = _cache
    if time.monotonic() > until:
        done = night.get_last_run_times()
        _cache = (time.monotonic() + CACHE_SECONDS, done)
    return done


def clear_cache() -> None:
    """Ask the database again next time (between tests)."""
    global _cache
    _cache = (0.0, {})

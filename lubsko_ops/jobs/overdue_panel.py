"""A quiet word on the start page of those who answer for the installation, when the nights are missed."""

import time
from datetime import datetime

from lubsko_ops.core import clock
from lubsko_ops.core.dashboard import Panel
from lubsko_ops.core.permissions import Permission, has_permission
from lubsko_ops.jobs import nightly as night

_REMEMBERED_SECONDS = 10 * 60
_remembered: tuple[float, dict[str, datetime]] = (0.0, {})


def late_nights(request) -> Panel | None:
    """For the manager and the administrator. For work that was never done the age of the account counts."""
    if not has_permission(request.user, Permission.STAFF_VIEW):
        return None
    done = _last_done()
    since = min((done.get(name, request.user.date_joined) for name in night.WORK), default=clock.now())
    return (
        Panel("ops/_late_nights.html", {"since": since}, side=True)
        if clock.now() - since > night.LATE
        else None
    )


def _last_done() -> dict[str, datetime]:
    """When each work was last done, remembered by the process for ten minutes: the limit is a day and a half."""
    global _remembered
    until, done = _remembered
    if time.monotonic() > until:
        done = night.last_done()
        _remembered = (time.monotonic() + _REMEMBERED_SECONDS, done)
    return done


def forget() -> None:
    """Ask the database again next time (between tests)."""
    global _remembered
    _remembered = (0.0, {})

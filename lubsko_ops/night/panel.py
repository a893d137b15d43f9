"""A quiet word on the start page of those who answer for the installation, when the nights are missed."""

from lubsko_ops import clock
from lubsko_ops.access import Permission, allows
from lubsko_ops.night.work import LATE, last_done
from lubsko_ops.start import Panel


def late_nights(request) -> Panel | None:
    """For the manager and the administrator. Where no night was ever counted, the age of the account tells."""
    if not allows(request.user, Permission.STAFF_VIEW):
        return None
    since = last_done(never=request.user.date_joined)
    return Panel("ops/_late_nights.html", {"since": since}, side=True) if clock.now() - since > LATE else None

"""A fresh confirmation of who the user is, for one download: the second factor, or the password where none is set."""

from datetime import datetime
from urllib.parse import urlencode

from allauth.mfa.utils import is_mfa_enabled

from lubsko_ops.core import clock
from lubsko_ops.core.links import reverse

SESSION_KEY = "confirmed_for_download"
VALID_SECONDS = 5 * 60


def remember_confirmation(sender, request, user, method, reauthenticated=False, **kwargs) -> None:
    """Receiver of allauth's signal: the user has just confirmed who they are."""
    if reauthenticated and (method == "mfa" or not is_mfa_enabled(user)):
        request.session[SESSION_KEY] = [user.pk, clock.now().timestamp()]


def has_confirmation(request) -> bool:
    """Whether the user has just confirmed, and may download once."""
    confirmed = request.session.get(SESSION_KEY)
    if not confirmed or confirmed[0] != request.user.pk:
        return False
    return clock.now().timestamp() - confirmed[1] <= VALID_SECONDS


def use_confirmation(request) -> datetime | None:
    """When the user confirmed, as ``has_confirmation``, which it spends: each confirmation serves once.

    Requests at the same moment all read it from the session: only what stores the moment can refuse the second.
    """
    confirmed = has_confirmation(request)
    moment = request.session.pop(SESSION_KEY, None)
    return datetime.fromtimestamp(moment[1], clock.WARSAW) if confirmed else None


def confirmation_url(request, *, next_url: str) -> str:
    """Where the user confirms; it leads to a page, for a browser that gets a file stays where it was."""
    page = "mfa_reauthenticate" if is_mfa_enabled(request.user) else "account_reauthenticate"
    return f"{reverse(page)}?{urlencode({'next': next_url})}"

"""A fresh confirmation of who the user is, for one download: the second factor, or the password where none is set."""

from urllib.parse import urlencode

from allauth.mfa.utils import is_mfa_enabled

from lubsko_ops.core import clock
from lubsko_ops.core.links import reverse

SESSION_KEY = "confirmed_for_download"
VALID_SECONDS = 5 * 60


def remember_confirmation(sender, request, user, method, reauthenticated=False, **kwargs) -> None:
    """Receiver of allauth's signal: the user has just confirmed who they are."""
    if reauthenticated and (method == "mfa" or not is_mfa_enabled(user)):
        request.session[SESSION_KEY] = [user.pk, int(clock.now().timestamp())]


def use_confirmation(request) -> bool:
    """Whether the user has just confirmed; each confirmation serves once."""
    confirmed = request.session.pop(SESSION_KEY, None)
    if not confirmed or confirmed[0] != request.user.pk:
        return False
    return int(clock.now().timestamp()) - confirmed[1] <= VALID_SECONDS


def confirmation_url(request) -> str:
    """Where the user confirms; it leads back to this page."""
    page = "mfa_reauthenticate" if is_mfa_enabled(request.user) else "account_reauthenticate"
    return f"{reverse(page)}?{urlencode({'next': request.path})}"

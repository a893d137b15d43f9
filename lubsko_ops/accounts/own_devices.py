"""Own devices: browsers in which a user has fully logged in; the wrong passwords of others do not lock them out.

A cookie for each account and device, signed together with its name; it opens nothing by itself.
"""

from datetime import timedelta

from django.conf import settings
from django.utils.crypto import get_random_string, salted_hmac

COOKIE_AGE = timedelta(days=365)
SALT = "lubsko_ops.accounts.own_devices"


def get_cookie_name(username: str) -> str:
    return settings.DEVICE_COOKIE_PREFIX + salted_hmac(SALT, username.casefold()).hexdigest()[:16]


def get_device_id(request, username: str) -> str:
    """The identifier of this device, if the account of this name has fully logged in with it; otherwise empty."""
    return request.get_signed_cookie(get_cookie_name(username), default="", salt=SALT, max_age=COOKIE_AGE)


def remember_device(request, response, user) -> None:
    response.set_signed_cookie(
        get_cookie_name(user.username),
        get_device_id(request, user.username) or get_random_string(22),
        salt=SALT,
        max_age=COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )

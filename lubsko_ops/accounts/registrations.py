"""Navigation items, the place of users in the lock order, and session signal handlers."""

from allauth.mfa.signals import authenticator_removed
from django.contrib.auth.signals import user_logged_in

from lubsko_ops.accounts.models import User
from lubsko_ops.accounts.permissions import STAFF_VIEW
from lubsko_ops.core import clock
from lubsko_ops.core.locks import LOCKED_MODELS, LockedModel, LockOrder
from lubsko_ops.core.navigation import NAVIGATION, NavItem
from lubsko_ops.core.permissions import OWN_ACCOUNT, PERMISSIONS


def reset_second_factor(sender, request, **kwargs) -> None:
    """After a second factor was removed, the session must present or set up another one."""
    request.session.pop("second_factor", None)


def start_session(sender, request, **kwargs) -> None:
    """A login restarts the maximum duration of the session, whatever session it continues."""
    request.session["started"] = request.session["touched"] = int(clock.now().timestamp())


def register() -> None:
    PERMISSIONS.register(STAFF_VIEW, order=80)
    LOCKED_MODELS.register(LockedModel(LockOrder.USERS, User), order=LockOrder.USERS)
    NAVIGATION.register(NavItem("Start", "start", OWN_ACCOUNT), order=0)
    NAVIGATION.register(NavItem("Pracownicy", "staff", STAFF_VIEW), order=80)
    user_logged_in.connect(start_session, dispatch_uid="start_session")
    authenticator_removed.connect(reset_second_factor, dispatch_uid="reset_second_factor")

"""Navigation items, the place of users in the lock order, and session signal handlers."""

from allauth.account.signals import authentication_step_completed
from allauth.mfa.models import Authenticator
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_delete, post_save

from lubsko_ops.accounts import second_factor
from lubsko_ops.accounts.models import User
from lubsko_ops.accounts.permissions import STAFF_VIEW
from lubsko_ops.core import clock
from lubsko_ops.core.locks import LOCKED_MODELS, LockedModel, LockOrder
from lubsko_ops.core.navigation import NAVIGATION, NavItem
from lubsko_ops.core.permissions import OWN_ACCOUNT, PERMISSIONS


def start_session(sender, request, **kwargs) -> None:
    """A login restarts the maximum duration of the session, whatever session it continues."""
    request.session["started"] = request.session["touched"] = int(clock.now().timestamp())


def register() -> None:
    PERMISSIONS.register(STAFF_VIEW, order=80)
    LOCKED_MODELS.register(LockedModel(LockOrder.USERS, User), order=LockOrder.USERS)
    NAVIGATION.register(NavItem("Start", "start", OWN_ACCOUNT), order=0)
    NAVIGATION.register(NavItem("Pracownicy", "staff", STAFF_VIEW), order=80)
    user_logged_in.connect(start_session, dispatch_uid="start_session")
    authentication_step_completed.connect(second_factor.remember_shown, dispatch_uid="second_factor_shown")
    post_save.connect(second_factor.factor_added, sender=Authenticator, dispatch_uid="second_factor_added")
    post_delete.connect(
        second_factor.factor_removed, sender=Authenticator, dispatch_uid="second_factor_removed"
    )

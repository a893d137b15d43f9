from allauth.mfa.signals import authenticator_removed
from django.contrib.auth.signals import user_logged_in

from lubsko_ops.accounts.session_signals import begin_session, lose_second_factor
from lubsko_ops.core import navigation
from lubsko_ops.core.permissions import Permission


def register() -> None:
    navigation.register_nav_item(navigation.NavItem("Start", "start", Permission.OWN_ACCOUNT, order=0))
    navigation.register_nav_item(navigation.NavItem("Pracownicy", "staff", Permission.STAFF_VIEW, order=80))
    user_logged_in.connect(begin_session, dispatch_uid="begin_session")
    authenticator_removed.connect(lose_second_factor, dispatch_uid="lose_second_factor")

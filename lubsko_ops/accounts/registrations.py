"""What this app registers at start-up: permissions, navigation, locks, history, panels, session signal handlers."""

from allauth.account.signals import authentication_step_completed
from allauth.mfa.models import Authenticator
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_delete, post_save

from lubsko_ops.accounts import panels, second_factor
from lubsko_ops.accounts.base_views import ACCOUNT_FILE, PERSON_TABS, PersonTab
from lubsko_ops.accounts.models import AccountLink, RegionGrant, RoleGrant, User
from lubsko_ops.accounts.permissions import ACCESS_ACKNOWLEDGE, ACCOUNTS_MANAGE, STAFF_VIEW
from lubsko_ops.audit.change_entries import HISTORY_TABLES, HistoryTable
from lubsko_ops.core import clock
from lubsko_ops.core.dashboard import PANELS
from lubsko_ops.core.locks import LOCKED_MODELS, LockedModel, LockOrder
from lubsko_ops.core.navigation import NAVIGATION, NavItem
from lubsko_ops.core.permissions import OWN_ACCOUNT, PERMISSIONS

NOT_SHOWN = frozenset({"password", "last_login", "is_superuser", "is_staff", "theme", "date_joined"})
HISTORY = (
    HistoryTable(User, (), "{first_name} {last_name}", NOT_SHOWN, file_kind=ACCOUNT_FILE),
    HistoryTable(RoleGrant, ("user",), "{role}", frozenset({"user"}), file_kind=ACCOUNT_FILE),
    HistoryTable(RegionGrant, ("user",), "{region}", frozenset({"user"}), file_kind=ACCOUNT_FILE),
    HistoryTable(AccountLink, ("user",), "{kind}", frozenset({"user", "token_hash"}), file_kind=ACCOUNT_FILE),
)


def start_session(sender, request, user, **kwargs) -> None:
    """A login restarts the maximum duration of the session, whatever session it continues."""
    request.session["started"] = request.session["touched"] = int(clock.now().timestamp())
    panels.remember_own_notices(request, user)


def register() -> None:
    for permission in (STAFF_VIEW, ACCOUNTS_MANAGE, ACCESS_ACKNOWLEDGE):
        PERMISSIONS.register(permission, order=80)
    LOCKED_MODELS.register(LockedModel(LockOrder.USERS, User), order=LockOrder.USERS)
    NAVIGATION.register(NavItem("Start", "start", OWN_ACCOUNT), order=0)
    NAVIGATION.register(NavItem("Pracownicy", "staff", STAFF_VIEW), order=80)
    PERSON_TABS.register(PersonTab("Konto", "person", STAFF_VIEW), order=0)
    PERSON_TABS.register(PersonTab("Historia konta", "person-history", STAFF_VIEW), order=90)
    for table in HISTORY:
        HISTORY_TABLES.register(table, order=80)
    PANELS.register(panels.own_notices_panel, order=2)
    PANELS.register(panels.administrator_panel, order=20)
    user_logged_in.connect(start_session, dispatch_uid="start_session")
    authentication_step_completed.connect(second_factor.remember_shown, dispatch_uid="second_factor_shown")
    post_save.connect(second_factor.factor_added, sender=Authenticator, dispatch_uid="second_factor_added")
    post_delete.connect(
        second_factor.factor_removed, sender=Authenticator, dispatch_uid="second_factor_removed"
    )

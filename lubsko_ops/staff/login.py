"""Login: one statement brings the account with its roles; nobody signs up by himself."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend

from lubsko_ops import clock
from lubsko_ops.staff.models import User


class StaffBackend(AuthenticationBackend):
    """allauth's login by username; the account comes with the roles of today."""

    def get_user(self, user_id):
        user = User.objects.with_roles(clock.today()).filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by the administrator, never by a visitor."""

    def is_open_for_signup(self, request):
        return False

"""Authentication backend and allauth adapter: accounts are loaded with their roles, sign-up is closed."""

from datetime import date

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal.ratelimit import get_ip
from django.conf import settings
from django.shortcuts import redirect

from lubsko_ops.accounts import own_devices, second_factor
from lubsko_ops.accounts.actions import set_password
from lubsko_ops.accounts.models import User
from lubsko_ops.core import clock
from lubsko_ops.core.compiled_query import CompiledQuery
from lubsko_ops.core.links import reverse

PASSWORD_AT_LOGIN = "login_auth_hash"  # key in a session
USER_WITH_ROLES = CompiledQuery(
    lambda day, pk: User.objects.with_roles(day).filter(pk=pk), day=date.min, pk=-1
)


class StaffBackend(AuthenticationBackend):
    """allauth's login by username; one statement loads the account with its current roles."""

    def get_user(self, user_id):
        user = USER_WITH_ROLES.first(day=clock.today(), pk=user_id)
        return user if user and self.user_can_authenticate(user) else None


class AccountAdapter(DefaultAccountAdapter):
    """Closed sign-up, the limit of failed logins, own devices, the project's error messages."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": "Nazwa użytkownika i hasło nie pasują do siebie. Sprawdź jedno i drugie.",
        "too_many_login_attempts": "Za dużo nieudanych prób. Odczekaj kwadrans "
        "albo poproś administratora o nowe hasło.",
        "enter_current_password": "Wpisz obecne hasło. To, które podano, jest inne.",
    }

    def is_open_for_signup(self, request):
        return False

    def is_safe_url(self, url):
        """Whether a login may go on to the address; allauth fails on what cannot be read as an address, like "//["."""
        try:
            return super().is_safe_url(url)
        except ValueError:
            return False

    def set_password(self, user, password):
        """The user's own new password, as an action with its place in the history."""
        set_password(user=user, password=password, by=user, why="Własne nowe hasło")

    def pre_login(self, request, user, **kwargs):
        request.session[PASSWORD_AT_LOGIN] = user.get_session_auth_hash()
        return super().pre_login(request, user, **kwargs)

    def login(self, request, user):
        """A login that still waited for its second step begins again, if the password has been changed meanwhile."""
        if request.session.pop(PASSWORD_AT_LOGIN, "") != user.get_session_auth_hash():
            raise ImmediateHttpResponse(redirect(settings.LOGIN_URL))
        super().login(request, user)

    def post_login(self, request, user, **kwargs):
        response = super().post_login(request, user, **kwargs)
        if settings.SECOND_FACTOR != "required" or second_factor.is_shown(request):
            own_devices.remember_device(request, response, user)
        return response

    def _get_login_attempts_cache_key(self, request, **credentials):
        """Failures are counted for an account and an address, so that nobody can lock an account from elsewhere.

        A device its user has logged in with is counted for itself: nobody can lock it from the same address either.
        """
        username = credentials["username"].casefold()  # as the database compares names
        key = super()._get_login_attempts_cache_key(request, username=username)
        return f"{key}:{own_devices.get_device_id(request, username) or get_ip(request)}"

    def get_password_change_redirect_url(self, request):
        return reverse("account")

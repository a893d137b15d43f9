"""Authentication backend and allauth adapter: accounts are loaded with their roles, sign-up is closed."""

from datetime import date

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend

from lubsko_ops.accounts.models import User
from lubsko_ops.core import clock
from lubsko_ops.core.compiled_query import CompiledQuery
from lubsko_ops.core.links import reverse

USER_WITH_ROLES = CompiledQuery(
    lambda day, pk: User.objects.with_roles(day).filter(pk=pk), day=date.min, pk=-1
)


class StaffBackend(AuthenticationBackend):
    """allauth's login by username; one statement loads the account with its current roles."""

    def get_user(self, user_id):
        user = USER_WITH_ROLES.first(day=clock.today(), pk=user_id)
        return user if user and self.user_can_authenticate(user) else None


class AccountAdapter(DefaultAccountAdapter):
    """Closed sign-up and the project's error messages."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": "Nazwa użytkownika i hasło nie pasują do siebie. Sprawdź jedno i drugie.",
        "too_many_login_attempts": "Za dużo nieudanych prób. Odczekaj kwadrans "
        "albo poproś administratora o nowe hasło.",
        "enter_current_password": "Wpisz obecne hasło. To, które podano, jest inne.",
    }

    def is_open_for_signup(self, request):
        return False

    def get_password_change_redirect_url(self, request):
        return reverse("account")

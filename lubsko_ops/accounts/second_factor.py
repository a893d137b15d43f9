"""The second factor of a login: which session has shown it, and the secrets behind it, encrypted at rest."""

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator

from lubsko_ops.accounts.sessions import end_other_sessions
from lubsko_ops.core.fields import cipher

SESSION_KEY = "second_factor_shown_by"
FACTORS = {Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN}


class MFAAdapter(DefaultMFAAdapter):
    """Secrets of the code application and seeds of the recovery codes are encrypted like PESEL numbers."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "Ten kod nie pasuje. Poczekaj na następny w aplikacji i przepisz go od razu.",
    }

    def encrypt(self, text):
        return cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        return cipher().decrypt(encrypted_text.encode()).decode()


def is_shown(request) -> bool:
    """Whether the user has shown a second factor in this very session; that there is one does not suffice."""
    return request.session.get(SESSION_KEY) == request.user.pk


def remember_shown(sender, request, user, method, **kwargs) -> None:
    """A code, a key or a recovery code was accepted, at login or to confirm an action."""
    if method == "mfa":
        request.session[SESSION_KEY] = user.pk


def factor_added(sender, instance, created, **kwargs) -> None:
    """A factor was set up: the session in which its owner did it has thereby shown it, all others end.

    Receiver of ``post_save``, because allauth's own signal comes after the session has been stored.
    """
    if not created:
        return
    request = _request_of(instance.user)
    if request and instance.type in FACTORS:
        request.session[SESSION_KEY] = instance.user.pk
    end_other_sessions(user=instance.user, request=request)


def factor_removed(sender, instance, **kwargs) -> None:
    """A factor was removed: this session has to show or set up another one, all others end."""
    request = _request_of(instance.user)
    if request and instance.type in FACTORS:
        request.session.pop(SESSION_KEY, None)
    end_other_sessions(user=instance.user, request=request)


def _request_of(user):
    """The request being answered, if it is one of this user."""
    request = context.request
    return request if request and request.user.pk == user.pk else None

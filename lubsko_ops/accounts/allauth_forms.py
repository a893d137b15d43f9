"""allauth's forms with sentences that name the empty field, as ours do."""

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp

from lubsko_ops.core.forms import set_default_error_messages


class _ErrorMessagesMixin:
    failure = "Nie zapisano."

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        set_default_error_messages(self)


class LoginForm(_ErrorMessagesMixin, account.LoginForm):
    failure = "Nie zalogowano."


class ChangePasswordForm(_ErrorMessagesMixin, account.ChangePasswordForm):
    failure = "Hasła nie zmieniono."


class ReauthenticateForm(_ErrorMessagesMixin, account.ReauthenticateForm):
    failure = "Nie potwierdzono."


class AuthenticateForm(_ErrorMessagesMixin, mfa.AuthenticateForm):
    failure = "Nie zalogowano."


class ActivateTOTPForm(_ErrorMessagesMixin, totp.ActivateTOTPForm):
    failure = "Aplikacji z kodami nie włączono."

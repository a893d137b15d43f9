"""allauth's forms with sentences that name the empty field, as ours do."""

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp

from lubsko_ops.core.forms import say_plainly


class _Plain:
    failure = "Nie zapisano."

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        say_plainly(self)


class LoginForm(_Plain, account.LoginForm):
    failure = "Nie zalogowano."


class ChangePasswordForm(_Plain, account.ChangePasswordForm):
    failure = "Hasła nie zmieniono."


class ReauthenticateForm(_Plain, account.ReauthenticateForm):
    failure = "Nie potwierdzono."


class AuthenticateForm(_Plain, mfa.AuthenticateForm):
    failure = "Nie zalogowano."


class ActivateTOTPForm(_Plain, totp.ActivateTOTPForm):
    failure = "Aplikacji z kodami nie włączono."

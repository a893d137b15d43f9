"""allauth's forms with the project's error messages, which name the empty field."""

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django import forms

from lubsko_ops.core.forms import set_default_error_messages


class _ErrorMessagesMixin(forms.Form):
    error_title = "Nie zapisano."

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        set_default_error_messages(self)


class LoginForm(_ErrorMessagesMixin, account.LoginForm):
    error_title = "Nie zalogowano."


class ChangePasswordForm(_ErrorMessagesMixin, account.ChangePasswordForm):
    error_title = "Hasła nie zmieniono."


class ReauthenticateForm(_ErrorMessagesMixin, account.ReauthenticateForm):
    error_title = "Nie potwierdzono."


class AuthenticateForm(_ErrorMessagesMixin, mfa.AuthenticateForm):
    error_title = "Nie zalogowano."


class ActivateTOTPForm(_ErrorMessagesMixin, totp.ActivateTOTPForm):
    error_title = "Aplikacji z kodami nie włączono."

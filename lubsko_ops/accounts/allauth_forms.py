"""allauth's forms with the project's error messages, which name the empty field."""

from allauth.account import forms as account
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa import app_settings as mfa_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError

from lubsko_ops.accounts.models import User
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


class _CodeUsedOnceMixin(_ErrorMessagesMixin):
    """A code is accepted once, wherever it is entered, as long as it would be valid.

    allauth remembers a used code at login only, and for one period; the tolerance lets it live for three.
    """

    user: User

    def clean_code(self):
        code = super().clean_code()  # type: ignore[misc]  # of allauth's form beside it
        key = f"second-factor-code:{self.user.pk}:{normalize_user_code(code)}"
        lifetime = mfa_settings.TOTP_PERIOD * (2 * mfa_settings.TOTP_TOLERANCE + 1)
        if not cache.add(key, True, timeout=lifetime):
            raise get_adapter().validation_error("incorrect_code")
        return code


class AuthenticateForm(_CodeUsedOnceMixin, mfa.AuthenticateForm):
    error_title = "Nie zalogowano."


class ReauthenticateWithCodeForm(_CodeUsedOnceMixin, mfa.ReauthenticateForm):
    error_title = "Nie potwierdzono."


class ActivateTOTPForm(_CodeUsedOnceMixin, totp.ActivateTOTPForm):
    error_title = "Aplikacji z kodami nie włączono."


class CredentialField(forms.JSONField):
    """The answer of a passkey, refused when it lacks what the library reads without asking.

    Django's own field refuses what is no JSON, and fails at a number of 5,000 digits.
    """

    widget = forms.HiddenInput

    def to_python(self, value):
        try:
            answer = super().to_python(value)
        except (ValueError, RecursionError):
            answer = None
        if not isinstance(answer, dict) or not {"id", "rawId", "response"} <= answer.keys():
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return answer


class AddWebAuthnForm(webauthn.AddWebAuthnForm):
    credential = CredentialField()


class AuthenticateWebAuthnForm(webauthn.AuthenticateWebAuthnForm):
    credential = CredentialField()


class LoginWebAuthnForm(webauthn.LoginWebAuthnForm):
    credential = CredentialField()


class ReauthenticateWebAuthnForm(webauthn.ReauthenticateWebAuthnForm):
    credential = CredentialField()

"""The second factor: a session works only after it was shown there; secrets are encrypted, a code works once."""

import time
from importlib import import_module

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    SECRET_SESSION_KEY,
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)
from django.apps import apps
from django.db import connection
from django.test import Client
from django.urls import reverse

from lubsko_ops.accounts.models import User
from lubsko_ops.accounts.second_factor import SESSION_KEY
from tests.form_client import response_text
from tests.staff import PASSWORD

ADD_APP, INDEX, ASK = reverse("mfa_activate_totp"), reverse("mfa_index"), reverse("mfa_reauthenticate")
CODE_AT_LOGIN = reverse("mfa_authenticate")


@pytest.fixture(autouse=True)
def required(settings, monkeypatch):
    """The second factor is required, and the thirty seconds of a code do not pass in the middle of a test."""
    settings.SECOND_FACTOR = "required"
    now = time.time() // 30 * 30 + 10
    monkeypatch.setattr(time, "time", lambda: now)


def code_of(secret: str, *, periods: int = 0) -> str:
    """The code of the application now, or some periods of thirty seconds later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + periods))


def log_in(user, client=None) -> Client:
    """A browser in which the password was entered."""
    client = client or Client()
    client.post(reverse("account_login"), {"login": user.username, "password": PASSWORD})
    return client


def confirm_password(client) -> None:
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


def set_up_app(client) -> str:
    """Set up the application with codes in this browser; its secret."""
    confirm_password(client)
    client.get(ADD_APP)
    secret = client.session[SECRET_SESSION_KEY]
    assert client.post(ADD_APP, {"code": code_of(secret)}).status_code == 302
    return secret


def user_with_app(user) -> str:
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def works(client) -> bool:
    return client.get("/").status_code == 200


def is_logged_in(client) -> bool:
    return not client.get("/").headers.get("Location", "").startswith(reverse("account_login"))


class TestASessionWithThePasswordOnly:
    def test_ends_when_the_owner_sets_up_the_factor_elsewhere(self, anna):
        stranger, own = log_in(anna), log_in(anna)
        assert stranger.get("/").url == INDEX
        set_up_app(own)
        assert works(own)
        assert not is_logged_in(stranger)

    def test_is_asked_for_the_factor_when_it_was_not_ended(self, client, anna):
        """For example begun at the same moment: it is not enough that the user has a factor."""
        user_with_app(anna)
        client.force_login(anna)
        assert client.get("/rodziny/").url == f"{ASK}?next=/rodziny/"
        for name in ("mfa_index", "mfa_add_webauthn", "mfa_activate_totp", "account_change_password"):
            assert client.get(reverse(name)).url.startswith(ASK)
        assert client.get(ASK).status_code == 200

    def test_works_after_showing_it(self, client, anna):
        secret = user_with_app(anna)
        client.force_login(anna)
        assert client.post(f"{ASK}?next=/rodziny/", {"code": code_of(secret)}).url == "/rodziny/"
        assert works(client)

    def test_cannot_confirm_itself_with_the_password(self, client, anna):
        user_with_app(anna)
        client.force_login(anna)
        confirm_password(client)
        assert not works(client)

    def test_is_not_helped_by_what_another_account_has_shown(self, client, anna, ewa):
        user_with_app(anna)
        client.force_login(anna)
        session = client.session
        session[SESSION_KEY] = ewa.pk
        session.save()
        assert client.get("/").url.startswith(ASK)


class TestShown:
    def test_by_setting_it_up_in_this_session(self, client, anna):
        set_up_app(log_in(anna, client))
        assert works(client)

    def test_by_the_code_at_login(self, client, anna):
        secret = user_with_app(anna)
        log_in(anna, client)
        assert not is_logged_in(client)
        client.post(CODE_AT_LOGIN, {"code": code_of(secret)})
        assert works(client)

    def test_by_a_recovery_code_at_login(self, client, anna):
        user_with_app(anna)
        spare = RecoveryCodes.activate(anna).generate_codes()[0]
        log_in(anna, client)
        client.post(CODE_AT_LOGIN, {"code": spare})
        assert works(client)


class TestOtherSessionsEnd:
    @pytest.fixture
    def two_browsers(self, anna):
        """Two sessions that have shown the factor, one after the other; and the secret."""
        secret = user_with_app(anna)
        browsers = []
        for periods in (0, 1):
            browsers.append(log_in(anna))
            browsers[-1].post(CODE_AT_LOGIN, {"code": code_of(secret, periods=periods)})
            assert works(browsers[-1])
        return browsers

    def test_with_a_new_password(self, two_browsers):
        here, there = two_browsers
        new = "Zupełnie-nowe-hasło-7"
        data = {"oldpassword": PASSWORD, "password1": new, "password2": new}
        assert here.post(reverse("account_change_password"), data).status_code == 302
        assert works(here)
        assert not is_logged_in(there)

    def test_with_a_new_password_also_a_login_that_waits_for_its_code(self, client, anna):
        secret = user_with_app(anna)
        log_in(anna, client)
        anna.set_password("Zupełnie-nowe-hasło-7")
        anna.save()
        client.post(CODE_AT_LOGIN, {"code": code_of(secret)})
        assert not is_logged_in(client)

    def test_when_the_factor_is_removed(self, two_browsers, anna):
        here, there = two_browsers
        confirm_password(here)
        here.post(reverse("mfa_deactivate_totp"))
        assert not Authenticator.objects.filter(user=anna).exists()
        assert here.get("/rodziny/").url == INDEX  # another one is set up first
        assert not is_logged_in(there)

    def test_when_the_recovery_codes_are_made_anew(self, two_browsers):
        here, there = two_browsers
        confirm_password(here)
        here.post(reverse("mfa_generate_recovery_codes"))
        assert works(here)
        assert not is_logged_in(there)

    def test_when_it_is_reset_outside_of_a_request(self, two_browsers, anna):
        Authenticator.objects.filter(user=anna).delete()
        assert not any(is_logged_in(each) for each in two_browsers)

    def test_but_not_those_of_others_nor_by_using_a_recovery_code(self, two_browsers, anna, ewa):
        other = log_in(ewa)
        spare = RecoveryCodes.activate(User.objects.get(pk=anna.pk)).generate_codes()[0]
        third = log_in(anna)
        third.post(CODE_AT_LOGIN, {"code": spare})
        fourth = log_in(anna)
        fourth.post(CODE_AT_LOGIN, {"code": spare})
        assert works(third) and not is_logged_in(fourth) and is_logged_in(other)


class TestACodeWorksOnce:
    def test_the_one_that_set_up_the_application_is_refused_at_login(self, client, anna):
        secret = set_up_app(log_in(anna, client))
        used = code_of(secret)
        client.post(reverse("account_logout"))
        log_in(anna, client)
        refused = client.post(CODE_AT_LOGIN, {"code": f" {used[:3]}-{used[3:]} "})
        assert "Ten kod nie pasuje" in response_text(refused)
        client.post(CODE_AT_LOGIN, {"code": code_of(secret, periods=1)})
        assert works(client)

    def test_as_long_as_it_would_be_valid(self, client, anna, monkeypatch):
        """The tolerance accepts the code of the last and of the next thirty seconds."""
        secret = user_with_app(anna)
        used, now = code_of(secret, periods=1), time.time()
        log_in(anna, client)
        client.post(CODE_AT_LOGIN, {"code": used})
        assert works(client)
        monkeypatch.setattr(time, "time", lambda: now + 45)
        assert used in (code_of(secret), code_of(secret, periods=-1))
        again = log_in(anna)
        again.post(CODE_AT_LOGIN, {"code": used})
        assert not is_logged_in(again)


class TestEncryption:
    def stored(self) -> str:
        with connection.cursor() as cursor:
            cursor.execute("SELECT string_agg(data::text, ' ') FROM mfa_authenticator")
            return cursor.fetchone()[0]

    def test_secrets_and_seeds_are_not_in_the_database(self, client, anna):
        secret = set_up_app(log_in(anna, client))
        recovery = Authenticator.objects.get(type="recovery_codes")
        assert secret not in self.stored() and "gAAAA" in self.stored()
        assert recovery.data["seed"].startswith("gAAAA")

    def test_earlier_ones_are_encrypted_by_the_migration(self, anna, ewa):
        secret, seed = generate_totp_secret(), RecoveryCodes.generate_seed()
        Authenticator.objects.create(user=anna, type="totp", data={"secret": secret})
        Authenticator.objects.create(user=anna, type="recovery_codes", data={"seed": seed, "used_mask": 5})
        new = user_with_app(ewa)
        migration = import_module("lubsko_ops.accounts.migrations.0003_encrypt_second_factors")
        for _ in range(2):  # interrupted and begun again
            migration.encrypt(apps, None)
        assert secret not in self.stored() and seed not in self.stored()
        assert TOTP(Authenticator.objects.get(user=anna, type="totp")).validate_code(code_of(secret))
        assert TOTP(Authenticator.objects.get(user=ewa)).validate_code(code_of(new))
        assert len(RecoveryCodes(Authenticator.objects.get(type="recovery_codes")).get_unused_codes()) == 8

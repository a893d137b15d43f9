"""Login, rate limits, session timeout, second factor, theme."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from lubsko_ops.core import clock
from tests.form_client import response_text
from tests.staff import PASSWORD

LOGIN = "/konto/logowanie/"


def log_in(client, username="anna", password=PASSWORD, **extra):
    return client.post(LOGIN, {"login": username, "password": password}, **extra)


def test_login_redirects_to_the_dashboard(client, anna):
    response = log_in(client)
    assert (response.status_code, response.url) == (302, "/")
    assert "Anna Sikora" in response_text(client.get("/"))


def test_wrong_password_and_unknown_name_give_the_same_error(client, anna):
    wrong = log_in(client, password="Zupełnie-inne-hasło-1")
    unknown = log_in(client, username="nikt", password="Zupełnie-inne-hasło-1")
    for response in (wrong, unknown):
        assert response.status_code == 200
        assert "Nazwa użytkownika i hasło nie pasują do siebie" in response_text(response)


def test_failed_logins_are_rate_limited(client, anna):
    for _ in range(5):
        log_in(client, password="Zupełnie-inne-hasło-1")
    response = log_in(client)
    assert "_auth_user_id" not in client.session
    assert "Za dużo nieudanych prób" in response_text(response)


def test_disabled_account_loses_access_at_once(client, anna):
    client.force_login(anna)
    anna.is_active = False
    anna.save()
    assert client.get("/").status_code == 302


def test_sign_up_is_closed(client, db):
    assert client.get("/konto/signup/").status_code == 404


def test_login_returns_to_the_requested_page(client, maria):
    response = client.get("/rodziny/")
    assert response.url == f"{LOGIN}?next=/rodziny/"
    back = client.post(response.url, {"login": "maria", "password": PASSWORD})
    assert back.url == "/rodziny/"


@pytest.mark.parametrize("address", ["//[", "http://[zly-adres", "http://\u2100/"])
def test_next_url_that_is_no_address(client, anna, address):
    assert client.get(LOGIN, {"next": address}).status_code == 200
    response = log_in(client, QUERY_STRING=urlencode({"next": address}))
    assert (response.status_code, response.url) == (302, "/")


def test_next_url_must_be_internal(client, anna):
    back = client.post(f"{LOGIN}?next=https://obcy.example/", {"login": "anna", "password": PASSWORD})
    assert back.url == "/"


class TestSessionTimeout:
    def test_ends_after_half_an_hour_without_requests(self, client, anna):
        client.force_login(anna)
        start = clock.now()
        assert client.get("/").status_code == 200
        with clock.freeze_time(start + timedelta(minutes=36)):
            assert client.get("/").url.startswith(LOGIN)

    def test_requests_extend_it(self, client, anna):
        client.force_login(anna)
        start = clock.now()
        for minutes in range(0, 120, 20):
            with clock.freeze_time(start + timedelta(minutes=minutes)):
                assert client.get("/").status_code == 200

    def test_ends_after_twelve_hours_in_any_case(self, client, anna):
        client.force_login(anna)
        start = clock.now()
        for minutes in range(0, 12 * 60 + 1, 24):
            with clock.freeze_time(start + timedelta(minutes=minutes)):
                assert client.get("/").status_code == 200
        with clock.freeze_time(start + timedelta(hours=12, minutes=10)):
            assert client.get("/").status_code == 302

    def test_keep_alive_extends_it(self, client, anna):
        client.force_login(anna)
        start = clock.now()
        client.get("/")
        with clock.freeze_time(start + timedelta(minutes=28)):
            assert client.post(reverse("keep-alive")).status_code == 204
        with clock.freeze_time(start + timedelta(minutes=50)):
            assert client.get("/").status_code == 200

    def test_session_is_written_at_most_every_five_minutes(self, client, anna):
        client.force_login(anna)
        client.get("/")
        before = Session.objects.get().session_data
        with clock.freeze_time(clock.now() + timedelta(minutes=4)):
            client.get("/")
        assert Session.objects.get().session_data == before


class TestSecondFactor:
    @pytest.fixture(autouse=True)
    def required(self, settings):
        settings.SECOND_FACTOR = "required"

    def test_without_one_only_its_setup_is_accessible(self, client, anna):
        log_in(client)
        response = client.get("/")
        assert response.url == reverse("mfa_index")
        assert client.get(response.url).status_code == 200
        assert client.get("/rodziny/").url == reverse("mfa_index")

    def test_login_asks_for_the_code(self, client, anna):
        from allauth.mfa.totp.internal.auth import (
            TOTP,
            generate_totp_secret,
            hotp_value,
            yield_hotp_counters_from_time,
        )

        secret = generate_totp_secret()
        TOTP.activate(anna, secret)
        response = log_in(client)
        assert response.url.startswith(reverse("mfa_authenticate"))
        assert client.get("/").status_code == 302
        code = f"{hotp_value(secret, next(yield_hotp_counters_from_time())):06d}"
        done = client.post(reverse("mfa_authenticate"), {"code": code})
        assert done.status_code == 302
        assert client.get("/").status_code == 200
        self.taken_away(client, anna)

    def taken_away(self, client, anna):
        """Who switches it off in the middle of the work sets up another one first."""
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
        client.post(reverse("mfa_deactivate_totp"))
        assert not anna.authenticator_set.exists()
        assert client.get("/rodziny/").url == reverse("mfa_index")


def test_theme_is_a_user_setting(client, anna):
    client.force_login(anna)
    begun = client.get("/").content.decode()
    assert 'data-bs-theme="light" data-look="system"' in begun and 'name="look" value="dark"' in begun
    client.post(reverse("theme"), {"next": "/", "look": "dark"})
    chosen = client.get("/").content.decode()
    assert 'data-bs-theme="dark"' in chosen and "data-look=" not in chosen
    client.post(reverse("theme"), {"look": "neon"})
    assert "Teraz: ciemny." in client.get(reverse("account")).content.decode()
    client.post(reverse("theme"), {"look": ""})
    assert 'data-look="system"' in client.get("/").content.decode()


def test_session_cookie_flags(client, anna):
    response = log_in(client)
    cookie = response.cookies["sesja"]
    assert cookie["httponly"] and cookie["samesite"] == "Lax"

"""Limits of failed logins: many may log in at once from one address, and nobody can lock the account of another."""

from threading import Barrier

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.db import connection, connections, transaction
from django.test import Client
from django.urls import reverse

from lubsko_ops.accounts.own_devices import get_cookie_name
from tests.concurrency import run_concurrently, run_together
from tests.form_client import response_text
from tests.staff import PASSWORD

WRONG = "Zupełnie-inne-hasło-1"
CENTRE, ELSEWHERE = {"REMOTE_ADDR": "192.0.2.10"}, {"REMOTE_ADDR": "198.51.100.7"}


def log_in(client, username="anna", password=PASSWORD, **extra):
    return client.post(reverse("account_login"), {"login": username, "password": password}, **extra)


def is_logged_in(client) -> bool:
    return "_auth_user_id" in client.session


@pytest.fixture
def eight_at_once(monkeypatch):
    """Checking a password takes its time; here until all eight are being checked."""
    verify, all_here = MD5PasswordHasher.verify, Barrier(8)

    def verify_together(self, password, encoded):
        all_here.wait(timeout=20)
        return verify(self, password, encoded)

    monkeypatch.setattr(MD5PasswordHasher, "verify", verify_together)


@pytest.fixture
def no_earlier_failures(transactional_db):
    """The table of the cache is not emptied with the others."""
    cache.clear()
    yield
    cache.clear()


class TestManyAtOnce:
    NAMES = ("anna", "ewa", "tomasz", "zofia", "maria", "jan", "anna", "maria")

    def test_right_passwords_are_accepted(self, no_earlier_failures, eight_at_once):
        clients = [Client(**CENTRE) for _ in self.NAMES]
        pairs = zip(clients, self.NAMES, strict=True)
        answers = run_concurrently(lambda pair: log_in(*pair), pairs)
        assert [answer.status_code for answer in answers] == [302] * 8
        assert all(is_logged_in(client) for client in clients)

    def test_beside_wrong_ones_at_the_same_moment(self, no_earlier_failures, eight_at_once):
        own = [Client(**CENTRE) for _ in range(4)]
        calls = [lambda client=client: log_in(client, "maria") for client in own]
        calls += [lambda: log_in(Client(**CENTRE), "anna", WRONG) for _ in range(4)]
        run_together(*calls)
        assert all(is_logged_in(client) for client in own)

    def test_nobody_waits_for_the_transaction_of_another(self, no_earlier_failures):
        with transaction.atomic():
            cache.set("limit", [1])
            assert not connections["cache"].in_atomic_block
            assert run_together(lambda: cache.get("limit")) == [[1]]

    def test_a_failure_counts_although_the_request_is_rolled_back(self, no_earlier_failures):
        with transaction.atomic():
            cache.add("used-code", True)
            transaction.set_rollback(True)
        assert cache.get("used-code")

    def test_the_second_connection_lasts_no_longer_than_a_request(self, db):
        assert connections["cache"].settings_dict["CONN_MAX_AGE"] == 0
        assert connections["cache"].settings_dict["NAME"] == connection.settings_dict["NAME"]


class TestAStranger:
    def fail(self, times=6, **where):
        for _ in range(times):
            answer = log_in(Client(), password=WRONG, **where)
        return answer

    def test_is_stopped_after_five_failures(self, anna):
        assert "Za dużo nieudanych prób" in response_text(self.fail(**ELSEWHERE))
        client = Client()
        log_in(client, **ELSEWHERE)
        assert not is_logged_in(client)

    def test_does_not_lock_the_account_for_its_owner(self, anna):
        self.fail(**ELSEWHERE)
        owner = Client()
        log_in(owner, **CENTRE)
        assert is_logged_in(owner)

    def test_not_even_from_the_same_address_if_the_device_is_known(self, anna):
        owner = Client()
        log_in(owner, **CENTRE)
        owner.post(reverse("account_logout"))
        self.fail(**CENTRE)
        log_in(owner, **CENTRE)
        assert is_logged_in(owner)

    def test_at_a_device_of_somebody_else_is_a_stranger(self, anna, ewa):
        device = Client()
        log_in(device, "ewa", **CENTRE)
        device.post(reverse("account_logout"))
        cookie = device.cookies[get_cookie_name("ewa")].value
        device.cookies[get_cookie_name("anna")] = cookie  # signed together with its name
        for _ in range(5):
            log_in(device, password=WRONG, **CENTRE)
        log_in(device, **CENTRE)
        assert not is_logged_in(device)

    def test_has_a_known_device_limited_too(self, anna):
        device = Client()
        log_in(device, **CENTRE)
        device.post(reverse("account_logout"))
        for _ in range(5):
            log_in(device, password=WRONG, **ELSEWHERE)
        log_in(device, **CENTRE)
        assert not is_logged_in(device)

    def test_writes_the_name_in_other_letters_in_vain(self, anna):
        self.fail(times=5, **CENTRE)
        client = Client()
        log_in(client, "ANNA", **CENTRE)
        assert not is_logged_in(client)

    def test_who_tries_all_names_is_stopped_by_the_address(self, db, settings):
        settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login_failed": "5/15m/key,8/m/ip"}
        for number in range(8):
            log_in(Client(), f"nikt-{number}", WRONG, **ELSEWHERE)
        assert "Za dużo nieudanych prób" in response_text(log_in(Client(), "nikt", WRONG, **ELSEWHERE))

    def test_refused_attempts_do_not_use_up_the_address(self, anna, ewa, settings):
        settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login_failed": "5/15m/key,8/m/ip"}
        self.fail(times=12, **CENTRE)
        colleague = Client()
        log_in(colleague, "ewa", **CENTRE)
        assert is_logged_in(colleague)


class TestCookieOfADevice:
    def test_flags(self, client, anna, settings):
        settings.SESSION_COOKIE_SECURE = True
        cookie = log_in(client).cookies[get_cookie_name("anna")]
        assert (cookie["httponly"], cookie["secure"], cookie["samesite"]) == (True, True, "Lax")
        assert cookie["max-age"] == 365 * 24 * 3600
        assert "anna" not in cookie.output()

    def test_not_after_a_wrong_password_nor_before_the_second_factor(self, client, anna, settings):
        settings.SECOND_FACTOR = "required"
        assert get_cookie_name("anna") not in log_in(client, password=WRONG).cookies
        assert get_cookie_name("anna") not in log_in(client).cookies

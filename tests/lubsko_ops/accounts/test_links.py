"""One-time links: invitation, new password, new second factor."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from lubsko_ops.accounts.link_actions import cancel_link, issue_link, use_link
from lubsko_ops.accounts.models import LINK_LIFETIME, AccountLink, LinkKind, User
from lubsko_ops.audit.models import AccessDeniedEntry
from lubsko_ops.core import clock
from tests.concurrency import run_together
from tests.factories import TODAY
from tests.form_client import response_text, submit_form
from tests.staff import PASSWORD

NEW = "zielony most pod chmurami"
USE = "/konto/odsylacz/"


def issued(user, jan, kind=LinkKind.PASSWORD):
    """A link, and its address."""
    link, token = issue_link(user=user, kind=kind, by=jan)
    return link, f"{USE}{token}/"


def opened(address) -> Client:
    """A browser that has come with the address of the card."""
    browser = Client()
    assert browser.get(address).url == USE, "the token does not stay in the address"
    return browser


def set_password(browser, password=NEW):
    return browser.post(USE, {"password": password, "again": password})


def log_in(user, password) -> Client:
    browser = Client()
    browser.post(reverse("account_login"), {"login": user.username, "password": password})
    return browser


def is_logged_in(browser) -> bool:
    return browser.get("/").status_code == 200


def test_the_owner_sets_a_password_and_all_sessions_end(ewa, jan):
    elsewhere = log_in(ewa, PASSWORD)
    assert is_logged_in(elsewhere)
    link, address = issued(ewa, jan)
    browser = opened(address)
    assert "Ewa Czyż" in response_text(browser.get(USE))
    assert set_password(browser).url == reverse("account_login")
    assert not is_logged_in(elsewhere)
    assert is_logged_in(log_in(ewa, NEW)) and not is_logged_in(log_in(ewa, PASSWORD))
    link.refresh_from_db()
    assert link.used_at and link.history.latest("history_id").history_user == ewa


def test_used_twice_late_or_replaced_it_says_so_in_a_sentence(ewa, jan):
    _, address = issued(ewa, jan)
    waiting = opened(address)
    set_password(opened(address))
    assert set_password(waiting, "inny most pod chmurami").status_code == 410
    response = opened(address).get(USE)
    assert response.status_code == 410 and "już wykorzystano 13.10.2026, 12:00" in response_text(response)
    _, replaced = issued(ewa, jan)
    _, late = issued(ewa, jan)
    assert "zastąpił nowszy" in response_text(opened(replaced).get(USE))
    with clock.freeze_time(clock.now() + LINK_LIFETIME - timedelta(seconds=1)):
        assert opened(late).get(USE).status_code == 200
    with clock.freeze_time(clock.now() + LINK_LIFETIME):
        assert "był ważny do 16.10.2026, 12:00" in response_text(opened(late).get(USE))
    assert "nie ma" in response_text(opened(f"{USE}abc/").get(USE))
    assert Client().get(USE).status_code == 410


def test_a_weak_password_is_refused_and_the_link_still_works(ewa, jan):
    link, address = issued(ewa, jan)
    browser = opened(address)
    assert "co najmniej 12 znaków" in response_text(set_password(browser, "krótkie"))
    assert "łatwo zgadnąć" in response_text(set_password(browser, "EwaCzyżEwa2026"))
    response = browser.post(USE, {"password": NEW, "again": "inne"})
    assert response.status_code == 422 and "Hasła się różnią" in response_text(response)
    link.refresh_from_db()
    assert link.is_open(clock.now())


def test_a_new_second_factor_needs_the_password_and_removes_the_old_one(ewa, jan):
    TOTP.activate(ewa, generate_totp_secret())
    _, address = issued(ewa, jan, LinkKind.SECOND_FACTOR)
    browser = opened(address)
    response = browser.post(USE, {"password": "nie to hasło wcale"})
    assert response.status_code == 422 and "To nie jest hasło tego konta" in response_text(response)
    assert Authenticator.objects.filter(user=ewa).exists()
    assert browser.post(USE, {"password": PASSWORD}).status_code == 302
    assert not Authenticator.objects.filter(user=ewa).exists()


def test_passwords_are_not_guessed_with_a_link_for_the_second_factor(ewa, jan, settings):
    _, address = issued(ewa, jan, LinkKind.SECOND_FACTOR)
    browser = opened(address)
    answers = [response_text(browser.post(USE, {"password": f"zgaduję {n}"})) for n in range(6)]
    assert "Za dużo nieudanych prób" in answers[-1] and "Za dużo" not in answers[0]


def test_only_the_hash_is_stored_and_the_card_is_shown_once(client, jan, ewa):
    client.force_login(jan)
    response = submit_form(client, reverse("link-issue", args=[ewa.pk]))
    link = ewa.links.get()
    card = client.get(response.url)
    address = card.context["address"]
    token = address.rstrip("/").rpartition("/")[2]
    assert len(token) > 40 and token not in str(AccountLink.objects.values_list()) + str(
        client.session.items()
    )
    again = response_text(client.get(response.url))
    assert "Kartę pokazano już raz" in again and token not in again
    assert opened(address.replace("http://testserver", "")).get(USE).status_code == 200
    assert link.state_text(clock.now()) == "działa do 16.10.2026, 12:00"


def test_the_token_stands_in_no_log(client, jan, ewa):
    _, address = issued(ewa, jan)
    client.force_login(jan)
    response = client.get(address)
    assert response.status_code == 410 and "Wyloguj się" in response_text(response)
    client.post(address)
    assert not AccessDeniedEntry.objects.filter(path__contains=address.split("/")[3]).exists()


def test_with_the_second_factor_asked_for_no_address_carries_the_token_on(client, jan, ewa, settings):
    settings.SECOND_FACTOR = "required"
    _, address = issued(ewa, jan)
    client.force_login(jan)
    assert client.get(address).status_code == 410


def test_an_account_without_a_password_is_invited_and_one_with_it_is_not(client, jan, ewa):
    client.force_login(jan)
    url = reverse("link-issue", args=[ewa.pk])
    assert [kind for kind, _ in client.get(url).context["form"].fields["kind"].choices] == ["password"]
    User.objects.filter(pk=ewa.pk).update(password="!")
    assert [kind for kind, _ in client.get(url).context["form"].fields["kind"].choices] == ["invitation"]


def test_a_cancelled_link_and_that_of_a_closed_account_do_not_work(jan, ewa):
    link, address = issued(ewa, jan)
    cancel_link(link=link, by=jan)
    assert "unieważniono" in response_text(opened(address).get(USE))
    _, address = issued(ewa, jan)
    User.objects.filter(pk=ewa.pk).update(is_active=False)
    assert "To konto jest zamknięte" in response_text(opened(address).get(USE))
    with pytest.raises(ValidationError, match="konto jest zamknięte"):
        issue_link(user=ewa, kind=LinkKind.PASSWORD, by=jan)


def test_by_e_mail_only_where_it_is_configured_and_without_names(
    client, jan, ewa, settings, django_capture_on_commit_callbacks
):
    User.objects.filter(pk=ewa.pk).update(email="ewa@ops.example")
    client.force_login(jan)
    url = reverse("link-issue", args=[ewa.pk])
    assert "by_email" not in client.get(url).context["form"].fields
    settings.EMAIL_URL = "smtp://localhost"
    with django_capture_on_commit_callbacks(execute=True):
        submit_form(client, url, by_email="on")
    [message] = mail.outbox
    assert message.to == ["ewa@ops.example"] and USE in message.body
    assert not any(word in message.body + message.subject for word in ("Ewa", "Czyż", " ewa"))


@pytest.mark.django_db(transaction=True)
def test_two_browsers_at_the_same_moment_use_it_once():
    jan, ewa = (User.objects.get(username=name) for name in ("jan", "ewa"))
    link, _ = issue_link(user=ewa, kind=LinkKind.PASSWORD, by=jan)

    def use(password):
        with clock.freeze_time(TODAY):
            return use_link(link=link, password=password)

    results = run_together(lambda: use(NEW), lambda: use(f"{NEW} dwa"))
    assert sum(isinstance(each, ValidationError) for each in results) == 1

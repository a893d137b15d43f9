"""The administrator gains no sight of a case unseen."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from lubsko_ops.accounts.actions import (
    acknowledge_grant,
    appoint_deputy,
    create_account,
    deactivate,
    end_role,
    grant_region,
    grant_role,
    open_account,
)
from lubsko_ops.accounts.link_actions import acknowledge_link, issue_link, use_link
from lubsko_ops.accounts.models import LinkKind, RoleEndNotice
from lubsko_ops.core import clock
from lubsko_ops.core.permissions import Role
from tests.factories import TODAY
from tests.form_client import form_data, response_text, submit_form
from tests.page import Page
from tests.staff import PASSWORD
from tests.statement_counts import page_statements

NEW = "zielony most pod chmurami"


def start_page(user) -> str:
    client = Client()
    client.force_login(user)
    return response_text(client.get("/"))


def start_page_after_login(user, password=PASSWORD) -> tuple[Client, str]:
    client = Client()
    client.post(reverse("account_login"), {"login": user.username, "password": password})
    return client, response_text(client.get("/"))


def manager_too(make_user):
    return make_user("marta", "Marta", "Nowak", Role.MANAGER)


def test_a_role_stands_on_the_managers_start_page_until_acknowledged(client, jan, ewa, maria):
    grant = grant_role(user=ewa, role=Role.SPECIALIST, starts_on=TODAY, by=jan)
    assert "Nowa rola: specjalista Ewa Czyż od 13.10.2026" in _words(start_page(maria))
    client.force_login(maria)
    submit_form(client, reverse("grant-acknowledge", args=[grant.pk]))
    assert "Zmiany wglądu w teczki" not in start_page(maria)
    reason = grant.history.latest("history_id")
    assert (reason.history_user, reason.history_change_reason) == (maria, "Przyjęto do wiadomości")


def _words(html: str) -> str:
    return " ".join(strip_tags(html).split())


def test_one_manager_reads_of_a_role_for_all(jan, ewa, maria, make_user):
    marta = manager_too(make_user)
    grant = grant_role(user=ewa, role=Role.SPECIALIST, starts_on=TODAY, by=jan)
    acknowledge_grant(grant=grant, by=marta)
    assert "Zmiany wglądu w teczki" not in start_page(maria)


def test_a_manager_whom_the_administrator_made_acknowledges_nothing(jan, ewa, maria, make_user):
    """Two accounts that the administrator holds cannot approve each other."""
    first, second = make_user("x", "X", "Xowski"), make_user("y", "Y", "Ygrek")
    of_first, of_second = (
        grant_role(user=user, role=Role.MANAGER, starts_on=TODAY, by=jan) for user in (first, second)
    )
    own_grant = grant_role(user=ewa, role=Role.SPECIALIST, starts_on=TODAY, by=first)
    assert own_grant.awaits_acknowledgement, "nor does it grant a role in silence"
    for grant, by in ((of_first, first), (of_second, first), (of_first, second), (own_grant, second)):
        with pytest.raises(ValidationError, match="inny kierownik"):
            acknowledge_grant(grant=grant, by=by)
    acknowledge_grant(grant=of_first, by=maria)
    acknowledge_grant(grant=of_second, by=first)


def test_a_region_stands_on_the_managers_start_page_until_acknowledged(client, jan, maria, tomasz):
    """A role that was acknowledged does not let the administrator add regions to it unseen."""
    region = tomasz.region_grants.get().region
    acknowledge_grant(grant=grant_role(user=jan, role=Role.SOCIAL_WORKER, starts_on=TODAY, by=jan), by=maria)
    grant = grant_region(user=jan, region=region, starts_on=TODAY, by=jan)
    assert f"Nowy rejon: {region} Jan Wilk od 13.10.2026" in _words(start_page(maria))
    client.force_login(maria)
    submit_form(client, reverse("region-acknowledge", args=[grant.pk]))
    assert "Zmiany wglądu w teczki" not in start_page(maria)
    reason = grant.history.latest("history_id")
    assert (reason.history_user, reason.history_change_reason) == (maria, "Przyjęto do wiadomości")


def test_a_region_that_a_manager_grants_waits_for_nobody(maria, tomasz, zofia):
    region = tomasz.region_grants.get().region
    grant = grant_region(user=zofia, region=region, starts_on=TODAY, by=maria)
    assert not grant.awaits_acknowledgement


def test_regions_of_a_new_account_wait_too(jan, maria, tomasz):
    days = {"starts_on": TODAY, "ends_on": None}
    region = tomasz.region_grants.get().region
    open_account(
        **{"username": "olga", "first_name": "Olga", "last_name": "Marzec"},
        roles=[{"role": Role.SOCIAL_WORKER} | days],
        regions=[{"region": region} | days],
        by=jan,
    )
    words = _words(start_page(maria))
    assert "Nowa rola: pracownik socjalny Olga Marzec" in words
    assert f"Nowy rejon: {region} Olga Marzec" in words


def first_accounts(*names):
    """Accounts of a new centre; the first one is the administrator's."""
    jan, *others = (
        create_account(username=name, first_name=name, last_name="Nowak", password=PASSWORD) for name in names
    )
    grant_role(user=jan, role=Role.ADMIN, starts_on=TODAY, by=jan)
    vars(jan).pop("held_roles", None)
    return jan, *others


def test_the_first_manager_of_a_new_centre_reads_of_the_own_role(no_staff):
    jan, maria = first_accounts("jan", "maria")
    grant = grant_role(user=maria, role=Role.MANAGER, starts_on=TODAY, by=jan)
    assert grant.awaits_acknowledgement
    assert not acknowledge_grant(grant=grant, by=maria).awaits_acknowledgement


def test_ending_the_managers_role_makes_nobody_the_first_manager(jan, maria, make_user):
    other = make_user("x", "X", "Xowski")
    grant = grant_role(user=other, role=Role.MANAGER, starts_on=TODAY, by=jan)
    with pytest.raises(ValidationError, match="najwcześniej wczoraj"):
        end_role(grant=maria.role_grants.get(), on=TODAY - timedelta(days=31), by=jan)
    end_role(grant=maria.role_grants.get(), on=TODAY - timedelta(days=1), by=jan)
    with pytest.raises(ValidationError, match="inny kierownik"):
        acknowledge_grant(grant=grant, by=other)
    with clock.freeze_time(TODAY + timedelta(days=31)):
        assert not acknowledge_grant(grant=grant, by=other).awaits_acknowledgement


def test_what_a_deputy_grants_is_read_by_the_manager(maria, zofia):
    last_day = TODAY + timedelta(days=9)
    appoint_deputy(of=maria, user=zofia, starts_on=TODAY, ends_on=last_day, by=maria)
    vars(zofia).pop("held_roles", None)
    longer = grant_role(user=zofia, role=Role.MANAGER, starts_on=last_day + timedelta(days=1), by=zofia)
    assert longer.awaits_acknowledgement, "the rights of a deputy end by themselves"
    assert "Nowa rola: kierownik Zofia Kos od 23.10.2026" in _words(start_page(maria))


def waiting_accounts(jan, make_user, *names):
    users = [make_user(name.lower(), name, "Nowak") for name in names]
    return [grant_role(user=user, role=Role.SPECIALIST, starts_on=TODAY, by=jan) for user in users]


def test_a_manager_acknowledges_everything_on_one_page(client, jan, maria, tomasz, ewa, make_user):
    client.force_login(maria)
    url = reverse("notices-acknowledge")
    waiting_accounts(jan, make_user, "Ala", "Ola")
    assert url not in response_text(client.get("/"))
    region, zofia = tomasz.region_grants.get().region, make_user("z", "Zofia", "Kos", Role.SOCIAL_WORKER)
    grant_region(user=zofia, region=region, starts_on=TODAY, by=jan)
    issue_link(user=ewa, kind=LinkKind.PASSWORD, by=jan)
    assert any(link["href"] == url for link in Page(client.get("/")).links)
    words = _words(response_text(client.get(url)))
    for name in ("Ala Nowak", "Ola Nowak", "Zofia Kos", "Ewa Czyż"):
        assert name in words
    assert submit_form(client, url).status_code == 302
    page = response_text(client.get("/"))
    assert "Przyjęto do wiadomości: 4." in page and "Zmiany wglądu w teczki" not in page
    assert "Nic nie czeka" in response_text(client.get(url))


def test_what_came_after_the_page_was_opened_is_not_acknowledged_with_it(client, jan, maria, make_user):
    early, gone = waiting_accounts(jan, make_user, "Ala", "Ola")
    client.force_login(maria)
    url = reverse("notices-acknowledge")
    opened = form_data(client, url)
    acknowledge_grant(grant=gone, by=maria)
    (late,) = waiting_accounts(jan, make_user, "Ela")
    assert client.post(url, opened).status_code == 302
    early.refresh_from_db()
    late.refresh_from_db()
    assert (early.awaits_acknowledgement, late.awaits_acknowledgement) == (False, True)
    again = submit_form(client, url, listed=f"grant-{early.pk} grant-{gone.pk} nic-0")
    assert again.status_code == 422 and "To już przyjęto do wiadomości." in response_text(again)


def test_a_first_manager_acknowledges_the_own_role_with_the_others(client, no_staff):
    jan, ewa, maria = first_accounts("jan", "ewa", "maria")
    for user, role in ((ewa, Role.SPECIALIST), (maria, Role.MANAGER)):
        grant_role(user=user, role=role, starts_on=TODAY, by=jan)
    client.force_login(maria)
    assert submit_form(client, reverse("notices-acknowledge")).status_code == 302
    assert "Zmiany wglądu w teczki" not in start_page(maria)


def test_a_manager_in_question_acknowledges_nothing_on_the_page_of_all(client, jan, maria, make_user):
    (grant,) = waiting_accounts(jan, make_user, "Ala")
    marta = make_user("marta", "Marta", "Nowak")
    grant_role(user=marta, role=Role.MANAGER, starts_on=TODAY, by=jan)
    client.force_login(marta)
    response = submit_form(client, reverse("notices-acknowledge"))
    assert response.status_code == 422 and "inny kierownik" in response_text(response)
    grant.refresh_from_db()
    assert grant.awaits_acknowledgement


def test_a_link_is_shown_to_its_owner_after_the_login_and_to_a_manager(client, jan, ewa, maria):
    link, _ = issue_link(user=ewa, kind=LinkKind.PASSWORD, by=jan)
    assert "działa do 16.10.2026, 12:00" in _words(start_page(maria))
    use_link(link=link, password=NEW)
    browser, page = start_page_after_login(ewa, NEW)
    words = _words(page)
    assert "Nowe hasło: wykorzystano 13.10.2026, 12:00, od: Jan Wilk, 13.10.2026, 12:00" in words
    assert "wykorzystano 13.10.2026, 12:00" in _words(start_page(maria))
    submit_form(browser, reverse("own-links-read"))
    assert "wystawiono odsyłacz" not in response_text(browser.get("/"))
    assert "wystawiono odsyłacz" not in start_page_after_login(ewa, NEW)[1]
    assert "Nowe hasło" in start_page(maria), "the owner's word does not stand for the manager's"
    client.force_login(maria)
    submit_form(client, reverse("link-acknowledge", args=[link.pk]))
    assert "Zmiany wglądu w teczki" not in start_page(maria)


def test_a_link_of_a_managers_account_is_read_by_every_other_manager_and_deputy(
    client, jan, maria, zofia, make_user
):
    marta = manager_too(make_user)
    appoint_deputy(of=maria, user=zofia, starts_on=TODAY, ends_on=TODAY + timedelta(days=9), by=maria)
    link, _ = issue_link(user=maria, kind=LinkKind.PASSWORD, by=jan)
    acknowledge_link(link=link, by=marta)
    assert "Nowe hasło" not in start_page(marta)
    assert "Nowe hasło" in start_page(zofia), "each reads of it for themselves"
    assert "Zmiany wglądu w teczki" not in start_page(maria)
    with clock.freeze_time(TODAY + timedelta(days=1)):
        later = make_user("lena", "Lena", "Nowak")
        grant_role(user=later, role=Role.MANAGER, starts_on=TODAY + timedelta(days=1), by=marta)
        assert "Nowe hasło" not in start_page(later), "a manager of later days was not there"


def test_a_link_waits_for_a_manager_whose_role_goes_on_in_another_grant(jan, maria, make_user):
    marta, tomorrow = make_user("marta", "Marta", "Nowak"), TODAY + timedelta(days=1)
    grant_role(user=marta, role=Role.MANAGER, starts_on=TODAY, ends_on=TODAY, by=maria)
    grant_role(user=marta, role=Role.MANAGER, starts_on=tomorrow, by=maria)
    issue_link(user=maria, kind=LinkKind.PASSWORD, by=jan)
    with clock.freeze_time(tomorrow):
        assert "Nowe hasło" in start_page(marta)


def test_a_link_issued_while_the_role_was_ended_is_shown_all_the_same(jan, maria, make_user):
    marta = manager_too(make_user)
    end_role(grant=maria.role_grants.get(), on=TODAY - timedelta(days=1), by=jan)
    issue_link(user=maria, kind=LinkKind.PASSWORD, by=jan)
    grant_role(user=maria, role=Role.MANAGER, starts_on=TODAY, by=jan)
    assert "Nowe hasło" in start_page(marta)
    assert "wystawiono odsyłacz" in start_page_after_login(maria)[1]


def test_a_link_that_a_manager_issues_is_shown_to_its_owner_alone(maria, ewa, make_user):
    marta = manager_too(make_user)
    issue_link(user=ewa, kind=LinkKind.PASSWORD, by=maria)
    assert "Zmiany wglądu w teczki" not in start_page(marta)
    assert "wystawiono odsyłacz" in start_page_after_login(ewa)[1]


def test_a_link_of_an_account_that_sees_no_case_is_only_history(jan, maria, make_user):
    adam = make_user("adam", "Adam", "Wilga", Role.ADMIN)
    issue_link(user=adam, kind=LinkKind.PASSWORD, by=jan)
    assert "Zmiany wglądu w teczki" not in start_page(maria)
    assert "wystawiono odsyłacz" not in start_page_after_login(adam)[1]


def test_notices_cost_the_manager_nothing_when_there_are_none_and_one_statement_otherwise(
    client, jan, ewa, maria
):
    client.force_login(maria)
    without = len(page_statements(client, "/"))
    grant_role(user=ewa, role=Role.SPECIALIST, starts_on=TODAY, by=jan)
    issue_link(user=ewa, kind=LinkKind.PASSWORD, by=jan)
    assert len(page_statements(client, "/")) == without + 1
    assert not any("rolegrant AS g" in each for each in page_statements(_logged_in(ewa), "/")[2:])


def _logged_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


# ---- the end of a manager's role ---------------------------------------------------------------------
def test_every_other_manager_and_the_person_read_that_a_managers_role_ended(client, jan, maria, make_user):
    first, second = manager_too(make_user), make_user("lena", "Lena", "Nowak", Role.MANAGER)
    end_role(grant=maria.role_grants.get(), on=TODAY - timedelta(days=1), by=jan)
    notice = "Koniec roli: kierownik Maria Bocian"
    client.force_login(first)
    assert notice in _words(start_page(first))
    submit_form(client, reverse("end-acknowledge", args=[RoleEndNotice.objects.get(reader=first).pk]))
    assert "Zmiany wglądu w teczki" not in start_page(first)
    assert notice in _words(start_page(second)), "each reads of it for themselves"
    browser, page = start_page_after_login(maria)
    assert "Ktoś zakończył Twoją rolę" in page and "zapisał(a): Jan Wilk" in _words(page)
    submit_form(browser, reverse("own-links-read"))
    assert "Ktoś zakończył" not in response_text(browser.get("/"))
    assert "Ktoś zakończył" not in start_page_after_login(maria)[1]


def test_a_closed_account_of_a_manager_is_read_by_the_others(client, jan, maria, make_user):
    marta = manager_too(make_user)
    deactivate(user=marta, by=jan)
    assert "Koniec roli: kierownik Marta Nowak" in _words(start_page(maria))
    waiting_accounts(jan, make_user, "Ala", "Ola")
    client.force_login(maria)
    assert submit_form(client, reverse("notices-acknowledge")).status_code == 302
    assert "Zmiany wglądu w teczki" not in start_page(maria)


def test_a_notice_of_another_manager_is_not_acknowledged(client, jan, maria, make_user):
    marta = manager_too(make_user)
    end_role(grant=make_user("x", "X", "Xowski", Role.MANAGER).role_grants.get(), on=TODAY, by=jan)
    notice = RoleEndNotice.objects.get(reader=marta)
    client.force_login(maria)
    assert submit_form(client, reverse("end-acknowledge", args=[notice.pk])).status_code == 422
    notice.refresh_from_db()
    assert notice.read_at is None


def test_other_roles_and_a_last_manager_who_ends_the_own_role_give_no_notice(jan, maria, ewa):
    end_role(grant=ewa.role_grants.get(), on=TODAY, by=jan)
    end_role(grant=maria.role_grants.get(), on=TODAY, by=maria)
    assert not RoleEndNotice.objects.exists()

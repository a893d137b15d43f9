"""Pages of the accounts: list, account, history, the administrator's start page, the own account."""

from datetime import date, timedelta

from django.test import Client
from django.urls import reverse

from lubsko_ops.accounts.actions import change_details, deactivate, end_role, grant_role
from lubsko_ops.accounts.link_actions import issue_link
from lubsko_ops.accounts.models import LinkKind, User
from lubsko_ops.accounts.sessions import device_name
from lubsko_ops.accounts.staff_views import StaffListView
from lubsko_ops.core import clock
from lubsko_ops.core.permissions import Role
from tests.factories import TODAY
from tests.form_client import form_data, response_text, submit_form
from tests.staff import PASSWORD
from tests.statement_counts import page_statements

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


def log_in(user, agent=FIREFOX) -> Client:
    browser = Client(HTTP_USER_AGENT=agent)
    browser.post(reverse("account_login"), {"login": user.username, "password": PASSWORD})
    return browser


def test_the_list_is_sorted_the_polish_way_and_says_what_is_unusual(client, maria, jan, ewa, make_user):
    make_user("lucja", "Łucja", "Łąka", Role.SPECIALIST)
    make_user("lena", "Lena", "Zych", Role.SPECIALIST)
    end_role(grant=ewa.role_grants.get(), on=TODAY + timedelta(days=38), by=jan)
    client.force_login(maria)
    response = client.get("/pracownicy/")
    names = [row.name for row in response.context["rows"]]
    assert names.index("Lis Tomasz") < names.index("Łąka Łucja") < names.index("Sikora Anna")
    page = response_text(response)
    assert f"{len(names)} kont" in page and "kończy się za 38 dni" in page
    states = {row.name: row.state for row in response.context["rows"]}
    assert states["Sikora Anna"] == "czynne" and states["Systemowe Konto"] == "bez roli"


def test_closed_accounts_have_a_tab_of_their_own(client, maria, zofia, jan):
    client.force_login(maria)
    assert "Zamknięte" not in response_text(client.get("/pracownicy/"))
    deactivate(user=zofia, by=jan)
    assert "Kos Zofia" not in response_text(client.get("/pracownicy/"))
    page = response_text(client.get("/pracownicy/?konta=zamkniete"))
    assert "Kos Zofia" in page and "1 konto" in page and "zamknięte" in page


def test_statements_of_the_list_and_of_an_account(client, maria, jan, anna, kowalscy, make_user):
    for number in range(8):
        make_user(f"user{number}", "Nowa", f"Osoba{number}", Role.SPECIALIST)
    log_in(anna)
    issue_link(user=anna, kind=LinkKind.PASSWORD, by=jan)
    client.force_login(maria)
    assert len(page_statements(client, "/pracownicy/")) <= 8
    assert len(page_statements(client, reverse("person", args=[anna.pk]))) <= 12
    assert len(page_statements(client, reverse("person-history", args=[anna.pk]))) <= 12


def test_a_list_longer_than_a_page_goes_on(client, maria, monkeypatch):
    monkeypatch.setattr(StaffListView, "page_size", 3)
    client.force_login(maria)
    first = client.get("/pracownicy/")
    second = client.get(first.context["next_url"])
    assert len(second.context["rows"]) == 3
    assert not {row.pk for row in first.context["rows"]} & {row.pk for row in second.context["rows"]}


def test_the_history_of_an_account_says_who_what_and_why(client, maria, jan, ewa):
    change_details(user=ewa, phone="600 100 200", by=jan)
    grant_role(user=ewa, role=Role.SPECIALIST, starts_on=TODAY, by=maria)
    issue_link(user=ewa, kind=LinkKind.PASSWORD, by=jan)
    client.force_login(maria)
    page = response_text(client.get(reverse("person-history", args=[ewa.pk])))
    for words in (
        "Dane konta",
        "600 100 200",
        "Nadanie roli",
        "specjalista",
        "Wystawiono: nowe hasło",
        "Jan Wilk",
    ):
        assert words in page
    assert "password" not in page and ewa.password not in page


def test_somebody_changes_the_account_meanwhile(client, jan, maria, ewa):
    client.force_login(jan)
    url = reverse("person-details", args=[ewa.pk])
    data = form_data(client, url, phone="600 100 200")
    change_details(user=ewa, phone="700 100 200", by=maria)
    response = client.post(url, data)
    assert response.status_code == 409 and "700 100 200" in response_text(response)


def test_the_own_password_stands_in_the_history(ewa):
    browser = log_in(ewa)
    new = "zielony most pod chmurami"
    fields = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert browser.post(reverse("account_change_password"), fields).status_code == 302
    assert browser.get("/").status_code == 200
    version = ewa.history.latest("history_id")
    assert (version.history_user, version.history_change_reason) == (ewa, "Własne nowe hasło")


def test_a_login_leaves_no_version(ewa):
    before = ewa.history.count()
    log_in(ewa)
    assert ewa.history.count() == before and User.objects.get(pk=ewa.pk).last_login


def test_the_devices_of_the_own_account_and_ending_the_others(ewa):
    here, elsewhere = log_in(ewa), log_in(ewa, "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0) Safari/604.1")
    page = response_text(here.get("/konto/"))
    assert "Firefox, Windows: to urządzenie" in page and "Safari, iPhone" in page
    assert submit_form(here, reverse("own-sessions-end")).status_code == 302
    assert here.get("/").status_code == 200 and elsewhere.get("/").status_code == 302
    page = response_text(here.get("/konto/"))
    assert "Firefox, Windows: to urządzenie" in page and "iPhone" not in page


def test_a_manager_logs_a_person_out_everywhere(client, maria, ewa):
    phone = log_in(ewa)
    client.force_login(maria)
    assert "Firefox, Windows" in response_text(client.get(reverse("person", args=[ewa.pk])))
    submit_form(client, reverse("sessions-end", args=[ewa.pk]))
    assert phone.get("/").status_code == 302
    assert "Firefox" not in response_text(client.get(reverse("person", args=[ewa.pk])))


def test_a_device_is_named_in_plain_words():
    assert device_name(FIREFOX) == "Firefox, Windows"
    edge = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0"
    assert device_name(edge) == "Edge, Windows"
    assert device_name("curl/8") == "nieznane urządzenie"


def test_the_own_telephone_is_put_into_its_form(client, anna):
    client.force_login(anna)
    submit_form(client, reverse("own-phone"), phone="+48 600100200")
    anna.refresh_from_db()
    assert anna.phone == "600 100 200"
    response = submit_form(client, reverse("own-phone"), phone="12")
    assert response.status_code == 422 and "Wpisz 9 cyfr" in response_text(response)


def test_the_start_page_of_the_administrator(client, jan, maria, make_user):
    olga = make_user("olga", "Olga", "Marzec", Role.SPECIALIST)
    User.objects.exclude(pk=olga.pk).update(last_login=clock.now())
    issue_link(user=olga, kind=LinkKind.PASSWORD, by=maria)
    julia = make_user("julia", "Julia", "Dudek")
    User.objects.filter(pk=julia.pk).update(last_login=clock.now())
    grant_role(user=julia, role=Role.SPECIALIST, starts_on=TODAY, ends_on=date(2026, 11, 1), by=maria)
    client.force_login(jan)
    page = response_text(client.get("/"))
    assert "1 konto czeka na pierwsze logowanie" in page and "odsyłacz działa do 16.10.2026, 12:00" in page
    assert "1 rola kończy się w ciągu 30 dni" in page and "specjalista do 01.11.2026" in page
    grant_role(user=julia, role=Role.SPECIALIST, starts_on=date(2026, 11, 2), by=maria)
    assert "specjalista do 01.11.2026" not in response_text(client.get("/")), "the role goes on"


def test_the_administrator_without_anything_to_do(client, jan):
    User.objects.update(last_login=clock.now())
    client.force_login(jan)
    assert "Każdy, kto ma konto, już się logował." in response_text(client.get("/"))

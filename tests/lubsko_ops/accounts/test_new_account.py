"""Jan, the administrator, makes an account with its roles, regions and days in one form."""

from django.urls import reverse

from lubsko_ops.accounts.models import User
from tests.form_client import form_data, response_text, submit_form
from tests.lubsko_ops.accounts.form_submissions import NEW_ACCOUNT

URL = "/pracownicy/nowe/"


def new_account(client, jan, **fields):
    client.force_login(jan)
    return submit_form(client, URL, **NEW_ACCOUNT | fields)


def test_makes_the_account_and_leads_to_the_card_of_its_invitation(client, jan, town):
    rows = {"regions-TOTAL_FORMS": "1", "regions-0-region": town.pk, "regions-0-starts_on": "01.11.2026"}
    response = new_account(client, jan, **{"roles-0-role": "social_worker"}, **rows)
    olga = User.objects.get(username="olga")
    assert response.url == reverse("link-card", args=[olga.pk, olga.links.get().pk])
    assert [grant.role for grant in olga.role_grants.all()] == ["social_worker"]
    assert olga.region_grants.get().region == town and not olga.has_usable_password()
    card = response_text(client.get(response.url))
    assert "/konto/odsylacz/" in card and "<svg" in card and "16.10.2026, 12:00" in card


def test_assistant_and_social_worker_at_once_are_refused_beside_the_field(client, jan):
    rows = {"roles-TOTAL_FORMS": "2", "roles-1-role": "social_worker", "roles-1-starts_on": "01.12.2026"}
    response = new_account(client, jan, **{"roles-0-role": "assistant"}, **rows)
    assert response.status_code == 422 and not User.objects.filter(username="olga").exists()
    row = response.context["form"].formsets["roles"].forms[1]
    assert "asystent rodziny (od 13.10.2026)" in row.errors["role"][0] and "art. 17" in row.errors["role"][0]
    assert 'value="01.12.2026"' in response.content.decode(), "what was typed is kept"


def test_the_same_role_twice_and_an_end_before_the_start(client, jan):
    rows = {
        "roles-TOTAL_FORMS": "2",
        "roles-0-ends_on": "12.10.2026",
        "roles-1-role": "specialist",
        "roles-1-starts_on": "01.11.2026",
    }
    response = new_account(client, jan, **rows)
    assert "Ostatni dzień nie może poprzedzać pierwszego." in response_text(response)
    response = new_account(client, jan, **rows | {"roles-0-ends_on": "01.11.2026"})
    assert "Ta osoba ma już tę rolę od 13.10.2026 do 01.11.2026." in response_text(response)


def test_a_region_without_the_role_of_a_social_worker_is_refused_beside_the_field(client, jan, town):
    rows = {"regions-TOTAL_FORMS": "1", "regions-0-region": town.pk, "regions-0-starts_on": "01.11.2026"}
    response = new_account(client, jan, **rows)
    row = response.context["form"].formsets["regions"].forms[0]
    assert "Rejon przypisuje się pracownikowi socjalnemu." in row.errors["region"][0]
    assert not User.objects.filter(username="olga").exists()


def test_a_taken_user_name_is_said_whatever_its_letters(client, jan, anna):
    response = new_account(client, jan, username="Anna")
    assert "Ta nazwa użytkownika jest zajęta." in response.context["form"].errors["username"][0]


def test_an_account_without_a_role_is_refused(client, jan):
    response = new_account(client, jan, **{"roles-0-role": ""})
    assert response.status_code == 422 and "Wybierz: Rola" in response_text(response)


def test_only_managers_and_administrators_make_accounts(client, anna, maria):
    client.force_login(anna)
    assert client.get(URL).status_code == 403
    client.force_login(maria)
    assert client.get(URL).status_code == 200


def test_a_row_is_added_without_script(client, jan):
    client.force_login(jan)
    response = client.post(URL, form_data(client, URL) | {"_add": ["regions"]})
    assert response.status_code == 200 and 'name="regions-0-region"' in response.content.decode()

"""Pierwsze kroki: from the one-time link until everything is done or skipped."""

import pytest

from lubsko_ops.accounts.actions import create_first_administrator, create_first_administrator_link
from lubsko_ops.centre.settings_pages import SETUP_STEPS
from lubsko_ops.installation.actions import begin_setup, finish_setup
from lubsko_ops.installation.models import PROGRESS, SetupProgress
from tests.factories import TODAY
from tests.form_client import response_text

PAGE = "/ustawienia/pierwsze-kroki/"


@pytest.fixture
def guide(db):
    return begin_setup()


@pytest.fixture
def as_jan(client, jan):
    client.force_login(jan)
    return client


def test_the_administrator_sees_of_the_import_only_whether_it_is_done(client, jan, maria, guide, kowalscy):
    step = SETUP_STEPS["register"]
    assert step.get_state(jan, TODAY).text == "zrobione"
    assert step.get_state(maria, TODAY).text == "1\N{NO-BREAK SPACE}rodzina"


def send(client, **fields):
    return client.post(f"{PAGE}pomin/", fields)


def test_the_first_administrator_begins_it(no_staff, client):
    token = create_first_administrator_link()
    user = create_first_administrator(
        token=token, username="jan", first_name="Jan", last_name="Wilk", password="Bardzo-dlugie-haslo-7"
    )
    client.force_login(user)
    page = response_text(client.get("/"))
    assert "Pierwsze kroki" in page and f"Zrobione 0 z {len(SETUP_STEPS)}." in page


def test_every_step_says_what_is_missing_and_why(as_jan, guide):
    response = as_jan.get(PAGE)
    page = response_text(response).replace("\xa0", " ")
    for row in response.context["rows"]:
        assert row.step.title in page and row.step.why in page and row.state.text.replace("\xa0", " ") in page


def test_what_only_the_manager_does_the_administrator_sees_without_a_link(as_jan, guide):
    rows = {row.step.key: row for row in as_jan.get(PAGE).context["rows"]}
    assert rows["contracts"].url == "" and rows["contracts"].who == "kierownik"
    assert rows["register"].url == ""
    assert rows["regions"].url == "/ustawienia/rejony/"


def test_a_step_is_skipped_and_taken_back(as_jan, guide):
    assert send(as_jan, step="filing", skip="1").url == PAGE
    assert SetupProgress.objects.get().skipped == ["filing"]
    assert "pominięto" in response_text(as_jan.get(PAGE))
    send(as_jan, step="filing", skip="0")
    assert SetupProgress.objects.get().skipped == []


def test_an_unknown_step_changes_nothing(as_jan, guide):
    send(as_jan, step="nothing", skip="1")
    send(as_jan)
    assert SetupProgress.objects.get().skipped == []


def test_when_all_is_settled_the_start_page_no_longer_shows_it(as_jan, guide):
    for step in SETUP_STEPS:
        send(as_jan, step=step.key, skip="1")
    assert "Zakończ pierwsze kroki" in response_text(as_jan.get(PAGE))
    assert "h-kroki" not in response_text(as_jan.get("/"))
    PROGRESS.clear()
    assert SetupProgress.objects.get().finished_at
    assert "Zakończ pierwsze kroki" not in response_text(as_jan.get(PAGE))
    assert "Następny krok" not in response_text(as_jan.get("/ustawienia/rejony/"))


def test_the_pages_of_the_settings_lead_on(as_jan, guide):
    page = response_text(as_jan.get("/ustawienia/rejony/"))
    assert "Następny krok:" in page and "Dane ośrodka i nagłówek pism</a>" in page
    send(as_jan, step="centre", skip="1")
    assert "Dane ośrodka i nagłówek pism</a>" not in response_text(as_jan.get("/ustawienia/rejony/"))


def test_it_can_be_ended_by_a_button(as_jan, guide):
    send(as_jan, finish="1")
    assert SetupProgress.objects.get().finished_at


def test_a_finished_or_old_installation_shows_nothing(as_jan, db):
    assert "h-kroki" not in response_text(as_jan.get("/"))
    begin_setup()
    finish_setup()
    PROGRESS.clear()
    assert "h-kroki" not in response_text(as_jan.get("/"))


@pytest.mark.parametrize(("name", "status"), [("maria", 200), ("jan", 200), ("anna", 403), ("tomasz", 403)])
def test_who_may_open_it(client, request, guide, name, status):
    client.force_login(request.getfixturevalue(name))
    assert client.get(PAGE).status_code == status
    assert send(client, step="regions", skip="1").status_code == (302 if status == 200 else 403)

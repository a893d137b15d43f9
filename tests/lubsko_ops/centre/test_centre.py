"""The centre's data: typed once, shown on every page and paper."""

import pytest

from lubsko_ops.centre.actions import save_centre
from lubsko_ops.centre.models import Centre, get_centre
from lubsko_ops.centre.settings_pages import SETUP_STEPS
from tests.factories import TODAY
from tests.form_client import form_data, response_text, submit_form
from tests.lubsko_ops.centre.form_submissions import CENTRE
from tests.statement_counts import page_statements

URL = "/ustawienia/osrodek/"


@pytest.fixture
def as_jan(client, jan):
    client.force_login(jan)
    return client


def test_it_works(as_jan, jan):
    response = submit_form(as_jan, URL, **CENTRE, website="https://ops.lubsko.pl/", foot="NIP 000\nREGON 111")
    assert response.status_code == 302
    centre = Centre.objects.get()
    assert (centre.name, centre.phone, centre.website, centre.foot) == (
        "Ośrodek Pomocy Społecznej w Lubsku", "68 372 11 22", "ops.lubsko.pl", "NIP 000 REGON 111",
    )  # fmt: skip
    assert centre.entered_by == jan
    assert "OPS Lubsko. Otwarcie teczki" in response_text(as_jan.get("/konto/"))


def test_the_manager_corrects_it_and_the_history_stays(as_maria, maria, jan):
    save_centre(**CENTRE, by=jan)
    assert submit_form(as_maria, URL, short_name="MGOPS").status_code == 302
    centre = Centre.objects.get()
    assert (centre.short_name, centre.version, centre.history.count()) == ("MGOPS", 2, 2)
    assert centre.history.latest("history_id").history_user == maria


def test_an_assistant_may_not(as_anna):
    assert as_anna.get(URL).status_code == 403
    assert as_anna.get("/ustawienia/").status_code == 403


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", "Uzupełnij: Pełna nazwa."),
        ("phone", "123", "Wpisz 9 cyfr"),
        ("website", "nie mamy", "Wpisz adres strony, np. ops.lubsko.pl."),
        ("email", "ops", "E-mail:"),
    ],
)
def test_refusals_keep_what_was_typed(as_jan, field, value, sentence):
    response = submit_form(as_jan, URL, **(CENTRE | {field: value}))
    assert response.status_code == 422
    assert sentence in response_text(response)
    assert "Lubsko" in response_text(response)
    assert not Centre.objects.exists()


def test_of_two_who_correct_it_the_second_sees_both_texts(as_maria, jan):
    save_centre(**CENTRE, by=jan)
    opened = form_data(as_maria, URL, short_name="MGOPS")
    save_centre(by=jan, version=1, short_name="GOPS")
    response = as_maria.post(URL, opened)
    assert response.status_code == 409
    assert {"MGOPS", "GOPS"} <= set(response_text(response).replace("<", " ").replace(">", " ").split())


def test_of_two_who_enter_it_first_one_is_refused(as_jan, maria):
    opened = form_data(as_jan, URL, **CENTRE)
    save_centre(**CENTRE, by=maria)
    response = as_jan.post(URL, opened)
    assert response.status_code == 422
    assert Centre.objects.count() == 1


def test_the_settings_open_on_their_first_page(as_maria):
    assert as_maria.get("/ustawienia/").url == URL
    assert 'href="/ustawienia/"' in as_maria.get("/konto/").content.decode()


def test_the_page_takes_at_most_eight_statements(as_maria, jan):
    save_centre(**CENTRE, by=jan)
    assert len(page_statements(as_maria, URL)) <= 8


def test_steps_of_a_new_installation(jan, maria):
    step = SETUP_STEPS["centre"]
    assert step.get_state(jan, TODAY).text == "brak danych ośrodka"
    save_centre(**CENTRE, by=jan)
    state = step.get_state(jan, TODAY)
    assert not state.done and "nazwy w dopełniaczu" in state.text
    whole = {
        "name_genitive": "Ośrodka",
        "name_locative": "Ośrodku",
        "address_line": "Lubsko",
        "problem_contact": "jan",
    }
    save_centre(**whole, by=jan, version=get_centre().version)
    assert step.get_state(jan, TODAY).done
    assert SETUP_STEPS["norms"].get_state(maria, TODAY).text == "12\u00a0norm do sprawdzenia"

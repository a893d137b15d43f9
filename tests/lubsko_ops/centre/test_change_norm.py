"""A norm gets another value from a day on: today or later, with who decided it."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from lubsko_ops.centre.actions import withdraw_norm
from lubsko_ops.centre.models import NormValue
from lubsko_ops.centre.norms import get_norm
from lubsko_ops.core import clock
from tests.factories import TODAY
from tests.form_client import parse_form, response_text, submit_form
from tests.lubsko_ops.centre.form_submissions import announced_norm
from tests.statement_counts import page_statements

URL = "/ustawienia/normy/visit_rhythm_days/"
CHANGE = {"value": "7", "starts_on": "20.10.2026", "decided_by": "zarządzenie nr 6/2026"}


def test_it_works(as_maria, maria):
    assert submit_form(as_maria, URL, **CHANGE, why="Więcej rodzin w kryzysie.").status_code == 302
    row = NormValue.objects.get()
    assert (row.name, row.value, row.starts_on, row.entered_by) == (
        "visit_rhythm_days", 7, date(2026, 10, 20), maria,
    )  # fmt: skip
    assert row.history.get().history_change_reason == "Więcej rodzin w kryzysie."
    assert get_norm("visit_rhythm_days", on=date(2026, 10, 19)) == 14
    assert get_norm("visit_rhythm_days", on=date(2026, 10, 20)) == 7
    page = response_text(as_maria.get("/ustawienia/normy/"))
    assert "<b>14 dni</b>" in page and "od 20.10.2026: 7 dni" in page


def test_the_administrator_may_type_what_the_manager_decided(client, jan):
    client.force_login(jan)
    assert submit_form(client, URL, **CHANGE).status_code == 302


def test_an_assistant_may_not(as_anna):
    assert as_anna.get(URL).status_code == 403
    assert as_anna.get("/ustawienia/normy/").status_code == 403


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("starts_on", "12.10.2026", "Wybierz dziś lub później. Przeszłość zachowuje swoją normę."),
        ("value", "0", "Wpisz liczbę od 1 do 365."),
        ("value", "366", "Wpisz liczbę od 1 do 365."),
        ("value", "dwa", "Wpisz liczbę od 1 do 365."),
        ("decided_by", "", "Uzupełnij: Podstawa."),
    ],
)
def test_refusals_keep_what_was_typed(as_maria, field, value, sentence):
    response = submit_form(as_maria, URL, **(CHANGE | {field: value}))
    assert response.status_code == 422
    assert sentence in response_text(response)
    assert ("7" if field != "value" else value) in response_text(response)
    assert not NormValue.objects.exists()


def test_an_unknown_norm(as_maria):
    assert as_maria.get("/ustawienia/normy/cokolwiek/").status_code == 404


def test_a_value_of_the_same_day_is_replaced_after_a_question(as_maria, maria):
    announced = announced_norm(maria)
    fields = CHANGE | {"starts_on": "01.11.2026"}
    response = submit_form(as_maria, URL, **fields)
    assert response.status_code == 422
    assert "Od 01.11.2026 jest już 10 dni (zarządzenie nr 7/2026). Nowa wartość ją zastąpi." in response_text(
        response
    )
    response.client.post(URL, parse_form(response.content.decode()))
    announced.refresh_from_db()
    assert (announced.value, announced.version) == (7, 2)


def test_a_later_announcement_is_named(as_maria, maria):
    announced_norm(maria)
    response = submit_form(as_maria, URL, **CHANGE)
    assert "Od 01.11.2026 zapowiedziano 10 dni (zarządzenie nr 7/2026)." in response_text(response)


def test_a_norm_of_yes_and_no(as_maria):
    response = submit_form(
        as_maria,
        "/ustawienia/normy/small_staff/",
        value="1",
        starts_on="13.10.2026",
        decided_by="zarządzenie",
    )
    assert response.status_code == 302
    assert get_norm("small_staff", on=TODAY) == 1


def test_the_page_names_how_many_families_it_concerns(as_maria, kowalscy, nowakowie):
    page = response_text(as_maria.get("/ustawienia/normy/first_visit_days/"))
    assert "Zmieni terminy 2 rodzin: te, które przypadają od wybranego dnia." in page
    assert "Zmieni" not in response_text(as_maria.get("/ustawienia/normy/small_staff/"))


def test_the_page_takes_at_most_eight_statements(as_maria, maria):
    announced_norm(maria)
    assert len(page_statements(as_maria, "/ustawienia/normy/")) <= 8
    assert len(page_statements(as_maria, URL)) <= 8


def test_an_announced_value_is_withdrawn_with_a_reason(as_maria, maria):
    row = announced_norm(maria)
    url = f"{URL}{row.pk}/wycofaj/"
    assert url in as_maria.get(URL).content.decode()
    assert submit_form(as_maria, url, why="Zarządzenie uchylono.").status_code == 302
    assert not NormValue.objects.exists()
    assert row.history.latest("history_id").history_change_reason == "Zarządzenie uchylono."


def test_a_value_that_has_begun_stays(maria):
    row = announced_norm(maria)
    with clock.freeze_time(row.starts_on), pytest.raises(ValidationError, match="Ta wartość już obowiązuje"):
        withdraw_norm(row=row, why="Pomyłka.", by=maria)
    assert NormValue.objects.exists()


def test_standard_values_are_confirmed_with_one_button(as_maria, maria):
    announced_norm(maria)
    assert "Sprawdź i zatwierdź" in response_text(as_maria.get("/ustawienia/normy/"))
    assert submit_form(as_maria, "/ustawienia/normy/zatwierdz/").status_code == 302
    page = response_text(as_maria.get("/ustawienia/normy/"))
    assert "Sprawdź i zatwierdź" not in page
    assert NormValue.objects.filter(starts_on=TODAY).count() == 11
    assert "Każda norma jest już ustalona." in response_text(as_maria.get("/ustawienia/normy/zatwierdz/"))


def test_who_may_read_a_file_is_no_decision_of_the_administrator(client, jan, maria):
    client.force_login(jan)
    for name in ("read_after_hand_over_days", "small_staff"):
        assert client.get(f"/ustawienia/normy/{name}/").status_code == 403
    assert "zmienia kierownik" in client.get("/ustawienia/normy/").content.decode()
    client.force_login(maria)
    assert client.get("/ustawienia/normy/read_after_hand_over_days/").status_code == 200

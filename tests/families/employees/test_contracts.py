"""Contracts of an assistant: recorded, corrected, ended; nothing is pulled from under visits and families."""

from datetime import date

from families.caseload.caseload import get_caseloads
from families.employees.actions import correct_contract, record_contract
from families.employees.queries import confirmed_points
from lubsko_ops.accounts.models import Contract
from tests.factories import TODAY
from tests.families.caseload.helpers import assign_families
from tests.families.caseload.test_assign import entry, url_of
from tests.families.employees.test_confirm_file import page
from tests.families.visits.helpers import make_visit
from tests.form_client import form_data, parse_form, response_text, submit_form


def contract_of(user):
    return Contract.objects.get(user=user)


def test_a_contract_of_half_time_is_recorded(as_maria, anna, maria):
    response = submit_form(
        as_maria,
        page(anna, "umowy", "dodaj"),
        form="services",
        fraction="0,5",
        starts_on="01.03.2019",
        ends_on="31.12.2019",
    )
    assert response.status_code == 302
    row = Contract.objects.get(user=anna, starts_on=date(2019, 3, 1))
    assert (str(row.fraction), row.entered_by) == ("0.500", maria)
    assert row.history.get().history_change_reason == "Umowa"


def test_more_than_full_time_is_refused_in_words(as_maria, anna):
    url = page(anna, "umowy", "dodaj")
    for typed in ("2", "pół"):
        response = submit_form(as_maria, url, form="employment", fraction=typed, starts_on="01.03.2019")
        assert response.status_code == 422
        assert "Wpisz wymiar etatu jako liczbę do 1, np. 0,5." in response_text(response)


def test_two_contracts_at_once_are_refused_beside_what_was_typed(as_maria, anna):
    url = page(anna, "umowy", "dodaj")
    response = submit_form(as_maria, url, form="employment", starts_on="01.03.2024")
    assert response.status_code == 422
    assert "Ta osoba ma już umowę w tym czasie." in response_text(response)
    assert Contract.objects.filter(user=anna).count() == 1


def test_it_ends_with_a_question_about_the_families_that_stay(as_maria, anna, kowalscy):
    url = page(anna, "umowy", contract_of(anna).pk)
    response = submit_form(as_maria, url, ends_on="31.12.2026", why="wypowiedzenie")
    assert response.status_code == 422
    assert "ma jeszcze przydzielone 1 rodzinę" in response_text(response)
    response = as_maria.post(url, parse_form(response.content.decode()))
    assert response.status_code == 302
    row = contract_of(anna)
    assert row.ends_on == date(2026, 12, 31)
    assert row.history.first().history_change_reason == "Zmiana umowy: wypowiedzenie"


def test_it_does_not_end_before_a_visit(as_maria, anna, kowalscy):
    visit = make_visit(kowalscy, anna)
    url = page(anna, "umowy", contract_of(anna).pk)
    data = form_data(as_maria, url, ends_on="31.01.2020", why="pomyłka")
    response = as_maria.post(url, parse_form(as_maria.post(url, data).content.decode()))
    assert response.status_code == 422
    assert f"{visit.day:%d.%m.%Y} (wizyta)" in response_text(response)
    assert contract_of(anna).ends_on is None


def test_the_second_to_save_sees_both_versions(as_maria, anna):
    url = page(anna, "umowy", contract_of(anna).pk)
    opened = form_data(as_maria, url, family_limit="9", why="aneks")
    submit_form(as_maria, url, family_limit="8", why="aneks")
    assert as_maria.post(url, opened).status_code == 409
    assert contract_of(anna).family_limit == 8


def test_a_lower_limit_of_the_contract_refuses_the_next_family(as_maria, anna, maria, unassigned_family):
    assign_families(anna, 2, by=maria)
    submit_form(as_maria, page(anna, "umowy", contract_of(anna).pk), family_limit="2", why="aneks")
    data = form_data(as_maria, url_of(unassigned_family), **entry(unassigned_family, anna))
    response = as_maria.post(url_of(unassigned_family), data)
    assert response.status_code == 422
    assert "prowadzi już 2 rodziny, a jego umowa przewiduje najwyżej 2" in response_text(response)
    response = as_maria.post(
        url_of(unassigned_family), data | {"override_reason": "zastępstwo za chorą koleżankę"}
    )
    assert response.status_code == 302
    assert get_caseloads([anna.pk], since=TODAY)[anna.pk].count_on(TODAY) == 3


def test_a_limit_above_the_law_is_refused(as_maria, anna):
    url = page(anna, "umowy", contract_of(anna).pk)
    for number in ("0", "16"):
        response = submit_form(as_maria, url, family_limit=number, why="aneks")
        assert "Podaj liczbę od 1 do 15" in response_text(response)


def test_it_is_not_pulled_from_under_an_assigned_family(as_maria, anna, kowalscy):
    row, day = (
        contract_of(anna),
        kowalscy.periods.get().assignments.filter(assistant=anna).earliest("starts_on").starts_on,
    )
    response = submit_form(as_maria, page(anna, "umowy", row.pk, "usun"), why="pomyłka")
    assert response.status_code == 422
    assert f"{day:%d.%m.%Y} (przydzielenie rodziny)" in response_text(response)
    later = submit_form(as_maria, page(anna, "umowy", row.pk), starts_on=f"{TODAY:%d.%m.%Y}", why="pomyłka")
    assert later.status_code == 422 and contract_of(anna).starts_on == row.starts_on


def test_one_entered_by_mistake_is_removed_and_stays_in_the_history(as_maria, anna):
    row = contract_of(anna)
    assert submit_form(as_maria, page(anna, "umowy", row.pk, "usun"), why="inna osoba").status_code == 302
    assert not Contract.objects.filter(user=anna).exists()
    assert Contract.history.filter(id=row.pk).latest().history_change_reason == (
        "Wpisano przez pomyłkę: inna osoba"
    )


def test_after_a_break_in_employment_the_checks_are_asked_for_anew(anna, maria):
    row = contract_of(anna)
    values = Contract(form=row.form, fraction=1, starts_on=row.starts_on, ends_on=date(2024, 12, 31))
    correct_contract(contract=row, values=values, why="koniec", version=None, by=maria)
    record_contract(
        user=anna, contract=Contract(form="employment", fraction=1, starts_on=date(2025, 1, 1)), by=maria
    )
    assert "offenders_register" in confirmed_points(anna.pk)  # no break
    last = Contract.objects.get(user=anna, starts_on=date(2025, 1, 1))
    values = Contract(form="employment", fraction=1, starts_on=last.starts_on, ends_on=date(2025, 6, 30))
    correct_contract(contract=last, values=values, why="koniec", version=None, by=maria)
    record_contract(
        user=anna, contract=Contract(form="employment", fraction=1, starts_on=date(2026, 9, 1)), by=maria
    )
    assert confirmed_points(anna.pk) == {
        "contract", "qualifications", "data_authorisation", "secrecy_pledge",
    }  # fmt: skip

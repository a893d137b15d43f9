"""Symbols of the filing plan (JRWA) and their counters."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from lubsko_ops.centre.dictionaries.actions import remove_entry
from lubsko_ops.centre.dictionaries.filing import change_symbol, family_work_symbol, set_counter, take_number
from lubsko_ops.centre.models import FilingSymbol, SymbolCounter
from lubsko_ops.centre.settings_pages import SETUP_STEPS
from lubsko_ops.core.actions import action
from tests.factories import TODAY
from tests.form_client import response_text, submit_form
from tests.lubsko_ops.centre.dictionaries.helpers import make_symbol
from tests.page import Page
from tests.statement_counts import page_statements


@action
def take(symbol, *, year=2026, by) -> int:
    return take_number(symbol, year=year, by=by)


def counter_of(symbol, year=2026) -> SymbolCounter:
    return SymbolCounter.objects.get(symbol=symbol, year=year)


def test_a_new_installation_has_no_symbol_and_the_page_says_what_follows(client, maria):
    client.force_login(maria)
    assert "nowe sprawy nie dostają znaku" in Page(client.get(reverse("filing-symbols"))).text
    assert not SETUP_STEPS["filing"].get_state(maria, TODAY).done


def test_a_symbol_is_added_and_used_for_the_work_with_families(client, maria):
    client.force_login(maria)
    values = {"unit": "ABC.DS", "symbol": "1234", "title": "Asysta", "category": "be 10", "year_from": "2026"}
    assert submit_form(client, reverse("filing-symbol-add"), **values).status_code == 302
    symbol = family_work_symbol(2026)
    assert (str(symbol), symbol.category, symbol.reference(12, 2026)) == (
        "ABC.DS.1234",
        "BE10",
        "ABC.DS.1234.12.2026",
    )
    assert family_work_symbol(2025) is None
    assert SETUP_STEPS["filing"].get_state(maria, TODAY).done


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("unit", "1 DS", "Znak komórki to litery i cyfry"),
        ("symbol", "51a", "Symbol to od dwóch do sześciu cyfr"),
        ("symbol", "\u0661\u0662\u0663\u0664", "Symbol to od dwóch do sześciu cyfr"),
        ("category", "C7", "Kategoria to A, B albo BE"),
        ("year_to", "2019", "Ostatni rok nie może poprzedzać pierwszego."),
    ],
)
def test_a_wrong_form_is_refused_in_a_sentence(client, maria, field, typed, sentence):
    client.force_login(maria)
    values = {"unit": "ABC", "symbol": "1234", "title": "Asysta", "category": "B10", "year_from": "2020"}
    response = submit_form(client, reverse("filing-symbol-add"), **values | {field: typed})
    assert response.status_code == 422
    assert sentence in response_text(response)
    assert not FilingSymbol.objects.exists()


def test_one_symbol_serves_the_work_with_families_in_a_year(maria):
    old = make_symbol(by=maria)
    with pytest.raises(ValidationError, match="Do tego celu inny symbol"):
        make_symbol(by=maria, symbol="4321", year_from=2027)
    data = FilingSymbol(**old.entered_values() | {"year_to": 2026})
    change_symbol(symbol=old, data=data, version=None, by=maria)
    new = make_symbol(by=maria, symbol="4321", year_from=2027)
    assert [family_work_symbol(year) for year in (2026, 2027)] == [old, new]


def test_the_same_symbol_of_the_same_unit_stands_once_in_a_year(maria):
    make_symbol(by=maria)
    with pytest.raises(ValidationError, match="już w słowniku w tych latach"):
        make_symbol(by=maria, purpose="", year_from=2026)
    make_symbol(by=maria, purpose="", unit="XYZ")


def test_a_year_in_which_numbers_were_given_cannot_fall_out(client, maria):
    symbol = make_symbol(by=maria)
    take(symbol, by=maria)
    client.force_login(maria)
    response = submit_form(client, reverse("filing-symbol-change", args=[symbol.pk]), year_to="2025")
    assert "W roku 2026 nadano już numery z tego symbolu." in response_text(response)
    with pytest.raises(ValidationError, match="już korzystano"):
        remove_entry(entry=symbol, why="pomyłka", version=None, by=maria)


def test_numbers_follow_the_last_one_of_the_paper_list(client, maria):
    symbol = make_symbol(by=maria)
    client.force_login(maria)
    url = reverse("symbol-counter", args=[symbol.pk, 2026])
    response = submit_form(client, url, last="17")
    assert response.status_code == 302
    assert [take(symbol, by=maria) for _ in range(2)] == [18, 19]
    assert take(symbol, year=2025, by=maria) == 1
    assert "ostatni numer 19" in Page(client.get(reverse("filing-symbols"))).text


def test_a_counter_never_goes_below_what_was_given(client, maria):
    symbol = make_symbol(by=maria)
    set_counter(symbol=symbol, year=2026, last=17, version=None, by=maria)
    set_counter(symbol=symbol, year=2026, last=5, version=None, by=maria)  # typed wrong, nothing given yet
    take(symbol, by=maria)
    client.force_login(maria)
    response = submit_form(client, reverse("symbol-counter", args=[symbol.pk, 2026]), last="5")
    assert response.status_code == 422
    assert "W aplikacji nadano już numer 6." in response_text(response)
    assert counter_of(symbol).last == 6


def test_a_number_of_an_action_that_failed_is_given_again(maria):
    symbol = make_symbol(by=maria)

    @action
    def fail():
        take_number(symbol, year=2026, by=maria)
        raise ValidationError("nie")

    assert take(symbol, by=maria) == 1
    with pytest.raises(ValidationError):
        fail()
    assert take(symbol, by=maria) == 2


def test_a_symbol_numbered_elsewhere_has_no_counter(client, maria):
    symbol = make_symbol(by=maria, numbered_elsewhere=True)
    client.force_login(maria)
    assert client.get(reverse("symbol-counter", args=[symbol.pk, 2026])).status_code == 404
    assert "numery nadajecie poza aplikacją" in Page(client.get(reverse("filing-symbols"))).text
    with pytest.raises(ValidationError, match="poza aplikacją"):
        set_counter(symbol=symbol, year=2026, last=1, version=None, by=maria)


@pytest.mark.parametrize("year", [2019, 2101])
def test_there_is_no_counter_of_a_year_without_the_symbol(client, maria, year):
    symbol = make_symbol(by=maria)
    client.force_login(maria)
    assert client.get(reverse("symbol-counter", args=[symbol.pk, year])).status_code == 404


def test_the_list_costs_the_same_for_any_number_of_symbols(client, maria):
    client.force_login(maria)
    make_symbol(by=maria)
    few = page_statements(client, reverse("filing-symbols"))
    for number in range(10, 30):
        make_symbol(by=maria, symbol=f"12{number}", purpose="")
    assert len(page_statements(client, reverse("filing-symbols"))) == len(few) <= 8

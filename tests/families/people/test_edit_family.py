"""Dane rodziny: name, category and problems, each from a day."""

from datetime import date

import pytest

from families.choices import Category
from families.people.actions import set_category, set_problems, update_family
from families.people.models import FamilyCategory, FamilyProblem
from tests.factories import OPENED_ON, TODAY
from tests.families.people.helpers import last_change, page_url
from tests.form_client import form_data, submit_form
from tests.page import page_text


@pytest.fixture
def edit(kowalscy):
    return page_url(kowalscy, "family-edit")


def days(model, family, name):
    return list(
        model.objects.filter(family=family)
        .order_by("starts_on", name)
        .values_list(name, "starts_on", "ends_on")
    )


def test_it_works(as_anna, kowalscy, edit):
    response = submit_form(
        as_anna, edit, name="Kowalscy-Nowakowie", category="passing", problems=["alcohol"], since="01.10.2026"
    )
    text = page_text(as_anna.get(response.url))
    assert "Zapisano dane rodziny Kowalscy-Nowakowie." in text
    kowalscy.refresh_from_db()
    assert kowalscy.name == "Kowalscy-Nowakowie"
    eve, first = date(2026, 9, 30), date(2026, 10, 1)
    assert days(FamilyCategory, kowalscy, "category") == [
        (Category.AT_RISK, OPENED_ON, eve),
        (Category.PASSING, first, None),
    ]
    assert days(FamilyProblem, kowalscy, "problem") == [("poverty", OPENED_ON, eve), ("alcohol", first, None)]
    assert last_change(kowalscy) == ("anna", "Zmiana danych rodziny")


def test_what_stays_the_same_is_not_written_again(as_anna, kowalscy, edit):
    submit_form(as_anna, edit, name="Kowalscy z Długiej")
    assert kowalscy.categories.get().version == kowalscy.problems.get().version == 1


def test_a_category_may_be_changed_but_not_taken_away(as_anna, edit):
    assert "jeszcze nie ustalono" not in page_text(as_anna.get(edit))
    response = submit_form(as_anna, edit, category="")
    assert response.status_code == 302, "an empty choice changes nothing"


def test_what_is_entered_late_finds_its_place_in_the_past(kowalscy, maria):
    set_category(family=kowalscy, category=Category.PASSING, on=date(2026, 9, 1), by=maria)
    set_category(family=kowalscy, category=Category.CHILDREN_IN_CARE, on=date(2026, 5, 1), by=maria)
    assert [row[1:] for row in days(FamilyCategory, kowalscy, "category")] == [
        (OPENED_ON, date(2026, 4, 30)),
        (date(2026, 5, 1), date(2026, 8, 31)),
        (date(2026, 9, 1), None),
    ]
    set_problems(family=kowalscy, problems=["poverty"], on=date(2026, 1, 1), by=maria)
    first = days(FamilyProblem, kowalscy, "problem")[0]
    assert first == ("poverty", date(2026, 1, 1), date(2026, 3, 1)), (
        "up to the day it was already recorded from"
    )


@pytest.mark.parametrize(
    "wrong,sentence",
    [({"name": " "}, "Wpisz nazwę rodziny."), ({"since": "14.10.2026"}, "Ten dzień jeszcze nie nadszedł.")],
)
def test_bad_input_gets_a_sentence(as_anna, kowalscy, edit, wrong, sentence):
    response = submit_form(as_anna, edit, **({"problems": ["alcohol"]} | wrong))
    assert response.status_code == 422 and page_text(response).count(sentence) == 2
    assert list(kowalscy.problems.values_list("problem", flat=True)) == ["poverty"]


def test_a_stale_version_is_refused_also_for_problems(as_anna, kowalscy, edit, maria):
    data = form_data(as_anna, edit, problems=["drugs"])
    update_family(
        family=kowalscy,
        name="Kowalscy",
        category="",
        problems=["alcohol"],
        since=TODAY,
        version=kowalscy.version,
        by=maria,
    )
    response = as_anna.post(edit, data)
    assert response.status_code == 409
    assert "Problemy alkoholizm narkomania" in page_text(response)
    assert set(kowalscy.problems.filter(ends_on=None).values_list("problem", flat=True)) == {"alcohol"}


@pytest.mark.parametrize("who,status", [("ewa", 404), ("jan", 404), ("tomasz", 200), ("maria", 200)])
def test_who_may(client, request, edit, who, status):
    client.force_login(request.getfixturevalue(who))
    assert client.get(edit).status_code == status


def test_the_same_form_twice_is_one_change(as_anna, kowalscy, edit):
    data = form_data(as_anna, edit, name="Inni")
    assert as_anna.post(edit, data).url == as_anna.post(edit, data).url
    assert kowalscy.history.count() == 2

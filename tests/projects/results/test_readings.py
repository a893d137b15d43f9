"""Readings: entered of one day for all typed goals, corrected and removed with the reason."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from projects.models import Edition, IndicatorReading, SpecificGoal
from projects.results.actions import (
    NO_SOURCE,
    READ_THAT_DAY,
    correct_reading,
    record_results,
    remove_reading,
)
from tests.factories import TODAY
from tests.form_client import response_text, submit_form
from tests.page import page_text
from tests.projects.helpers import enter_results, make_draft
from tests.projects.results.helpers import DAY, compute, goal_of, read, url


def text_of(response) -> str:
    return " ".join(page_text(response).replace("\xa0", " ").split())


def reached(edition, position=1, **fields) -> dict[str, str]:
    """What is typed for one goal."""
    pk = goal_of(edition, position).pk
    return {f"reached_{pk}": "9", f"source_{pk}": "listy obecności"} | fields


def data(row, **values) -> IndicatorReading:
    given = {"day": row.day, "value": row.value, "source": row.source} | values
    return IndicatorReading(goal_id=row.goal_id, **given)


# ---- entered -----------------------------------------------------------------------------------------
def test_readings_of_one_day(as_tomasz, edition):
    fields = reached(edition) | reached(edition, 2, **{f"reached_{goal_of(edition, 2).pk}": "7,5"})
    response = submit_form(as_tomasz, url(edition, "results"), day="08.10.2026", **fields)
    assert response["Location"] == url(edition)
    rows = IndicatorReading.objects.order_by("goal__position").values_list("value", "day", "source")
    assert list(rows) == [(9, DAY, "listy obecności"), (Decimal("7.5"), DAY, "listy obecności")]


def test_the_form_says_what_was_and_shall_be(as_tomasz, tomasz, edition):
    read(edition, tomasz)
    text = text_of(as_tomasz.get(url(edition, "results")))
    assert "było 0, cel 10 osób; ostatnio 9, 08.10.2026" in text


def test_a_second_reading_of_a_day_corrects_the_first(as_tomasz, tomasz, edition):
    first = read(edition, tomasz)
    submit_form(as_tomasz, url(edition, "results"), day="08.10.2026", **reached(edition))
    assert IndicatorReading.objects.get().version == first.version
    changed = reached(edition, **{f"source_{goal_of(edition).pk}": "ankieta"})
    submit_form(as_tomasz, url(edition, "results"), day="08.10.2026", **changed)
    assert IndicatorReading.objects.get().source == "ankieta"


@pytest.mark.parametrize(
    ("day", "fields", "field", "sentence"),
    [
        ("14.10.2026", {}, "day", "jeszcze nie nadszedł"),
        ("30.09.2026", {}, "day", "Projekt zaczął się 01.10.2026, a pomiar jest wcześniejszy."),
        ("", {}, "day", "Wpisz datę."),
        ("08.10.2026", {"source": ""}, "source", NO_SOURCE),
        ("08.10.2026", {"source": "   "}, "source", NO_SOURCE),
        ("08.10.2026", {"reached": "-1"}, "reached", "0"),
        ("08.10.2026", {"reached": "dużo"}, "reached", "Wpisz liczbę"),
        ("08.10.2026", {"reached": "NaN"}, "reached", "Wpisz liczbę"),
        ("08.10.2026", {"reached": "123456789012"}, "reached", "cyfr"),
    ],
)
def test_bad_input_is_refused_beside_the_right_field(as_tomasz, edition, day, fields, field, sentence):
    pk = goal_of(edition).pk
    typed = reached(edition) | {f"{name}_{pk}": value for name, value in fields.items()}
    response = submit_form(as_tomasz, url(edition, "results"), day=day, **typed)
    errors = response.context["form"].errors
    assert response.status_code == 422 and sentence in str(
        errors[field if field == "day" else f"{field}_{pk}"]
    )
    assert not IndicatorReading.objects.exists()


def test_a_computed_goal_has_no_field_and_refuses_a_value(as_tomasz, tomasz, edition):
    compute(edition, tomasz, "uczestnicy")
    page = response_text(as_tomasz.get(url(edition, "results")))
    assert f"reached_{goal_of(edition).pk}" not in page and "cel 1" in page
    submit_form(as_tomasz, url(edition, "results"), **reached(edition))
    assert not IndicatorReading.objects.exists()
    with pytest.raises(ValidationError, match="liczy program"):
        read(edition, tomasz)


def test_nothing_to_type(as_tomasz, tomasz, edition):
    for position in (1, 2):
        compute(edition, tomasz, "uczestnicy", position=position)
    assert "Wydatki" in page_text(as_tomasz.get(url(edition, "results")))
    edition.budgetlines.all()._raw_delete("default")
    response = as_tomasz.get(url(edition, "results"))
    assert response["Location"] == url(edition)


def test_a_goal_of_another_project(tomasz, edition):
    other = make_draft(tomasz, title="Inny")
    goal = goal_of(edition)
    SpecificGoal.objects.filter(pk=goal.pk).update(edition=other)
    row = IndicatorReading(goal=goal, day=DAY, value=Decimal(1), source="x")
    with pytest.raises(SpecificGoal.DoesNotExist):
        record_results(edition=edition, readings=[row], spent={}, version=None, by=tomasz)


# ---- corrected ---------------------------------------------------------------------------------------
def test_corrected_with_its_reason(as_tomasz, tomasz, edition):
    row = read(edition, tomasz)
    address = url(edition, "reading-correct", row.pk)
    response = submit_form(as_tomasz, address, value="8", day="07.10.2026", why="pomylona lista")
    assert response["Location"] == f"{url(edition)}#cel-{row.goal_id}"
    row.refresh_from_db()
    assert (row.value, row.day, row.source) == (8, date(2026, 10, 7), "listy obecności")
    history = text_of(as_tomasz.get(url(edition, "history")))
    assert "pomylona lista" in history and "pomiar wskaźnika" in history.lower()


def test_opened_and_saved_it_stays(as_tomasz, tomasz, edition):
    row = read(edition, tomasz, "1234.5")
    before = row.entered_values()
    submit_form(as_tomasz, url(edition, "reading-correct", row.pk), why="bez zmian")
    row.refresh_from_db()
    assert row.entered_values() == before


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"day": "05.10.2026"}, "day", READ_THAT_DAY),
        ({"day": "14.10.2026"}, "day", "jeszcze nie nadszedł"),
        ({"day": "30.09.2026"}, "day", "wcześniejszy"),
        ({"source": " "}, "source", NO_SOURCE),
        ({"value": ""}, "value", ""),
        ({"value": "-3"}, "value", "od zera"),
        ({"why": ""}, "why", "Napisz, dlaczego"),
    ],
)
def test_a_correction_that_is_none(as_tomasz, tomasz, edition, fields, field, sentence):
    read(edition, tomasz, day=date(2026, 10, 5))
    row = read(edition, tomasz)
    response = submit_form(
        as_tomasz, url(edition, "reading-correct", row.pk), **({"why": "pomyłka"} | fields)
    )
    assert response.status_code == 422 and sentence in str(response.context["form"].errors[field])
    row.refresh_from_db()
    assert (row.day, row.value) == (DAY, 9)


# ---- removed -----------------------------------------------------------------------------------------
def test_removed_with_its_reason(as_tomasz, tomasz, edition):
    row = read(edition, tomasz)
    address = url(edition, "reading-remove", row.pk)
    assert "9, listy obecności" in text_of(as_tomasz.get(address))
    submit_form(as_tomasz, address, why="inny projekt")
    assert not IndicatorReading.objects.exists()
    history = text_of(as_tomasz.get(url(edition, "history")))
    assert "Usunięcie pomiaru z 08.10.2026: inny projekt" in history
    assert as_tomasz.get(address).status_code == 404


# ---- who may, and when -------------------------------------------------------------------------------
def test_who_may_not(client, anna, jan, olga, tomasz, edition):
    row = read(edition, tomasz)
    for user, status in ((anna, 403), (jan, 403), (olga, 404)):
        client.force_login(user)
        for name in ("reading-correct", "reading-remove"):
            assert client.get(url(edition, name, row.pk)).status_code == status, (user, name)
        assert client.get(url(edition, "results")).status_code == status
    for act in (
        lambda: correct_reading(reading=row, data=data(row), why="x", version=None, by=anna),
        lambda: remove_reading(reading=row, why="x", version=None, by=anna),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_a_reading_of_another_project(as_tomasz, tomasz, edition):
    row, other = read(edition, tomasz), make_draft(tomasz, title="Inny")
    for name in ("reading-correct", "reading-remove"):
        assert as_tomasz.get(url(other, name, row.pk)).status_code == 404


def test_a_settled_project_stays(as_tomasz, tomasz, edition):
    enter_results(edition, tomasz)
    row = IndicatorReading.objects.filter(day=TODAY).first()
    Edition.objects.filter(pk=edition.pk).update(state="settled", ends_on=TODAY)
    for name in ("reading-correct", "reading-remove"):
        assert as_tomasz.get(url(edition, name, row.pk)).status_code == 302
    for act in (
        lambda: correct_reading(reading=row, data=data(row, value=1), why="x", version=None, by=tomasz),
        lambda: remove_reading(reading=row, why="x", version=None, by=tomasz),
        lambda: compute(edition, tomasz, "uczestnicy"),
    ):
        with pytest.raises(ValidationError, match="od rozpoczęcia projektu"):
            act()
    assert "Popraw" not in page_text(as_tomasz.get(url(edition)))

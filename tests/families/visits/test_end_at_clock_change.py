"""The end of a visit in the nights when the clocks change is checked as its start is."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError

from families.visits.actions import log_visit
from families.visits.models import Visit
from lubsko_ops.core import clock
from tests.families.visits.helpers import (
    initial_form_data,
    new_visit_url,
    submit_visit,
    visit_data,
    visit_url,
)
from tests.form_client import parse_form, response_text

BACK, FORWARD = date(2026, 10, 25), date(2026, 3, 29)
EVENING = {"day": "25.10.2026", "starts_at": "01:30", "ends_at": "02:30"}


@pytest.fixture
def as_anna(client, anna):
    client.force_login(anna)
    return client


@pytest.fixture(autouse=True)
def later():
    with clock.freeze_time(datetime(2026, 10, 25, 9, tzinfo=UTC)):
        yield


def test_a_skipped_hour_is_refused(kowalscy, anna):
    data = visit_data(FORWARD, "01:30", "02:30")
    with pytest.raises(ValidationError) as refusal:
        log_visit(period=kowalscy.periods.get(), data=data, by=anna)
    assert refusal.value.message_dict["ends_at"] == [
        "Tej nocy zegar przeskoczył o godzinę i 02:30 nie było. Popraw godzinę."
    ]


def test_after_midnight_the_hour_of_the_next_day_counts(kowalscy, anna):
    data = visit_data(date(2026, 3, 28), "23:30", "02:30")
    with pytest.raises(ValidationError, match="02:30 nie było"):
        log_visit(period=kowalscy.periods.get(), data=data, by=anna)


def test_a_repeated_hour_is_asked_for(as_anna, kowalscy):
    asked = submit_visit(as_anna, kowalscy, **EVENING)
    words = response_text(asked)
    assert asked.status_code == 422 and "Tej nocy godzina 02:30 wypada dwa razy." in words
    assert "Koniec: która godzina 02:30" in words and "Początek: która godzina" not in words


@pytest.mark.parametrize(("which", "minutes"), [("first", 60), ("second", 120)])
def test_the_answer_gives_the_length(as_anna, kowalscy, which, minutes):
    data = parse_form(submit_visit(as_anna, kowalscy, **EVENING).content.decode())
    asked = as_anna.post(new_visit_url(kowalscy), data | {"second_end": [which]})  # it is night
    assert as_anna.post(new_visit_url(kowalscy), parse_form(asked.content.decode())).status_code == 302
    visit = Visit.objects.get()
    assert visit.minutes == minutes
    edit = parse_form(as_anna.get(visit_url(visit, "visit-edit")).content.decode())
    assert edit["second_end"] == [which], "a correction has the answer"


@pytest.mark.parametrize(
    ("start", "end", "fold", "end_fold", "minutes"),
    [
        ("02:15", "02:45", False, False, 30),
        ("02:15", "02:45", False, True, 90),
        ("02:15", "02:45", True, None, 30),  # only the second end follows the start
        ("02:45", "02:15", False, None, 30),
        ("02:30", "02:30", False, True, 60),
        ("02:30", "03:30", True, None, 60),
    ],
)
def test_within_the_repeated_hour(start, end, fold, end_fold, minutes):
    assert visit_data(BACK, start, end, fold=fold, end_fold=end_fold).minutes == minutes


def test_another_day_is_not_asked(as_anna, kowalscy):
    fields = initial_form_data(as_anna, kowalscy)
    assert not {"second_hour", "second_end"} & set(fields)

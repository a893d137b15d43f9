"""Polish working days and holidays."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from lubsko_ops.core.dates import add_working_days, holiday_name, is_working_day, working_days_between

days = st.dates(date(1995, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 1, 1), "Nowy Rok"),
        (date(2026, 1, 6), "Święto Trzech Króli"),
        (date(2026, 4, 6), "Poniedziałek Wielkanocny"),
        (date(2026, 5, 1), "Święto Państwowe"),
        (date(2026, 6, 4), "Dzień Bożego Ciała"),
        (date(2027, 5, 27), "Dzień Bożego Ciała"),
        (date(2026, 11, 11), "Narodowe Święto Niepodległości"),
        (date(2024, 12, 24), ""),
        (date(2025, 12, 24), "Wigilia Bożego Narodzenia"),
        (date(2026, 12, 24), "Wigilia Bożego Narodzenia"),
        (date(2010, 1, 6), ""),
        (date(2011, 1, 6), "Święto Trzech Króli"),
        (date(2026, 10, 13), ""),
    ],
)
def test_holidays_have_polish_names_and_dates_of_force(day, name):
    assert holiday_name(day) == name


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2026, 10, 9), True),  # Friday
        (date(2026, 10, 10), False),  # Saturday
        (date(2026, 10, 11), False),  # Sunday
        (date(2026, 10, 12), True),  # Monday
        (date(2024, 12, 24), True),  # Tuesday, still a working day
        (date(2025, 12, 24), False),  # Wednesday, the first free one
        (date(2026, 6, 4), False),  # Corpus Christi, a Thursday
        (date(2026, 6, 5), True),  # the Friday after it
    ],
)
def test_a_working_day_is_a_weekday_without_a_holiday(day, working):
    assert is_working_day(day) is working


@pytest.mark.parametrize(
    ("day", "number", "expected"),
    [
        (date(2026, 10, 7), 4, date(2026, 10, 13)),  # over a weekend
        (date(2026, 10, 9), 1, date(2026, 10, 12)),  # Friday to Monday
        (date(2026, 10, 10), 1, date(2026, 10, 12)),  # a Saturday starts nothing
        (date(2025, 12, 23), 1, date(2025, 12, 29)),  # Christmas Eve, Christmas, weekend
        (date(2024, 12, 23), 1, date(2024, 12, 24)),  # a year earlier the Eve still worked
        (date(2026, 10, 13), 14, date(2026, 11, 2)),  # 1 November is a Sunday
        (date(2026, 10, 10), 0, date(2026, 10, 10)),
        (date(2026, 10, 12), -1, date(2026, 10, 9)),
    ],
)
def test_a_term_leaves_out_the_day_of_the_event(day, number, expected):
    assert add_working_days(day, number) == expected


@pytest.mark.parametrize(
    ("start", "end", "number"),
    [
        (date(2026, 10, 7), date(2026, 10, 13), 4),  # as the kierownik's queue says it
        (date(2026, 10, 9), date(2026, 10, 13), 2),
        (date(2026, 10, 13), date(2026, 10, 13), 0),
        (date(2026, 10, 9), date(2026, 10, 11), 0),
        (date(2026, 10, 10), date(2026, 10, 12), 1),
        (date(2026, 10, 13), date(2026, 10, 7), -4),
    ],
)
def test_the_start_does_not_count_and_the_end_does(start, end, number):
    assert working_days_between(start, end) == number


@given(days, st.integers(1, 40))
@example(date(2025, 12, 23), 1)
@example(date(2026, 4, 3), 1)
def test_the_nth_working_day_is_the_first_that_gives_n(day, number):
    end = add_working_days(day, number)
    assert is_working_day(end)
    assert working_days_between(day, end) == number
    assert working_days_between(day, end - timedelta(days=1)) == number - 1


@given(days, days, days)
def test_working_days_add_up(first, second, third):
    assume(abs((third - first).days) < 4000)
    first, second, third = sorted([first, second, third])
    assert working_days_between(first, second) + working_days_between(second, third) == working_days_between(
        first, third
    )

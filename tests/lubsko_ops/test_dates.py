"""Months, ages and periods, mostly edge cases."""

import pickle
from datetime import date, timedelta
from itertools import islice

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lubsko_ops.core.dates import (
    HalfYear,
    Month,
    Period,
    Quarter,
    Year,
    add_months,
    age_on,
    half_years_from,
)

days = st.dates(date(1930, 1, 1), date(2090, 12, 31))
kinds = st.sampled_from([Month, Quarter, HalfYear, Year])


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2025, 8, 31), 6, date(2026, 2, 28)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2025, 8, 28), 6, date(2026, 2, 28)),
        (date(2026, 3, 31), 1, date(2026, 4, 30)),
        (date(2026, 12, 31), 6, date(2027, 6, 30)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2024, 2, 29), -12, date(2023, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2026, 5, 1), 0, date(2026, 5, 1)),
    ],
)
def test_adding_months_clips_to_the_end_of_a_shorter_month(day, months, expected):
    assert add_months(day, months) == expected


@given(days, st.integers(-600, 600))
@example(date(2024, 2, 29), 12)
def test_added_months_are_exact_and_the_day_never_later(day, months):
    later = add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)


def test_adding_months_beyond_the_calendar_overflows():
    with pytest.raises(OverflowError):
        add_months(date.max, 1)


@pytest.mark.parametrize(
    ("start", "chain"),
    [
        (date(2025, 8, 31), [date(2026, 2, 28), date(2026, 8, 31), date(2027, 2, 28), date(2027, 8, 31)]),
        (date(2024, 2, 29), [date(2024, 8, 29), date(2025, 2, 28), date(2025, 8, 29), date(2026, 2, 28)]),
        (date(2026, 12, 31), [date(2027, 6, 30), date(2027, 12, 31), date(2028, 6, 30), date(2028, 12, 31)]),
    ],
)
def test_half_years_do_not_drift(start, chain):
    assert list(islice(half_years_from(start), 4)) == chain


def test_half_years_end_with_the_calendar():
    assert list(half_years_from(date(9998, 12, 31))) == [date(9999, 6, 30), date(9999, 12, 31)]


@pytest.mark.parametrize(
    ("born_on", "day", "age"),
    [
        (date(2008, 6, 16), date(2026, 6, 15), 17),
        (date(2008, 6, 16), date(2026, 6, 16), 18),
        (date(2008, 2, 29), date(2026, 2, 27), 17),
        (date(2008, 2, 29), date(2026, 2, 28), 18),
        (date(2008, 2, 29), date(2028, 2, 28), 19),
        (date(2008, 2, 29), date(2028, 2, 29), 20),
        (date(2026, 5, 1), date(2026, 5, 1), 0),
        (date(2025, 12, 31), date(2026, 12, 30), 0),
        (date(2025, 12, 31), date(2026, 12, 31), 1),
    ],
)
def test_age_increases_on_the_birthday(born_on, day, age):
    assert age_on(born_on, day) == age


def test_age_before_birth_is_an_error():
    with pytest.raises(ValueError, match="Not yet born"):
        age_on(date(2026, 5, 2), date(2026, 5, 1))


def test_period_includes_both_ends():
    may = Period(date(2026, 5, 1), date(2026, 5, 31))
    assert date(2026, 5, 1) in may and date(2026, 5, 31) in may
    assert date(2026, 4, 30) not in may and date(2026, 6, 1) not in may
    assert may.days == 31 == len(list(may.each_day()))


def test_shortest_period_is_one_day():
    one = Period(date(2026, 5, 1), date(2026, 5, 1))
    assert one.days == 1 and one.name == "01.05.2026"
    with pytest.raises(ValueError, match="before it starts"):
        Period(date(2026, 5, 2), date(2026, 5, 1))


def test_periods_that_share_one_day_overlap():
    may = Period(date(2026, 5, 1), date(2026, 5, 31))
    assert may.overlaps(Period(date(2026, 5, 31), date(2026, 6, 2)))
    assert not may.overlaps(Period(date(2026, 6, 1), date(2026, 6, 2)))


def test_intersection_is_the_common_days():
    may = Period(date(2026, 5, 1), date(2026, 5, 31))
    assert may.intersection(date(2026, 1, 1), None) == may
    assert may.intersection(date(2026, 5, 31), None) == Period(date(2026, 5, 31), date(2026, 5, 31))
    assert may.intersection(date(2026, 1, 1), date(2026, 5, 1)) == Period(date(2026, 5, 1), date(2026, 5, 1))
    assert may.intersection(date(2026, 6, 1), None) is None
    assert may.intersection(date(2026, 1, 1), date(2026, 4, 30)) is None


@pytest.mark.parametrize(
    ("period", "start", "end", "name"),
    [
        (Month(2028, 2), date(2028, 2, 1), date(2028, 2, 29), "luty 2028 r."),
        (Month(2026, 10), date(2026, 10, 1), date(2026, 10, 31), "październik 2026 r."),
        (Quarter(2026, 1), date(2026, 1, 1), date(2026, 3, 31), "I kwartał 2026 r."),
        (Quarter(2026, 3), date(2026, 7, 1), date(2026, 9, 30), "III kwartał 2026 r."),
        (Quarter(2026, 4), date(2026, 10, 1), date(2026, 12, 31), "IV kwartał 2026 r."),
        (HalfYear(2026, 1), date(2026, 1, 1), date(2026, 6, 30), "I półrocze 2026 r."),
        (HalfYear(2026, 2), date(2026, 7, 1), date(2026, 12, 31), "II półrocze 2026 r."),
        (Year(2026), date(2026, 1, 1), date(2026, 12, 31), "rok 2026"),
    ],
)
def test_calendar_periods_have_days_and_polish_names(period, start, end, name):
    assert (period.start, period.end, period.name) == (start, end, name)
    assert type(period).of(start) == type(period).of(end) == period


def test_there_is_no_fifth_quarter():
    with pytest.raises(ValueError, match="no such quarter"):
        Quarter(2026, 5)
    with pytest.raises(ValueError, match="no such halfyear"):
        HalfYear(2026, 0)


def test_previous_and_earlier_periods():
    third = Quarter(2026, 3)
    assert third.previous == Quarter(2026, 2)
    assert Quarter(2026, 1).previous == Quarter(2025, 4)
    assert third.year_earlier == Quarter(2025, 3)
    assert third.year_to_date == Period(date(2026, 1, 1), date(2026, 9, 30))
    assert Period(date(2026, 5, 11), date(2026, 5, 17)).previous == Period(
        date(2026, 5, 4), date(2026, 5, 10)
    )
    assert Period(date(2024, 2, 29), date(2024, 3, 1)).year_earlier.name == "28.02.2023–01.03.2023"


def test_a_quarter_differs_from_other_three_months():
    assert Quarter(2026, 1) != Period(date(2026, 1, 1), date(2026, 3, 31))
    assert {Quarter(2026, 1): "report"}[Quarter(2026, 1)] == "report"
    assert pickle.loads(pickle.dumps(Quarter(2026, 1))) == Quarter(2026, 1)
    assert repr(Quarter(2026, 1)) == "Quarter(2026, 1)"


def test_a_period_is_split_into_calendar_periods():
    winter = Period(date(2025, 12, 31), date(2026, 4, 1))
    assert list(winter.split_by(Quarter)) == [Quarter(2025, 4), Quarter(2026, 1), Quarter(2026, 2)]
    assert list(Year(2026).split_by(HalfYear)) == [HalfYear(2026, 1), HalfYear(2026, 2)]
    assert len(list(Year(2026).split_by(Month))) == 12


@given(days, kinds)
@example(date(2024, 2, 29), Month)
@example(date(2026, 12, 31), Quarter)
def test_calendar_periods_are_contiguous(day, kind):
    period = kind.of(day)
    assert day in period
    assert period.previous.end + timedelta(days=1) == period.start
    assert period.following.previous == period
    assert sum(part.days for part in Year(day.year).split_by(kind)) == Year(day.year).days

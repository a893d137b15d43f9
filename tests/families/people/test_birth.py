"""Exact and approximate dates of birth: age, limits, agreement, text."""

from datetime import date

import pytest

from families.people.birth import Birth
from families.people.identity import age_text

MAY_2015, YEAR_2015 = Birth.in_month(2015, 5), Birth.in_year(2015)
DAY_2015 = Birth(date(2015, 5, 31))


@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [
        (Birth(date(2008, 10, 13)), date(2026, 10, 12), 17),
        (Birth(date(2008, 10, 13)), date(2026, 10, 13), 18),
        (Birth(date(2008, 2, 29)), date(2026, 2, 27), 17),
        (Birth(date(2008, 2, 29)), date(2026, 2, 28), 18),
        (Birth(date(2008, 2, 29)), date(2028, 2, 28), 19),
        (Birth(date(2008, 2, 29)), date(2028, 2, 29), 20),
        (Birth.in_month(2008, 10), date(2026, 10, 30), 17),
        (Birth.in_month(2008, 10), date(2026, 10, 31), 18),
        (Birth.in_month(2006, 2), date(2024, 2, 28), 18),
        (Birth.in_year(2008), date(2026, 12, 30), 17),
        (Birth.in_year(2008), date(2026, 12, 31), 18),
        (Birth.in_year(2026), date(2026, 1, 1), 0),
        (Birth.in_year(2026), date(2025, 12, 31), None),
        (Birth(date(2026, 10, 13)), date(2026, 10, 12), None),
    ],
)
def test_age_is_counted_from_the_last_possible_day(birth, day, age):
    assert birth.age_on(day) == age


def test_age_in_words():
    day = date(2026, 10, 13)
    assert age_text(MAY_2015, day) == "11\u00a0lat"
    assert age_text(YEAR_2015, day) == "10\u00a0lat"
    assert age_text(Birth.in_year(2026), day) == "poniżej roku"
    assert age_text(None, day) == age_text(Birth.in_year(2027), day) == ""


@pytest.mark.parametrize(
    ("birth", "text"),
    [
        (Birth(date(2026, 10, 13)), "0 dni"),
        (Birth(date(2026, 10, 12)), "1 dzień"),
        (Birth(date(2026, 10, 11)), "2 dni"),
        (Birth(date(2026, 10, 7)), "6 dni"),
        (Birth(date(2026, 10, 6)), "1 tydzień"),
        (Birth(date(2026, 9, 20)), "3 tygodnie"),
        (Birth(date(2026, 9, 8)), "5 tygodni"),
        (Birth(date(2026, 8, 14)), "8 tygodni"),
        (Birth(date(2026, 8, 13)), "2 miesiące"),
        (Birth(date(2026, 5, 13)), "5 miesięcy"),
        (Birth(date(2025, 10, 14)), "11 miesięcy"),
        (Birth(date(2025, 10, 13)), "1 rok"),
        (Birth.in_month(2026, 10), "poniżej miesiąca"),
        (Birth.in_month(2026, 9), "poniżej miesiąca"),
        (Birth.in_month(2026, 8), "1 miesiąc"),
        (Birth.in_month(2026, 5), "4 miesiące"),
        (Birth.in_year(2026), "poniżej roku"),
    ],
)
def test_age_of_an_infant_in_words(birth, text):
    assert age_text(birth, date(2026, 10, 13)).replace("\u00a0", " ") == text


def test_days_months_and_years_agree_when_one_lies_in_the_other():
    assert YEAR_2015.includes(MAY_2015) and MAY_2015.includes(DAY_2015)
    assert not MAY_2015.includes(YEAR_2015) and MAY_2015.agrees_with(YEAR_2015)
    assert not MAY_2015.agrees_with(Birth.in_month(2015, 6))
    assert not DAY_2015.agrees_with(Birth(date(2015, 5, 30)))
    assert not YEAR_2015.agrees_with(Birth(date(2016, 1, 1)))


def test_texts():
    assert [str(each) for each in (DAY_2015, MAY_2015, YEAR_2015)] == [
        "31.05.2015",
        "maj 2015",
        "2015 (w przybliżeniu)",
    ]
    assert [each.as_typed for each in (DAY_2015, MAY_2015, YEAR_2015)] == ["31.05.2015", "05.2015", "2015"]

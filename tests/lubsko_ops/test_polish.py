"""Counting, numbers, days and prepositions in correct Polish."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lubsko_ops.core.polish import (
    NBSP,
    bind_provisions,
    count_of,
    distance,
    due_distance,
    format_minutes,
    join_list,
    long_date,
    number,
    plural_form,
    short_date,
    weekday_date,
    with_preposition,
)

FAMILY = "rodzina,rodziny,rodzin"
TODAY = date(2026, 10, 13)


def plain(text: str) -> str:
    return text.replace(NBSP, " ")


@pytest.mark.parametrize(
    ("numbers", "form"),
    [
        ([1, -1], "rodzina"),
        ([2, 3, 4, 22, 23, 24, 34, 102, 103, 104, 122, 1002, 1992, -2], "rodziny"),
        ([0, 5, 9, 10, 11, 12, 13, 14, 15, 19, 20, 21, 25, 31, 100, 101, 111, 112, 113, 114, 1000], "rodzin"),
        ([1012, 1001, 1011, 212, 213, 214, -12], "rodzin"),
    ],
)
def test_three_plural_forms(numbers, form):
    assert {n: plural_form(n, FAMILY) for n in numbers} == dict.fromkeys(numbers, form)


def test_number_and_noun_are_joined_by_a_hard_space():
    assert count_of(5, FAMILY) == "5\u00a0rodzin"
    assert count_of(1, "dziecko, dzieci, dzieci") == "1\u00a0dziecko"
    assert count_of(1234, FAMILY) == "1\u00a0234\u00a0rodziny"


def test_a_fraction_takes_the_genitive_singular():
    assert plain(count_of(1.5, "miesiąc,miesiące,miesięcy,miesiąca")) == "1,5 miesiąca"
    assert plain(count_of(Decimal("23.5"), "godzina,godziny,godzin")) == "23,5 godziny"
    assert plain(count_of(Decimal("2.00"), "miesiąc,miesiące,miesięcy,miesiąca")) == "2 miesiące"


def test_two_plural_forms_are_an_error():
    with pytest.raises(ValueError, match="three plural forms"):
        count_of(5, "rodzina,rodziny")


@pytest.mark.parametrize(
    ("n", "places", "text"),
    [
        (0, None, "0"),
        (999, None, "999"),
        (1000, None, "1 000"),
        (1840, None, "1 840"),
        (1234567, None, "1 234 567"),
        (23.5, None, "23,5"),
        (23.456, None, "23,46"),
        (23.0, None, "23"),
        (Decimal("1234.5"), 2, "1 234,50"),
        (7, 2, "7,00"),
        (2.675, 2, "2,68"),
        (0.5, 0, "1"),
        (-3, None, "−3"),
        (-0.001, None, "0"),
    ],
)
def test_numbers_have_a_comma_and_spaces_between_thousands(n, places, text):
    assert plain(number(n, places)) == text


@given(st.integers(-(10**9), 10**9))
def test_formatted_integer_can_be_parsed_back(n):
    assert int(number(n).replace(NBSP, "").replace("−", "-")) == n


@pytest.mark.parametrize(
    ("minutes", "text"),
    [
        (75, "1 godz. 15 min"),
        (60, "1 godz."),
        (45, "45 min"),
        (0, "0 min"),
        (59, "59 min"),
        (1500, "25 godz."),
    ],
)
def test_format_minutes(minutes, text):
    assert plain(format_minutes(minutes)) == text


def test_join_list():
    assert join_list([]) == ""
    assert join_list(["a"]) == "a"
    assert join_list(["a", "b"]) == "a i b"
    assert join_list(iter(["a", "b", "c"])) == "a, b i c"


def test_date_formats():
    assert short_date(date(2026, 6, 6)) == "06.06.2026"
    assert long_date(date(2026, 6, 16)) == "16 czerwca 2026 r."
    assert weekday_date(TODAY) == "Wtorek, 13 października 2026"
    assert [long_date(date(2026, month, 1)).split()[1] for month in (1, 2, 9, 12)] == [
        "stycznia",
        "lutego",
        "września",
        "grudnia",
    ]
    assert weekday_date(date(2026, 10, 18)).startswith("Niedziela, 18")


@pytest.mark.parametrize(
    ("days", "text"),
    [
        (-1, "wczoraj"),
        (0, "dziś"),
        (1, "jutro"),
        (2, "za 2 dni"),
        (9, "za 9 dni"),
        (60, "za 60 dni"),
        (61, "za 2 miesiące"),
        (79, "za 3 miesiące"),  # 31.12.2026
        (93, "za 3 miesiące"),  # 14.01.2027
        (112, "za 4 miesiące"),  # 02.02.2027
        (153, "za 5 miesięcy"),
        (700, "za 23 miesiące"),
        (731, "za 2 lata"),
        (1900, "za 5 lat"),
        (-2, "2 dni temu"),
        (-5, "5 dni temu"),
        (-60, "60 dni temu"),
        (-61, "2 miesiące temu"),
        (-800, "2 lata temu"),
    ],
)
def test_distance(days, text):
    assert plain(distance(TODAY + timedelta(days=days), TODAY)) == text


@pytest.mark.parametrize(
    ("days", "text"),
    [
        (-1, "po terminie 1 dzień"),
        (-4, "po terminie 4 dni"),
        (-61, "po terminie 2 miesiące"),
        (-160, "po terminie 5 miesięcy"),
        (0, "dziś"),
        (1, "jutro"),
        (9, "za 9 dni"),
        (79, "za 3 miesiące"),
    ],
)
def test_due_distance(days, text):
    assert plain(due_distance(TODAY + timedelta(days=days), TODAY)) == text


@given(st.integers(-4000, 4000))
def test_only_a_passed_deadline_is_overdue(days):
    text = due_distance(TODAY + timedelta(days=days), TODAY)
    assert text.startswith("po terminie ") == (days < 0)


@pytest.mark.parametrize(
    ("preposition", "words", "expected"),
    [
        ("w", "wtorek Wrocławiu Włoszech Francji Lwowie wrześniu", "we"),
        ("w", "środę czwartek Warszawie Lubsku Filipinach lutym Żarach oknie", "w"),
        ("z", "szkoły środy Świdnicy Szczecina stycznia wsi Lwowa Zbąszynia Zdzisławem mną wtorku", "ze"),
        ("z", "Zosią sierpnia Szymonem Żagania rzeki czwartku Anną Warszawy Hanną", "z"),
        ("do", "szkoły wsi", "do"),
    ],
)
def test_long_forms_of_prepositions(preposition, words, expected):
    assert [with_preposition(preposition, word) for word in words.split()] == [
        f"{expected} {word}" for word in words.split()
    ]


def test_a_capital_preposition_stays_capital():
    assert with_preposition("W", "wtorek") == "We wtorek"


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("z art. 15 ust. 1 pkt 13a ustawy", "z art.~15~ust.~1~pkt~13a ustawy"),
        ("art. 15 ust. 1 pkt 1 i 2 oraz ust. 3", "art.~15~ust.~1~pkt~1 i 2 oraz ust.~3"),
        ("Art. 11 ust. 1a, art. 109 i § 4", "Art.~11~ust.~1a, art.~109 i §~4"),
        ("art. 6 ust. 1 lit. c", "art.~6~ust.~1~lit.~c"),
        ("start. 15 osób, 3 punkty", "start. 15 osób, 3 punkty"),
    ],
)
def test_citation_of_an_act_stays_on_one_line(text, bound):
    assert bind_provisions(text).replace("\u00a0", "~") == bound

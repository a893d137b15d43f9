"""Diminutives of first names."""

import pytest

from lubsko_ops.core.diminutives import DIMINUTIVES, full_name_stems
from lubsko_ops.core.search_keys import stem

LINES = [line.split() for line in DIMINUTIVES.split("\n") if line]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("Kasia", "Katarzyna"),
        ("Kasi", "Katarzyna"),
        ("kasią", "Katarzyna"),
        ("Gosię", "Małgorzata"),
        ("Asi", "Joanna"),
        ("Tomkiem", "Tomasz"),
        ("Krzyśka", "Krzysztof"),
        ("Ola", "Aleksandra"),
        ("Oli", "Aleksandra"),
        ("Stasia", "Stanisław Stanisława"),
        ("Hania", "Anna Hanna"),
    ],
)
def test_a_diminutive_in_any_case_stands_for_the_full_name(typed, names):
    assert {stem(name) for name in names.split()} <= set(full_name_stems(stem(typed)))


@pytest.mark.parametrize("word", ["Katarzyna", "Kowalski", "Lubsko", "", "14a"])
def test_other_words_stand_for_themselves(word):
    assert full_name_stems(stem(word)) == ()


def test_every_name_of_the_list_is_written_once():
    names = [line[0] for line in LINES]
    assert len(names) == len(set(names))
    assert all(len(line) > 1 and len(line) == len(set(line)) for line in LINES)

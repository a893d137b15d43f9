"""Polish has a free order of words: days, span and hours say the same in any order."""

from itertools import permutations, product

import pytest

from sessions.schedule.schedule import Schedule
from sessions.sentences.reading import read_sentence
from tests.sessions.test_sentences import days_of, read

DAYS = (
    "w każdą sobotę",
    "w poniedziałki i czwartki",
    "co drugi wtorek",
    "w 1. i 3. piątek miesiąca",
    "w dni robocze",
)
SPANS = ("w marcu 2027", "od 8.03.2027 do 30.04.2027", "od 8 marca 2027 przez 6 tygodni")
HOURS = ("w godz. 16–18", "o 16:00 po 2 godziny")


@pytest.mark.parametrize(("days", "span", "hours"), list(product(DAYS, SPANS, HOURS)))
def test_the_order_of_words_changes_nothing(days, span, hours):
    expected = read(f"{days} {span} {hours}").meetings()
    assert {each.slot.text for each in expected} == {"16:00–18:00"}
    for parts in permutations((days, span, hours)):
        assert read(" ".join(parts)).meetings() == expected, parts


@pytest.mark.parametrize(("first", "second"), list(permutations(DAYS[:4], 2)))
def test_two_clauses_are_the_union_of_both_or_a_question(first, second):
    alone = [set(read(f"{days} {SPANS[1]}").meetings()) for days in (first, second)]
    for sentence in (
        f"{first} {SPANS[1]}; {second} {SPANS[1]}",
        f"{first} oraz {second} {SPANS[1]}",
        f"{SPANS[1]}: {first}, {second}",
    ):
        answer = read_sentence(sentence)
        if isinstance(answer, Schedule):
            assert set(answer.meetings()) == alone[0] | alone[1], days_of(answer)

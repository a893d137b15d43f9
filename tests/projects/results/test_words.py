"""The words of an indicator and how it stands to its target, for every unit."""

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from projects.indicators.rules import Indicator, Standing, unit_kind, unit_question
from projects.models import SpecificGoal

UNITS = ["osób", "%", "proc. obecnych", "punktów", "punktów procentowych", "godz.", "zł", "zeszytów", ""]
VALUES = st.none() | st.decimals("0", "9999.99", places=2)


def indicator(value, target, *, base=None, unit="osób") -> Indicator:
    numbers = [None if each is None else Decimal(str(each)) for each in (value, target, base)]
    goal = SpecificGoal(position=1, goal="Cel", unit=unit, target=numbers[1], base=numbers[2])
    return Indicator(goal, numbers[0])


@pytest.mark.parametrize(
    ("each", "words"),
    [
        (indicator(9, 10), "9 z 10, zabrakło 1"),
        (indicator(10, 10), "10 z 10"),
        (indicator(12, 10), "12 przy celu 10, o 2 więcej"),
        (indicator("0.5", 2, unit="godzin"), "0,5 przy celu 2, zabrakło 1,5"),
        (indicator("3.8", "3.4", unit="punktów"), "3,8 przy celu 3,4, o 0,4 więcej"),
        (indicator(3, 4, unit="średnia ocen"), "3 przy celu 4, zabrakło 1"),
        (indicator("-0.2", "0.5", unit="punktów"), "−0,2 przy celu 0,5, zabrakło 0,7"),
        (indicator(60, 80, unit="%"), "60 %, cel 80 %, zabrakło 20 punktów procentowych"),
        (indicator(79, 80, unit="% osób"), "79 %, cel 80 %, zabrakło 1 punktu procentowego"),
        (indicator("79.5", 80, unit="proc."), "79,5 %, cel 80 %, zabrakło 0,5 punktu procentowego"),
        (indicator(83, 80, unit="%"), "83 %, cel 80 %, o 3 punkty procentowe więcej"),
        (indicator(5, 10, unit="punktów procentowych"), "5 przy celu 10, zabrakło 5"),
        (indicator(6, 4, base=8, unit="kłótni"), "6 przy celu 4, o 2 za dużo"),
        (indicator(4, 4, base=8), "4 przy celu 4"),
        (indicator(3, 4, base=8), "3 przy celu 4, o 1 mniej"),
        (indicator(50, 40, base=80, unit="%"), "50 %, cel 40 %, o 10 punktów procentowych za dużo"),
        (indicator(9, None), "9"),
        (indicator(9, None, unit="%"), "9 %"),
        (indicator(None, 10), ""),
    ],
)
def test_words(each, words):
    assert each.words.replace("\xa0", " ") == words


@given(VALUES, VALUES, VALUES, st.sampled_from(UNITS))
@example(Decimal(0), Decimal(0), None, "osób")
def test_words_and_standing_agree(value, target, base, unit):
    """What is reached lacks nothing and is in no way too much; what is missed says by how much."""
    each = indicator(value, target, base=base, unit=unit)
    lacks = "zabrakło" in each.words or "za dużo" in each.words
    assert lacks == (each.standing == Standing.MISSED)
    if value is None or target is None:
        assert each.standing == (Standing.UNMEASURED if value is None else Standing.NO_TARGET)
        assert bool(each.words) == (value is not None)
        return
    falls = base is not None and target < base
    assert (each.standing == Standing.REACHED) == (value <= target if falls else value >= target)
    assert " z " not in each.words or value <= target


@pytest.mark.parametrize(
    ("unit", "kind"),
    [
        *(("osób", "osoby"), ("Uczestniczek", "osoby"), ("%", "%"), ("proc.", "%")),
        *(("punktów procentowych", "punkty"), ("rodzin", "rodziny"), ("godz.", "godziny")),
        *(("harcerzy", ""), ("", "")),
    ],
)
def test_one_unit_has_many_words(unit, kind):
    assert unit_kind(unit) == kind


@pytest.mark.parametrize(
    ("own", "new", "asked"),
    [
        ("osób", "%", True),
        ("uczestniczek", "osób", False),
        ("%", "osób", True),
        ("%", "%", False),
        ("zeszytów", "osób", False),
        ("zeszytów", "%", True),
        ("rodzin", "osób", True),
        ("", "%", False),
    ],
)
def test_another_unit_is_asked_about(own, new, asked):
    assert bool(unit_question(SpecificGoal(position=1, unit=own), new)) == asked

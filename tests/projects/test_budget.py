"""Totals of the budget: they always agree, and per cents sum to one hundred."""

from dataclasses import dataclass
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from projects.budget import GROSZ, budget_totals, line_value, shares
from projects.choices import MoneySource
from projects.papers import totals_text

MONEY = st.decimals("0.01", "99999.99", places=2)


@dataclass
class Line:
    source: str
    amount: Decimal
    price: Decimal
    spent: Decimal | None

    @property
    def planned(self):
        return line_value(self.amount, self.price)


LINES = st.lists(st.builds(Line, st.sampled_from(["", *MoneySource.values]), MONEY, MONEY, st.none() | MONEY))


@given(LINES)
def test_the_sums_of_sources_are_the_sum_of_lines(lines):
    totals = budget_totals(lines)
    assert totals.total.planned == sum(line.planned for line in lines)
    assert totals.total.spent == sum(line.spent or 0 for line in lines)
    for name in ("planned", "spent", "left", "percent"):
        assert getattr(totals.total, name) == sum(getattr(each, name) for each in totals.sources)


@given(LINES)
def test_per_cents_sum_to_one_hundred(lines):
    total = budget_totals(lines).total
    assert total.percent == (100 if total.planned else 0)


@given(st.lists(MONEY, min_size=1, max_size=8))
def test_a_per_cent_is_never_a_tenth_away_from_the_exact_one(parts):
    for part, share in zip(parts, shares(parts), strict=True):
        assert abs(share - part * 100 / sum(parts)) < Decimal("0.1")


@given(MONEY, MONEY)
def test_a_line_is_worth_whole_grosze(amount, price):
    value = line_value(amount, price)
    assert value == value.quantize(GROSZ)
    assert abs(value - amount * price) <= Decimal("0.005")


def test_three_equal_parts():
    assert shares([Decimal(1)] * 3) == [Decimal("33.4"), Decimal("33.3"), Decimal("33.3")]


def test_nothing_planned():
    assert shares([Decimal(0)]) == [0]
    assert totals_text(budget_totals([])) == []


def test_as_the_page_and_the_card_say_it():
    lines = [
        Line("own", Decimal(9), Decimal(140), Decimal("1184.5")),
        Line("grant", Decimal(2), Decimal(150), None),
    ]
    own, grant, total = totals_text(budget_totals(lines))
    assert (own["label"], own["planned"], own["spent"], own["left"], own["percent"]) == (
        "Środki własne gminy",
        "1\u00a0260,00",
        "1\u00a0184,50",
        "75,50",
        "80,8",
    )
    assert (grant["percent"], total["planned"], total["percent"]) == ("19,2", "1\u00a0560,00", "100,0")


def test_a_shortened_name_keeps_its_capitals():
    eu, total = totals_text(budget_totals([Line("eu", Decimal(1), Decimal(20), None)]))
    assert (eu["label"], total["label"]) == ("EFS+", "Razem")

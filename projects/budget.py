"""Totals of a budget by source, in one place: the page, the paper and the tests show the same numbers."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol

from projects.choices import MoneySource

GROSZ = Decimal("0.01")
TENTHS = 1000  # tenths of a per cent in the whole


class Line(Protocol):
    """What is counted of a budget line."""

    source: str

    @property
    def planned(self) -> Decimal: ...

    @property
    def spent(self) -> Decimal | None: ...


@dataclass(frozen=True)
class SourceTotal:
    """Money of one source: planned, spent, and its share of the whole plan in per cent with one place."""

    label: str
    planned: Decimal
    spent: Decimal
    percent: Decimal

    @property
    def left(self) -> Decimal:
        return self.planned - self.spent


@dataclass(frozen=True)
class BudgetTotals:
    """Totals by source, in the order of the sources, and of all."""

    sources: list[SourceTotal]
    total: SourceTotal


def line_value(amount: Decimal | None, price: Decimal | None) -> Decimal:
    """Amount times price, in whole grosze; 0 while one of them is missing."""
    return ((amount or Decimal(0)) * (price or Decimal(0))).quantize(GROSZ, ROUND_HALF_UP)


def budget_totals(lines: Iterable[Line]) -> BudgetTotals:
    """Planned and spent by source; sources without lines are left out, lines without a source are one of their own."""
    lines = list(lines)
    labels = {**dict(MoneySource.choices), "": "bez źródła"}
    used = [code for code in labels if any(line.source == code for line in lines)]
    sums = [_sums([line for line in lines if line.source == code]) for code in used]
    percents = shares([planned for planned, _ in sums])
    sources = [
        SourceTotal(labels[code], planned, spent, percent)
        for code, (planned, spent), percent in zip(used, sums, percents, strict=True)
    ]
    planned, spent = _sums(lines)
    return BudgetTotals(sources, SourceTotal("razem", planned, spent, sum(percents, Decimal(0))))


def _sums(lines: list[Line]) -> tuple[Decimal, Decimal]:
    spent = (line.spent or Decimal(0) for line in lines)
    return sum((line.planned for line in lines), Decimal(0)), sum(spent, Decimal(0))


def shares(parts: list[Decimal]) -> list[Decimal]:
    """Per cents with one place that sum to 100: what rounding down leaves goes to the largest remainders."""
    whole = sum(parts, Decimal(0))
    if not whole:
        return [Decimal(0) for _ in parts]
    exact = [part * TENTHS / whole for part in parts]
    tenths = [int(each) for each in exact]
    order = sorted(range(len(parts)), key=lambda number: (tenths[number] - exact[number], number))
    for number in order[: TENTHS - sum(tenths)]:
        tenths[number] += 1
    return [Decimal(each) / 10 for each in tenths]

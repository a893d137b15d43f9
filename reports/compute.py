"""Counting: for each source of rows one statement, whatever the number of figures, columns and assistants.

Events of a day are grouped by slices of time cut at the ends of all periods asked for, and a period's number is
the sum of its slices. Everything else is counted by conditional aggregates. Both use the condition of ``RowSet``.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import reduce
from operator import or_

from django.contrib.postgres.fields import ArrayField
from django.db.models import DateField, F, Func, IntegerField, Q, Value

from lubsko_ops.core.dates import ONE_DAY, Period
from reports.figure import RowSet, RowSource

Number = int | Decimal


@dataclass(frozen=True)
class Asked:
    """One number that is wanted; ``each``: of every assistant, instead of all together."""

    rows: Rows
    period: Period
    each: bool = False


class Counted:
    """The numbers. Those of all stand under the assistant None."""

    def __init__(self):
        self._numbers: dict[tuple[RowSet, Period, int | None], Number] = {}

    def add(self, rows: RowSet, period: Period, who: int | None, number: Number) -> None:
        key = (rows, period, who)
        self._numbers[key] = self._numbers.get(key, 0) + number

    def of(self, rows: RowSet, period: Period, who: int | None = None) -> Number:
        return self._numbers.get((rows, period, who), 0)

    def assistants(self) -> set[int]:
        """Whose numbers there are."""
        return {who for (_, _, who), number in self._numbers.items() if who is not None and number}


def count(asked: Iterable[Asked], *, who: int | None = None) -> Counted:
    """Count everything asked for, of one assistant (id) or of the whole centre."""
    counted = Counted()
    by_source: dict[RowSource, list[Asked]] = {}
    for each in dict.fromkeys(asked):
        by_source.setdefault(each.rows.source, []).append(each)
    for source, wanted in by_source.items():
        _count_source(source, wanted, who, counted)
    return counted


def _count_source(source: RowSource, wanted: list[Asked], who: int | None, counted: Counted) -> None:
    """One statement."""
    each = any(one.each for one in wanted)
    slices = Slices(source.day_field, [one.period for one in wanted]) if source.day_field else None
    rows = source.get_queryset()
    if who is not None:
        rows = rows.filter(**{source.assistant_path: who})
    if slices:
        rows = rows.filter(slices.covered())
    if source.countable_since:
        rows = rows.filter(source.countable_since(min(one.period.start for one in wanted)))
    keys = ({"the_who": F(source.assistant_path)} if each else {}) | ({"the_slice": slices.number()} if slices else {})
    measures = _measures(wanted, slices)
    expressions = {name: measure for name, (measure, _) in measures.items()}
    found = (
        rows.order_by().values(**keys).annotate(**expressions) if keys else [rows.aggregate(**expressions)]
    )
    tally = Tally(measures, slices)
    for line in found:
        tally.take(line)
    tally.tell(counted)


def _measures(wanted: list[Asked], slices: "Slices | None") -> dict:
    """For each aggregate its expression and the numbers it serves: of events one for all periods."""
    grouped: dict[tuple, list[Asked]] = {}
    for one in wanted:
        by_slice = slices is not None and one.rows.static_condition is not None
        grouped.setdefault((one.rows, None if by_slice else one.period), []).append(one)
    return {
        f"m{index}": (rows.aggregate((rows.static_condition or None) if period is None else rows.condition(period)), takers)
        for index, ((rows, period), takers) in enumerate(grouped.items())
    }


class Tally:
    """Adds the lines of one statement up, by slice and, where it is wanted, by assistant."""

    def __init__(self, measures: dict, slices: "Slices | None"):
        self.takers = {name: takers for name, (_, takers) in measures.items()}
        self.slices = slices
        self.each = [name for name, takers in self.takers.items() if any(one.each for one in takers)]
        self.sums: dict[tuple, Number] = {}

    def take(self, line: dict) -> None:
        piece, person = line.get("the_slice"), line.get("the_who")
        for name in self.takers:
            self._add((name, piece, None), line[name])
        if person is not None:
            for name in self.each:
                self._add((name, piece, person), line[name])

    def _add(self, key: tuple, number: Number | None) -> None:
        if number:
            self.sums[key] = self.sums.get(key, 0) + number

    def tell(self, counted: Counted) -> None:
        for (name, piece, person), number in self.sums.items():
            for one in self.takers[name]:
                within = self.slices and one.rows.static_condition is not None
                if within and not self.slices.belongs(piece, one.period):
                    continue
                # Each and all are asked apart: a family of two assistants is one family of the centre.
                if one.each == (person is not None):
                    counted.add(one.rows, one.period, person, number)


class Slices:
    """Time cut at the beginnings and ends of periods; slice n lies between the n-th cut and the next one."""

    def __init__(self, field: str, periods: list[Period]):
        self.field = field
        self.periods = sorted(set(periods), key=lambda period: (period.start, period.end))
        self.cuts: list[date] = sorted(
            {period.start for period in periods} | {period.end + ONE_DAY for period in periods}
        )

    def covered(self) -> Q:
        """Days of at least one period."""
        joined: list[Period] = []
        for period in self.periods:
            if joined and period.start <= joined[-1].end + ONE_DAY:
                joined[-1] = Period(joined[-1].start, max(joined[-1].end, period.end))
            else:
                joined.append(period)
        return reduce(or_, (Q(**{f"{self.field}__range": (each.start, each.end)}) for each in joined))

    def number(self) -> Func:
        """Which slice the row lies in, from 1."""
        cuts = Value(self.cuts, output_field=ArrayField(DateField()))
        return Func(F(self.field), cuts, function="width_bucket", output_field=IntegerField())

    def belongs(self, number: int, period: Period) -> bool:
        return period.start <= self.cuts[number - 1] and self.cuts[number] <= period.end + ONE_DAY

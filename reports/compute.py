"""Computing figures: one SQL statement for each type of rows, whatever the number of figures, periods and assistants.

Events are grouped by time buckets, cut at the boundaries of all requested periods; the number of a period is the sum
of its buckets. Everything else is counted by conditional aggregates. Both use the conditions of ``RowSet``.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import Aggregate, DateField, F, Func, IntegerField, Q, Value

from lubsko_ops.core.dates import ONE_DAY, Period
from reports.figure import RowSet, RowType

Number = int | Decimal
RowSetPeriod = tuple[RowSet, Period | None]
Aggregates = dict[str, tuple[Aggregate, list["FigureRequest"]]]


@dataclass(frozen=True)
class FigureRequest:
    """One number to compute. by_assistant: a number for each assistant instead of one for all together."""

    rows: RowSet
    period: Period
    by_assistant: bool = False


class FigureValues:
    """Computed numbers by rows, period and assistant id; None stands for all assistants together."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[RowSet, Period, int | None], Number] = {}

    def add(self, rows: RowSet, period: Period, assistant_id: int | None, number: Number) -> None:
        key = (rows, period, assistant_id)
        self._numbers[key] = self._numbers.get(key, 0) + number

    def get(self, rows: RowSet | None, period: Period, assistant_id: int | None = None) -> Number:
        """The number; 0 for one that was not computed, also where the report has no such rows (None)."""
        if rows is None:
            return 0
        return self._numbers.get((rows, period, assistant_id), 0)

    def assistant_ids(self) -> set[int]:
        """Assistants with any number other than zero."""
        return {pk for (_, _, pk), number in self._numbers.items() if pk is not None and number}


def count(requests: Iterable[FigureRequest], *, assistant_id: int | None = None) -> FigureValues:
    """Compute all requested numbers, of one assistant or of the whole centre."""
    values = FigureValues()
    by_row_type: dict[RowType, list[FigureRequest]] = {}
    for request in dict.fromkeys(requests):
        by_row_type.setdefault(request.rows.row_type, []).append(request)
    for row_type, requests_of_type in by_row_type.items():
        _count_row_type(row_type, requests_of_type, assistant_id, values)
    return values


def _count_row_type(
    row_type: RowType, requests: list[FigureRequest], assistant_id: int | None, values: FigureValues
) -> None:
    """Compute the numbers of one type of rows. One statement."""
    by_assistant = any(request.by_assistant for request in requests)
    buckets = (
        TimeBuckets(row_type.day_field, [request.period for request in requests])
        if row_type.day_field
        else None
    )
    rows = row_type.get_queryset()
    if assistant_id is not None:
        rows = rows.filter(**{row_type.assistant_path: assistant_id})
    if buckets:
        rows = rows.filter(buckets.covered())
    if row_type.countable_since:
        rows = rows.filter(row_type.countable_since(min(request.period.start for request in requests)))
    keys: dict[str, F | Func] = {"group_assistant": F(row_type.assistant_path)} if by_assistant else {}
    if buckets:
        keys["group_bucket"] = buckets.number()
    aggregates = _aggregates(requests, buckets)
    expressions = {name: expression for name, (expression, _) in aggregates.items()}
    records: Iterable[dict[str, Any]]
    if keys:
        records = rows.order_by().values(**keys).annotate(**expressions)
    else:
        records = [rows.aggregate(**expressions)]
    accumulator = Accumulator(aggregates, buckets)
    for record in records:
        accumulator.add(record)
    accumulator.write_to(values)


def _aggregates(requests: list[FigureRequest], buckets: "TimeBuckets | None") -> Aggregates:
    """Alias of each aggregate to its expression and the requests it serves; events share one for all periods."""
    grouped: dict[RowSetPeriod, list[FigureRequest]] = {}
    for request in requests:
        by_bucket = buckets is not None and request.rows.static_condition is not None
        grouped.setdefault((request.rows, None if by_bucket else request.period), []).append(request)
    aggregates: Aggregates = {}
    for index, ((rows, period), group) in enumerate(grouped.items()):
        condition = (rows.static_condition or None) if period is None else rows.condition(period)
        aggregates[f"m{index}"] = (rows.aggregate_expression(condition), group)
    return aggregates


class Accumulator:
    """Adds up the records of one statement by bucket and, where requested, by assistant."""

    def __init__(self, aggregates: Aggregates, buckets: "TimeBuckets | None") -> None:
        self.requests = {name: requests for name, (_, requests) in aggregates.items()}
        self.buckets = buckets
        self.by_assistant = [
            name
            for name, requests in self.requests.items()
            if any(request.by_assistant for request in requests)
        ]
        self.sums: dict[tuple[str, int | None, int | None], Number] = {}

    def add(self, record: dict[str, Any]) -> None:
        bucket, assistant_id = record.get("group_bucket"), record.get("group_assistant")
        for name in self.requests:
            self._add((name, bucket, None), record[name])
        if assistant_id is not None:
            for name in self.by_assistant:
                self._add((name, bucket, assistant_id), record[name])

    def _add(self, key: tuple[str, int | None, int | None], number: Number | None) -> None:
        if number:
            self.sums[key] = self.sums.get(key, 0) + number

    def write_to(self, values: FigureValues) -> None:
        for (name, bucket, assistant_id), number in self.sums.items():
            for request in self.requests[name]:
                if (
                    self.buckets
                    and bucket is not None
                    and request.rows.static_condition is not None
                    and not self.buckets.belongs(bucket, request.period)
                ):
                    continue
                # The centre's number is not the sum of the assistants': a family of two assistants counts once.
                if request.by_assistant == (assistant_id is not None):
                    values.add(request.rows, request.period, assistant_id, number)


class TimeBuckets:
    """Time cut at the boundaries of the given periods; bucket n lies between cut n and cut n + 1, counted from 1."""

    def __init__(self, field: str, periods: list[Period]) -> None:
        self.field = field
        self.periods = sorted(set(periods), key=lambda period: (period.start, period.end))
        self.cuts: list[date] = sorted(
            {period.start for period in periods} | {period.end + ONE_DAY for period in periods}
        )

    def covered(self) -> Q:
        """Condition for days that lie in at least one period."""
        merged: list[Period] = []
        for period in self.periods:
            if merged and period.start <= merged[-1].end + ONE_DAY:
                merged[-1] = Period(merged[-1].start, max(merged[-1].end, period.end))
            else:
                merged.append(period)
        return reduce(or_, (Q(**{f"{self.field}__range": (each.start, each.end)}) for each in merged))

    def number(self) -> Func:
        """SQL expression for the bucket of a row."""
        cuts = Value(self.cuts, output_field=ArrayField(DateField()))
        return Func(F(self.field), cuts, function="width_bucket", output_field=IntegerField())

    def belongs(self, number: int, period: Period) -> bool:
        return period.start <= self.cuts[number - 1] and self.cuts[number] <= period.end + ONE_DAY

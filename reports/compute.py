"""Computing figures with the conditions of ``RowSet``: few statements, whatever the number of figures and assistants.

Events of one day are counted by day, in one pass over the index, and the number of a period is the sum of its days.
Everything else is counted by conditional aggregates, one statement for each type of rows.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import accumulate
from typing import Any

from django.db.models import Aggregate, F, QuerySet

from lubsko_ops.core.dates import Period
from reports.figure import RowSet, RowType

Number = int | Decimal


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
        rows = row_type.get_queryset().order_by()
        if assistant_id is not None:
            rows = rows.filter(**{row_type.assistant_path: assistant_id})
        daily = [each for each in requests_of_type if each.rows.is_daily and not each.by_assistant]
        others = [each for each in requests_of_type if each not in daily]
        if daily:
            _count_by_day(rows, row_type, daily, values)
        if others:
            _count_by_condition(rows, row_type, others, values)
    return values


def _count_by_day(
    rows: QuerySet[Any], row_type: RowType, requests: list[FigureRequest], values: FigureValues
) -> None:
    """Numbers of events: every day from the first period to the last, and the sum of the days of each period."""
    by_rows: dict[RowSet, list[Period]] = {}
    for request in requests:
        by_rows.setdefault(request.rows, []).append(request.period)
    aggregates = {
        f"m{index}": each.aggregate_expression(each.static_condition or None)
        for index, each in enumerate(by_rows)
    }
    in_range = rows.filter(**{f"{row_type.day_field}__range": _envelope(requests)})
    records = list(
        in_range.order_by(row_type.day_field).values_list(row_type.day_field).annotate(**aggregates)
    )
    days = [day for day, *_ in records]
    for index, (row_set, periods) in enumerate(by_rows.items(), start=1):
        sums = [0, *accumulate(record[index] for record in records)]
        for period in periods:
            first, end = bisect_left(days, period.start), bisect_right(days, period.end)
            values.add(row_set, period, None, sums[end] - sums[first])


def _count_by_condition(
    rows: QuerySet[Any], row_type: RowType, requests: list[FigureRequest], values: FigureValues
) -> None:
    """Numbers by conditional aggregates, by group and assistant where needed; equal conditions share an aggregate."""
    if row_type.day_field:
        rows = rows.filter(**{f"{row_type.day_field}__range": _envelope(requests)})
    if row_type.countable_since:
        rows = rows.filter(row_type.countable_since(min(request.period.start for request in requests)))
    shared: dict[Hashable, list[FigureRequest]] = {}
    for request in requests:
        shared.setdefault(request.rows.aggregate_key(request.period), []).append(request)
    aggregates = {f"m{index}": _aggregate(same[0]) for index, same in enumerate(shared.values())}
    keys = {"group_value": F(row_type.group_field)} if row_type.group_field else {}
    if any(request.by_assistant for request in requests):
        keys["group_assistant"] = F(row_type.assistant_path)
    records: Iterable[dict[str, Any]]
    records = rows.values(**keys).annotate(**aggregates) if keys else [rows.aggregate(**aggregates)]
    for record in records:
        for name, same in zip(aggregates, shared.values(), strict=True):
            for request in same:
                if request.rows.has_group(record.get("group_value")):
                    assistant_id = record["group_assistant"] if request.by_assistant else None
                    values.add(request.rows, request.period, assistant_id, record[name])


def _aggregate(request: FigureRequest) -> Aggregate:
    rows = request.rows
    return rows.aggregate_expression(rows.condition(rows.asked_for(request.period)))


def _envelope(requests: list[FigureRequest]) -> tuple[date, date]:
    """First day of the earliest period and last day of the latest; days between two periods belong to none."""
    return min(each.period.start for each in requests), max(each.period.end for each in requests)

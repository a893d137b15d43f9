"""Computing figures with the conditions of ``RowSet``: few statements, whatever the number of figures and assistants.

Events of one day are counted by day, in one pass over the index, and the number of a period is the sum of its days.
Everything else is counted by conditional aggregates, one statement for each type of rows, or one for all of them.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import accumulate
from json import JSONDecoder
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, F, JSONField, Q, QuerySet, Value
from django.db.models.functions import JSONArray

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
        self._rows: dict[tuple[RowSet, Period], list[Any]] = {}

    def add(self, rows: RowSet, period: Period, assistant_id: int | None, number: Number) -> None:
        key = (rows, period, assistant_id)
        self._numbers[key] = self._numbers.get(key, 0) + number

    def get(self, rows: RowSet | None, period: Period, assistant_id: int | None = None) -> Number:
        """The number; 0 for one that was not computed, also where the report has no such rows (None)."""
        if rows is None:
            return 0
        return self._numbers.get((rows, period, assistant_id), 0)

    def add_row(self, rows: RowSet, period: Period, row: Any) -> None:
        """Count a row of a type that has few."""
        self._rows.setdefault((rows, period), []).append(row)
        self.add(rows, period, None, (getattr(row, rows.sum_field) or 0) if rows.sum_field else 1)

    def get_rows(self, rows: RowSet, period: Period) -> list[Any]:
        """The rows a number counts, of a type that has few."""
        return self._rows.get((rows, period), [])

    def assistant_ids(self) -> set[int]:
        """Assistants with any number other than zero."""
        return {pk for (_, _, pk), number in self._numbers.items() if pk is not None and number}


def count(requests: Iterable[FigureRequest], *, assistant_id: int | None = None) -> FigureValues:
    """Compute all requested numbers, of one assistant or of the whole centre."""
    values = FigureValues()
    for row_type, requests_of_type in _by_row_type(requests).items():
        rows = _rows_of(row_type, assistant_id)
        if row_type.few:
            _count_rows(rows, row_type, requests_of_type, values)
            continue
        daily = [each for each in requests_of_type if each.rows.is_daily and not each.by_assistant]
        others = [each for each in requests_of_type if each not in daily]
        if daily:
            _count_by_day(rows, row_type, daily, values)
        if others:
            _count_by_condition(rows, row_type, others, values)
    return values


def count_together(requests: Iterable[FigureRequest]) -> FigureValues:
    """Compute all requested numbers in one statement; for few periods, without assistants and groups of rows."""
    values, counted = FigureValues(), []
    for index, (row_type, requests_of_type) in enumerate(_by_row_type(requests).items()):
        aggregates = [each.rows.aggregate_expression(_condition(each)) for each in requests_of_type]
        content = JSONArray(*aggregates, output_field=JSONField(decoder=ExactDecoder))
        rows = _rows_of(row_type, None).annotate(index=Value(index)).values("index").annotate(content=content)
        counted.append((rows.values_list("index", "content"), requests_of_type))
    if not counted:
        return values
    first, *others = (rows for rows, _ in counted)
    for index, numbers in first.union(*others, all=True):
        for request, number in zip(counted[index][1], numbers, strict=True):
            values.add(request.rows, request.period, None, number)
    return values


class ExactDecoder(JSONDecoder):
    """JSON numbers with a fraction as Decimal."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options | {"parse_float": Decimal})


def counted_ids(
    requests: Iterable[FigureRequest], *, assistant_id: int | None = None
) -> dict[RowSet, dict[int, Number]]:
    """What each number counts, and what each of it adds: ids of the rows, or of the objects that count once.

    One statement for each type of rows.
    """
    counted: dict[RowSet, dict[int, Number]] = {}
    for row_type, requests_of_type in _by_row_type(requests).items():
        shared = _share(requests_of_type, lambda each: each.rows.condition_key(each.period))
        conditions = [_condition(same[0]) for same in shared]
        flags = {
            f"m{index}": ExpressionWrapper(condition, output_field=BooleanField())
            for index, condition in enumerate(conditions)
        }
        rows = _rows_of(row_type, assistant_id).annotate(**flags)
        if row_type.day_field:
            rows = rows.filter(**{f"{row_type.day_field}__range": _envelope(requests_of_type)})
        else:
            rows = rows.filter(Q(*conditions, _connector=Q.OR))
        names = {each.rows.id_path for each in requests_of_type} | {
            each.rows.sum_field or each.rows.id_path for each in requests_of_type
        }
        names |= {row_type.group_field} if row_type.group_field else set()
        for row in rows.values(*names, *flags).iterator():
            for flag, same in zip(flags, shared, strict=True):
                for request in same if row[flag] else ():
                    if request.rows.has_group(row.get(row_type.group_field)):
                        adds = (row[request.rows.sum_field] or 0) if request.rows.sum_field else 1
                        counted.setdefault(request.rows, {})[row[request.rows.id_path]] = adds
    return counted


def _by_row_type(requests: Iterable[FigureRequest]) -> dict[RowType, list[FigureRequest]]:
    by_row_type: dict[RowType, list[FigureRequest]] = {}
    for request in dict.fromkeys(requests):
        by_row_type.setdefault(request.rows.row_type, []).append(request)
    return by_row_type


def _rows_of(row_type: RowType, assistant_id: int | None) -> QuerySet[Any]:
    """The rows of the centre, or of one assistant."""
    rows = row_type.get_queryset().order_by()
    return rows if assistant_id is None else rows.filter(**{row_type.assistant_path: assistant_id})


def _count_rows(
    rows: QuerySet[Any], row_type: RowType, requests: list[FigureRequest], values: FigureValues
) -> None:
    """Numbers of few rows: all are read, with a flag for each condition."""
    shared = _share(requests, lambda each: each.rows.condition_key(each.period))
    flags = {
        f"m{index}": ExpressionWrapper(_condition(same[0]), output_field=BooleanField())
        for index, same in enumerate(shared)
    }
    for row in rows.select_related(*row_type.select_related).annotate(**flags):
        for name, same in zip(flags, shared, strict=True):
            for request in same if getattr(row, name) else ():
                if request.rows.has_group(getattr(row, row_type.group_field)):
                    values.add_row(request.rows, request.period, row)


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
    shared = _share(requests, lambda each: each.rows.aggregate_key(each.period))
    aggregates = {
        f"m{index}": same[0].rows.aggregate_expression(_condition(same[0]))
        for index, same in enumerate(shared)
    }
    keys = {"group_value": F(row_type.group_field)} if row_type.group_field else {}
    if any(request.by_assistant for request in requests):
        keys["group_assistant"] = F(row_type.assistant_path)
    records: Iterable[dict[str, Any]]
    records = rows.values(**keys).annotate(**aggregates) if keys else [rows.aggregate(**aggregates)]
    for record in records:
        for name, same in zip(aggregates, shared, strict=True):
            for request in same:
                if request.rows.has_group(record.get("group_value")):
                    assistant_id = record["group_assistant"] if request.by_assistant else None
                    values.add(request.rows, request.period, assistant_id, record[name])


def _share(
    requests: list[FigureRequest], key: Callable[[FigureRequest], Hashable]
) -> list[list[FigureRequest]]:
    """The requests in lists of those with an equal key."""
    shared: dict[Hashable, list[FigureRequest]] = {}
    for request in requests:
        shared.setdefault(key(request), []).append(request)
    return list(shared.values())


def _condition(request: FigureRequest) -> Q:
    return request.rows.condition(request.rows.asked_for(request.period))


def _envelope(requests: list[FigureRequest]) -> tuple[date, date]:
    """First day of the earliest period and last day of the latest; days between two periods belong to none."""
    return min(each.period.start for each in requests), max(each.period.end for each in requests)

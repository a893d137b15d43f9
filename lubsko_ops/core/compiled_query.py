"""Queries that many requests run: compiled once, then run with other values.

The ORM takes several times as long to compile such a statement as the database takes to answer it.
"""

from collections.abc import Callable
from datetime import date, timedelta
from functools import cached_property
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models.query import get_related_populators
from django.db.models.sql.compiler import SQLCompiler

M = TypeVar("M", bound=models.Model)


class CompiledQuery(Generic[M]):
    """The rows of a queryset whose values change from run to run.

    ``build`` makes the queryset from the keyword arguments of ``all()`` and ``first()``; it may have annotations and
    ``select_related``, but neither prefetches nor a choice of columns. ``markers``: a value of each argument that
    occurs nowhere else in the statement, by which its places among the parameters are found. An argument must be
    a parameter as it is: one that is computed with first (the day before) raises ValueError.
    """

    def __init__(self, build: Callable[..., models.QuerySet[M]], **markers: Any) -> None:
        self.build, self.markers = build, markers

    @cached_property
    def queryset(self) -> models.QuerySet[M]:
        return self.build(**self.markers)

    @cached_property
    def compiled(self) -> tuple[SQLCompiler, str, list[Callable[[dict], Any]]]:
        """The compiler, the SQL, and for each of its parameters a function that gives its value."""
        compiler = self.queryset.query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        names = {_hashable(marker): name for name, marker in self.markers.items()}
        others = {name: _other_marker(marker) for name, marker in self.markers.items()}
        _, again = self.build(**others).query.get_compiler(connection=connection).as_sql()
        values: list[Callable[[dict], Any]] = []
        for param, other in zip(params, again, strict=True):
            name = names.get(_hashable(param))
            if other != (others[name] if name else param):
                raise ValueError(f"The parameter {param!r} is computed from an argument: {sql}")
            values.append(_argument(name) if name else _constant(param))
        return compiler, sql, values

    @cached_property
    def load(self) -> Callable[[list], M]:
        """The function that makes an instance of a row, as the iterator of a queryset does."""
        compiler = self.compiled[0]
        columns = compiler.klass_info["select_fields"]
        start, end = columns[0], columns[-1] + 1
        fields = [column[0].target.attname for column in compiler.select[start:end]]
        # The stubs are those of a later Django, which has one argument more.
        related = get_related_populators(compiler.klass_info, compiler.select, connection.alias)  # type: ignore[call-arg]
        annotations = list(compiler.annotation_col_map.items())
        model = self.queryset.model

        def load(row):
            instance = model.from_db(connection.alias, fields, row[start:end])
            for populator in related:
                populator.populate(row, instance)
            for name, position in annotations:
                setattr(instance, name, row[position])
            return instance

        return load

    @cached_property
    def converters(self) -> dict:
        """Of the columns that the driver does not give as Python values."""
        compiler = self.compiled[0]
        return compiler.get_converters([column[0] for column in compiler.select[: compiler.col_count]])

    def sql(self, **values: Any) -> tuple[str, list]:
        """The statement and its parameters."""
        _, sql, params = self.compiled
        return sql, [value_of(values) for value_of in params]

    def rows(self, **values: Any) -> list[Any]:
        """The rows as tuples of their columns, for a queryset of ``values_list()``."""
        try:
            statement = self.sql(**values)
        except EmptyResultSet:
            if self._is_empty(values):  # no role of the user opens anything
                return []
            raise ValueError("A marker is out of the range of its column, so no row can have it.") from None
        with connection.cursor() as cursor:
            cursor.execute(*statement)
            rows = cursor.fetchall()
        compiler = self.compiled[0]
        return list(compiler.apply_converters(rows, self.converters)) if self.converters else rows

    def _is_empty(self, values: dict[str, Any]) -> bool:
        """Whether Django knows without asking the database that there is no row."""
        try:
            self.build(**values).query.sql_with_params()
        except EmptyResultSet:
            return True
        return False

    def all(self, **values: Any) -> list[M]:
        """The rows, as the ORM loads them."""
        return [self.load(row) for row in self.rows(**values)]

    def first(self, **values: Any) -> M | None:
        """The first row; None when there is none."""
        return next(iter(self.all(**values)), None)


def _other_marker(marker: Any) -> Any:
    """Another value of the same type."""
    if isinstance(marker, date):
        return marker + timedelta(days=400) if marker.year < 5000 else marker - timedelta(days=400)
    if isinstance(marker, UUID):
        return UUID(int=marker.int + 1)
    if isinstance(marker, list):
        return [_other_marker(each) for each in marker]
    if isinstance(marker, str):
        return f"{marker}?"
    # Positive and small: where a column cannot hold the marker, Django leaves the condition out, and the two differ.
    return marker - 10_000 if marker > 10_000 else marker + 10_000


def _hashable(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _argument(name: str) -> Callable[[dict], Any]:
    return lambda values: values[name]


def _constant(value: Any) -> Callable[[dict], Any]:
    return lambda values: value

"""Queries that many requests run: compiled once, then run with other values.

The ORM takes several times as long to compile such a statement as the database takes to answer it.
"""

from collections.abc import Callable
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import connection, models
from django.db.models.query import get_related_populators
from django.db.models.sql.compiler import SQLCompiler

M = TypeVar("M", bound=models.Model)


class CompiledQuery(Generic[M]):
    """The rows of a queryset whose values change from run to run.

    ``build`` makes the queryset from the keyword arguments of ``all()`` and ``first()``; it may have annotations and
    ``select_related``, but neither prefetches nor a choice of columns. ``markers``: a value of each argument that
    occurs nowhere else in the statement, by which its places among the parameters are found.
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
        names = {marker: name for name, marker in self.markers.items()}
        return (
            compiler,
            sql,
            [_argument(names[param]) if param in names else _constant(param) for param in params],
        )

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

    def all(self, **values: Any) -> list[M]:
        """The rows, as the ORM loads them."""
        compiler, sql, params = self.compiled
        with connection.cursor() as cursor:
            cursor.execute(sql, [value_of(values) for value_of in params])
            rows = cursor.fetchall()
        if self.converters:
            rows = compiler.apply_converters(rows, self.converters)
        return [self.load(row) for row in rows]

    def first(self, **values: Any) -> M | None:
        """The first row; None when there is none."""
        return next(iter(self.all(**values)), None)

    def values(self, **values: Any) -> list[tuple]:
        """All rows as the database gives them, without the conversions that some fields make."""
        return self._run(values)

    def _run(self, values: dict[str, Any]) -> list[tuple]:
        sql, params = self.statement
        with connection.cursor() as cursor:
            cursor.execute(sql, [value_of(values) for value_of in params])
            return cursor.fetchall()


def _argument(name: str) -> Callable[[dict], Any]:
    return lambda values: values[name]


def _constant(value: Any) -> Callable[[dict], Any]:
    return lambda values: value

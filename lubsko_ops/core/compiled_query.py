"""A query that many requests run: compiled once, then run with other values.

The ORM takes several times as long to compile such a statement as the database takes to answer it.
"""

from collections.abc import Callable
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import connection, models

M = TypeVar("M", bound=models.Model)


class CompiledQuery(Generic[M]):
    """A queryset whose values change from run to run.

    ``build`` makes the queryset from the keyword arguments of ``first()`` or ``values()``. For ``first()`` all columns
    of its model are selected, and annotations follow them; for ``values()`` it ends in ``values_list``. ``markers``: a
    value of each argument that occurs nowhere else in the statement, by which its places among the parameters are
    found.
    """

    def __init__(self, build: Callable[..., models.QuerySet[M]], **markers: Any) -> None:
        self.build, self.markers = build, markers

    @cached_property
    def queryset(self) -> models.QuerySet[M]:
        return self.build(**self.markers)

    @cached_property
    def statement(self) -> tuple[str, list[Callable[[dict], Any]]]:
        """The SQL, and for each of its parameters a function that gives its value from the arguments."""
        sql, params = self.queryset.query.sql_with_params()
        names = {marker: name for name, marker in self.markers.items()}
        return sql, [_argument(names[param]) if param in names else _constant(param) for param in params]

    @cached_property
    def names(self) -> tuple[list[str], list[str]]:
        """Attributes of the model and annotations, in the order of the columns."""
        fields = [field.attname for field in self.queryset.model._meta.concrete_fields]
        return fields, list(self.queryset.query.annotation_select)

    def first(self, **values: Any) -> M | None:
        """The row, as the ORM loads it; None when there is none."""
        row = next(iter(self._run(values)), None)
        if row is None:
            return None
        fields, annotations = self.names
        instance = self.queryset.model.from_db(connection.alias, fields, row[: len(fields)])
        for name, value in zip(annotations, row[len(fields) :], strict=True):
            setattr(instance, name, value)
        return instance

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

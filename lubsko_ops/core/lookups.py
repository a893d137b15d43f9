"""Query conditions that Django does not have."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    BigIntegerField,
    BooleanField,
    CharField,
    F,
    Func,
    Lookup,
    Q,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.expressions import RawSQL


class _IsAnyOf(Func):
    template = "%(expressions)s)"
    arg_joiner = " = ANY ("
    output_field = BooleanField()


class _Array(Func):
    template = "ARRAY%(expressions)s"
    output_field = ArrayField(BigIntegerField())


def pk_in_array(ids: QuerySet[Any, Any] | RawSQL) -> Q:
    """Condition ``pk = ANY(ARRAY(subquery))`` for a one-column queryset or statement known to return few ids.

    PostgreSQL evaluates the array first and finds each row by its key; with ``IN`` it may scan the whole table.
    """
    return Q(_IsAnyOf(F("pk"), _Array(ids) if isinstance(ids, RawSQL) else ArraySubquery(ids)))


def is_among(ids: list[int], name: str = "pk") -> Q:
    """Condition ``pk = ANY(ids)``: the same statement however many ids, so that it can be compiled once."""
    return Q(_IsAnyOf(F(name), Value(ids, ArrayField(BigIntegerField()))))


class _Row(Func):
    template = "(%(expressions)s)"
    output_field = TextField()  # never read


def compares_as_row(names: tuple[str, ...], operator: str, values: tuple[Any, ...]) -> Q:
    """Condition ``(a, b) >= (1, 2)``: by the first column, where it is equal by the second."""
    rows = _Row(*map(F, names)), _Row(*map(Value, values))
    return Q(Func(*rows, template="%(expressions)s", arg_joiner=f" {operator} ", output_field=BooleanField()))


@CharField.register_lookup
@TextField.register_lookup
class Like(Lookup):
    """``name__like="%pattern%"``: the pattern is a parameter as it is, so that the statement can be compiled once."""

    lookup_name = "like"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        left, left_params = self.process_lhs(compiler, connection)
        right, right_params = self.process_rhs(compiler, connection)
        return f"{left} LIKE {right}", (*left_params, *right_params)

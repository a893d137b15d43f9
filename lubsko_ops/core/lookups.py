"""Query conditions that Django does not have."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, F, Func, Q, QuerySet


class _IsAnyOf(Func):
    template = "%(expressions)s)"
    arg_joiner = " = ANY ("
    output_field = BooleanField()


def pk_in_array(ids: QuerySet[Any, Any]) -> Q:
    """Condition ``pk = ANY(ARRAY(subquery))`` for a one-column queryset known to return few ids.

    PostgreSQL evaluates the array first and finds each row by its key; with ``IN`` it may scan the whole table.
    """
    return Q(_IsAnyOf(F("pk"), ArraySubquery(ids)))

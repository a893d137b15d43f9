"""Rows looked up one by one from a short list of ids."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, F, Func, Q


class _IsAnyOf(Func):
    template = "%(expressions)s)"
    arg_joiner = " = ANY ("
    output_field = BooleanField()


def pk_in_array(ids) -> Q:
    """Rows with one of these ids: a queryset of one column that is known to find few.

    The database makes the list first and finds each row by its key. Of the same written as IN it guesses that
    reading the whole table beside the list costs no more.
    """
    return Q(_IsAnyOf(F("pk"), ArraySubquery(ids)))

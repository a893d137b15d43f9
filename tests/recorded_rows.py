"""Speeds up the helpers that make rows through actions: a call runs once, later tests insert the rows it made.

What a call makes depends on the rows that are there, its arguments and the time. The rows are known while all of them
come from recorded calls, one after another from the beginning of the test: so the calls so far stand for them. Any
other write, a rollback, and a patch of code or settings make the rows unknown for the rest of the test, and from then
on every call runs. Calls run too in tests that commit, and with arguments that are not stored.
"""

import re
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from functools import wraps

from django.db import connection, transaction
from django.db.models import Model

from families.people.models import Family
from lubsko_ops.accounts.models import User
from lubsko_ops.core import clock
from tests.row_changes import all_rows, diff_sql

READS = re.compile("SELECT|SAVEPOINT|RELEASE|SET |PREPARE|EXECUTE")  # only queries are prepared
# Logging in changes nothing that a helper reads.
LOGIN = re.compile(
    '(INSERT INTO|UPDATE|DELETE FROM) "django_session"|UPDATE "accounts_user" SET "last_login" = %s WHERE'
)
HISTORY = ("_history_user", "_change_reason", "_history_date")
PLAIN = (str, int, bool, type(None), date, time, timedelta, Decimal)


class NotStored(Exception):
    """A value that does not stand for itself in another test, such as an instance that is not saved."""


@dataclass(frozen=True)
class Row:
    """Stands for a model instance."""

    model: type[Model]
    pk: int
    history: dict = field(
        compare=False
    )  # who saved it, when and why, for a test that saves it again without history

    def load(self) -> Model:
        instance = self.model._base_manager.get(pk=self.pk)
        vars(instance).update(self.history)
        return instance


@dataclass(frozen=True)
class Record:
    """A dataclass whose fields hold values of the kinds known here."""

    made_by: type
    values: tuple


def freeze(value):
    """The value with its model instances as ``Row``; hashable. Raises NotStored."""
    if isinstance(value, PLAIN):
        return value
    if isinstance(value, Model) and value.pk and not value._state.adding:
        return Row(
            type(value), value.pk, {name: vars(value)[name] for name in HISTORY if name in vars(value)}
        )
    if isinstance(value, tuple | list):
        return (type(value), *map(freeze, value))
    if isinstance(value, dict):
        return (dict, *((name, freeze(each)) for name, each in value.items()))
    if is_dataclass(value) and not isinstance(value, type):
        return Record(type(value), tuple(freeze(getattr(value, each.name)) for each in fields(value)))
    raise NotStored


def thaw(frozen):
    """The value again, its model instances read from the database."""
    if isinstance(frozen, Row):
        return frozen.load()
    if isinstance(frozen, Record):
        return frozen.made_by(*map(thaw, frozen.values))
    if isinstance(frozen, tuple):
        kind, *values = frozen
        return {name: thaw(each) for name, each in values} if kind is dict else kind(map(thaw, values))
    return frozen


class Recorder:
    """The calls that made all rows of the running test (None: unknown), and what has been recorded in the process."""

    def __init__(self):
        self.calls: tuple | None = None
        self.recorded: dict[tuple, tuple] = {}  # result and SQL, by the calls until then

    def install(self, connection, **signal) -> None:
        """Receiver of ``connection_created``."""
        if connection.alias == "default" and self not in connection.execute_wrappers:
            connection.execute_wrappers.append(self)

    def __call__(self, execute, sql, params, many, context):
        if self.calls is not None and not READS.match(sql) and not LOGIN.match(sql):
            self.calls = None
        return execute(sql, params, many, context)

    def run(self, make, args: tuple, kwargs: dict):
        try:
            call = (make.__module__, make.__qualname__, freeze(args), freeze(kwargs), clock.now())
        except NotStored:
            return make(*args, **kwargs)
        if self.calls is None or not connection.in_atomic_block:
            return make(*args, **kwargs)
        calls = self.after(call)
        result = self.replay(calls) if calls in self.recorded else self.make(calls, make, args, kwargs)
        for each in (*args, *kwargs.values()):
            if isinstance(each, Model) and not isinstance(each, User):
                with suppress(type(each).DoesNotExist):
                    each.refresh_from_db()
        return result

    def after(self, call: tuple) -> tuple:
        """What stands for the rows after the call."""
        return (*(self.calls or base_rows()), call)

    @contextmanager
    def written_as(self, call: tuple):
        """What is written inside stands in the rows as this call."""
        calls = None if self.calls is None else self.after(call)
        yield
        self.calls = calls

    def make(self, calls: tuple, make, args: tuple, kwargs: dict):
        """Run and record the call; the instances returned are read again, as those of a recorded call are."""
        before = all_rows()
        result = make(*args, **kwargs)
        try:
            frozen = freeze(result)
        except NotStored:
            self.calls = None
            return result
        self.recorded[calls] = frozen, diff_sql(before, all_rows())
        self.calls = calls
        return thaw(frozen)

    def replay(self, calls: tuple):
        frozen, changes = self.recorded[calls]
        role = "SET LOCAL session_replication_role = "  # neither triggers nor checks of references: the rows are whole
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"{role}replica;\n{changes or 'SELECT 1'};\n{role}origin")
        self.calls = calls
        return thaw(frozen)


def base_rows() -> tuple:
    """What stands for the rows that were there before the test."""
    return tuple(
        (model, *model.objects.order_by("pk").values_list("pk", flat=True)) for model in (User, Family)
    )


RECORDER = Recorder()


def recorded(make):
    """Decorator of a helper that makes rows and returns them."""

    @wraps(make)
    def run(*args, **kwargs):
        return RECORDER.run(make, args, kwargs)

    return run

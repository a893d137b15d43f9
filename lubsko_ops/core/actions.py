"""Actions: service functions that run in one transaction and trigger hooks before they commit.

An action is a function in an app's ``actions.py`` under ``@action``. When the outermost action finishes, every
registered hook receives the rows that were written. Derived data (deadlines, duplicates) is therefore never older than
the rows it comes from, whoever called the action: a page, the demo data or an import.
"""

from collections.abc import Callable
from contextvars import ContextVar
from enum import IntEnum
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import models, transaction

from lubsko_ops.core.locks import remembered_locks
from lubsko_ops.core.registry import Registry

P = ParamSpec("P")
T = TypeVar("T")
_written: ContextVar[list[models.Model] | None] = ContextVar(
    "rows written by the current action", default=None
)


class Phase(IntEnum):
    """When a hook runs, relative to the others: each phase may read what the earlier ones stored."""

    FACTS = 10
    DEADLINES = 20
    SUMMARY = 30
    TIMELINE = 40
    CHANGE_ENTRY = 50
    DUPLICATES = 60  # last: it waits for other transactions while this one already holds its families


# Functions of the list of written rows, called before each action that wrote any commits; ordered by Phase.
ACTION_HOOKS: Registry[Callable[[list[models.Model]], None]] = Registry("action hooks")


def action(function: Callable[P, T]) -> Callable[P, T]:
    """Run the function in a transaction; the outermost action runs the hooks at its end."""

    @wraps(function)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> T:
        if _written.get() is not None:  # nested: the outermost action runs the hooks
            with transaction.atomic(), remembered_locks():
                return function(*args, **kwargs)
        rows: list[models.Model] = []
        token = _written.set(rows)
        try:
            with transaction.atomic(), remembered_locks():
                result = function(*args, **kwargs)
                _run_hooks(rows)
                return result
        finally:
            _written.reset(token)

    return wrapper


def in_action() -> bool:
    """Whether an action is running."""
    return _written.get() is not None


def record_write(row: models.Model) -> None:
    """Note a written row for the hooks; outside any action they run at once."""
    rows = _written.get()
    if rows is None:
        _run_hooks([row])
    else:
        rows.append(row)


def _run_hooks(rows: list[models.Model]) -> None:
    if rows:
        for hook in ACTION_HOOKS:
            hook(rows)

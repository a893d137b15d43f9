"""Actions: service functions that run in one transaction and trigger hooks before they commit.

An action is a function in an app's ``actions.py`` under ``@action``. When the outermost action finishes, every
registered hook receives the rows that were written. Derived data (deadlines, duplicates) is therefore never older than
the rows it comes from, whoever called the action: a page, the demo data or an import.
"""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import models, transaction

from lubsko_ops.core import clock
from lubsko_ops.core.locks import remembered_locks
from lubsko_ops.core.registry import Registry

P = ParamSpec("P")
T = TypeVar("T")


@dataclass
class _RunningAction:
    rows: list[models.Model] = field(default_factory=list)  # those written
    moment: datetime | None = None


_running: ContextVar[_RunningAction | None] = ContextVar("the outermost running action", default=None)


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
        if (outer := _running.get()) is not None:  # nested: the outermost action runs the hooks
            written = len(outer.rows)
            try:
                with transaction.atomic(), remembered_locks():
                    return function(*args, **kwargs)
            except BaseException:
                del outer.rows[written:]  # what is rolled back was not written
                raise
        running = _RunningAction()
        token = _running.set(running)
        try:
            with transaction.atomic(), remembered_locks():
                result = function(*args, **kwargs)
                _run_hooks(running.rows)
                return result
        finally:
            _running.reset(token)

    return wrapper


def in_action() -> bool:
    """Whether an action is running."""
    return _running.get() is not None


def written_rows() -> list[models.Model]:
    """What the running action has written so far, in order: rows and their versions in the history."""
    running = _running.get()
    return list(running.rows) if running else []


def moment() -> datetime:
    """When the rows of the running action are written: the time of its first one, so that all have the same.

    Outside actions the current time; also when the clock is frozen, because the demo moves it within one action.
    """
    running = _running.get()
    if running is None or clock.is_frozen():
        return clock.now()
    running.moment = running.moment or clock.now()
    return running.moment


def record_write(*rows: models.Model) -> None:
    """Note written rows for the hooks; outside any action they run at once."""
    running = _running.get()
    if running is None:
        _run_hooks(list(rows))
    else:
        running.rows.extend(rows)


def _run_hooks(rows: list[models.Model]) -> None:
    if rows:
        for hook in ACTION_HOOKS:
            hook(rows)

"""What follows from a deed: rooms say once what they want to know of, and hear of it inside the same transaction.

A deed is a function in ``actions.py`` under ``@deed``: it is one transaction, and when the outermost deed has done
its work, those who listen get the rows it wrote. So what is computed from the rows (duties) can never be older than
they are, whoever called the deed: a page, the demo, an import.
"""

from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps

from django.db import transaction

_written: ContextVar[list | None] = ContextVar("rows written by the deed", default=None)
HOOKS: list[tuple[int, Callable]] = []


def on_action_committing(listener: Callable, *, order: int) -> None:
    """Call the function with the list of rows after every deed that wrote some, before the deed is committed."""
    HOOKS.append((order, listener))
    HOOKS.sort(key=lambda each: each[0])


def action(function):
    """One transaction; the rooms that listen hear of the rows written when the outermost deed is done."""

    @wraps(function)
    def whole(*args, **kwargs):
        if _written.get() is not None:  # part of a greater deed
            with transaction.atomic():
                return function(*args, **kwargs)
        token = _written.set([])
        try:
            with transaction.atomic():
                result = function(*args, **kwargs)
                _run_hooks(_written.get())
                return result
        finally:
            _written.reset(token)

    return whole


def in_action() -> bool:
    """Whether a deed is being done: whatever is refused in it, is refused with the whole of it."""
    return _written.get() is not None


def record_write(row) -> None:
    """A row was written. Outside any deed those who listen hear of it at once."""
    rows = _written.get()
    if rows is None:
        _run_hooks([row])
    else:
        rows.append(row)


def _run_hooks(rows: list) -> None:
    if rows:
        for _, listener in HOOKS:
            listener(rows)

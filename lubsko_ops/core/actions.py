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
LISTENERS: list[tuple[int, Callable]] = []


def listen(listener: Callable, *, order: int) -> None:
    """Call the function with the list of rows after every deed that wrote some, before the deed is committed."""
    LISTENERS.append((order, listener))
    LISTENERS.sort(key=lambda each: each[0])


def deed(function):
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
                _tell(_written.get())
                return result
        finally:
            _written.reset(token)

    return whole


def under_way() -> bool:
    """Whether a deed is being done: whatever is refused in it, is refused with the whole of it."""
    return _written.get() is not None


def wrote(row) -> None:
    """A row was written. Outside any deed those who listen hear of it at once."""
    rows = _written.get()
    if rows is None:
        _tell([row])
    else:
        rows.append(row)


def _tell(rows: list) -> None:
    if rows:
        for _, listener in LISTENERS:
            listener(rows)

"""Values that every page needs and that change a few times a year, kept in each process for a short time."""

import time
from collections.abc import Callable
from typing import Generic, TypeVar

from django.db import transaction

T = TypeVar("T")


class ProcessCache(Generic[T]):
    """What ``load`` returns, kept for a minute. Other processes may show the old value that long after a change."""

    SECONDS = 60

    def __init__(self, load: Callable[[], T]) -> None:
        self._load = load
        self._stored: tuple[float, T] | None = None

    def get(self) -> T:
        """The value; one statement a minute."""
        stored = self._stored  # another thread may clear it at any moment
        if stored is None or time.monotonic() > stored[0]:
            stored = self._stored = (time.monotonic() + self.SECONDS, self._load())
        return stored[1]

    def clear(self) -> None:
        self._stored = None

    def clear_with_commit(self) -> None:
        """Clear it now and once more at the commit: another thread may read the old value until then."""
        self.clear()
        transaction.on_commit(self.clear)

"""The one mechanism by which an app offers something to apps it must not import, or to pages that show many apps.

A registry lives where its readers are, is typed by what it collects, and is filled in ``AppConfig.ready()`` (by
convention through the app's ``registrations.py``). An app that is not installed leaves no trace in it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Generic, TypeVar

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured

T = TypeVar("T")


class Registry(Generic[T]):
    """An ordered collection of items, frozen once Django's set-up is complete.

    ``name`` appears in error messages. ``key`` gives what must be unique about an item; the item itself when left out.
    Items are iterated by ``order``, those of equal order in the order of registration.
    """

    def __init__(self, name: str, *, key: Callable[[T], object] = lambda item: item) -> None:
        self.name = name
        self._key = key
        self._items: dict[object, tuple[int, T]] = {}

    def register(self, item: T, *, order: int = 0) -> T:
        """Add an item and return it. Raises ImproperlyConfigured for a second one of its key, or after set-up."""
        if apps.ready:
            raise ImproperlyConfigured(f"{self.name}: register in AppConfig.ready(), not later ({item!r}).")
        return self._add(item, order)

    def _add(self, item: T, order: int) -> T:
        key = self._key(item)
        if key in self._items:
            raise ImproperlyConfigured(f"{self.name}: {key!r} is registered twice.")
        self._items[key] = (order, item)
        self._items = dict(sorted(self._items.items(), key=lambda entry: entry[1][0]))
        return item

    def __iter__(self) -> Iterator[T]:
        return (item for _, item in self._items.values())

    def __len__(self) -> int:
        return len(self._items)

    def __contains__(self, key: object) -> bool:
        return key in self._items

    def __getitem__(self, key: object) -> T:
        return self._items[key][1]

    def get(self, key: object) -> T | None:
        """The item of this key, or None."""
        return self._items[key][1] if key in self._items else None

    @contextmanager
    def extended(self, *items: T, order: int = 0) -> Iterator[None]:
        """For tests: the registry with more items for the time of the block."""
        before = self._items
        self._items = dict(before)
        try:
            for item in items:
                self._add(item, order)
            yield
        finally:
            self._items = before

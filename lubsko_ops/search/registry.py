"""Registry of search sources."""

from collections.abc import Callable

SOURCES: list[Callable] = []


def register_source(source: Callable) -> None:
    """Register a function of (request, SearchQuery) that returns a group of results.

    A group is a dict: ``template`` (rendered with ``group``), ``families`` (ids shown, for the access log), ``count``
    (number of results), and whatever the template needs.
    """
    if source not in SOURCES:
        SOURCES.append(source)

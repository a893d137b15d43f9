"""The search box. The query is kept for its author for an hour and the answer has an opaque address, so that
Back, reload and paging work and no name ever enters an address, a log or the browser's history."""

from collections.abc import Callable

SOURCES: list[Callable] = []


def register_source(source: Callable) -> None:
    """A room offers a source: a function of (request, query), a SearchQuery, that gives a group to show.

    A group is a dict: ``template`` (shows ``group``), ``families`` (ids shown, for the read log), ``found`` (how
    many things), and what the template needs.
    """
    if source not in SOURCES:
        SOURCES.append(source)

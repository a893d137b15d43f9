"""Search sources that apps register."""

from collections.abc import Callable

from lubsko_ops.core.registry import Registry

# Functions of (request, SearchQuery) that return a group of results, a dict: ``template`` (rendered with ``group``),
# ``families`` (ids shown, for the access log), ``count`` (number of results), and whatever the template needs.
SEARCH_SOURCES: Registry[Callable] = Registry("search sources")

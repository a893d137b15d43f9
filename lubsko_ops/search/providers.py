"""Search providers that apps register."""

from collections.abc import Callable

from lubsko_ops.core.registry import Registry

# Functions of (request, SearchQuery) that return a group of results, a dict: ``template`` (rendered with ``group``),
# ``count`` (number of results), and whatever the template needs.
SEARCH_PROVIDERS: Registry[Callable] = Registry("search providers")

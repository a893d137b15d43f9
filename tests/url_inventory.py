"""Every address of the application, for the sweep tests."""

from dataclasses import dataclass

from django.urls import URLPattern, get_resolver


@dataclass(frozen=True)
class Route:
    """One address: its name ("families:people"), its shape, the view and the names of its arguments."""

    name: str
    shape: str
    view: object
    arguments: tuple[str, ...]

    @property
    def view_class(self):
        return getattr(self.view, "view_class", None)

    def __str__(self):
        return self.name


def all_routes() -> list[Route]:
    return sorted(_walk(get_resolver().url_patterns), key=lambda route: route.name)


def _walk(patterns, shape="", namespace="", arguments=()):
    for pattern in patterns:
        here = shape + str(pattern.pattern)
        named = (*arguments, *pattern.pattern.converters)
        if isinstance(pattern, URLPattern):
            yield Route(f"{namespace}{pattern.name}", here, pattern.callback, named)
        else:
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, here, inner, named)

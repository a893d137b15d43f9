"""All URL patterns of the application, for tests that cover every page."""

from dataclasses import dataclass

from django.urls import URLPattern, get_resolver


@dataclass(frozen=True)
class Route:
    """One URL pattern: its name ("families:people"), path, view and argument names."""

    name: str
    path: str
    view: object
    arguments: tuple[str, ...]

    @property
    def view_class(self):
        return getattr(self.view, "view_class", None)

    def __str__(self):
        return self.name


def all_routes() -> list[Route]:
    return sorted(_walk(get_resolver().url_patterns), key=lambda route: route.name)


def _walk(patterns, prefix="", namespace="", arguments=()):
    for pattern in patterns:
        path = prefix + str(pattern.pattern)
        names = (*arguments, *pattern.pattern.converters)
        if isinstance(pattern, URLPattern):
            yield Route(f"{namespace}{pattern.name}", path, pattern.callback, names)
        else:
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, path, inner, names)

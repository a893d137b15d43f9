"""Registry of the dashboard: apps register panels, and the URLs that panels of lower apps link to."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class DashboardAction:
    """A button in the page header; the first one is the primary one."""

    label: str
    url: str
    icon: str = ""


@dataclass(frozen=True)
class Panel:
    """A section of the dashboard: a template with its context.

    ``side`` puts it into the narrow column, ``wide`` below both columns. A panel may also set the heading of the page
    (``title``; the date by default), the text under it (``lede``) and the buttons beside it.
    """

    template: str
    context: dict
    side: bool = False
    wide: bool = False
    title: str = ""
    lede: str = ""
    actions: tuple[DashboardAction, ...] = ()


PANELS: list[tuple[int, Callable]] = []
# URLs of pages in higher apps, by name.
URLS: dict[str, Callable] = {}


def register_panels(order: int, provider: Callable) -> None:
    """Register a function of the request that returns a Panel, a list of them, or None."""
    PANELS.append((order, provider))
    PANELS.sort(key=lambda each: each[0])


def register_url(name: str, get_url: Callable) -> None:
    """Register the URL of a page so that panels of lower apps can link to it."""
    URLS[name] = get_url


def url_for(name: str, *args) -> str:
    """The registered URL; empty when no app registered the name."""
    return URLS[name](*args) if name in URLS else ""


def get_panels(request) -> list[Panel]:
    """The panels for the user of the request, in order."""
    panels = []
    for _, provider in PANELS:
        result = provider(request) or []
        panels += [result] if isinstance(result, Panel) else result
    return panels

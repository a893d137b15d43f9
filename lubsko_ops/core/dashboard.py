"""Registry of the dashboard: apps register panels, and the URLs that panels of lower apps link to."""

from collections.abc import Callable
from dataclasses import dataclass

from lubsko_ops.core.registry import Registry


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


# Functions of the request that return a Panel, a list of them, or None.
PANELS: Registry[Callable] = Registry("dashboard panels")


@dataclass(frozen=True)
class NamedUrl:
    """The URL of a page of a higher app, so that panels of lower apps can link to it."""

    name: str
    get_url: Callable[..., str]


URLS: Registry[NamedUrl] = Registry("URLs for panels", key=lambda item: item.name)


def url_for(name: str, *args) -> str:
    """The registered URL; empty when no app registered the name."""
    return URLS[name].get_url(*args) if name in URLS else ""


def get_panels(request) -> list[Panel]:
    """The panels for the user of the request, in order."""
    panels: list[Panel] = []
    for provider in PANELS:
        result = provider(request) or []
        panels += [result] if isinstance(result, Panel) else result
    return panels

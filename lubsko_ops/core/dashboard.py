"""The start page: panels that the rooms register, drafts that wait."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class DashboardAction:
    """A button in the head of the page; the first one is the main one."""

    label: str
    url: str
    icon: str = ""


@dataclass(frozen=True)
class Panel:
    """A part of the start page: a template with its context.

    ``side`` puts it into the narrow column, ``wide`` below both columns. A panel may also give the page its
    heading (``title``; otherwise the day is the heading), sentences under it (``lede``) and buttons beside it.
    """

    template: str
    context: dict
    side: bool = False
    wide: bool = False
    title: str = ""
    lede: str = ""
    actions: tuple[DashboardAction, ...] = ()


PANELS: list[tuple[int, Callable]] = []


def register(order: int, panels: Callable) -> None:
    """A room offers a part of the page: a function of the request that gives a Panel, several, or None for this
    person."""
    PANELS.append((order, panels))
    PANELS.sort(key=lambda each: each[0])


# What a panel may lead to in a room further on, by name: the report of the quarter of a day.
URLS: dict[str, Callable] = {}


def register_url(name: str, address: Callable) -> None:
    """A room further on says where its page of this name is, so that panels of other rooms lead there."""
    URLS[name] = address


def url_for(name: str, *args) -> str:
    """The address; "" while no room has such a page."""
    return URLS[name](*args) if name in URLS else ""


def get_panels(request) -> list[Panel]:
    """What the rooms have for this person, in order."""
    found = []
    for _, make in PANELS:
        made = make(request) or []
        found += [made] if isinstance(made, Panel) else made
    return found

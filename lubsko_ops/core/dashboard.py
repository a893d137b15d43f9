"""The start page: panels that the rooms register, drafts that wait."""

from collections.abc import Callable
from dataclasses import dataclass

from lubsko_ops.core.permissions import Permission
from lubsko_ops.core.polish import count_of, weekday_and_day
from lubsko_ops.submissions import drafts
from lubsko_ops.submissions.models import Draft
from lubsko_ops.submissions.base_views import Page

MOST_DRAFTS = 50


@dataclass(frozen=True)
class Deed:
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
    deeds: tuple[Deed, ...] = ()


PANELS: list[tuple[int, Callable]] = []


def register(order: int, panels: Callable) -> None:
    """A room offers a part of the page: a function of the request that gives a Panel, several, or None for this
    person."""
    PANELS.append((order, panels))
    PANELS.sort(key=lambda each: each[0])


# What a panel may lead to in a room further on, by name: the report of the quarter of a day.
PLACES: dict[str, Callable] = {}


def register_place(name: str, address: Callable) -> None:
    """A room further on says where its page of this name is, so that panels of other rooms lead there."""
    PLACES[name] = address


def place(name: str, *args) -> str:
    """The address; "" while no room has such a page."""
    return PLACES[name](*args) if name in PLACES else ""


def waiting_drafts(request) -> list[Draft]:
    """The person's drafts that have not expired, the last saved first; asked once for a page."""
    if not hasattr(request, "waiting_drafts"):
        request.waiting_drafts = list(Draft.objects.waiting().filter(user=request.user)[:MOST_DRAFTS])
    return request.waiting_drafts


def panels_of(request) -> list[Panel]:
    """What the rooms have for this person, in order."""
    found = []
    for _, make in PANELS:
        made = make(request) or []
        found += [made] if isinstance(made, Panel) else made
    return found


class Start(Page):
    """Start: what is due today comes first."""

    permission = Permission.OWN_ACCOUNT
    part = None
    template_name = "ops/start.html"

    def get_context_data(self, **kwargs):
        panels = panels_of(self.request)
        waiting = waiting_drafts(self.request)
        day, title = (
            weekday_and_day(self.request.today),
            next((each.title for each in panels if each.title), ""),
        )
        sentences = [f"{day}."] if title else []
        sentences += [each.lede for each in panels if each.lede]
        if waiting:
            forms = "niedokończony szkic,niedokończone szkice,niedokończonych szkiców"
            sentences.append(f"{count_of(len(waiting), forms)} do zapisania.")
        return super().get_context_data(
            heading=title or day,
            lede=" ".join(sentences),
            deeds=[deed for each in panels for deed in each.deeds],
            panels=[each for each in panels if not (each.side or each.wide)],
            side_panels=[each for each in panels if each.side],
            wide_panels=[each for each in panels if each.wide],
            drafts=[{"draft": draft, "address": drafts.address_of(draft)} for draft in waiting],
            **kwargs,
        )

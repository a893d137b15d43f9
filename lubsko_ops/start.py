"""The start page: panels that the rooms register, drafts that wait."""

from collections.abc import Callable
from dataclasses import dataclass

from lubsko_ops.access import Permission
from lubsko_ops.polish import weekday_and_day
from lubsko_ops.submissions import drafts
from lubsko_ops.submissions.models import Draft
from lubsko_ops.views import Page


@dataclass(frozen=True)
class Panel:
    """A part of the start page: a template with its context. ``side`` puts it into the narrow column."""

    template: str
    context: dict
    side: bool = False


PANELS: list[tuple[int, Callable]] = []


def register(order: int, panel: Callable) -> None:
    """A room offers a panel: a function of the request that gives a Panel, or None for this person."""
    PANELS.append((order, panel))
    PANELS.sort(key=lambda each: each[0])


class Start(Page):
    """Start: what is due today comes first."""

    permission = Permission.OWN_ACCOUNT
    part = None
    template_name = "ops/start.html"

    def get_context_data(self, **kwargs):
        panels = [panel for _, make in PANELS if (panel := make(self.request))]
        waiting = Draft.objects.waiting().filter(user=self.request.user)[:50]
        return super().get_context_data(
            day=weekday_and_day(self.request.today),
            panels=[panel for panel in panels if not panel.side],
            side_panels=[panel for panel in panels if panel.side],
            drafts=[{"draft": draft, "address": drafts.address_of(draft)} for draft in waiting],
            **kwargs,
        )

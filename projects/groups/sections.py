"""Parts of the page of a group that come from higher apps."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from lubsko_ops.core.registry import Registry


@dataclass(frozen=True)
class GroupSection:
    """A part of the page of a group.

    ``load`` gets the view of the page (its request, group, edition, leaders) and returns the context of the template,
    as ``section`` in it; None where there is nothing to show. ``lede`` in it is a sentence for the head of the page.
    ``side``: in the narrow column.
    """

    code: str
    template: str
    load: Callable[[Any], dict[str, Any] | None]
    side: bool = False


@dataclass(frozen=True)
class LoadedSection:
    """A part as the page shows it."""

    template: str
    side: bool
    context: dict[str, Any]

    @property
    def lede(self) -> str:
        return self.context.get("lede", "")


GROUP_SECTIONS: Registry[GroupSection] = Registry("parts of the page of a group", key=lambda part: part.code)


def load_sections(view: Any) -> list[LoadedSection]:
    """The parts that have something to show, in order."""
    loaded = [(each, each.load(view)) for each in GROUP_SECTIONS]
    return [LoadedSection(each.template, each.side, values) for each, values in loaded if values is not None]

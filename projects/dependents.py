"""What rests on a group, a participation or an edition in higher apps: asked before one of them is changed.

Nothing is pulled from under rows of another app: a change either refuses with the list, or says what will follow and
does it in the same action.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date

from lubsko_ops.accounts.models import User
from lubsko_ops.core.registry import Registry
from projects.models import Edition, Participation, ProjectGroup

# Days on which rows of other apps need the group to last, and what each is: "spotkanie".
GROUP_DAYS: Registry[Callable[[ProjectGroup], Iterable[tuple[date, str]]]] = Registry("days of groups")
# Rows for which the group must stay: their number and the three forms of what they are.
GROUP_USES: Registry[Callable[[ProjectGroup], tuple[int, str]]] = Registry("uses of groups")
# Days on which rows of other apps need these participations (ids) to take part: id, day, what it is.
PARTICIPATION_DAYS: Registry[Callable[[Collection[int]], Iterable[tuple[int, date, str]]]] = Registry(
    "days of participations"
)


@dataclass(frozen=True)
class EditionEnding:
    """What follows in a higher app when a project ends or is given up.

    ``announce``: sentences about what ``carry_out`` will do after the last day; ``refuse``: why it cannot end then.
    ``carry_out`` runs inside the action that ends the project, after its own changes.
    """

    code: str
    announce: Callable[[Edition, date], list[str]]
    refuse: Callable[[Edition, date], list[str]]
    carry_out: Callable[[Edition, date, User], None]


EDITION_ENDINGS: Registry[EditionEnding] = Registry(
    "what follows the end of a project", key=lambda item: item.code
)


@dataclass(frozen=True)
class ParticipationNote:
    """A line about a participation from a higher app: "12 z 14 spotkań", and where it leads."""

    text: str
    url: str = ""


# Lines about these participations by id, as the user may see them; the number of statements does not depend on theirs.
PARTICIPATION_NOTES: Registry[Callable[[list[Participation], User, date], dict[int, ParticipationNote]]] = (
    Registry("lines about participations")
)


@dataclass(frozen=True)
class ProjectFact:
    """A fact in the header of a project: "Najbliższe spotkanie"."""

    term: str
    value: str


PROJECT_FACTS: Registry[Callable[[Edition, date], ProjectFact | None]] = Registry("facts of a project")

"""What rests on a group, a participation or an edition in higher apps: asked before one of them is changed.

Nothing is pulled from under rows of another app: a change either refuses with the list, or says what will follow and
does it in the same action.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from lubsko_ops.accounts.models import User
from lubsko_ops.core.polish import join_list, short_date
from lubsko_ops.core.registry import Registry
from projects.models import Edition, GroupLeader, Participation, ProjectGroup, Survey

SHOWN_DAYS = 6

# Days on which rows of other apps need the group to last, and what each is: "spotkanie".
GROUP_DAYS: Registry[Callable[[ProjectGroup], Iterable[tuple[date, str]]]] = Registry("days of groups")
# Days on which rows of other apps need somebody to lead the group, and what each is: "zastępstwo".
LEADER_DAYS: Registry[Callable[[GroupLeader], Iterable[tuple[date, str]]]] = Registry("days of leaders")
# Rows for which the group must stay: their number and the three forms of what they are.
GROUP_USES: Registry[Callable[[ProjectGroup], tuple[int, str]]] = Registry("uses of groups")
# Days on which rows of other apps need these participations (ids) to take part: id, day, what it is.
PARTICIPATION_DAYS: Registry[Callable[[Collection[int]], Iterable[tuple[int, date, str]]]] = Registry(
    "days of participations"
)

# Why sheets of a survey may not be typed again; "" where nothing rests on its results.
SURVEY_HOLDS: Registry[Callable[[Survey], str]] = Registry("what rests on the results of surveys")


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


PROJECT_FACTS: Registry[Callable[[Edition, User, date], ProjectFact | None]] = Registry("facts of a project")


def notes_about(rows: list[Participation], user: User, *, on: date) -> dict[int, list[ParticipationNote]]:
    """Lines of other apps about these participations, by id."""
    notes: dict[int, list[ParticipationNote]] = {}
    for load in PARTICIPATION_NOTES:
        for pk, note in load(rows, user, on).items():
            notes.setdefault(pk, []).append(note)
    return notes


@dataclass(frozen=True)
class ProjectTab:
    """A tab of a project from a higher app; ``is_shown`` to the user."""

    label: str
    url_name: str
    is_shown: Callable[[Edition, User], bool] = lambda edition, user: True


PROJECT_TABS: Registry[ProjectTab] = Registry("tabs of a project", key=lambda item: item.url_name)


@dataclass(frozen=True)
class ProjectTask:
    """What waits in projects in a higher app, for the start page; also of projects that are settled.

    ``expression``: of an edition, annotated as ``name``, NULL where nothing waits. ``notes``: sentences about its value
    with their address and kind, as the user may see them; ``decides``: whether the user approves.
    """

    name: str
    expression: Callable[[], Any]
    notes: Callable[[Edition, Any, bool], list[tuple[str, str, str]]]


PROJECT_TASKS: Registry[ProjectTask] = Registry("what waits in projects", key=lambda item: item.name)

# What is still open in a higher app when a project is settled, which it does not prevent: sentence and address.
SETTLEMENT_NOTES: Registry[Callable[[Edition], Iterable[tuple[str, str]]]] = Registry(
    "what is open at a settlement"
)


def survey_hold(survey: Survey) -> str:
    """The first reason why the results of the survey stay as they are; "" for none."""
    return next(filter(None, (hold(survey) for hold in SURVEY_HOLDS)), "")


# ---- asked before a change ---------------------------------------------------------------------------
def listed_days(days: Iterable[tuple[date, str]]) -> str:
    """ "12.10.2026 (spotkanie) i 19.10.2026 (spotkanie)"; of many days the first ones. Empty for none."""
    rows = sorted(set(days))
    shown = [f"{short_date(day)} ({what})" for day, what in rows[:SHOWN_DAYS]]
    rest = len(rows) - SHOWN_DAYS
    return join_list([*shown, f"jeszcze {rest}"] if rest > 0 else shown)


def days_outside(group: ProjectGroup) -> str:
    """Days of rows of other apps on which the group, as it is to be, would not last; empty when it does on all."""
    return listed_days(row for days in GROUP_DAYS for row in days(group) if not group.is_active_on(row[0]))


def used_by(group: ProjectGroup) -> list[tuple[int, str]]:
    """What of other apps makes the group stay: numbers and forms of words, without those of which there are none."""
    return [use for uses in GROUP_USES if (use := uses(group))[0]]


def days_not_led(leader: GroupLeader) -> str:
    """Days of rows of other apps on which somebody, with the days as they are to be, would not lead the group."""
    return listed_days(row for days in LEADER_DAYS for row in days(leader) if not leader.is_active_on(row[0]))


def days_of_leader(leader: GroupLeader) -> str:
    """All such days; empty for none."""
    return listed_days(row for days in LEADER_DAYS for row in days(leader))


def days_of_participation(participation: int, *, since: date) -> str:
    """Days from ``since`` on when rows of other apps need the participation (id); empty for none."""
    rows = (row for days in PARTICIPATION_DAYS for row in days([participation]))
    return listed_days((day, what) for _, day, what in rows if day >= since)

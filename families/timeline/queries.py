"""Reading a family's timeline, newest first, page by page."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, time
from functools import cache
from typing import Any

from django.db.models import QuerySet

from families.timeline.events import EVENT_KINDS
from families.timeline.models import TimelineEntry
from lubsko_ops.accounts.models import User
from lubsko_ops.core.compiled_query import CompiledQuery
from lubsko_ops.core.keyset_list import Sort, first_page, paginate
from lubsko_ops.core.lookups import is_among
from lubsko_ops.core.parsing import parse_int
from lubsko_ops.core.permissions import SensitiveKind, can_see_sensitive, has_permission

PAGE_SIZE = 20
NEWEST_FIRST = Sort(
    "timeline", "najdawniejsze", "najnowsze", ("day", "sorted_at", "kind", "row"), descending=True
)


@dataclass(frozen=True)
class TimelineEvent:
    """An event on the timeline with its day, time and Polish texts."""

    day: date
    at: time | None
    kind: str
    row: int
    title: str
    author: int | None  # user id
    who: str = ""
    note: str = ""
    text: str = ""
    url: str = ""
    key: bool = False
    marks: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class TimelinePage:
    """One page of the timeline and the cursors of the older and the newer one; an empty cursor means there is none."""

    events: list[TimelineEvent]
    older: str
    newer: str


def get_timeline(
    family: int,
    *,
    user: Any,
    until: date,
    only: Iterable[str] = (),
    older: str = "",
    newer: str = "",
    size: int = PAGE_SIZE,
) -> TimelinePage:
    """One page of the family's events up to a day, newest first.

    ``older``, ``newer``: cursor from the URL; an invalid one gives the first page.
    """
    kinds, circles = _kinds_visible_to(user, only), _circles_visible_to(user)
    after, before = parse_int(older), parse_int(newer)
    if after is None and before is None:
        page = first_page(_first_rows(kinds, circles, size).all(family=family, until=until), size)
    else:
        entries = _entries(kinds, circles, family, until)
        page = paginate(entries, NEWEST_FIRST, size=size, after=after, before=before)
    return TimelinePage(_render(page.rows, user), older=str(page.after or ""), newer=str(page.before or ""))


def _kinds_visible_to(user: Any, only: Iterable[str]) -> tuple[str, ...]:
    return tuple(
        kind.name
        for kind in EVENT_KINDS
        if (not only or kind.name in only) and (not kind.permission or has_permission(user, kind.permission))
    )


def _circles_visible_to(user: Any) -> tuple[str, ...]:
    return "", *(circle for circle in SensitiveKind if can_see_sensitive(user, circle))


def _entries(kinds: tuple, circles: tuple, family: int, until: date) -> QuerySet[TimelineEntry]:
    entries = TimelineEntry.objects.filter(kind__in=kinds, circle__in=circles, family=family, day__lte=until)
    return entries.select_related("author")


@cache
def _first_rows(kinds: tuple, circles: tuple, size: int) -> CompiledQuery[TimelineEntry]:
    """The first page and one row more."""

    def build(family: int, until: date) -> QuerySet[TimelineEntry]:
        return _entries(kinds, circles, family, until).order_by(*NEWEST_FIRST.order)[: size + 1]

    return CompiledQuery(build, family=-1, until=date.min)


def _render(entries: list[TimelineEntry], user: Any) -> list[TimelineEvent]:
    """Events with their words; a row that was deleted meanwhile is left out.

    One statement for each kind with details, or for kinds that share them.
    """
    ids = defaultdict(set)
    for each in entries:
        ids[EVENT_KINDS[each.kind].details].add(each.row)
    rows = {
        details: {row.pk: row for row in _details(details, user.roles).all(ids=list(ids[details]))}
        for details in ids
        if details
    }
    events = []
    for each in entries:
        kind = EVENT_KINDS[each.kind]
        row = rows[kind.details].get(each.row) if kind.details else None
        if row or not kind.details:
            events.append(_event(each, kind.render(each, row)))
    return events


@cache
def _details(details: Callable[[Any], QuerySet], roles: frozenset[str]) -> CompiledQuery:
    """What the words of a page need, for users with these roles."""
    user = User.with_only(roles)
    return CompiledQuery(lambda ids: details(user).filter(is_among(ids)), ids=[-1])


def _event(entry: TimelineEntry, words: dict[str, Any]) -> TimelineEvent:
    who = str(entry.author) if entry.author else ""
    fixed = {"day": entry.day, "at": entry.at, "kind": entry.kind, "row": entry.row}
    return TimelineEvent(author=entry.author_id, **fixed, **({"who": who} | words))

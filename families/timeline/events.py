"""The timeline of a case, newest first: one UNION query over the kinds of events registered by apps.

Each kind yields the same columns (day, time, kind, row id, facts). The paging cursor consists of day, time,
kind and row id, so no personal data appear in URLs.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, time

from django.core.exceptions import ImproperlyConfigured
from django.db.models import BigIntegerField, CharField, F, Q, QuerySet, TimeField, Value
from django.db.models.functions import Cast, Coalesce, JSONObject

from lubsko_ops.core.registry import Registry

COLUMNS = ("event_day", "event_at", "event_kind", "event_row", "event_facts")
MIDNIGHT = time(0)
RECORDED_TIME = "recorded_time"  # key of the facts: the time of day, empty where none was recorded
PAGE_SIZE = 20
KIND_NAME = "[a-z_]{1,20}"
CURSOR_PATTERN = re.compile(rf"(\d{{4}}-\d\d-\d\d)\.(\d{{4}})\.({KIND_NAME})\.(\d{{1,18}})")


@dataclass(frozen=True)
class TimelineEvent:
    """An event on the timeline with its day, time and Polish texts."""

    day: date
    at: time | None
    kind: str
    row: int
    title: str
    note: str = ""
    text: str = ""
    who: str = ""
    author: int | None = None  # user id of the author, where only the author may correct it
    url: str = ""
    key: bool = False
    marks: tuple[tuple[str, str], ...] = ()

    @property
    def cursor(self) -> str:
        """Position on the timeline, for URLs."""
        return f"{self.day:%Y-%m-%d}.{self.at or MIDNIGHT:%H%M}.{self.kind}.{self.row}"


@dataclass(frozen=True)
class EventKind:
    """A kind of event.

    name: unique, as KIND_NAME demands (ImproperlyConfigured otherwise), because it stands in cursors. rows: the rows
    of a family (id) that a user may see. day, at: names of fields. facts: what rendering needs, by name, as a field
    name or expression. render: the fields of TimelineEvent (title, note, url, …) from the family id and the facts,
    which also hold the row id as ``row`` and the ``day``.
    """

    name: str
    rows: Callable[[int, object], QuerySet]
    day: str
    facts: dict[str, str | F]
    render: Callable[[int, dict], dict]
    at: str = ""

    def __post_init__(self) -> None:
        if not re.fullmatch(KIND_NAME, self.name):  # a cursor of another name would not be read
            raise ImproperlyConfigured(f"The name of a kind of event must match {KIND_NAME}: {self.name!r}")


EVENT_KINDS: Registry[EventKind] = Registry("kinds of timeline events", key=lambda kind: kind.name)


@dataclass(frozen=True)
class TimelinePage:
    """One page of the timeline and the cursors of its neighbours; an empty cursor means there is none."""

    events: list[TimelineEvent]
    older: str
    newer: str


def get_timeline(
    family: int,
    *,
    user,
    until: date,
    only: Iterable[str] = (),
    older: str = "",
    newer: str = "",
    size: int = PAGE_SIZE,
) -> TimelinePage:
    """One page of the family's events up to a day, newest first. One query.

    ``older``, ``newer``: cursor from the URL; an invalid one gives the first page.
    """
    forward = bool(newer)
    cursor = _parse_cursor(newer or older)
    names = [kind.name for kind in EVENT_KINDS if not only or kind.name in only]
    parts = [
        _rows_of_kind(EVENT_KINDS[name], family, user, until, cursor, forward, size + 1) for name in names
    ]
    union = (
        parts[0].union(*parts[1:], all=True).order_by(*_order(forward))[: size + 1] if parts[1:] else parts[0]
    )
    rows = list(union)
    more, rows = len(rows) > size, rows[:size]
    if forward and cursor:
        rows.reverse()
        if not more:
            return (
                get_timeline(family, user=user, until=until, only=only, size=size)
                if len(rows) < size
                else _page(family, rows, older=True, newer=False)
            )
        return _page(family, rows, older=True, newer=True)
    return _page(family, rows, older=more, newer=cursor is not None)


def _page(family: int, rows: list, *, older: bool, newer: bool) -> TimelinePage:
    events = [_event(family, row) for row in rows]
    return TimelinePage(
        events,
        older=events[-1].cursor if events and older else "",
        newer=events[0].cursor if events and newer else "",
    )


def _order(forward: bool) -> list[str]:
    return [f"{'' if forward else '-'}{name}" for name in COLUMNS[:-1]]


def _rows_of_kind(
    kind: EventKind, family: int, user, until: date, cursor, forward: bool, size: int
) -> QuerySet:
    """The rows of one kind that may appear on the page."""
    at = Coalesce(F(kind.at), MIDNIGHT) if kind.at else Value(MIDNIGHT, TimeField())
    facts = kind.facts | ({RECORDED_TIME: kind.at} if kind.at else {})
    rows = (
        kind.rows(family, user)
        .filter(**{f"{kind.day}__lte": until})
        .order_by()
        .annotate(
            event_day=F(kind.day),
            event_at=at,
            event_kind=Value(kind.name, CharField()),
            event_row=Cast(F("pk"), BigIntegerField()),
            event_facts=JSONObject(**facts),
        )
    )
    if cursor:
        rows = rows.filter(_after_cursor(kind.name, cursor, forward))
    return rows.values(*COLUMNS).order_by(*_order(forward))[:size]


def _after_cursor(name: str, cursor, forward: bool) -> Q:
    """Rows of the kind that follow the cursor in the sorting of the page."""
    day, at, kind, row = cursor
    lookup = "gt" if forward else "lt"
    same_time = Q(event_day=day, event_at=at)
    following = Q(**{f"event_day__{lookup}": day}) | Q(event_day=day, **{f"event_at__{lookup}": at})
    if name == kind:
        return following | same_time & Q(**{f"event_row__{lookup}": row})
    kind_follows = name > kind if forward else name < kind
    return following | same_time if kind_follows else following


def _parse_cursor(text: str):
    match = CURSOR_PATTERN.fullmatch(text)
    if not match:
        return None
    day, at, kind, row = match.groups()
    try:
        return date.fromisoformat(day), time(int(at[:2]), int(at[2:])), kind, int(row)
    except ValueError:
        return None


def _event(family: int, row: dict) -> TimelineEvent:
    day, at, name, pk, facts = (row[key] for key in COLUMNS)
    fields = EVENT_KINDS[name].render(family, facts | {"row": pk, "day": day})
    at = at if facts.get(RECORDED_TIME) else None  # a missing time is not midnight
    return TimelineEvent(day=day, at=at, kind=name, row=pk, **fields)

"""The timeline of a case, newest first: one UNION query over the sources registered by apps.

Each source yields the same columns (day, time, source, row id, facts). The paging cursor consists of day, time,
source and row id, so no personal data appear in URLs.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, time

from django.core.exceptions import ImproperlyConfigured
from django.db.models import BigIntegerField, CharField, F, Q, QuerySet, TimeField, Value
from django.db.models.functions import Cast, Coalesce, JSONObject

from lubsko_ops.core.registry import Registry

COLUMNS = ("event_day", "event_at", "event_source", "event_row", "event_facts")
MIDNIGHT = time(0)
RECORDED_TIME = "recorded_time"  # key of the facts: the time of day, empty where none was recorded
PAGE_SIZE = 20
SOURCE_NAME = "[a-z_]{1,20}"
CURSOR_PATTERN = re.compile(rf"(\d{{4}}-\d\d-\d\d)\.(\d{{4}})\.({SOURCE_NAME})\.(\d{{1,18}})")


@dataclass(frozen=True)
class TimelineEvent:
    """An event on the timeline with its day, time and Polish texts."""

    day: date
    at: time | None
    source: str
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
        return f"{self.day:%Y-%m-%d}.{self.at or MIDNIGHT:%H%M}.{self.source}.{self.row}"


@dataclass(frozen=True)
class TimelineSource:
    """A kind of event.

    name: unique, as SOURCE_NAME demands (ImproperlyConfigured otherwise), because it stands in cursors. rows: the rows
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
        if not re.fullmatch(SOURCE_NAME, self.name):  # a cursor of another name would not be read
            raise ImproperlyConfigured(
                f"The name of a timeline source must match {SOURCE_NAME}: {self.name!r}"
            )


TIMELINE_SOURCES: Registry[TimelineSource] = Registry("timeline sources", key=lambda source: source.name)


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
    names = [source.name for source in TIMELINE_SOURCES if not only or source.name in only]
    parts = [
        _source_rows(TIMELINE_SOURCES[name], family, user, until, cursor, forward, size + 1) for name in names
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


def _source_rows(
    source: TimelineSource, family: int, user, until: date, cursor, forward: bool, size: int
) -> QuerySet:
    """The rows of one source that may appear on the page."""
    at = Coalesce(F(source.at), MIDNIGHT) if source.at else Value(MIDNIGHT, TimeField())
    facts = source.facts | ({RECORDED_TIME: source.at} if source.at else {})
    rows = (
        source.rows(family, user)
        .filter(**{f"{source.day}__lte": until})
        .order_by()
        .annotate(
            event_day=F(source.day),
            event_at=at,
            event_source=Value(source.name, CharField()),
            event_row=Cast(F("pk"), BigIntegerField()),
            event_facts=JSONObject(**facts),
        )
    )
    if cursor:
        rows = rows.filter(_after_cursor(source.name, cursor, forward))
    return rows.values(*COLUMNS).order_by(*_order(forward))[:size]


def _after_cursor(name: str, cursor, forward: bool) -> Q:
    """Rows of the source that follow the cursor in the sorting of the page."""
    day, at, source, row = cursor
    lookup = "gt" if forward else "lt"
    same_time = Q(event_day=day, event_at=at)
    following = Q(**{f"event_day__{lookup}": day}) | Q(event_day=day, **{f"event_at__{lookup}": at})
    if name == source:
        return following | same_time & Q(**{f"event_row__{lookup}": row})
    source_follows = name > source if forward else name < source
    return following | same_time if source_follows else following


def _parse_cursor(text: str):
    match = CURSOR_PATTERN.fullmatch(text)
    if not match:
        return None
    day, at, source, row = match.groups()
    try:
        return date.fromisoformat(day), time(int(at[:2]), int(at[2:])), source, int(row)
    except ValueError:
        return None


def _event(family: int, row: dict) -> TimelineEvent:
    day, at, name, pk, facts = (row[key] for key in COLUMNS)
    fields = TIMELINE_SOURCES[name].render(family, facts | {"row": pk, "day": day})
    at = at if facts.get(RECORDED_TIME) else None  # a missing time is not midnight
    return TimelineEvent(day=day, at=at, source=name, row=pk, **fields)

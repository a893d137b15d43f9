"""The story of a case, newest first: one statement over the sources the rooms have registered.

Each source gives rows of one fixed shape (day, hour, source, row, facts); the place in the story is a day and a row,
so nothing of anybody stands in an address.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, time

from django.db.models import BigIntegerField, CharField, F, Q, QuerySet, TimeField, Value
from django.db.models.functions import Cast, Coalesce, JSONObject

COLUMNS = ("event_day", "event_at", "event_source", "event_row", "event_facts")
MIDNIGHT = time(0)
TIME_FACT = "hour_written"  # among the facts: the hour as it was written, if it was
PAGE_SIZE = 20
CURSOR_PATTERN = re.compile(r"(\d{4}-\d\d-\d\d)\.(\d{4})\.([a-z_]{1,20})\.(\d{1,18})")


@dataclass(frozen=True)
class TimelineEvent:
    """Something that happened: its day and hour, and what it says in words."""

    day: date
    at: time | None
    source: str
    row: int
    title: str
    note: str = ""
    text: str = ""
    who: str = ""
    author: int | None = None  # the id of who wrote it, where only she may correct it
    url: str = ""
    key: bool = False
    marks: tuple[tuple[str, str], ...] = ()

    @property
    def place(self) -> str:
        """The place in the story, for an address."""
        return f"{self.day:%Y-%m-%d}.{self.at or MIDNIGHT:%H%M}.{self.source}.{self.row}"


@dataclass(frozen=True)
class TimelineSource:
    """A kind of event. ``rows``: a queryset of a family's rows for a person; ``day`` and ``at``: names of fields;
    ``facts``: what the words need (name -> expression); ``tell``: the words (title, note, url, …) from family and
    facts, where ``row`` is the row's id."""

    name: str
    rows: Callable[[int, object], QuerySet]
    day: str
    facts: dict[str, str]
    tell: Callable[[int, dict], dict]
    at: str = ""


SOURCES: dict[str, TimelineSource] = {}


def register_source(source: TimelineSource) -> None:
    """A room tells its part of the story."""
    SOURCES[source.name] = source


@dataclass(frozen=True)
class TimelinePage:
    """One page of the story and the places its neighbours begin at."""

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
    """What happened in the family up to a day, newest first. One statement.

    ``older``, ``newer``: a place from an address; an unreadable one gives the beginning.
    """
    forward = bool(newer)
    place = _parse_cursor(newer or older)
    names = [name for name in SOURCES if not only or name in only]
    parts = [_source_rows(SOURCES[name], family, user, until, place, forward, size + 1) for name in names]
    union = (
        parts[0].union(*parts[1:], all=True).order_by(*_order(forward))[: size + 1] if parts[1:] else parts[0]
    )
    rows = list(union)
    more, rows = len(rows) > size, rows[:size]
    if forward and place:
        rows.reverse()
        if not more:
            return (
                get_timeline(family, user=user, until=until, only=only, size=size)
                if len(rows) < size
                else _page(family, rows, older=True, newer=False)
            )
        return _page(family, rows, older=True, newer=True)
    return _page(family, rows, older=more, newer=place is not None)


def _page(family: int, rows: list, *, older: bool, newer: bool) -> TimelinePage:
    events = [_event(family, row) for row in rows]
    return TimelinePage(
        events,
        older=events[-1].place if events and older else "",
        newer=events[0].place if events and newer else "",
    )


def _order(forward: bool) -> list[str]:
    return [f"{'' if forward else '-'}{name}" for name in COLUMNS[:-1]]


def _source_rows(
    source: TimelineSource, family: int, user, until: date, place, forward: bool, size: int
) -> QuerySet:
    """The rows of one source that may stand on the page."""
    hour = Coalesce(F(source.at), MIDNIGHT) if source.at else Value(MIDNIGHT, TimeField())
    facts = source.facts | ({TIME_FACT: source.at} if source.at else {})
    shaped = (
        source.rows(family, user)
        .filter(**{f"{source.day}__lte": until})
        .order_by()
        .annotate(
            event_day=F(source.day),
            event_at=hour,
            event_source=Value(source.name, CharField()),
            event_row=Cast(F("pk"), BigIntegerField()),
            event_facts=JSONObject(**facts),
        )
    )
    if place:
        shaped = shaped.filter(_after_cursor(source.name, place, forward))
    return shaped.values(*COLUMNS).order_by(*_order(forward))[:size]


def _after_cursor(name: str, place, forward: bool) -> Q:
    """Rows of the source that come after the place in the order of the page."""
    day, at, source, row = place
    way = "gt" if forward else "lt"
    same_hour = Q(event_day=day, event_at=at)
    later = Q(**{f"event_day__{way}": day}) | Q(event_day=day, **{f"event_at__{way}": at})
    if name == source:
        return later | same_hour & Q(**{f"event_row__{way}": row})
    beyond_source = name > source if forward else name < source
    return later | same_hour if beyond_source else later


def _parse_cursor(place: str):
    found = CURSOR_PATTERN.fullmatch(place)
    if not found:
        return None
    day, hour, source, row = found.groups()
    try:
        return date.fromisoformat(day), time(int(hour[:2]), int(hour[2:])), source, int(row)
    except ValueError:
        return None


def _event(family: int, row: dict) -> TimelineEvent:
    day, hour, name, pk, facts = (row[key] for key in COLUMNS)
    source = SOURCES[name]
    told = source.tell(family, facts | {"row": pk, "day": day})
    at = hour if facts.get(TIME_FACT) else None  # an hour nobody wrote down is not midnight
    return TimelineEvent(day=day, at=at, source=name, row=pk, **told)

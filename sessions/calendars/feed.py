"""Calendars of other programs (RFC 5545): the only module that knows icalendar.

What is written holds neither names nor addresses of families and participants: of a visit it says "Wizyta" and its
hour. The same events give the same bytes.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vRecur, vText

from lubsko_ops.core import clock

CONTENT_TYPE = "text/calendar; charset=utf-8"
FORMAT = 1  # raised when the same events are written in another way
PRODUCT = "-//Lubsko OPS//Kalendarz//PL"
REFRESHED = timedelta(hours=1)  # how often programs that subscribe ask again
ZONE = str(clock.WARSAW)


@dataclass(frozen=True)
class FeedEvent:
    """An event. ``starts`` and ``ends``: local time, or days of which ``ends`` is the one after the last.

    ``days``: on how many days in a row it takes place at these hours. ``uid`` stays the same for good, ``sequence``
    rises with each change.
    """

    uid: str
    sequence: int
    entered_at: datetime
    changed_at: datetime
    summary: str
    starts: datetime | date
    ends: datetime | date
    days: int = 1
    place: str = ""
    url: str = ""
    is_called_off: bool = False


def write_calendar(name: str, events: Iterable[FeedEvent]) -> bytes:
    """The calendar with its time zone; a program shows it under the name."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", _one_line(name))
    calendar.add("x-wr-calname", _one_line(name))
    calendar.add("x-wr-timezone", ZONE)
    calendar.add("refresh-interval", REFRESHED, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vText("PT1H"))
    calendar.add_component(_time_zone())
    for event in events:
        calendar.add_component(_component(event))
    return calendar.to_ical()


def _component(event: FeedEvent) -> Event:
    row = Event()
    row.add("uid", event.uid)
    row.add("sequence", event.sequence)
    row.add("dtstamp", event.changed_at)
    row.add("created", event.entered_at)
    row.add("last-modified", event.changed_at)
    row.add("summary", _one_line(event.summary))
    row.add("dtstart", _value(event.starts))
    row.add("dtend", _value(event.ends))
    if event.days > 1:
        row.add("rrule", vRecur(freq="DAILY", count=event.days))
    if event.place:
        row.add("location", _one_line(event.place))
    if event.url:
        row.add("url", event.url)
    row.add("status", "CANCELLED" if event.is_called_off else "CONFIRMED")
    return row


def _one_line(text: str) -> str:
    """The text without line breaks and other control characters, which some programs take for the end of a value."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _value(moment: datetime | date) -> datetime | date:
    return moment.replace(tzinfo=clock.WARSAW) if isinstance(moment, datetime) else moment


def _time_zone() -> Timezone:
    """Polish time since 1996: summer time from the last Sunday of March to the last of October (2000/84/EC)."""
    zone = Timezone()
    zone.add("tzid", ZONE)
    summer, winter = timedelta(hours=2), timedelta(hours=1)
    for kind, name, month, before, after in (
        (TimezoneDaylight, "CEST", 3, winter, summer),
        (TimezoneStandard, "CET", 10, summer, winter),
    ):
        change = kind()
        first = datetime(1996, 3, 31, 2) if month == 3 else datetime(1996, 10, 27, 3)
        change.add("dtstart", first)
        change.add("rrule", vRecur(freq="YEARLY", bymonth=month, byday="-1SU"))
        change.add("tzoffsetfrom", before)
        change.add("tzoffsetto", after)
        change.add("tzname", name)
        zone.add_component(change)
    return zone

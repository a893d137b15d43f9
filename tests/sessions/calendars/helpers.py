"""A group led in October 2026 and its meetings, and reading a feed with two independent parsers."""

from datetime import date, time

import icalendar
import vobject

from tests.projects.consultations.helpers import led_group
from tests.recorded_rows import recorded
from tests.sessions.factories import make_meeting

CALENDAR = "/kalendarz/"
THURSDAY = date(2026, 10, 15)
AFTERNOON = {"starts_at": time(16, 30), "minutes": 120}


@recorded
def make_led(leader, by, *, name="Akademia rodzica, grupa I", days=(THURSDAY,), **meeting):
    """A group that the leader leads, with a meeting of two hours on each day."""
    group = led_group(leader, by=by, name=name)
    return group, [make_meeting(group, by, day, **(AFTERNOON | meeting)) for day in days]


def read(content: bytes) -> list[dict]:
    """What icalendar reads: an event as a dictionary, by its beginning."""
    calendar = icalendar.Calendar.from_ical(content)
    rows = [
        {
            "uid": str(each["uid"]),
            "sequence": int(each["sequence"]),
            "summary": str(each["summary"]),
            "starts": each["dtstart"].dt,
            "ends": each["dtend"].dt,
            "place": str(each.get("location", "")),
            "url": str(each.get("url", "")),
            "status": str(each["status"]),
            "rule": each["rrule"].to_ical().decode() if "rrule" in each else "",
        }
        for each in calendar.walk("VEVENT")
    ]
    return sorted(rows, key=lambda row: str(row["starts"]))


def read_with_vobject(content: bytes) -> list[dict]:
    """The same as the second parser reads it; hours as it understands them in Poland."""
    calendar = vobject.readOne(content.decode())
    rows = [
        {
            "uid": each.uid.value,
            "sequence": int(each.sequence.value),
            "summary": each.summary.value,
            "starts": each.dtstart.value,
            "ends": each.dtend.value,
            "place": each.location.value if hasattr(each, "location") else "",
            "url": each.url.value if hasattr(each, "url") else "",
            "status": each.status.value,
            "rule": each.rrule.value if hasattr(each, "rrule") else "",
        }
        for each in calendar.contents.get("vevent", [])
    ]
    return sorted(rows, key=lambda row: str(row["starts"]))

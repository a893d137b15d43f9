"""A workshop of Tomasz with meetings on Mondays at nine, made by the actions."""

from datetime import date, time
from html import unescape

from django.urls import reverse
from django.utils.html import strip_tags

from lubsko_ops.core import clock
from projects.choices import EditionState
from projects.models import Edition, ProjectGroup
from sessions.models import Meeting, MeetingLeader
from sessions.running import actions, record_actions
from sessions.running.rules import MeetingDate
from tests.projects.groups.helpers import make_workshop
from tests.recorded_rows import recorded

PAST, COMING, LATER = date(2026, 10, 5), date(2026, 10, 19), date(2026, 10, 26)  # today is 13 October


@recorded
def make_led(tomasz, maria, **values) -> ProjectGroup:
    """A group that Tomasz leads, in a project that runs."""
    return make_workshop(tomasz, maria, leader=tomasz, **values)


def on_day(day: date, start: time | None = time(9), end: time | None = time(11), **fields) -> MeetingDate:
    return MeetingDate(day, fields.pop("ends_on", day), start, end, **fields)


@recorded
def add(group: ProjectGroup, by, day: date = COMING, topic: str = "Emocje", **fields) -> Meeting:
    return actions.add_meeting(group=group, wanted=on_day(day, **fields), topic=topic, by=by)


def url(name: str, pk: int, *more: int) -> str:
    return reverse(f"meetings:{name}", args=[pk, *more])


def plain_text(client, address: str) -> str:
    """The words of a page without its markup."""
    html = client.get(address).content.decode()
    return " ".join(unescape(strip_tags(html[html.index("<main") :])).replace("\xa0", " ").split())


def close_project(group: ProjectGroup) -> None:
    Edition.objects.filter(pk=group.edition_id).update(state=EditionState.SETTLED)


def make_moved_meeting(group: ProjectGroup, by) -> Meeting:
    """Moved to today, with a second leader and a file."""
    meeting = add(group, by, LATER)
    record_actions.add_meeting_leader(meeting=meeting, data=MeetingLeader(name="Olga Marzec"), by=by)
    record_actions.add_file(meeting=meeting, title="Konspekt", content=b"%PDF-1.7", by=by)
    return actions.move_meeting(
        meeting=meeting, wanted=on_day(clock.today()), reason="Sala zajęta", version=None, by=by
    )

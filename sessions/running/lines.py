"""Meetings as lines of a list: state, number, topic, who came, who leads; a moved one leaves its old date there."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, time

from django.db.models import Count, Prefetch, Q

from lubsko_ops.core.polish import SHORT_WEEKDAYS, distance, join_list, short_date
from projects.models import GroupLeader
from sessions.choices import CAME, MeetingChangeKind, MeetingState
from sessions.models import Meeting, MeetingChange, MeetingLeader
from sessions.running.index import GroupMeetings, is_unrecorded
from sessions.schedule.hours import format_time


@dataclass(frozen=True)
class LineState:
    """The state of a line: its words, the kind of status, or bold."""

    text: str
    kind: str = ""
    bold: bool = False


@dataclass(frozen=True)
class MeetingLine:
    """A meeting in a list, or an old date of one (``is_old``)."""

    meeting: Meeting
    day: date
    at: time | None
    days_text: str
    state: LineState
    number: int | None = None
    topic: str = ""
    notes: list[str] = field(default_factory=list)
    attended: str = ""
    leaders: str = ""
    is_next: bool = False
    is_old: bool = False
    needs_record: bool = False

    @property
    def weekday(self) -> str:
        return SHORT_WEEKDAYS[self.day.weekday()]

    @property
    def order(self) -> tuple:
        return (self.day, self.at or time.max, self.meeting.pk)


def load_meetings(ids: Collection[int], *, attendance: bool) -> list[Meeting]:
    """These meetings with their changes and own leaders. Three statements; ``attendance`` adds how many came."""
    rows = Meeting.objects.filter(pk__in=ids).select_related("place", "made_up_for")
    if attendance:
        came = Count("attendances", filter=Q(attendances__presence__in=CAME))
        rows = rows.annotate(came=came, marked=Count("attendances"))
    changes = MeetingChange.objects.order_by("pk")
    leaders = MeetingLeader.objects.select_related("user").order_by("pk")
    return list(rows.prefetch_related(Prefetch("changes", changes), Prefetch("leaders", leaders)))


def load_lines(
    index: GroupMeetings, ids: Collection[int], leaders: Iterable[GroupLeader], *, attendance: bool
) -> list[MeetingLine]:
    """Lines of these meetings in order, old dates among them. Three statements."""
    leaders = list(leaders)
    lines: list[MeetingLine] = []
    for meeting in load_meetings(ids, attendance=attendance) if ids else []:
        meeting.group = index.group
        lines.append(line_of(meeting, index, leaders, attendance=attendance))
        lines += old_dates(meeting)
    return sorted(lines, key=lambda line: line.order)


def line_of(
    meeting: Meeting, index: GroupMeetings, leaders: list[GroupLeader], *, attendance: bool
) -> MeetingLine:
    is_next = index.next is not None and index.next.pk == meeting.pk
    marked = attendance and meeting.takes_place and meeting.marked
    return MeetingLine(
        meeting=meeting,
        day=meeting.starts_on,
        at=meeting.starts_at,
        days_text=meeting.days_text,
        state=state_of(meeting, index.today, is_next=is_next),
        number=index.numbers.get(meeting.pk),
        topic=meeting.topic,
        notes=notes_of(meeting),
        attended=f"{meeting.came} z {meeting.marked}" if marked else "",
        leaders=join_list(leaders_on(meeting, leaders, meeting.leaders.all())) if meeting.takes_place else "",
        is_next=is_next,
        needs_record=is_unrecorded(meeting, index.today),
    )


def state_of(meeting: Meeting, today: date, *, is_next: bool) -> LineState:
    """What stands in the column "Stan"."""
    if meeting.state != MeetingState.PLANNED:
        kind = "done" if meeting.state == MeetingState.HELD else "quiet"
        return LineState(meeting.get_state_display(), kind)
    if is_unrecorded(meeting, today):
        return LineState("brak dziennika", "soon")
    hour = meeting.short_hours
    if is_next or meeting.starts_on <= today:
        day = distance(max(meeting.starts_on, today), today)
        return LineState(", ".join(filter(None, (day, hour))), bold=True)
    return LineState(hour or "godzina nieustalona")


def day_state(meeting: Meeting, today: date) -> LineState:
    """The state on the page of the meeting, where its hours stand beside."""
    if meeting.state == MeetingState.PLANNED and not is_unrecorded(meeting, today):
        return LineState(distance(max(meeting.starts_on, today), today))
    return state_of(meeting, today, is_next=False)


def notes_of(meeting: Meeting) -> list[str]:
    """What became of it, and where it is held if not where the group meets."""
    notes = []
    if meeting.state == MeetingState.CANCELLED:
        reasons = [each.reason for each in meeting.changes.all() if each.kind == MeetingChangeKind.CANCEL]
        notes += reasons[-1:]
    if meeting.made_up_for:
        notes.append(f"zamiast odwołanego {short_date(meeting.made_up_for.starts_on)}")
    if meeting.takes_place and (meeting.place_id or meeting.other_place):
        notes.append(meeting.place_text)
    return notes


def old_dates(meeting: Meeting) -> list[MeetingLine]:
    """The days and hours from which the meeting was moved."""
    moves = [each for each in meeting.changes.all() if each.kind == MeetingChangeKind.MOVE]
    return [
        MeetingLine(
            meeting=meeting,
            day=each.from_on,
            at=each.from_at,
            days_text=short_date(each.from_on),
            state=LineState("przeniesione", "quiet"),
            topic=meeting.topic,
            notes=[f"{each.reason}; zamiast tego {target_of(each)}"],
            is_old=True,
        )
        for each in moves
        if (each.from_on, each.from_at) != (each.to_on, each.to_at)
    ]


def target_of(change: MeetingChange) -> str:
    """ "12.11.2026", of the same day "16:00"."""
    if change.to_on == change.from_on and change.to_at:
        return format_time(change.to_at)
    return short_date(change.to_on) if change.to_on else ""


# ---- leaders -----------------------------------------------------------------------------------------
def leaders_on(meeting: Meeting, leaders: Iterable[GroupLeader], own: Iterable[MeetingLeader]) -> list[str]:
    """Names of who leads the meeting: leaders of the group on its day who are not replaced, and its own."""
    own = list(own)
    names = map(str, group_leaders_on(meeting, leaders, own))
    return list(dict.fromkeys([*names, *map(str, own)]))


def group_leaders_on(
    meeting: Meeting, leaders: Iterable[GroupLeader], own: Iterable[MeetingLeader]
) -> list[GroupLeader]:
    """The leaders of the group on the day of the meeting who are not replaced."""
    replaced = {each.instead_of_id for each in own}
    return [each for each in leaders if each.is_active_on(meeting.starts_on) and each.pk not in replaced]

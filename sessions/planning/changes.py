"""What a plan does to the meetings of a group: which stay, are made, changed, withdrawn.

What was held stays, and so does what was called off, added by hand, or has attendance. Meetings to come, and earlier
ones at which nothing was written, follow the plan; one with a topic, a leader or a file of its own follows to another
hour, but is not withdrawn.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.db.models import Exists, OuterRef

from lubsko_ops.centre.dictionaries.models import MeetingPlace
from projects.models import ProjectGroup
from sessions.choices import MeetingChangeKind, MeetingState
from sessions.models import Attendance, Meeting, MeetingChange, MeetingFile, MeetingLeader, MeetingPart
from sessions.schedule.rules import PlannedMeeting

Key = tuple[date, time | None]
# What a plan decides about a meeting.
PLANNED_FIELDS = (
    "starts_on", "ends_on", "starts_at", "minutes", "place", "other_place", "scheduled_on", "scheduled_at",
)  # fmt: skip
WRITTEN = ("topic", "course", "materials", "homework", "remarks", "guest_children")


@dataclass(frozen=True)
class Change:
    """A meeting that stays the same one and gets another day, hour, length or place; ``before``: as it was."""

    meeting: Meeting
    wanted: PlannedMeeting
    before: Meeting


@dataclass
class PlanChanges:
    """What saving a plan does.

    ``kept``: meetings that stay as they are; ``extra``: those of them that the plan does not have. ``met``: the stored
    meeting of each one in the plan. ``places``: those of the list that sentences name, by name in small letters.
    """

    made: list[PlannedMeeting] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    withdrawn: list[Meeting] = field(default_factory=list)
    kept: list[Meeting] = field(default_factory=list)
    extra: list[Meeting] = field(default_factory=list)
    met: dict[Key, Meeting] = field(default_factory=dict)
    places: dict[str, MeetingPlace] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        return not (self.made or self.changed or self.withdrawn)

    def meeting_of(self, wanted: PlannedMeeting) -> Meeting | None:
        """The stored meeting that is the one of the plan; None when it is still to be made."""
        return self.met.get(key_of(wanted))

    @property
    def touched(self) -> set[int]:
        """Ids of the meetings that are changed or withdrawn, or are those of the plan."""
        rows = [*self.withdrawn, *(each.meeting for each in self.changed), *self.met.values()]
        return {each.pk for each in rows}


def key_of(wanted: PlannedMeeting) -> Key:
    """Day and hour: no two meetings of a group have the same."""
    return wanted.start, wanted.slot.start


def stored_meetings(group: ProjectGroup) -> list[Meeting]:
    """All meetings of the group that were not withdrawn, with what rests on them."""

    def has(model: type, **values: Any) -> Exists:
        return Exists(model.objects.filter(meeting=OuterRef("pk"), **values))

    rows = Meeting.objects.filter(group=group).exclude(state=MeetingState.WITHDRAWN)
    rows = rows.select_related("place").annotate(
        has_attendance=has(Attendance),
        is_moved=has(MeetingChange, kind=MeetingChangeKind.MOVE),
        has_parts=has(MeetingPart),
        has_leaders=has(MeetingLeader),
        has_files=has(MeetingFile),
    )
    rows = list(rows.order_by("starts_on", "starts_at", "pk"))
    for row in rows:
        row.group = group
    return rows


def compare(
    plan: Sequence[PlannedMeeting],
    stored: Iterable[Meeting],
    places: dict[str, MeetingPlace],
    *,
    now: datetime,
) -> PlanChanges:
    """What becomes of the stored meetings when the plan is saved. ``now``: local time."""
    result = PlanChanges(places=places)
    fixed, free = _sorted_out(stored, now)
    wanted = _without(plan, fixed, free, result)
    by_key = {_key(each): each for each in free}
    for each in list(wanted):
        if (meeting := by_key.get(key_of(each))) is not None:
            free.remove(meeting)
            wanted.remove(each)
            _meet(result, meeting, each)
    for same in (lambda day: day, lambda day: day.isocalendar()[:2]):
        _pair(result, free, wanted, same)
    written = [each for each in free if _is_written(each)]
    result.made = wanted
    result.withdrawn = [each for each in free if each not in written]
    result.extra += written
    result.kept += fixed + written
    return result


def _sorted_out(stored: Iterable[Meeting], now: datetime) -> tuple[list[Meeting], list[Meeting]]:
    """The meetings that no plan touches, and those that follow it."""
    fixed: list[Meeting] = []
    free: list[Meeting] = []
    for each in stored:
        touched = each.state != MeetingState.PLANNED or each.has_attendance or each.scheduled_on is None
        past_and_written = each.has_begun(now) and _is_written(each)
        (fixed if touched or past_and_written else free).append(each)
    return fixed, free


def _is_written(meeting: Meeting) -> bool:
    """Whether something was written at the meeting that a withdrawal would take away."""
    rests = meeting.has_parts or meeting.has_leaders or meeting.has_files
    return rests or any(getattr(meeting, name) not in (None, "") for name in WRITTEN)


def _without(
    plan: Sequence[PlannedMeeting], fixed: list[Meeting], free: list[Meeting], result: PlanChanges
) -> list[PlannedMeeting]:
    """The meetings of the plan that are still to be met: not those of a fixed meeting of the same day and hour.

    A fixed meeting of that day in the schedule is the one of the plan at another hour, too. Where a meeting that was
    moved by hand stands, there is none to be made.
    """
    keys = {key_of(each) for each in plan}
    stays = [each for each in free if each.is_moved and (_key(each) in keys or _is_written(each))]
    standing = {(each.starts_on, each.starts_at): each for each in (*fixed, *stays) if each.takes_place}
    scheduled = {_key(each): each for each in fixed if each.scheduled_on}
    own = {_key(each) for each in free}
    wanted: list[PlannedMeeting] = []
    for each in plan:
        key = key_of(each)
        meeting = scheduled.get(key) or (standing.get(key) if key not in own else None)
        if meeting is None:
            wanted.append(each)
        else:
            result.met[key] = meeting
    met = {each.pk for each in result.met.values()}
    for meeting in fixed:
        same_day = [each for each in wanted if each.start == meeting.scheduled_on and key_of(each) not in own]
        if meeting.pk not in met and same_day:
            result.met[key_of(same_day[0])] = meeting
            wanted.remove(same_day[0])
            met.add(meeting.pk)
    result.extra = [each for each in fixed if each.pk not in met and each.takes_place]
    return wanted


def _key(meeting: Meeting) -> Key:
    """Day and hour in the schedule."""
    return meeting.scheduled_on, meeting.scheduled_at


def _meet(result: PlanChanges, meeting: Meeting, wanted: PlannedMeeting) -> None:
    """The stored meeting is the one of the plan: it stays, or is changed where it differs."""
    result.met[key_of(wanted)] = meeting
    before = copy(meeting)
    if set_planned(meeting, wanted, result.places):
        result.changed.append(Change(meeting, wanted, before))
    else:
        result.kept.append(meeting)


def _pair(
    result: PlanChanges,
    free: list[Meeting],
    wanted: list[PlannedMeeting],
    same: Callable[[date], Any],
) -> None:
    """Meetings that become others of the same day, or week, where there are as many of both."""
    old: dict[Any, list[Meeting]] = defaultdict(list)
    new: dict[Any, list[PlannedMeeting]] = defaultdict(list)
    for meeting in free:
        if not meeting.is_moved:
            old[same(meeting.scheduled_on)].append(meeting)
    for each in wanted:
        new[same(each.start)].append(each)
    for key, meetings in old.items():
        if len(meetings) == len(new[key]):
            for meeting, each in zip(meetings, new[key], strict=True):
                free.remove(meeting)
                wanted.remove(each)
                _meet(result, meeting, each)


def set_planned(meeting: Meeting, wanted: PlannedMeeting, places: dict[str, MeetingPlace]) -> bool:
    """Put the meeting where the plan has it; whether that changed it. One that was moved by hand stays there."""
    if meeting.is_moved:
        return False
    place = places.get(wanted.slot.place.casefold())
    slot, other_place = wanted.slot, "" if place else wanted.slot.place
    values = (
        wanted.start, wanted.end, slot.start, slot.minutes, place, other_place, wanted.start, slot.start,
    )  # fmt: skip
    planned = dict(zip(PLANNED_FIELDS, values, strict=True))
    changed = {name: value for name, value in planned.items() if getattr(meeting, name) != value}
    for name, value in changed.items():
        setattr(meeting, name, value)
    return bool(changed)


def new_meeting(group: ProjectGroup, wanted: PlannedMeeting, places: dict[str, MeetingPlace]) -> Meeting:
    meeting = Meeting(group=group)
    meeting.is_moved = False
    set_planned(meeting, wanted, places)
    return meeting

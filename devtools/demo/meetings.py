"""Meetings of the groups of a demo project, from ``projects.toml``: the schedule, what was held, who was there.

Meetings before the day of loading were held, with a topic and attendance that looks accidental and is always the same.
"""

from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import cycle

from devtools.demo.dataset import stable_random
from lubsko_ops.accounts.models import User
from lubsko_ops.core import clock
from lubsko_ops.core.polish import short_date
from projects.models import Edition, ProjectGroup
from sessions.attendance.actions import MeetingMarks, record_attendance
from sessions.attendance.roster import RosterSlot, load_roster
from sessions.attendance.rules import Mark, needs_reason
from sessions.choices import MeetingState, Presence
from sessions.models import Meeting
from sessions.planning.actions import save_schedule
from sessions.planning.plan import HolidayChoice, PlanInput, SchedulePlan, change_for
from sessions.running.actions import cancel_meeting, move_meeting
from sessions.running.record_actions import write_journal
from sessions.running.rules import MeetingDate
from sessions.schedule.hours import TimeSlot

CANCELLED = 3  # of the meetings held, counted from 0, the one that was called off
EVENING = time(18)
LATE_MINUTES = (10, 15, 20, 30)
REASONS = ("choroba dziecka", "wizyta u lekarza", "termin w urzędzie", "choroba")
WRITTEN_LATER = "przepisano z listy papierowej"


@dataclass(frozen=True)
class DemoMeetings:
    """The meetings of one group. ``absent``: number, among its people, of who missed the last two."""

    group: ProjectGroup
    by: User
    topics: list[str]
    absent: int | None


def add_meetings(
    edition: Edition, rows: list[dict], users: dict[str, User], *, since: date, until: date
) -> None:
    """SchedulePlan the meetings of these groups on the first day, then hold those before ``until``.

    ``since``: before it the users could enter nothing.
    """
    for row in rows:
        group = edition.groups.get(name=row["group"])
        demo = DemoMeetings(group, users[row["by"]], row["topics"], row.get("absent"))
        with clock.freeze_time(max(group.starts_on, since)):
            save_schedule(group=group, entered=plan_input(group, row), version=None, by=demo.by)
        past = list(group.scheduled_meetings.filter(ends_on__lt=until).order_by("starts_on", "starts_at"))
        if row.get("cancelled") and len(past) > CANCELLED:
            called_off = past.pop(CANCELLED)
            with clock.freeze_time(max(called_off.starts_on - timedelta(days=1), since)):
                cancel_meeting(meeting=called_off, reason=row["cancelled"], version=None, by=demo.by)
        _hold(demo, past, since)
        if row.get("moved"):
            _move_next(demo, until, row["moved"])


def plan_input(group: ProjectGroup, row: dict) -> PlanInput:
    """What was entered in the schedule builder; nobody meets on a holiday."""
    sentences = row.get("sentences") or [
        f"{row['between']} od {short_date(group.starts_on)} do {short_date(group.ends_on)}"
    ]
    start, end = (time.fromisoformat(each.zfill(5)) for each in row["hours"].split("-"))
    entered = PlanInput(sentences=tuple(sentences), hours=TimeSlot.between(start, end))
    questions = SchedulePlan(group, entered, today=clock.today()).questions
    skipped = {each.day: change_for(each.day, HolidayChoice.SKIP) for each in questions}
    return PlanInput(sentences=entered.sentences, hours=entered.hours, answers=skipped)


def _hold(demo: DemoMeetings, past: list[Meeting], since: date) -> None:
    """Attendance and topic of each of these meetings, written on its evening."""
    roster = load_roster(demo.group)
    for number, (meeting, topic) in enumerate(zip(past, cycle(demo.topics), strict=False)):
        missed_last = number >= len(past) - 2
        marks = {
            slot.key: UNEXCUSED if missed_last and place == demo.absent else mark_of(slot, meeting)
            for place, slot in enumerate(roster.slots(meeting))
        }
        day = max(meeting.starts_on, since)
        with clock.freeze_time(clock.to_instant(day, EVENING)):
            reason = WRITTEN_LATER if needs_reason(meeting, day) else ""
            sheet = MeetingMarks(meeting, marks)
            record_attendance(group=demo.group, sheets=[sheet], reason=reason, by=demo.by)
            data = Meeting.objects.get(pk=meeting.pk)
            data.topic = topic
            write_journal(meeting=meeting, data=data, parts=[], version=None, by=demo.by)


UNEXCUSED = Mark(Presence.UNEXCUSED)


def mark_of(slot: RosterSlot, meeting: Meeting) -> Mark:
    """Mostly present, sometimes late or excused."""
    number = stable_random(f"{slot.name} {meeting.scheduled_on}", 100)
    if number < 80:
        return Mark(Presence.PRESENT)
    if number < 87:
        return Mark(Presence.LATE, late_minutes=LATE_MINUTES[number % len(LATE_MINUTES)])
    return Mark(Presence.EXCUSED, reason=REASONS[number % len(REASONS)]) if number < 96 else UNEXCUSED


def _move_next(demo: DemoMeetings, day: date, reason: str) -> None:
    """The next meeting takes place a day later."""
    coming = demo.group.scheduled_meetings.filter(state=MeetingState.PLANNED, starts_on__gt=day)
    meeting = coming.order_by("starts_on").first()
    later = meeting and meeting.starts_on + timedelta(days=1)
    if later is None or not demo.group.is_active_on(later):
        return
    old = MeetingDate.of(meeting)
    wanted = MeetingDate(later, later, old.starts_at, old.ends_at)
    with clock.freeze_time(clock.to_instant(day, time(8))):
        move_meeting(meeting=meeting, wanted=wanted, reason=reason, version=None, by=demo.by)

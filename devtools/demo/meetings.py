"""Meetings of the groups of a demo project: the schedule, what was held, who was there.

Meetings before the day of loading were held, with a topic and attendance that looks accidental and is always the same.
"""

from dataclasses import dataclass
from datetime import time, timedelta
from itertools import cycle

from devtools.demo.dataset import stable_random
from devtools.demo.project_replay import ProjectReplay
from devtools.demo.timeline import EVENING, OFFICE, PLANNED
from lubsko_ops.core import clock
from lubsko_ops.core.polish import short_date
from projects.models import ProjectGroup
from sessions.attendance.actions import MeetingMarks, record_attendance
from sessions.attendance.roster import RosterSlot, SlotKey, load_roster
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
USUAL_ATTENDANCE, LATE = 87, 7  # per cent: who came, of them late
LATE_MINUTES = (10, 15, 20, 30)
REASONS = ("choroba dziecka", "wizyta u lekarza", "termin w urzędzie", "choroba")
WRITTEN_LATER = "przepisano z listy papierowej"


class DemoMeetings:
    """The meetings of one group of a project, as written."""

    def __init__(self, project: ProjectReplay, data: dict):
        self.project, self.data = project, data
        self.by = project.users[data["by"]] if "by" in data else project.author
        self.absences, self.delays = Share(100 - data.get("attendance", USUAL_ATTENDANCE)), Share(LATE)

    @property
    def group(self) -> ProjectGroup:
        return self.project.group(self.data["group"])

    def plan(self) -> None:
        """Put the schedule on the timeline; it adds the meetings."""
        if "running" in self.project.days:
            first = max(self.project.group_days(self.data["group"])[0], self.project.days["running"])
            self.project.at(first, PLANNED, self._write_schedule)

    def _write_schedule(self) -> None:
        """Make the meetings; those before the day of loading are held, but for one that is cancelled."""
        group, project, until = self.group, self.project, self.project.demo.day
        save_schedule(group=group, entered=plan_input(group, self.data), version=None, by=self.by)
        past = list(group.scheduled_meetings.filter(ends_on__lt=until).order_by("starts_on", "starts_at"))
        if self.data.get("cancelled") and len(past) > CANCELLED:
            called_off = past.pop(CANCELLED)
            project.at(called_off.starts_on - timedelta(days=1), OFFICE, lambda: self._cancel(called_off))
        topics = cycle(self.data["topics"])
        for number, (meeting, topic) in enumerate(zip(past, topics, strict=False)):
            is_last = number >= len(past) - 2
            hour = max(EVENING, MeetingDate.of(meeting).ends_at or EVENING)
            project.at(
                meeting.ends_on,
                hour,
                lambda meeting=meeting, topic=topic, is_last=is_last: self._hold(
                    meeting, topic, is_last=is_last
                ),
            )
        if self.data.get("moved"):
            project.at(until, time(8), self._move_next)

    def _cancel(self, meeting: Meeting) -> None:
        cancel_meeting(meeting=meeting, reason=self.data["cancelled"], version=None, by=self.by)

    def _hold(self, meeting: Meeting, topic: str, *, is_last: bool) -> None:
        """Attendance and topic of the meeting, written on its evening; ``is_last``: one of the last two."""
        group, absent = self.group, self.data.get("absent") if is_last else None
        slots = load_roster(group).slots(meeting)
        marks = self._marks(slots, meeting)
        marks |= {slot.key: UNEXCUSED for place, slot in enumerate(slots) if place == absent}
        reason = WRITTEN_LATER if needs_reason(meeting, clock.today()) else ""
        record_attendance(group=group, sheets=[MeetingMarks(meeting, marks)], reason=reason, by=self.by)
        data = Meeting.objects.get(pk=meeting.pk)
        data.topic = topic
        held = None if marks else True
        write_journal(meeting=meeting, data=data, parts=[], held=held, version=None, by=self.by)

    def _marks(self, slots: list[RosterSlot], meeting: Meeting) -> dict[SlotKey, Mark]:
        """Mostly present, some late or absent: over all meetings as many as the files say."""
        drawn = sorted(slots, key=lambda slot: stable_random(f"{slot.name} {meeting.scheduled_on}", 10_000))
        absent, late = self.absences.take(len(slots)), self.delays.take(len(slots))
        marks = {slot.key: Mark(Presence.PRESENT) for slot in drawn}
        marks |= {slot.key: late_mark(slot, meeting) for slot in drawn[absent : absent + late]}
        return marks | {slot.key: absent_mark(slot, meeting) for slot in drawn[:absent]}

    def _move_next(self) -> None:
        """The next meeting takes place a day later."""
        group, day = self.group, self.project.demo.day
        coming = group.scheduled_meetings.filter(state=MeetingState.PLANNED, starts_on__gt=day)
        meeting = coming.order_by("starts_on").first()
        later = meeting and meeting.starts_on + timedelta(days=1)
        if later is None or not group.is_active_on(later):
            return
        old = MeetingDate.of(meeting)
        wanted = MeetingDate(later, later, old.starts_at, old.ends_at)
        move_meeting(meeting=meeting, wanted=wanted, reason=self.data["moved"], version=None, by=self.by)


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


UNEXCUSED = Mark(Presence.UNEXCUSED)


def late_mark(slot: RosterSlot, meeting: Meeting) -> Mark:
    number = stable_random(f"late {slot.name} {meeting.scheduled_on}", len(LATE_MINUTES))
    return Mark(Presence.LATE, late_minutes=LATE_MINUTES[number])


def absent_mark(slot: RosterSlot, meeting: Meeting) -> Mark:
    """Of three absences two have a reason."""
    number = stable_random(f"absent {slot.name} {meeting.scheduled_on}", 3 * len(REASONS))
    return Mark(Presence.EXCUSED, reason=REASONS[number % len(REASONS)]) if number % 3 else UNEXCUSED


@dataclass
class Share:
    """A share in per cent of numbers that come one after another: what is left over counts with the next."""

    percent: int
    hundredths: int = 50  # half of one, so that the sum is rounded and not cut off

    def take(self, number: int) -> int:
        whole, self.hundredths = divmod(self.hundredths + self.percent * number, 100)
        return whole

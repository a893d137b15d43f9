"""Writes meetings and attendance of the newest projects: twenty meetings a group, everybody marked at those held.

The children of the largest project are the group for the grid: thirty people, twenty meetings, all of them held.
"""

from datetime import date, time, timedelta
from random import Random

from devtools.synthetic.centre import SyntheticCentre
from devtools.synthetic.row_writer import RowWriter
from lubsko_ops.core.polish import short_date
from projects.models import Edition, ProjectGroup
from sessions import models
from sessions.choices import MeetingState, Presence
from sessions.planning.plan import PlanInput, SchedulePlan
from sessions.schedule.hours import TimeSlot

MEETINGS = 20  # of a group
EVERY = 6  # days
GRID_PEOPLE = 30
HOURS = TimeSlot.between(time(16), time(18))
TABLES = {
    models.GroupSchedule: "Nowy harmonogram",
    models.Meeting: "Nowy harmonogram",
    models.Attendance: "Obecność",
}
PRESENCES = (Presence.PRESENT, Presence.LATE, Presence.EXCUSED, Presence.UNEXCUSED)
WEIGHTS = (82, 5, 8, 5)
TOPICS = ("Emocje", "Budżet domowy", "Granice", "Czas z dzieckiem", "Zdrowie")
# The participation, its person and the last day of taking part, None where it goes on.
TakingPart = tuple[int, int, date | None]


def groups_with_meetings(centre: SyntheticCentre) -> int:
    """How many groups have meetings, the newest ones."""
    return centre.size.meetings // MEETINGS


class MeetingsWriter(RowWriter):
    """Makes the meetings of one group after another."""

    def __init__(self, centre: SyntheticCentre):
        super().__init__(TABLES)
        self.day, self.rng = centre.day, centre.random("meetings")

    def group(
        self, edition: Edition, group: ProjectGroup, people: list[TakingPart], *, is_grid: bool
    ) -> None:
        by, entered_on = edition.authors[0], edition.sent_on
        if is_grid:
            days, words = working_days(self.day), "codziennie od poniedziałku do piątku"
        else:
            days, words = (
                [edition.starts_on + timedelta(EVERY * n) for n in range(MEETINGS)],
                f"co {EVERY} dni",
            )
        sentence = f"{words} od {short_date(days[0])} do {short_date(days[-1])}"
        entered = PlanInput(sentences=(sentence,), hours=HOURS)
        self.add(
            models.GroupSchedule, by, entered_on, group_id=group.pk, sentences=[sentence], starts_at=HOURS.start,
            minutes=HOURS.minutes, content=SchedulePlan(group, entered, today=self.day).content,
        )  # fmt: skip
        for number, day in enumerate(days):
            held = day < self.day
            meeting = self.add(
                models.Meeting, by, entered_on, group_id=group.pk, starts_on=day, ends_on=day, starts_at=HOURS.start,
                minutes=HOURS.minutes, state=MeetingState.HELD if held else MeetingState.PLANNED, scheduled_on=day,
                scheduled_at=HOURS.start, topic=TOPICS[number % len(TOPICS)] if held else "",
            )  # fmt: skip
            for participation, person, until in people if held else ():
                if until is None or day <= until:
                    self.add(
                        models.Attendance, by, day, meeting_id=meeting.pk, participation_id=participation,
                        person_id=person, presence=presence_of(self.rng),
                    )  # fmt: skip


def presence_of(rng: Random) -> Presence:
    return rng.choices(PRESENCES, weights=WEIGHTS)[0]


def working_days(day: date) -> list[date]:
    """The last working days before the day, as many as a group has meetings, the earliest first."""
    days: list[date] = []
    while len(days) < MEETINGS:
        day -= timedelta(days=1)
        if day.weekday() < 5:
            days.append(day)
    return days[::-1]

"""Rules of one meeting: which date it may have, and what its state lets one do. They need no database."""

from dataclasses import dataclass
from datetime import date, datetime, time

from lubsko_ops.core.dates import Period
from projects.groups.rules import period_of
from projects.models import ProjectGroup
from sessions.choices import MeetingState
from sessions.models import Meeting
from sessions.models.meetings import ONE_PLACE
from sessions.schedule.hours import ScheduleError, TimeSlot, check_clock_change
from sessions.schedule.rules import MAX_MEETING_DAYS

HELD = "To spotkanie się odbyło. Jeśli wpisano to przez pomyłkę, popraw najpierw obecność albo dziennik."
MARKED = "Na tym spotkaniu jest już zaznaczona obecność. Popraw ją najpierw."
CANCELLED = "To spotkanie jest odwołane. Przywróć je najpierw."
WITHDRAWN = "To spotkanie wycofano z harmonogramu."
NOT_CANCELLED = "Przywraca się spotkanie odwołane, a to odwołane nie jest."
COMING = "Tego spotkania jeszcze nie było, więc nie można wpisać, że się odbyło."
UNCHANGED = "Dzień, godziny i miejsce są takie same jak dotąd. Zmień, co ma być inaczej."


@dataclass(frozen=True)
class MeetingDate:
    """When and where a meeting is to be, as entered. Without a place it is held where the group meets."""

    starts_on: date
    ends_on: date
    starts_at: time | None = None
    ends_at: time | None = None
    place_id: int | None = None
    other_place: str = ""

    @classmethod
    def of(cls, meeting: Meeting) -> "MeetingDate":
        days = (meeting.starts_on, meeting.ends_on)
        return cls(*days, meeting.starts_at, meeting.ends_at, meeting.place_id, meeting.other_place)

    @property
    def minutes(self) -> int | None:
        """Length on one day; only of a date that is not refused."""
        if self.starts_at is None or self.ends_at is None:
            return None
        return TimeSlot.between(self.starts_at, self.ends_at).minutes

    @property
    def days(self) -> Period:
        return Period(self.starts_on, self.ends_on)


def date_refusals(wanted: MeetingDate, group: ProjectGroup) -> dict[str, str]:
    """Everything wrong with the date and place of a meeting, by field."""
    refusals = hour_refusals(wanted)
    outside = f"Zajęcia trwają {period_of(group)}. Ten dzień jest poza nimi."
    if wanted.ends_on < wanted.starts_on:
        refusals["ends_on"] = "Koniec nie może poprzedzać początku."
    elif (wanted.ends_on - wanted.starts_on).days >= MAX_MEETING_DAYS:
        refusals["ends_on"] = f"Jedno spotkanie trwa najwyżej {MAX_MEETING_DAYS} dni. Podziel je na kilka."
    elif not group.is_active_on(wanted.ends_on):
        refusals["ends_on"] = outside
    if not group.is_active_on(wanted.starts_on):
        refusals["starts_on"] = outside
        refusals.pop("ends_on", None)
    if wanted.place_id and wanted.other_place:
        refusals["other_place"] = ONE_PLACE
    return refusals


def hour_refusals(wanted: MeetingDate) -> dict[str, str]:
    if wanted.ends_at and wanted.starts_at is None:
        return {"starts_at": "Wpisz też, od której godziny."}
    if wanted.starts_at and wanted.ends_at is None:
        return {"ends_at": "Wpisz też, do której godziny."}
    if wanted.starts_at is None or wanted.ends_at is None:
        return {}
    try:
        slot = TimeSlot.between(wanted.starts_at, wanted.ends_at)
    except ScheduleError as error:
        return {"ends_at": str(error)}
    if wanted.ends_on >= wanted.starts_on:
        try:
            for day in wanted.days.each_day():
                check_clock_change(day, slot)
        except ScheduleError as error:
            return {"starts_at": str(error)}
    return {}


# ---- states ------------------------------------------------------------------------------------------
def move_refusal(meeting: Meeting) -> str:
    """Why a meeting cannot be moved or cancelled; empty when it can."""
    refusals = {
        MeetingState.HELD: HELD,
        MeetingState.CANCELLED: CANCELLED,
        MeetingState.WITHDRAWN: WITHDRAWN,
    }
    return refusals.get(MeetingState(meeting.state), "")


def restore_refusal(meeting: Meeting) -> str:
    return "" if meeting.state == MeetingState.CANCELLED else NOT_CANCELLED


def record_refusal(meeting: Meeting) -> str:
    """Why nothing is written in the journal of a meeting, and nobody named for it; empty when it may be."""
    return "" if meeting.takes_place else move_refusal(meeting)


def held_refusal(meeting: Meeting, *, now: datetime) -> str:
    """Why a meeting is not marked as held; ``now`` is local time."""
    return "" if meeting.has_begun(now) else COMING

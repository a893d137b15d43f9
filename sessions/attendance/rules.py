"""Rules of attendance that need no database: which meetings take it, what a mark may hold, absences in a row."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from lubsko_ops.core.polish import short_date
from sessions.choices import CAME, MeetingState, Presence
from sessions.models import Meeting
from sessions.models.attendance import MAX_LATE

# After so many days a change of attendance needs a reason, which stands in its history.
OPEN_DAYS = 31
# So many absences in a row, explained or not, are noticed: two were enough for the leaders who were asked.
ABSENCES_IN_ROW = 2
# Within so many days of the last absence somebody should get in touch.
RESPOND_WITHIN = timedelta(days=7)
MAX_PEOPLE = 30

NO_ATTENDANCE = {
    MeetingState.CANCELLED: "To spotkanie jest odwołane, więc nie zapisuje się na nim obecności.",
    MeetingState.WITHDRAWN: "To spotkanie wycofano z harmonogramu, więc nie zapisuje się na nim obecności.",
}
NOT_YET = "To spotkanie jeszcze się nie zaczęło. Obecność zapisuje się od jego początku."
SAY_WHY = "To spotkanie było ponad miesiąc temu. Napisz, dlaczego zmieniasz obecność."


@dataclass(frozen=True)
class Mark:
    """What is recorded of one person, or of one family, at one meeting."""

    presence: str
    late_minutes: int | None = None
    reason: str = ""
    people: int | None = None


def meeting_refusal(meeting: Meeting, now: datetime) -> str:
    """Why the meeting takes no attendance; empty when it does. ``now``: local time."""
    if refusal := NO_ATTENDANCE.get(MeetingState(meeting.state)):
        return refusal
    return "" if meeting.state == MeetingState.HELD or meeting.has_begun(now) else NOT_YET


def needs_reason(meeting: Meeting, today: date) -> bool:
    """Whether the meeting was so long ago that a change of its attendance is a correction."""
    return meeting.ends_on < today - timedelta(days=OPEN_DAYS)


def mark_refusals(mark: Mark, *, is_family: bool) -> dict[str, str]:
    """What does not fit together in a mark, by its field."""
    refusals = {}
    if mark.late_minutes is not None:
        if mark.presence != Presence.LATE:
            refusals["late_minutes"] = "Minuty wpisuje się tylko przy spóźnieniu."
        elif not 1 <= mark.late_minutes <= MAX_LATE:
            refusals["late_minutes"] = f"Wpisz od 1 do {MAX_LATE} minut albo zostaw puste."
    if mark.reason and mark.presence != Presence.EXCUSED:
        refusals["reason"] = "Powód wpisuje się przy nieobecności usprawiedliwionej."
    if mark.people is not None:
        if not is_family:
            refusals["people"] = "Liczbę osób wpisuje się tylko przy całej rodzinie."
        elif mark.presence not in CAME:
            refusals["people"] = "Liczbę osób wpisuje się, gdy rodzina była."
        elif not 1 <= mark.people <= MAX_PEOPLE:
            refusals["people"] = f"Wpisz od 1 do {MAX_PEOPLE} osób albo zostaw puste."
    return refusals


# ---- absences in a row -------------------------------------------------------------------------------
@dataclass(frozen=True)
class PastMark:
    """The presence recorded at a meeting: what absences in a row are counted from."""

    meeting: int
    day: date
    presence: str


@dataclass(frozen=True)
class AbsenceRun:
    """Absences in a row up to the last meeting at which somebody was marked, the oldest first."""

    marks: tuple[PastMark, ...]

    @property
    def last(self) -> PastMark:
        return self.marks[-1]

    @property
    def since(self) -> date:
        return self.marks[0].day

    @property
    def text(self) -> str:
        """ "07.12 i 14.12, bez usprawiedliwienia"."""
        days = [short_date(mark.day)[:5] for mark in self.marks[-3:]]
        listed = f"{', '.join(days[:-1])} i {days[-1]}"
        more = "między innymi " if len(self.marks) > len(days) else ""
        explained = [mark.presence == Presence.EXCUSED for mark in self.marks]
        how = "z usprawiedliwieniem" if all(explained) else "bez usprawiedliwienia"
        if any(explained) and not all(explained):
            how = "częściowo z usprawiedliwieniem"
        return f"{more}{listed}, {how}"


def absence_run(marks: Iterable[PastMark]) -> AbsenceRun | None:
    """The absences in a row at the end of these marks, in the order of the meetings; None for fewer than two.

    A meeting at which the person was not marked neither counts nor ends them.
    """
    run: list[PastMark] = []
    for mark in marks:
        run = [] if mark.presence in CAME else [*run, mark]
    return AbsenceRun(tuple(run)) if len(run) >= ABSENCES_IN_ROW else None

"""What the page of a meeting shows of its parts, files and changes of date."""

from dataclasses import dataclass
from datetime import date, time

from lubsko_ops.core.polish import short_date
from sessions.choices import MeetingChangeKind
from sessions.models import MeetingChange, MeetingFile, MeetingPart
from sessions.running.files import KINDS
from sessions.schedule.hours import TimeSlot


@dataclass(frozen=True)
class PartLine:
    """A part of a meeting."""

    part: MeetingPart

    @property
    def title(self) -> str:
        return str(self.part)

    @property
    def details(self) -> str:
        """ "9:00–10:00, sala 2, prowadzi: Olga Marzec"."""
        hours = TimeSlot(self.part.starts_at, self.part.minutes).text
        led = f"prowadzi: {self.part.leaders}" if self.part.leaders else ""
        return ", ".join(filter(None, (hours, self.part.place, led)))


@dataclass(frozen=True)
class FileLine:
    """A file of a meeting; ``kind``: "PDF"."""

    pk: int
    title: str
    kind: str
    size: int

    @classmethod
    def of(cls, row: MeetingFile) -> "FileLine":
        return cls(row.pk, row.title, KINDS[row.content_type].upper(), row.size)


@dataclass(frozen=True)
class ChangeLine:
    """What became of the date of a meeting."""

    change: MeetingChange

    @property
    def reason(self) -> str:
        return self.change.reason

    @property
    def day(self) -> date:
        return self.change.decided_on

    @property
    def sentence(self) -> str:
        """ "Przeniesione z 11.11.2026, 9:00–11:00 na 12.11.2026, 9:00–11:00"."""
        row = self.change
        before = date_text(row.from_on, row.from_until, row.from_at, row.from_minutes)
        if row.kind == MeetingChangeKind.CANCEL:
            return f"Odwołane z {before}"
        if row.kind == MeetingChangeKind.RESTORE:
            return f"Przywrócone na {before}"
        after = date_text(row.to_on, row.to_until, row.to_at, row.to_minutes)
        if before == after:
            return (
                f"Inne miejsce: {row.to_place or 'miejsce grupy'} (było: {row.from_place or 'miejsce grupy'})"
            )
        moved = f"Przeniesione z {before} na {after}"
        return moved if row.from_place == row.to_place else f"{moved}, {row.to_place or 'miejsce grupy'}"


def date_text(first: date, last: date, at: time | None, minutes: int | None) -> str:
    """ "12.11.2026, 9:00–11:00", "12.11.2026–13.11.2026"."""
    days = short_date(first) if first == last else f"{short_date(first)}–{short_date(last)}"
    return ", ".join(filter(None, (days, TimeSlot(at, minutes).text)))

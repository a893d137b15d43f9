"""What the assistant says of a visit: plain values, as a form, an import or the demo gives them."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from families.choices import Confirmation, VisitKind, VisitLocation, VisitResult
from families.people.models import Person
from families.plans.dto import TouchData
from families.visits.models import Agreement
from lubsko_ops.core import clock

LONGEST = timedelta(hours=12)


@dataclass(frozen=True)
class AgreementData:
    """What was agreed: who (a person of the family or ``agreed_by``) does what, by when. ``row``: one to correct."""

    what: str
    person: Person | None = None
    agreed_by: str = ""
    due_on: date | None = None
    row: Agreement | None = None


@dataclass(frozen=True)
class TickData:
    """What came of an earlier agreement."""

    agreement: Agreement
    outcome: str
    moved_to: date | None = None


@dataclass(frozen=True)
class DangerData:
    """Danger to a child: what and to whom, what was done at once, who was told and when (aware)."""

    description: str
    action_taken: str
    notified: str
    notified_at: datetime | None
    notified_who: str = ""


@dataclass(frozen=True)
class VisitData:
    """A visit as written: the day and the hours of the wall clock.

    ``ends_at`` before ``starts_at`` means after midnight. ``second_hour`` says which of two hours is meant in the
    night the clocks go back; None: not asked.
    """

    day: date
    starts_at: time
    ends_at: time
    second_hour: bool | None = None
    place: str = VisitLocation.HOME
    place_note: str = ""
    kind: str = VisitKind.PLANNED
    result: str = VisitResult.HELD
    present: list[Person] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    others_note: str = ""
    ticks: list[TickData] = field(default_factory=list)
    areas: list[str] = field(default_factory=list)
    tasks: list[str] = field(default_factory=list)
    facts: str = ""
    opinion: str = ""
    agreements: list[AgreementData] = field(default_factory=list)
    next_day: date | None = None
    next_at: time | None = None
    confirmation: str = Confirmation.NONE
    confirmation_why: str = ""
    kilometres: Decimal | None = None
    danger: DangerData | None = None
    touches: list[TouchData] = field(default_factory=list)

    @property
    def begins(self) -> datetime:
        """The instant it began, in UTC."""
        return clock.to_instant(self.day, self.starts_at, second=bool(self.second_hour))

    @property
    def ends(self) -> datetime:
        """The instant it ended, in UTC; on the next day when the hour of the end comes before that of the start."""
        if self.ends_at == self.starts_at:
            return self.begins
        last_day = self.day + timedelta(days=self.ends_at < self.starts_at)
        end = clock.to_instant(last_day, self.ends_at, second=bool(self.second_hour))
        if end < self.begins:  # within the hour that comes twice
            end = clock.to_instant(last_day, self.ends_at, second=True)
        return end

    @property
    def length(self) -> timedelta:
        return self.ends - self.begins

    @property
    def minutes(self) -> int:
        return int(self.length.total_seconds() // 60)

    @property
    def held(self) -> bool:
        return self.result == VisitResult.HELD

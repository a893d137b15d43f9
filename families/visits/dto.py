"""Data of a visit passed to the actions, from a form, an import or the demo."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from families.choices import Confirmation, VisitKind, VisitLocation, VisitResult
from families.people.models import Person
from families.plans.dto import ProgressData
from families.visits.models import Agreement
from lubsko_ops.core import clock

MAX_VISIT_LENGTH = timedelta(hours=12)


@dataclass(frozen=True)
class AgreementData:
    """An agreement: who (``person`` or ``agreed_by``) does what by when. ``row``: the agreement to correct."""

    what: str
    person: Person | None = None
    agreed_by: str = ""
    due_on: date | None = None
    row: Agreement | None = None


@dataclass(frozen=True)
class OutcomeData:
    """The outcome of an earlier agreement."""

    agreement: Agreement
    outcome: str
    moved_to: date | None = None


@dataclass(frozen=True)
class ConcernData:
    """A safeguarding concern; ``notified_at`` is an aware datetime."""

    description: str
    action_taken: str
    notified: str
    notified_at: datetime | None
    notified_who: str = ""


# Fields that VisitData and Visit have in common.
VISIT_FIELDS = (
    *(
        "day",
        "starts_at",
        "place",
        "place_note",
        "kind",
        "other_attendees",
        "others_note",
        "areas",
        "tasks",
        "facts",
    ),
    *("opinion", "next_day", "next_at", "confirmation", "no_signature_reason", "kilometres"),
)


@dataclass(frozen=True)
class VisitData:
    """A visit as entered, in local time.

    ``ends_at`` before ``starts_at`` means after midnight. ``fold``: which of the two hours is meant in the night when
    the clocks go back; None: not given.
    """

    day: date
    starts_at: time
    ends_at: time
    fold: bool | None = None
    place: str = VisitLocation.HOME
    place_note: str = ""
    kind: str = VisitKind.PLANNED
    result: str = VisitResult.HELD
    present: list[Person] = field(default_factory=list)
    other_attendees: list[str] = field(default_factory=list)
    others_note: str = ""
    outcomes: list[OutcomeData] = field(default_factory=list)
    areas: list[str] = field(default_factory=list)
    tasks: list[str] = field(default_factory=list)
    facts: str = ""
    opinion: str = ""
    agreements: list[AgreementData] = field(default_factory=list)
    next_day: date | None = None
    next_at: time | None = None
    confirmation: str = Confirmation.NONE
    no_signature_reason: str = ""
    kilometres: Decimal | None = None
    concern: ConcernData | None = None
    plan_progress: list[ProgressData] = field(default_factory=list)

    @property
    def started_at(self) -> datetime:
        """Start in UTC."""
        return clock.to_instant(self.day, self.starts_at, second=bool(self.fold))

    @property
    def ended_at(self) -> datetime:
        """End in UTC; on the next day when ``ends_at`` is before ``starts_at``."""
        if self.ends_at == self.starts_at:
            return self.started_at
        last_day = self.day + timedelta(days=self.ends_at < self.starts_at)
        end = clock.to_instant(last_day, self.ends_at, second=bool(self.fold))
        if end < self.started_at:  # within the repeated hour
            end = clock.to_instant(last_day, self.ends_at, second=True)
        return end

    @property
    def length(self) -> timedelta:
        return self.ended_at - self.started_at

    @property
    def minutes(self) -> int:
        return int(self.length.total_seconds() // 60)

    @property
    def held(self) -> bool:
        return self.result == VisitResult.HELD

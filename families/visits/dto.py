"""Data of a visit passed to the actions, from a form, an import or the demo."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from families.people.models import Person
from families.plans.dto import ProgressData
from families.visits.models import Agreement, SafeguardingConcern, Visit
from lubsko_ops.core import clock

MAX_VISIT_LENGTH = timedelta(hours=12)


@dataclass(frozen=True)
class OutcomeData:
    """The outcome of an earlier agreement."""

    agreement: Agreement
    outcome: str
    moved_to: date | None = None


@dataclass(frozen=True)
class VisitData:
    """A visit as entered: ``visit`` and the rows that belong to it are not saved; the action copies them.

    ``ends_at`` is local time; before the start it means after midnight. ``fold``: which of the two hours is meant in
    the night when the clocks go back; None: not given. An agreement with an id is corrected.
    """

    visit: Visit
    ends_at: time
    fold: bool | None = None
    present: list[Person] = field(default_factory=list)
    agreements: list[Agreement] = field(default_factory=list)
    outcomes: list[OutcomeData] = field(default_factory=list)
    plan_progress: list[ProgressData] = field(default_factory=list)
    concern: SafeguardingConcern | None = None

    @property
    def started_at(self) -> datetime:
        """Start in UTC."""
        return clock.to_instant(self.visit.day, self.visit.starts_at, second=bool(self.fold))

    @property
    def ended_at(self) -> datetime:
        """End in UTC; on the next day when ``ends_at`` is before ``starts_at``."""
        if self.ends_at == self.visit.starts_at:
            return self.started_at
        last_day = self.visit.day + timedelta(days=self.ends_at < self.visit.starts_at)
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

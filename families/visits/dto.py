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

    ``ends_at`` is local time; before the start it means after midnight. ``fold`` and ``end_fold``: which of the two
    hours is meant in the night when the clocks go back; None: not given. An agreement with an id is corrected.
    """

    visit: Visit
    ends_at: time
    fold: bool | None = None
    end_fold: bool | None = None
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
    def last_day(self) -> date:
        """The day of the end: the next one when ``ends_at`` is before ``starts_at``."""
        return self.visit.day + timedelta(days=self.ends_at < self.visit.starts_at)

    @property
    def possible_ends(self) -> list[datetime]:
        """The ends after the start that ``ends_at`` may mean, in UTC: two only where the hour occurs twice."""
        days = {self.visit.day, self.last_day}
        ends = {
            clock.to_instant(day, self.ends_at, second=second) for day in days for second in (False, True)
        }
        return sorted(end for end in ends if timedelta(0) < end - self.started_at <= MAX_VISIT_LENGTH)

    @property
    def ended_at(self) -> datetime:
        """End in UTC."""
        ends = self.possible_ends
        if self.ends_at == self.visit.starts_at and not (ends and self.end_fold):
            return self.started_at
        if not ends:
            return clock.to_instant(self.last_day, self.ends_at)
        return ends[-1] if self.end_fold else ends[0]

    @property
    def length(self) -> timedelta:
        return self.ended_at - self.started_at

    @property
    def minutes(self) -> int:
        return int(self.length.total_seconds() // 60)

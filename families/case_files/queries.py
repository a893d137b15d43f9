"""State of a case on a day: periods of work, bases, assistants, social worker, address, deadlines."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.db.models import F, QuerySet

from families.caseload.models import COUNTED_KINDS, Assignment, LeadWorkerAssignment, LegalBasis, WorkPeriod
from families.choices import AddressKind, AssignmentKind, WorkStatus
from families.deadlines.models import Deadline
from families.people.models import Address
from lubsko_ops.core.compiled_query import CompiledQuery
from lubsko_ops.core.dates import Period, Range, uncovered_periods
from lubsko_ops.core.lookups import is_among


@dataclass(frozen=True)
class CaseState:
    """A family on a day; lists hold rows of all times, oldest first."""

    on: date
    periods: list[WorkPeriod]
    all_bases: list[LegalBasis]
    all_assignments: list[Assignment]
    leads: list[LeadWorkerAssignment]
    residences: list[Address]
    deadlines: list[Deadline] = field(default_factory=list)  # by date; only for users who may read visits

    @cached_property
    def period(self) -> WorkPeriod | None:
        """The active period or, between periods, the last one; before any, the first to come."""
        begun = [period for period in self.periods if period.starts_on <= self.on]
        return (begun[-1:] or self.periods[:1] or [None])[0]

    @property
    def earlier_periods(self) -> list[WorkPeriod]:
        """Periods before ``period``, newest first."""
        return [
            row for row in reversed(self.periods) if self.period and row.starts_on < self.period.starts_on
        ]

    @property
    def working(self) -> bool:
        """Whether a period is active on the day."""
        return self.period is not None and self.period.is_active_on(self.on)

    @cached_property
    def bases(self) -> list[LegalBasis]:
        """Bases of the period active on the day."""
        return self._of_today(self.all_bases)

    @cached_property
    def assignments(self) -> list[Assignment]:
        """Assignments of the period active on the day."""
        return self._of_today(self.all_assignments)

    @property
    def leading(self) -> Assignment | None:
        return next((row for row in self.assignments if row.kind == AssignmentKind.LEADING), None)

    @property
    def next_leading(self) -> Assignment | None:
        """The next leading assignment that starts later."""
        later = (row for row in self.all_assignments if row.starts_on > self.on)
        return next((row for row in later if row.kind == AssignmentKind.LEADING), None)

    @property
    def helping(self) -> list[Assignment]:
        """Assignments other than the leading one: stand-in, accompanying, monitoring."""
        return [row for row in self.assignments if row.kind != AssignmentKind.LEADING]

    @property
    def lead_worker(self) -> LeadWorkerAssignment | None:
        """The lead social worker of the day."""
        return next((row for row in self.leads if row.is_active_on(self.on)), None)

    @property
    def address(self) -> Address | None:
        """The residence of the day."""
        return next((row for row in self.residences if row.is_active_on(self.on)), None)

    def has_assistant(self, user) -> bool:
        """Whether the user is an assistant of the family on the day."""
        return any(row.assistant_id == user.pk for row in self.assignments)

    def worker_name(self, user: int) -> str:
        """Name of a user who works or worked with the family; empty for others."""
        workers = [row.assistant for row in self.all_assignments] + [row.social_worker for row in self.leads]
        return next((str(each) for each in workers if each.pk == user), "")

    @property
    def number(self) -> str:
        return self.period.number if self.period else ""

    @property
    def status(self) -> WorkStatus:
        if self.period is None:
            return WorkStatus.NEW
        if self.working:
            return WorkStatus.RUNNING
        return WorkStatus.ENDED if self.period.starts_on <= self.on else WorkStatus.PLANNED

    @cached_property
    def without_assistant_since(self) -> date | None:
        """First day of the current gap without a leading or stand-in assistant; None when there is one."""
        return self._uncovered_since(row for row in self.all_assignments if row.kind in COUNTED_KINDS)

    @cached_property
    def without_basis_since(self) -> date | None:
        """First day of the current gap without a basis; None when there is one."""
        return self._uncovered_since(self.all_bases)

    def _of_today(self, rows) -> list:
        return [row for row in self._of_period(rows) if row.is_active_on(self.on)]

    def _of_period(self, rows) -> list:
        return [row for row in rows if self.period and row.period_id == self.period.pk]

    def _uncovered_since(self, rows) -> date | None:
        if not self.working:
            return None
        held: list[Range] = [(row.starts_on, row.ends_on) for row in self._of_period(rows)]
        gaps = uncovered_periods(Period(self.period.starts_on, self.on), held)
        return gaps[-1].start if gaps and gaps[-1].end == self.on else None


def _of_families(rows: QuerySet, path: str = "family") -> CompiledQuery:
    """The rows of some families (ids), with the family (id) of each as ``of_family``."""
    rows = rows.annotate(of_family=F(path))
    return CompiledQuery(lambda families: rows.filter(is_among(families, path)), families=[-1])


PERIODS = _of_families(WorkPeriod.objects.order_by("starts_on"))
BASES = _of_families(
    LegalBasis.objects.select_related("person").order_by("starts_on", "pk"), "period__family"
)
ASSIGNMENTS = _of_families(
    Assignment.objects.select_related("assistant", "period").order_by("starts_on", "pk"), "period__family"
)
LEADS = _of_families(LeadWorkerAssignment.objects.select_related("social_worker").order_by("starts_on", "pk"))
RESIDENCES = _of_families(
    Address.objects.filter(kind=AddressKind.RESIDENCE).select_related("region", "withheld_from")
)
DEADLINES = _of_families(Deadline.objects.order_by("due_on", "pk"))
# The lists of a CaseState.
LISTS = {
    "periods": PERIODS,
    "all_bases": BASES,
    "all_assignments": ASSIGNMENTS,
    "leads": LEADS,
    "residences": RESIDENCES,
    "deadlines": DEADLINES,
}


class LazyCaseState(CaseState):
    """The state of one family, each of its lists read when it is first asked for: one statement each."""

    def __init__(self, family: int, *, on: date) -> None:
        vars(self).update(family=family, on=on)

    def __getattr__(self, name: str) -> list:
        if name not in LISTS:
            raise AttributeError(name)
        rows = vars(self)[name] = LISTS[name].all(families=[self.family])
        return rows


def load_case_states(families: list[int], *, on: date) -> dict[int, CaseState]:
    """The states of these families by id; six statements, however many families."""
    states = {pk: CaseState(on, [], [], [], [], []) for pk in families}
    for name, query in LISTS.items():
        for row in query.all(families=families):
            getattr(states[row.of_family], name).append(row)
    return states

"""Caseload board: slots taken by every assistant, with children, court orders, visits and overdue deadlines."""

from dataclasses import dataclass
from datetime import date, time, timedelta

from django.db.models import F, Func, IntegerField, OuterRef, Subquery

from families import law
from families.caseload.caseload import Caseload, Slot, get_caseloads
from families.caseload.models import COUNTED_KINDS, Assignment, LegalBasis
from families.choices import BasisKind, VisitResult
from families.people.models import Membership
from families.visits.models import Visit
from lubsko_ops.accounts.models import Contract, User
from lubsko_ops.core import clock
from lubsko_ops.core.dates import ONE_DAY
from lubsko_ops.core.permissions import Role
from lubsko_ops.core.polish import number
from lubsko_ops.output.chart import slots

VISITS_WINDOW = timedelta(days=29)  # thirty days including today


@dataclass(frozen=True)
class CaseloadRow:
    """An assistant on a day; ``overdue``: number of their overdue deadlines."""

    user: User
    caseload: Caseload
    on: date
    overdue: int

    @property
    def taken(self) -> int:
        return self.caseload.count_on(self.on)

    @property
    def limit(self) -> int:
        return law.FAMILIES_PER_ASSISTANT.on(self.on)

    @property
    def is_full(self) -> bool:
        return self.taken >= self.limit

    @property
    def chart(self):
        """SVG with one field per slot."""
        return slots(self.taken, self.limit, title=f"{self.taken} z {self.limit}")

    @property
    def employment_text(self) -> str:
        """ "0,5 etatu"; empty for full time and without a contract."""
        fraction = self.user.fraction
        return f"{number(fraction)} etatu" if fraction is not None and fraction != 1 else ""


@dataclass(frozen=True)
class CaseloadBoard:
    """The rows with totals. A family with a stand-in is in two rows; ``families`` counts it once."""

    rows: list[CaseloadRow]
    families: int

    @property
    def totals(self) -> dict[str, int]:
        counts = ("children", "court", "visits_held")
        totals = {name: sum(getattr(row.user, name) for row in self.rows) for name in counts}
        return totals | {name: sum(getattr(row, name) for row in self.rows) for name in ("taken", "overdue")}

    @property
    def has_stand_ins(self) -> bool:
        """Whether some family is in two rows."""
        return sum(row.caseload.families_on(row.on) for row in self.rows) > self.families


def get_caseload_board(day: date, overdue: dict[int, int]) -> CaseloadBoard:
    """Every assistant with their caseload; ``overdue``: overdue deadlines by user id. Two statements."""
    users = list(_with_counts(User.objects.holding_role(Role.ASSISTANT, day), day))
    caseloads = get_caseloads([user.pk for user in users], since=day)
    rows = [CaseloadRow(user, caseloads[user.pk], day, overdue.get(user.pk, 0)) for user in users]
    slots_taken = [slot for each in caseloads.values() for slot in each.slots if _is_taken_on(slot, day)]
    return CaseloadBoard(rows, len({slot.family for slot in slots_taken}))


def _is_taken_on(slot: Slot, day: date) -> bool:
    start, end = slot.days
    return start <= day and (end is None or day <= end)


def _with_counts(users, day: date):
    """Annotate children living in the families, families under a court order, visits held in thirty days.

    Each count is a sub-query: joins would multiply children by visits.
    """
    assigned = Assignment.objects.active_on(day).filter(
        assistant=OuterRef(OuterRef("pk")), kind__in=COUNTED_KINDS
    )
    bounds = clock.to_instant(day - VISITS_WINDOW, time.min), clock.to_instant(day + ONE_DAY, time.min)
    household = Membership.objects.members_on(day).living_here()
    children = household.children_on(day).filter(family__in=assigned.values("period__family"))
    court = LegalBasis.objects.active_on(day).filter(
        kind=BasisKind.COURT, period__in=assigned.values("period")
    )
    visits = Visit.objects.filter(
        assistant=OuterRef("pk"), started_at__gte=bounds[0], started_at__lt=bounds[1], result=VisitResult.HELD
    )
    contract = Contract.objects.active_on(day).filter(user=OuterRef("pk")).order_by("-starts_on")
    return users.annotate(
        children=_count_distinct(children, "person"),
        court=_count_distinct(court, "period"),
        visits_held=_count_distinct(visits, "pk"),
        fraction=Subquery(contract.values("fraction")[:1]),
    )


def _count_distinct(rows, field: str) -> Subquery:
    """Number of distinct values; Func, not Count, which would add GROUP BY and give NULL for no rows."""
    counted = Func(F(field), template="COUNT(DISTINCT %(expressions)s)", output_field=IntegerField())
    return Subquery(rows.order_by().values(number=counted))

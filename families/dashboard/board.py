"""The board of assistants: the places each has taken, of the limit of the day, and what goes with them."""

from dataclasses import dataclass
from datetime import date, time, timedelta

from django.db.models import F, Func, IntegerField, OuterRef, Q, Subquery

from families import law
from families.case_files.family_list.queries import LIVING_HERE
from families.caseload.caseload import Caseload, get_caseloads
from families.caseload.models import COUNTED_KINDS, Assignment, LegalBasis
from families.choices import CHILDREN, BasisKind, VisitResult
from families.people.models import Membership
from families.visits.models import Visit
from lubsko_ops.accounts.models import Contract, User
from lubsko_ops.core import clock
from lubsko_ops.core.dates import ONE_DAY
from lubsko_ops.core.permissions import Role
from lubsko_ops.core.polish import number
from lubsko_ops.output.chart import slots

LOOKED_BACK = timedelta(days=29)  # thirty days with today


@dataclass(frozen=True)
class Line:
    """One assistant on the day; ``late``: how many of her duties are overdue."""

    user: User
    load: Caseload
    on: date
    late: int

    @property
    def taken(self) -> int:
        return self.load.counted(self.on)

    @property
    def limit(self) -> int:
        return law.FAMILIES_PER_ASSISTANT.on(self.on)

    @property
    def full(self) -> bool:
        return self.taken >= self.limit

    @property
    def picture(self):
        """One field for each place; how hard a family is, is not recorded."""
        return slots(self.taken, self.limit, title=f"{self.taken} z {self.limit}")

    @property
    def time(self) -> str:
        """ "0,5 etatu", unless it is the whole; empty also without a contract."""
        fraction = self.user.fraction
        return f"{number(fraction)} etatu" if fraction is not None and fraction != 1 else ""


@dataclass(frozen=True)
class Board:
    """The lines with their sums. A family in which somebody stands in is on two lines: ``families`` counts it once."""

    lines: list[Line]
    families: int

    @property
    def sums(self) -> dict[str, int]:
        counted = ("children", "court", "visits_held")
        sums = {name: sum(getattr(each.user, name) for each in self.lines) for name in counted}
        return sums | {
            "taken": sum(each.taken for each in self.lines),
            "late": sum(each.late for each in self.lines),
        }

    @property
    def twice(self) -> bool:
        """Some family stands on two lines."""
        return sum(each.load.families(each.on) for each in self.lines) > self.families


def board_of(day: date, late: dict[int, int]) -> Board:
    """Two statements, however many assistants. ``late``: overdue duties by the id of who answers for them."""
    users = list(_with_numbers(User.objects.holding(Role.ASSISTANT, day), day))
    loads = get_caseloads([user.pk for user in users], since=day)
    lines = [Line(user, loads[user.pk], day, late.get(user.pk, 0)) for user in users]
    families = {place.family for load in loads.values() for place in load.places if _holds(place, day)}
    return Board(lines, len(families))


def _holds(place, day: date) -> bool:
    start, end = place.days
    return start <= day and (end is None or day <= end)


def _with_numbers(users, day: date):
    """Children living in her families, those that work by order of the court, visits held in thirty days.

    Each number is a sub-query of its own: joins would multiply children by visits.
    """
    hers = Assignment.objects.active_on(day).filter(
        assistant=OuterRef(OuterRef("pk")), kind__in=COUNTED_KINDS
    )
    since = clock.to_instant(day - LOOKED_BACK, time.min), clock.to_instant(day + ONE_DAY, time.min)
    eighteen_on = Func(F("person__born_on"), template="(%(expressions)s + INTERVAL '18 years')::date")
    young = Q(person__born_on=None, kinship__in=CHILDREN) | Q(eighteen_on__gt=day)
    children = (
        Membership.objects.active_on(day)
        .annotate(eighteen_on=eighteen_on)
        .filter(young, family__in=hers.values("period__family"), stay__in=LIVING_HERE)
        .filter(Q(person__died_on=None) | Q(person__died_on__gte=day))
    )
    court = LegalBasis.objects.active_on(day).filter(kind=BasisKind.COURT, period__in=hers.values("period"))
    visits = Visit.objects.filter(
        assistant=OuterRef("pk"), begins__gte=since[0], begins__lt=since[1], result=VisitResult.HELD
    )
    contract = Contract.objects.active_on(day).filter(user=OuterRef("pk")).order_by("-starts_on")
    return users.annotate(
        children=_number_of(children, "person"),
        court=_number_of(court, "period"),
        visits_held=_number_of(visits, "pk"),
        fraction=Subquery(contract.values("fraction")[:1]),
    )


def _number_of(rows, what: str) -> Subquery:
    """How many different ones; a Func and not Count, so that no GROUP BY turns nought into nothing."""
    counted = Func(F(what), template="COUNT(DISTINCT %(expressions)s)", output_field=IntegerField())
    return Subquery(rows.order_by().values(number=counted))

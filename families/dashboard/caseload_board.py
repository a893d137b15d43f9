"""Caseload board: slots taken by every assistant, with children, court orders, visits and overdue deadlines."""

from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery

from families import law
from families.case_files.family_list.queries import SLOT
from families.choices import BasisKind
from families.dashboard.numbers import ManagerNumbers
from families.dashboard.overdue import ASSISTANTS as ASSISTANTS_CODE
from families.dashboard.overdue import overdue_url
from lubsko_ops.accounts.models import Contract, User
from lubsko_ops.core.compiled_query import CompiledQuery
from lubsko_ops.core.dashboard import url_for
from lubsko_ops.core.links import reverse
from lubsko_ops.core.permissions import Role
from lubsko_ops.core.polish import number
from lubsko_ops.output.chart import slots

ROWS_SHOWN = 25  # of a larger centre those who need attention first; the others by a link


def board_urls(assistant: int | None, day: date) -> dict[str, str]:
    """The lists of exactly what the columns count, of an assistant or of all; none lists children, who are people.

    With "Za życiem" beside the limit the list would hold families that take no place, so there is no link then.
    """
    who = f"&asystent={assistant}" if assistant else ""
    families = f"{reverse('families:list')}?przydzielenie={SLOT}{who}"
    return {
        "taken": families if law.COUNTS_ZA_ZYCIEM.on(day) else "",
        "court": f"{families}&podstawa={BasisKind.COURT}",
        "visits": url_for("report figure", day, "wizyty-odbyte", "30-dni", assistant),
        "overdue": overdue_url(person=assistant or ASSISTANTS_CODE),
    }


@dataclass(frozen=True)
class CaseloadRow:
    """An assistant on a day.

    taken: families that take a place of the limit; children: living in the families; court: families under a court
    order; visits: held in thirty days; overdue: number of the assistant's overdue deadlines.
    """

    user: User
    on: date
    taken: int
    children: int
    court: int
    visits: int
    overdue: int

    @property
    def urls(self) -> dict[str, str]:
        return board_urls(self.user.pk, self.on)

    @property
    def limit(self) -> int:
        """By law, or fewer by the contract of the day."""
        own = self.user.family_limit
        by_law = law.FAMILIES_PER_ASSISTANT.on(self.on)
        return by_law if own is None else min(own, by_law)

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
    """The rows with totals, in which a family in two rows (with a stand-in) and a child of two families count once.

    totals: numbers by the names of the columns.
    """

    rows: list[CaseloadRow]
    totals: dict[str, int]
    on: date
    all_shown: bool = False

    @property
    def families(self) -> int:
        return self.totals["taken"]

    @property
    def total_urls(self) -> dict[str, str]:
        return board_urls(None, self.on)

    @property
    def shown(self) -> list[CaseloadRow]:
        """The rows to show, by surname: of many only those most overdue, then the fullest ones."""
        if self.all_shown or len(self.rows) <= ROWS_SHOWN:
            return self.rows
        first = sorted(self.rows, key=lambda row: (-row.overdue, -row.taken))[:ROWS_SHOWN]
        return [row for row in self.rows if row in first]

    @property
    def has_stand_ins(self) -> bool:
        """Whether some family is in two rows."""
        return sum(row.taken for row in self.rows) > self.families


def _assistants(on: date) -> QuerySet[User]:
    contract = Contract.objects.active_on(on).filter(user=OuterRef("pk")).order_by("-starts_on")
    users = User.objects.holding_role(Role.ASSISTANT, on).only("first_name", "last_name")
    return users.annotate(
        fraction=Subquery(contract.values("fraction")[:1]),
        family_limit=Subquery(contract.values("family_limit")[:1]),
    )


ASSISTANTS = CompiledQuery(_assistants, on=date.min)


def get_caseload_board(day: date, numbers: ManagerNumbers, *, all_shown: bool = False) -> CaseloadBoard:
    """Every assistant with their caseload; one statement."""
    users = ASSISTANTS.all(on=day)
    rows = [
        CaseloadRow(
            user,
            day,
            taken=len(numbers.counted_of(user.pk, day)),
            children=numbers.count_children(user.pk, numbers.families_of(user.pk)),
            court=numbers.court.get(user.pk, 0),
            visits=numbers.visits.get(user.pk, 0),
            overdue=numbers.overdue_by_user.get(user.pk, 0),
        )
        for user in users
    ]
    families = set().union(*(numbers.families_of(user.pk) for user in users))
    totals = {
        "taken": len(set().union(*(numbers.counted_of(user.pk, day) for user in users))),
        "children": numbers.count_children(None, families),
        "court": numbers.court.get(None, 0),
        "visits": numbers.visits.get(None, 0),
        "overdue": sum(row.overdue for row in rows),
    }
    return CaseloadBoard(rows, totals, day, all_shown)

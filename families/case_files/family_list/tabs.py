"""Tabs of the list of families: the families and the count of each; in tabs of waiting families also since when."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, DateField, Exists, Func, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, TruncDate

from families.case_files.models import CaseSummary
from families.caseload.models import COUNTED_KINDS, Assignment, LegalBasis, WorkPeriod
from families.choices import AssignmentKind, WorkStatus
from families.people.models import Family
from families.permissions import workable_condition
from lubsko_ops.core import clock
from lubsko_ops.core.lookups import pk_in_array
from lubsko_ops.core.permissions import Role

ALWAYS, WHEN_NOT_EMPTY, WHEN_SELECTED = "always", "filled", "chosen"  # when a tab is shown


@dataclass(frozen=True)
class ListTab:
    """A tab above the list of families.

    intake_only: only for users who open and assign files. ended: families whose work has ended. waiting_for: what
    the families wait for ("assistant", "basis"); the longest waiting come first. visibility: ALWAYS,
    WHEN_NOT_EMPTY or WHEN_SELECTED. has_deadlines: whether the list shows deadlines of these families.
    """

    code: str
    label: str
    caption: str
    empty_text: str
    intake_only: bool = False
    ended: bool = False
    waiting_for: str = ""
    visibility: str = ALWAYS
    has_deadlines: bool = True

    @property
    def waiting_key(self) -> str:
        """The column of the summary that says since when."""
        return "without_basis_since" if self.waiting_for == "basis" else "waiting_since"


RUNNING = ListTab("w-toku", "W toku", "Rodziny w toku", "Nie ma teraz rodzin w toku")
UNASSIGNED = ListTab(
    "bez-asystenta",
    "Bez asystenta",
    "Rodziny bez asystenta",
    "Każda rodzina w toku ma asystenta",
    intake_only=True,
    waiting_for="assistant",
)
NEW = ListTab(
    "nowe",
    "Nowe",
    "Rodziny przed początkiem pracy",
    "Nie ma nowych rodzin",
    intake_only=True,
    waiting_for="assistant",
    has_deadlines=False,
)
WAITING = ListTab(
    "czekaja",
    "Czekają na asystenta",
    "Rodziny czekające na asystenta",
    "Żadna rodzina nie czeka na asystenta",
    intake_only=True,
    waiting_for="assistant",
    visibility=WHEN_SELECTED,
    has_deadlines=False,
)
WITHOUT_BASIS = ListTab(
    "bez-podstawy",
    "Bez podstawy",
    "Rodziny bez podstawy pracy",
    "Każda rodzina w toku ma podstawę pracy",
    intake_only=True,
    waiting_for="basis",
    visibility=WHEN_NOT_EMPTY,
)
HANDED_OVER = ListTab(
    "przekazane",
    "Przekazane",
    "Rodziny przekazane innym",
    "Nie ma rodzin przekazanych innym",
    visibility=WHEN_NOT_EMPTY,
)
ENDED = ListTab(
    "zakonczone",
    "Zakończone",
    "Rodziny z zakończoną pracą",
    "Nie ma jeszcze rodzin z zakończoną pracą",
    ended=True,
    has_deadlines=False,
)
TABS = (RUNNING, UNASSIGNED, NEW, WAITING, WITHOUT_BASIS, HANDED_OVER, ENDED)


def sees_handed_over(user) -> bool:
    """Whether the user may still see families that they may no longer change: only an assistant may."""
    return Role.ASSISTANT in user.roles and Role.MANAGER not in user.roles


def tab_condition(tab: ListTab, *, user, on: date) -> Q:
    """Condition on summaries: the families of the tab.

    W toku, Przekazane, Nowe and Zakończone are disjoint and together hold all families. Przekazane holds what the user
    may only read now; the facts decide which. A family that waits for an assistant has none and none is planned.
    """
    if tab in (RUNNING, HANDED_OVER):
        running = Q(status=WorkStatus.RUNNING)
        if not sees_handed_over(user):
            return running if tab == RUNNING else Q(pk__in=[])
        workable = workable_condition(user, on=on)
        return running & (workable if tab == RUNNING else ~workable)
    return {
        UNASSIGNED: Q(status=WorkStatus.RUNNING, waiting_since__isnull=False),
        NEW: Q(status__in=[WorkStatus.NEW, WorkStatus.PLANNED]),
        WAITING: Q(waiting_since__isnull=False, leading_planned=False),
        WITHOUT_BASIS: Q(without_basis_since__isnull=False),
        ENDED: Q(status=WorkStatus.ENDED),
    }[tab]


def tab_counts(*, user, on: date) -> dict[str, int]:
    """Number of families in each tab by its code; one statement grouped by status, which an index answers."""
    counts = {
        "number": Count("*"),
        "waiting": Count("waiting_since"),
        "unplanned": Count("waiting_since", filter=Q(leading_planned=False)),
        "without_basis": Count("without_basis_since"),
    }
    if sees_handed_over(user):
        counts["handed_over"] = Count("pk", filter=~workable_condition(user, on=on))
    summaries = CaseSummary.objects.visible_to(user, on=on).order_by()
    counted = {row["status"]: row for row in summaries.values("status").annotate(**counts)}
    none = dict.fromkeys(counts, 0)
    running = counted.get(WorkStatus.RUNNING, none)
    before_work = [counted.get(each, none) for each in (WorkStatus.NEW, WorkStatus.PLANNED)]
    handed_over = running.get("handed_over", 0)
    return {
        RUNNING.code: running["number"] - handed_over,
        UNASSIGNED.code: running["waiting"],
        NEW.code: sum(row["number"] for row in before_work),
        WAITING.code: sum(row["unplanned"] for row in (running, *before_work)),
        WITHOUT_BASIS.code: running["without_basis"],
        HANDED_OVER.code: handed_over,
        ENDED.code: counted.get(WorkStatus.ENDED, none)["number"],
    }


# ---- families by their facts, for the start pages -------------------------------------------------------


def tab_filter(tab: ListTab, *, user, on: date) -> Q:
    """Condition on families: see ``tab_condition``."""
    workable = workable_condition(user, on=on)
    # Only an assistant can still see families that were handed over.
    sees_handed_over = workable and Role.ASSISTANT in user.roles
    # A user with a narrow scope has few families: start from those. Otherwise start from the matching ids.
    begin_with = _pk_in if workable else pk_in_array
    of_today = WorkPeriod.objects.active_on(on)
    running = begin_with(of_today.values("family"))
    led = _counting_assignments().active_on(on).values("period__family")
    based = LegalBasis.objects.active_on(on).values("period__family")
    # Searched among the periods of today: ended ones are many times more.
    unled = of_today.exclude(family__in=led).values("family")
    unbased = of_today.exclude(family__in=based).values("family")
    new = _new_filter(on)
    to_come = (
        _counting_assignments().active_on_or_after(on).filter(starts_on__gt=on, kind=AssignmentKind.LEADING)
    )
    planned = to_come.values("period__family")
    unplanned = Family.objects.filter(new).exclude(pk__in=planned).values("pk")
    waiting = unled.exclude(family__in=planned).union(unplanned, all=True)
    return {
        RUNNING: running & workable if sees_handed_over else running,
        UNASSIGNED: begin_with(unled),
        NEW: new,
        WAITING: begin_with(waiting),
        WITHOUT_BASIS: begin_with(unbased),
        HANDED_OVER: running & ~workable if sees_handed_over else Q(pk__in=[]),
        ENDED: _ended_filter(on),
    }[tab]


def _pk_in(ids) -> Q:
    return Q(pk__in=ids)


def _new_filter(on: date) -> Q:
    """Families without a period of work, or whose first period is still to come."""
    begun = WorkPeriod.objects.filter(family=OuterRef("pk"), starts_on__lte=on)
    before_work = CaseSummary.objects.filter(status__in=[WorkStatus.NEW, WorkStatus.PLANNED])
    return pk_in_array(before_work.values("family")) & ~Exists(begun)


def _ended_filter(on: date) -> Q:
    """Joins the last period that has begun, one per family, so that its indexes serve the sort orders.

    Periods of a family never overlap: when the last one has ended, none is running.
    """
    later = WorkPeriod.objects.filter(
        family=OuterRef("pk"), starts_on__lte=on, starts_on__gt=OuterRef("periods__starts_on")
    )
    return Q(periods__ends_on__lt=on) & ~Exists(later)


def waiting_since(tab: ListTab, *, on: date):
    """Expression: first day without the assistant or the basis the tab is about; never NULL.

    The day after the last one of the current period, otherwise the first day of the period or, without a period,
    the day the file was opened.
    """
    present = Q(period__starts_on__lte=on) & (Q(period__ends_on=None) | Q(period__ends_on__gte=on))
    rows = LegalBasis.objects if tab.waiting_for == "basis" else _counting_assignments()
    last = rows.filter(present, period__family=OuterRef("pk"), ends_on__lt=on).order_by("-ends_on")
    work = WorkPeriod.objects.active_on(on).filter(family=OuterRef("pk"))
    return Coalesce(
        Func(
            Subquery(last.values("ends_on")[:1]), template="(%(expressions)s + 1)", output_field=DateField()
        ),
        Subquery(work.values("starts_on")[:1]),
        TruncDate("entered_at", tzinfo=clock.WARSAW),
    )


def _counting_assignments():
    return Assignment.objects.filter(kind__in=COUNTED_KINDS)

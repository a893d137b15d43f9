"""Tabs of the list of families: the families and the count of each; in tabs of waiting families also since when."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from families.case_files.models import CaseSummary
from families.choices import WorkStatus
from families.permissions import ScopedQuery, workable_condition
from lubsko_ops.core.permissions import Role

ALWAYS, WHEN_NOT_EMPTY, WHEN_SELECTED = "always", "filled", "chosen"  # when a tab is shown


@dataclass(frozen=True)
class ListTab:
    """A tab above the list of families.

    intake_only: only for users who open and assign files. ended: families whose work has ended. waiting_for: what
    the families wait for ("assistant", "basis"); the longest waiting come first. visibility: ALWAYS,
    WHEN_NOT_EMPTY or WHEN_SELECTED. has_deadlines: whether the list shows deadlines of these families; deadlines_only:
    the tab is for users who may see them.
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
    deadlines_only: bool = False

    @property
    def waiting_key(self) -> str:
        """The column of the summary that says since when."""
        return "without_basis_since" if self.waiting_for == "basis" else "waiting_since"


RUNNING = ListTab("w-toku", "W toku", "Rodziny w toku", "Nie ma teraz rodzin w toku")
OVERDUE = ListTab(
    "po-terminie",
    "Po terminie",
    "Rodziny ze sprawą po terminie",
    "Nic nie jest po terminie",
    deadlines_only=True,
)
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
TABS = (RUNNING, OVERDUE, UNASSIGNED, NEW, WAITING, WITHOUT_BASIS, HANDED_OVER, ENDED)


def sees_handed_over(user) -> bool:
    """Whether the user may still see families that they may no longer change: only an assistant may."""
    return Role.ASSISTANT in user.roles and Role.MANAGER not in user.roles


def tab_condition(tab: ListTab, *, user, on: date) -> Q:
    """Condition on summaries: the families of the tab.

    W toku, Przekazane, Nowe and Zakończone are disjoint and together hold all families. Przekazane holds what the user
    may only read now; the facts decide which. Po terminie holds those of W toku whose nearest deadline has passed. A
    family that waits for an assistant has none and none is planned.
    """
    if tab in (RUNNING, OVERDUE, HANDED_OVER):
        running = Q(status=WorkStatus.RUNNING)
        if tab == OVERDUE:
            running &= Q(due_on__lt=on)
        if not sees_handed_over(user):
            return Q(pk__in=[]) if tab == HANDED_OVER else running
        workable = workable_condition(user, on=on)
        return running & (~workable if tab == HANDED_OVER else workable)
    return {
        UNASSIGNED: Q(status=WorkStatus.RUNNING, waiting_since__isnull=False),
        NEW: Q(status__in=[WorkStatus.NEW, WorkStatus.PLANNED]),
        WAITING: Q(waiting_since__isnull=False, leading_planned=False),
        WITHOUT_BASIS: Q(without_basis_since__isnull=False),
        ENDED: Q(status=WorkStatus.ENDED),
    }[tab]


NUMBERS = ("number", "overdue", "waiting", "unplanned", "without_basis", "handed_over")


def _numbers(user, on: date) -> QuerySet:
    """Status and NUMBERS, grouped by status."""
    workable = workable_condition(user, on=on) if sees_handed_over(user) else Q()
    handed_over = ~workable if workable else Q(pk__in=[])
    numbers = (
        Count("*"),
        Count("due_on", filter=Q(due_on__lt=on) & workable),
        Count("waiting_since"),
        Count("waiting_since", filter=Q(leading_planned=False)),
        Count("without_basis_since"),
        Count("status", filter=handed_over),
    )
    visible = CaseSummary.objects.visible_to(user, on=on).order_by().values_list("status")
    return visible.annotate(**dict(zip(NUMBERS, numbers, strict=True)))


TAB_NUMBERS: ScopedQuery = ScopedQuery(_numbers)


def tab_counts(*, user, on: date) -> dict[str, int]:
    """Number of families in each tab by its code; one statement grouped by status, which an index answers."""
    rows = TAB_NUMBERS.rows(user, on=on)
    counted = {status: dict(zip(NUMBERS, numbers, strict=True)) for status, *numbers in rows}
    none = dict.fromkeys(NUMBERS, 0)
    running = counted.get(WorkStatus.RUNNING, none)
    before_work = [counted.get(each, none) for each in (WorkStatus.NEW, WorkStatus.PLANNED)]
    handed_over = running.get("handed_over", 0)
    return {
        RUNNING.code: running["number"] - handed_over,
        OVERDUE.code: running["overdue"],
        UNASSIGNED.code: running["waiting"],
        NEW.code: sum(row["number"] for row in before_work),
        WAITING.code: sum(row["unplanned"] for row in (running, *before_work)),
        WITHOUT_BASIS.code: running["without_basis"],
        HANDED_OVER.code: handed_over,
        ENDED.code: counted.get(WorkStatus.ENDED, none)["number"],
    }

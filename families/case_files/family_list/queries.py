"""Queries of the list of families: one plain statement over summaries (``CaseSummary``) for a page of rows.

Call ``refresh_due`` first. A family in progress is shown as of today, one whose work has ended as of the last day of
the work.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from django.db.models import (
    Case,
    CharField,
    DateField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from families.case_files.family_list.tabs import OVERDUE as OVERDUE_TAB
from families.case_files.family_list.tabs import RUNNING, ListTab, sees_handed_over, tab_condition
from families.case_files.models import CaseSummary
from families.caseload.models import COUNTED_KINDS, Assignment
from families.choices import AssignmentKind, DeadlineKind, WorkStatus
from families.deadlines.models import Deadline
from families.permissions import ScopedQuery, filter_workable, workable_condition
from families.visits.permissions import VISIT_VIEW
from lubsko_ops.accounts.models import Region, RoleGrant, User
from lubsko_ops.centre.norms import get_norm
from lubsko_ops.core.compiled_query import CompiledQuery
from lubsko_ops.core.keyset_list import KeysetPage, Sort, beyond, keyset_page
from lubsko_ops.core.permissions import Role, has_permission
from lubsko_ops.core.polish import NBSP

WORKABLE_TABS = (RUNNING, OVERDUE_TAB)  # the user may change all their files


def summaries_in_tab(tab: ListTab, *, user, on: date) -> QuerySet[CaseSummary]:
    """Summaries of the families of a tab visible to the user."""
    # What may be changed may be read too: one condition is enough.
    if tab in WORKABLE_TABS and sees_handed_over(user):
        summaries = CaseSummary.objects.filter(status=WorkStatus.RUNNING)
        summaries = summaries.filter(due_on__lt=on) if tab == OVERDUE_TAB else summaries
        return filter_workable(summaries, user, on=on)
    return CaseSummary.objects.visible_to(user, on=on).filter(tab_condition(tab, user=user, on=on))


def with_list_data(summaries, *, user, on: date, tab: ListTab | None = None):
    """With the address, the name of the person it is withheld from (None for nobody), and what the user may do.

    ``tab``: the one that all these summaries are in. The first two are outer joins, made for the rows of the page only;
    joining the family would read all of them first.
    """
    summaries = summaries.select_related("address").annotate(
        withheld_first_name=F("address__withheld_from__first_name"),
        withheld_last_name=F("address__withheld_from__last_name"),
    )
    return with_access_flags(summaries, user=user, on=on, tab=tab)


def with_access_flags(summaries, *, user, on: date, tab: ListTab | None = None):
    """``workable``: the user may change the file; ``last_own_day``: last day on which they led the family, if not.

    Of families or of summaries. In WORKABLE_TABS all files may be changed (``tab_condition``).
    """
    if tab in WORKABLE_TABS or not sees_handed_over(user):
        return summaries.annotate(workable=Value(True), last_own_day=Value(None, output_field=DateField()))
    led = Assignment.objects.filter(period__family=OuterRef("pk"), assistant=user, kind__in=COUNTED_KINDS)
    last_own_day = (
        led.filter(starts_on__lte=on).order_by(F("ends_on").desc(nulls_first=True)).values("ends_on")[:1]
    )
    workable = Case(When(workable_condition(user, on=on), then=Value(True)), default=Value(False))
    return summaries.annotate(workable=workable, last_own_day=Subquery(last_own_day))


@cache
def rows_query(tab: ListTab, order: Sort, size: int, *, cursor: bool) -> ScopedQuery[CaseSummary]:
    """A page of the tab in this order, and one row more: the first, or the one beyond a row with these keys."""
    keys = (*order.keys, "pk")

    def build(user, on: date, **values) -> QuerySet[CaseSummary]:
        summaries = summaries_in_tab(tab, user=user, on=on)
        if cursor:
            summaries = summaries.filter(beyond(order, tuple(values[key] for key in keys)))
        return with_list_data(summaries, user=user, on=on, tab=tab).order_by(*order.order)[: size + 1]

    return ScopedQuery(build, **{key: _marker(key, number) for number, key in enumerate(keys) if cursor})


@cache
def keys_query(tab: ListTab, sort: Sort) -> ScopedQuery[CaseSummary]:
    """The keys of a row of the tab."""

    def build(user, on: date, pk: int) -> QuerySet:
        return summaries_in_tab(tab, user=user, on=on).filter(pk=pk).values_list(*sort.keys, "pk")

    return ScopedQuery(build, pk=_marker("pk", 0))


def _marker(key: str, number: int) -> Any:
    """A value of the column that occurs nowhere else in a statement (see CompiledQuery)."""
    field = CaseSummary._meta.pk if key == "pk" else CaseSummary._meta.get_field(key)
    if isinstance(field, DateField):
        return date(1500, 1, 1)
    return key if isinstance(field, CharField) else 20_000 + number


def compiled_page(tab: ListTab, sort: Sort, user, *, on: date, size: int, **cursor: int | None) -> KeysetPage:
    """A page of the tab without filters, by statements compiled once."""

    def keys_of(pk: int) -> tuple | None:
        return next(iter(keys_query(tab, sort).rows(user, on=on, pk=pk)), None)

    def rows_of(order: Sort, boundary: tuple | None) -> list[CaseSummary]:
        values = dict(zip((*order.keys, "pk"), boundary, strict=True)) if boundary else {}
        return rows_query(tab, order, size, cursor=boundary is not None).all(user, on=on, **values)

    return keyset_page(keys_of, rows_of, sort, size=size, **cursor)


def readable_until(last_own_day: date, *, on: date) -> date:
    """Last day on which the file may be read after the family was handed over, by the norm of the day ``on``."""
    return last_own_day + timedelta(days=get_norm("read_after_hand_over_days", on=on))


# ---- words --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Words:
    """Names of all users (surname, first name) and regions by id, in Polish order; ids of those ever assistants."""

    users: dict[int, tuple[str, str]]
    regions: dict[int, str]
    assistants: set[int]

    def user_name(self, user: int) -> str:
        surname, first_name = self.users[user]
        return f"{first_name} {surname}".strip()

    def short_user_name(self, user: int) -> str:
        """Abbreviated: "A. Sikora"."""
        surname, first_name = self.users[user]
        return f"{first_name[:1]}.{NBSP}{surname}"

    @property
    def filter_choices(self) -> dict[str, list[tuple[str, str]]]:
        return {
            "asystent": [(str(pk), self.user_name(pk)) for pk in self.users if pk in self.assistants],
            "rejon": [(str(pk), name) for pk, name in self.regions.items()],
        }


def _names() -> QuerySet:
    """Names of users and regions; with users, whether they have ever been assistants."""
    ever = RoleGrant.objects.filter(role=Role.ASSISTANT, user=OuterRef("pk"))
    users = User.objects.order_by().values_list(Value("user"), "pk", "last_name", "first_name", Exists(ever))
    regions = Region.objects.order_by().values_list(Value("region"), "pk", "name", Value(""), Value(False))
    return users.union(regions, all=True).order_by("last_name", "first_name")


NAMES: CompiledQuery = CompiledQuery(_names)


def load_words() -> Words:
    """One statement."""
    words = Words({}, {}, set())
    for kind, pk, name, first_name, was_assistant in NAMES.rows():
        if kind == "region":
            words.regions[pk] = name
            continue
        words.users[pk] = (name, first_name)
        if was_assistant:
            words.assistants.add(pk)
    return words


# ---- assignments ------------------------------------------------------------------------------------
SLOT = "miejsce"
ASSIGNMENT_CHOICES = [(SLOT, "prowadzi albo zastępuje"), *AssignmentKind.choices]


def assigned_as(choice: str, *, assistant: int | None) -> Q:
    """Somebody, or the assistant, is assigned in this way; SLOT: in one that takes a place of the limit."""
    kinds = COUNTED_KINDS if choice == SLOT else [choice]
    who = {"user": assistant} if assistant else {}
    condition = Q()
    for kind in kinds:
        condition |= Q(assistants__contains=[{"kind": str(kind), **who}])
    return condition


# ---- deadlines -------------------------------------------------------------------------------------
# Only for users who may read visits: a deadline reveals when the last visit was.

OVERDUE, WEEK, MONTH = "po-terminie", "7-dni", "30-dni"
DUE_CHOICES = [(OVERDUE, "po terminie"), (WEEK, "najdalej za 7 dni"), (MONTH, "najdalej za 30 dni")]
DAYS_AHEAD = {OVERDUE: -1, WEEK: 7, MONTH: 30}


def can_see_deadlines(user, *, tab: ListTab) -> bool:
    """Whether the list in this tab shows deadlines to the user."""
    return tab.has_deadlines and has_permission(user, VISIT_VIEW)


def deadline_label(kind: str) -> str:
    """Label of the kind with a capital letter: "Okresowa ocena"."""
    label = DeadlineKind(kind).label
    return label[:1].upper() + label[1:]


def with_deadline_of_kind(summaries, kind: str):
    """The families with an open deadline of the kind, and its day as ``kind_due_on``."""
    open_ones = _open_deadlines(kind)
    of_family = open_ones.filter(family=OuterRef("pk")).order_by("due_on", "pk")
    summaries = summaries.annotate(kind_due_on=Subquery(of_family.values("due_on")[:1]))
    return summaries.filter(pk__in=open_ones.values("family"))


def due_within(choice: str, *, on: date, kind: str = "") -> Q:
    """The nearest deadline (of the kind) is within the choice; overdue ones are included."""
    due = Q(due_on__lte=on + timedelta(days=DAYS_AHEAD[choice]))
    return Q(pk__in=_open_deadlines(kind).filter(due).values("family")) if kind else due


def _open_deadlines(kind: str) -> QuerySet[Deadline]:
    return Deadline.objects.filter(kind=kind, done_on=None)

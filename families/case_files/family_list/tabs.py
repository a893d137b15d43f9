"""The ready views above the list of families: which families each holds, and since when those that wait do."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, DateField, Exists, Func, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, TruncDate

from families.caseload.models import COUNTED_KINDS, Assignment, FamilyWithoutWork, LegalBasis, WorkPeriod
from families.choices import AssignmentKind
from families.people.models import Family
from families.permissions import visible_to, workable_condition
from lubsko_ops.core import clock
from lubsko_ops.core.lookups import pk_in_array
from lubsko_ops.core.permissions import Role

ALWAYS, WHEN_NOT_EMPTY, WHEN_SELECTED = "always", "filled", "chosen"  # when the tab of a view is shown


@dataclass(frozen=True)
class ListTab:
    """One of the ready views above the list. ``of_intake``: only for those who enter and assign families.

    since: what the families wait for ("assistant", "basis"); the longest waiting come first. tab: whether the
    view has its tab always, when it holds a family, or only while it is chosen. duties: whether its families have
    anything due that the list is to tell.
    """

    code: str
    label: str
    caption: str
    nothing: str
    of_intake: bool = False
    ended: bool = False
    since: str = ""
    tab: str = ALWAYS
    duties: bool = True


RUNNING = ListTab("w-toku", "W toku", "Rodziny w toku", "Nie ma teraz rodzin w toku")
UNASSIGNED = ListTab(
    "bez-asystenta",
    "Bez asystenta",
    "Rodziny bez asystenta",
    "Każda rodzina w toku ma asystenta",
    of_intake=True,
    since="assistant",
)
NEW = ListTab(
    "nowe",
    "Nowe",
    "Rodziny przed początkiem pracy",
    "Nie ma nowych rodzin",
    of_intake=True,
    since="assistant",
    duties=False,
)
WAITING = ListTab(
    "czekaja",
    "Czekają na asystenta",
    "Rodziny czekające na asystenta",
    "Żadna rodzina nie czeka na asystenta",
    of_intake=True,
    since="assistant",
    tab=WHEN_SELECTED,
    duties=False,
)
WITHOUT_BASIS = ListTab(
    "bez-podstawy",
    "Bez podstawy",
    "Rodziny bez podstawy pracy",
    "Każda rodzina w toku ma podstawę pracy",
    of_intake=True,
    since="basis",
    tab=WHEN_NOT_EMPTY,
)
HANDED_OVER = ListTab(
    "przekazane",
    "Przekazane",
    "Rodziny przekazane innym",
    "Nie ma rodzin przekazanych innym",
    tab=WHEN_NOT_EMPTY,
)
ENDED = ListTab(
    "zakonczone",
    "Zakończone",
    "Rodziny z zakończoną pracą",
    "Nie ma jeszcze rodzin z zakończoną pracą",
    ended=True,
    duties=False,
)
TABS = (RUNNING, UNASSIGNED, NEW, WAITING, WITHOUT_BASIS, HANDED_OVER, ENDED)


def tab_filter(view: ListTab, *, user, on: date) -> Q:
    """Which families a view holds. W toku, Przekazane, Nowe and Zakończone share all families out.

    Handed over is what the person may only read now: it is somebody else's work, so it is counted apart. Who waits
    for an assistant has none and is to have none on a later day either.
    """
    hers = workable_condition(user, on=on)
    # Nobody but an assistant reaches families that are another's work now.
    led_once = hers and Role.ASSISTANT in user.roles
    begin_with = (
        _pk_in if hers else pk_in_array
    )  # a reach of few families is the shorter list: theirs are asked about
    of_today = WorkPeriod.objects.active_on(on)
    running = begin_with(of_today.values("family"))
    led = _counting_assignments().active_on(on).values("period__family")
    based = LegalBasis.objects.active_on(on).values("period__family")
    # Sought among the periods of today: what has ended is many times as much.
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
        RUNNING: running & hers if led_once else running,
        UNASSIGNED: begin_with(unled),
        NEW: new,
        WAITING: begin_with(waiting),
        WITHOUT_BASIS: begin_with(unbased),
        HANDED_OVER: running & ~hers if led_once else Q(pk__in=[]),
        ENDED: _ended_filter(on),
    }[view]


def _pk_in(ids) -> Q:
    return Q(pk__in=ids)


def _new_filter(on: date) -> Q:
    """Sought among those with no period at all and those whose period is to come."""
    begun = WorkPeriod.objects.filter(family=OuterRef("pk"), starts_on__lte=on)
    to_come = WorkPeriod.objects.filter(starts_on__gt=on).values("family")
    return pk_in_array(FamilyWithoutWork.objects.values("family").union(to_come, all=True)) & ~Exists(begun)


def _ended_filter(on: date) -> Q:
    """Joined to the last period that has begun, one for each family: its own indexes keep the orders of the archive,
    and from a reach of few families theirs are looked up. Periods of a family never overlap: when the last one has
    ended, none goes on."""
    later = WorkPeriod.objects.filter(
        family=OuterRef("pk"), starts_on__lte=on, starts_on__gt=OuterRef("periods__starts_on")
    )
    return Q(periods__ends_on__lt=on) & ~Exists(later)


COUNTED_TABS = (RUNNING, HANDED_OVER, NEW)  # with those whose work has ended they are all families


def tab_counts(found, *, views: list[ListTab], user, on: date) -> dict[str, int]:
    """How many families each view holds, and the ``total`` of those found (None: not counted); one statement.

    Each is counted by itself: asked of every family within reach, the conditions of all views would be met one by
    one for each of them. Those whose work has ended, by far the most, are what the other parts leave.
    """
    within = visible_to(user, on=on)
    wanted = [view for view in dict.fromkeys((*COUNTED_TABS, *views)) if view != ENDED]
    rows = {view.code: within.filter(tab_filter(view, user=user, on=on)) for view in wanted}
    rows |= {"all": within} | ({} if found is None else {"total": found})
    first, *others = [_count_row(name, families) for name, families in rows.items()]
    counted = dict.fromkeys(rows, 0) | dict(first.union(*others, all=True))
    counted[ENDED.code] = counted.pop("all") - sum(counted[part.code] for part in COUNTED_TABS)
    return counted


def _count_row(name: str, families):
    """A row with the name and the number; no row when there is none."""
    counted = families.order_by().annotate(what=Value(name)).values("what")
    return counted.annotate(number=Count("pk")).values_list("what", "number")


def waiting_since(view: ListTab, *, on: date):
    """The first day without what the view is about: after the last assistant or basis of the present work, from
    the first day of the work or, before any work, from the day the file was opened. Never NULL."""
    present = Q(period__starts_on__lte=on) & (Q(period__ends_on=None) | Q(period__ends_on__gte=on))
    rows = LegalBasis.objects if view.since == "basis" else _counting_assignments()
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

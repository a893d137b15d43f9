"""The ready views above the list of families: which families each holds, and since when those that wait do."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, DateField, Func, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, TruncDate

from families.assignments.models import COUNTING, Assignment, WorkBasis, WorkPeriod
from families.dictionaries import AssignmentKind
from families.reach import visible_to, work_reach
from lubsko_ops import clock

ALWAYS, FILLED, CHOSEN = "always", "filled", "chosen"  # when the tab of a view is shown


@dataclass(frozen=True)
class View:
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


RUNNING = View("w-toku", "W toku", "Rodziny w toku", "Nie ma teraz rodzin w toku")
UNASSIGNED = View(
    "bez-asystenta",
    "Bez asystenta",
    "Rodziny bez asystenta",
    "Każda rodzina w toku ma asystenta",
    of_intake=True,
    since="assistant",
)
NEW = View(
    "nowe",
    "Nowe",
    "Rodziny przed początkiem pracy",
    "Nie ma nowych rodzin",
    of_intake=True,
    since="assistant",
    duties=False,
)
WAITING = View(
    "czekaja",
    "Czekają na asystenta",
    "Rodziny czekające na asystenta",
    "Żadna rodzina nie czeka na asystenta",
    of_intake=True,
    since="assistant",
    tab=CHOSEN,
    duties=False,
)
WITHOUT_BASIS = View(
    "bez-podstawy",
    "Bez podstawy",
    "Rodziny bez podstawy pracy",
    "Każda rodzina w toku ma podstawę pracy",
    of_intake=True,
    since="basis",
    tab=FILLED,
)
HANDED_OVER = View(
    "przekazane",
    "Przekazane",
    "Rodziny przekazane innym",
    "Nie ma rodzin przekazanych innym",
    tab=FILLED,
)
ENDED = View(
    "zakonczone",
    "Zakończone",
    "Rodziny z zakończoną pracą",
    "Nie ma jeszcze rodzin z zakończoną pracą",
    ended=True,
    duties=False,
)
VIEWS = (RUNNING, UNASSIGNED, NEW, WAITING, WITHOUT_BASIS, HANDED_OVER, ENDED)


def condition_of(view: View, *, user, on: date) -> Q:
    """Which families a view holds. W toku, Przekazane, Nowe and Zakończone share all families out.

    Handed over is what the person may only read now: it is somebody else's work, so it is counted apart. Who waits
    for an assistant has none and is to have none on a later day either.
    """
    running = Q(pk__in=WorkPeriod.objects.open_on(on).values("family"))
    begun = Q(pk__in=WorkPeriod.objects.filter(starts_on__lte=on).values("family"))
    led = Q(pk__in=_counting().open_on(on).values("period__family"))
    planned = _counting().filter(starts_on__gt=on, kind=AssignmentKind.LEADING)
    based = Q(pk__in=WorkBasis.objects.open_on(on).values("period__family"))
    hers = work_reach(user, on=on)
    return {
        RUNNING: running & hers,
        UNASSIGNED: running & ~led,
        NEW: ~begun,
        WAITING: (~begun | running & ~led) & ~Q(pk__in=planned.values("period__family")),
        WITHOUT_BASIS: running & ~based,
        HANDED_OVER: running & ~hers if hers else Q(pk__in=[]),
        ENDED: begun & ~running,
    }[view]


def counts(found, *, views: list[View], user, on: date) -> dict[str, int]:
    """How many families each view holds, and the ``total`` of those found; one statement."""
    wanted = {view.code: Count("pk", filter=condition_of(view, user=user, on=on)) for view in views}
    total = Count("pk", filter=Q(pk__in=found.order_by().values("pk")))
    return visible_to(user, on=on).aggregate(total=total, **wanted)


def waits_since(view: View, *, on: date):
    """The first day without what the view is about: after the last assistant or basis of the present work, from
    the first day of the work or, before any work, from the day the file was opened. Never NULL."""
    present = Q(period__starts_on__lte=on) & (Q(period__ends_on=None) | Q(period__ends_on__gte=on))
    rows = WorkBasis.objects if view.since == "basis" else _counting()
    last = rows.filter(present, period__family=OuterRef("pk"), ends_on__lt=on).order_by("-ends_on")
    work = WorkPeriod.objects.open_on(on).filter(family=OuterRef("pk"))
    return Coalesce(
        Func(
            Subquery(last.values("ends_on")[:1]), template="(%(expressions)s + 1)", output_field=DateField()
        ),
        Subquery(work.values("starts_on")[:1]),
        TruncDate("entered_at", tzinfo=clock.WARSAW),
    )


def _counting():
    return Assignment.objects.filter(kind__in=COUNTING)

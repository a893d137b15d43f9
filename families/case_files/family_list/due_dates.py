"""What is due in the families of a list: the nearest open duty of each, the last visit, filters by the term.

Told only to those who may read visits, since a term says when the last visit was. Each fact is a sub-query over the
duties of the row's family: a join would multiply families by their duties.
"""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, JSONObject

from families.case_files.family_list.tabs import ListTab
from families.caseload.models import WorkPeriod
from families.choices import DeadlineKind, VisitResult
from families.deadlines.models import Deadline
from families.visits.models import Visit
from lubsko_ops.core.permissions import Permission, has_permission

OVERDUE, WEEK, MONTH = "po-terminie", "7-dni", "30-dni"
DUE_CHOICES = [(OVERDUE, "po terminie"), (WEEK, "najdalej za 7 dni"), (MONTH, "najdalej za 30 dni")]
DAYS_AHEAD = {OVERDUE: -1, WEEK: 7, MONTH: 30}


def can_see_deadlines(user, *, view: ListTab) -> bool:
    """Whether the list of this view tells this person what is due."""
    return view.duties and has_permission(user, Permission.VISIT_VIEW)


def deadline_label(kind: str) -> str:
    """The duty as a line begins: "Okresowa ocena"."""
    label = DeadlineKind(kind).label
    return label[:1].upper() + label[1:]


def row_deadlines(kind: str = ""):
    """Open duties of the row's family, of one kind or of all, the nearest first."""
    rows = Deadline.objects.filter(family=OuterRef("pk"), done_on=None)
    return (rows.filter(kind=kind) if kind else rows).order_by("due_on", "pk")


def with_due_sort_key(families, *, kind: str = ""):
    """The key of the order by term, never NULL: families with nothing to do come last."""
    return families.annotate(due_key=Coalesce(Subquery(row_deadlines(kind).values("due_on")[:1]), date.max))


def with_nearest_deadline(families, *, on: date, kind: str = ""):
    """The nearest duty (of the kind asked for), and the last visit held in the last work begun by the day."""
    facts = JSONObject(kind="kind", due_on="due_on")
    work = WorkPeriod.objects.filter(family=OuterRef(OuterRef("pk")), starts_on__lte=on).order_by(
        "-starts_on"
    )
    held = Visit.objects.filter(period=Subquery(work.values("pk")[:1]), result=VisitResult.HELD)
    return families.annotate(
        nearest=Subquery(row_deadlines(kind).values(facts=facts)[:1]),
        last_visit_on=Subquery(held.order_by("-begins", "-pk").values("day")[:1]),
    )


def due_within(term: str, *, on: date, kind: str = "") -> Q:
    """Families with a duty (of the kind asked for) due by the term; what is late is due as well."""
    return Q(Exists(row_deadlines(kind).filter(due_on__lte=on + timedelta(days=DAYS_AHEAD[term]))))


def has_deadline(kind: str) -> Q:
    return Q(Exists(row_deadlines(kind)))

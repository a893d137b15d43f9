"""Dashboard of a social worker: work queue, own deadlines by date, own regions."""

from datetime import date

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.functions import Coalesce

from families.case_files.models import CaseSummary
from families.case_files.task_list import deadline_url
from families.choices import WorkStatus
from families.dashboard.assistant import overdue_text
from families.dashboard.queue import get_plans_to_consult, get_queue
from families.deadlines.models import Deadline
from families.people.models import Family
from families.permissions import ScopedQuery
from lubsko_ops.accounts.models import RegionGrant
from lubsko_ops.audit.access_log import note_shown
from lubsko_ops.core.compiled_query import CompiledQuery
from lubsko_ops.core.dashboard import Panel
from lubsko_ops.core.polish import count_of

DEADLINES_SHOWN = 15
PLANS_TEMPLATE = "dashboard/_plans_to_consult.html"
CONCERN_FORMS = "zagrożenie dziecka,zagrożenia dzieci,zagrożeń dzieci"


def get_social_worker_panels(request) -> list[Panel]:
    """Panels of a social worker: work queue, own deadlines, own regions.

    Five statements: safeguarding concerns, waiting families, plans, deadlines, regions.
    """
    queue = get_queue(request.user, request.today)
    concerns = f"Do sprawdzenia: {count_of(queue.concerns, CONCERN_FORMS)}." if queue.concerns else ""
    context = {
        "queue": queue,
        "label": "Czeka na Ciebie",
        "empty_title": "Nic nie czeka",
        "help": "Tu pojawi się zagrożenie dziecka, rodzina bez asystenta i praca bez podstawy: z rodzin, które "
        "prowadzisz, i z Twojego rejonu.",
    }
    panels = get_panels_without_queue(request)
    if not queue.items and panels[0].template == PLANS_TEMPLATE:
        return panels  # plans are waiting: "nothing waits" would be wrong
    return [Panel("dashboard/_queue.html", context, lede=concerns), *panels]


def get_panels_without_queue(request) -> list[Panel]:
    """For a user who is also a manager: their work queue is among the manager's panels."""
    user, day = request.user, request.today
    plans, deadlines = get_plans_to_consult(user, day), get_deadlines(user, day)
    total, overdue = (deadlines[0].total, deadlines[0].overdue_total) if deadlines else (0, 0)
    to_read = f"Do konsultacji: {count_of(plans.total, 'plan,plany,planów')}."
    return [
        *([Panel(PLANS_TEMPLATE, {"plans": plans}, lede=to_read)] if plans.total else []),
        Panel(
            "dashboard/_deadlines.html",
            {"deadlines": deadlines, "total": total},
            lede=overdue_text(overdue),
        ),
        Panel("dashboard/_regions.html", {"regions": get_regions(user, day)}, side=True),
    ]


def _own_deadlines(user, on: date) -> QuerySet[Deadline]:
    deadlines = Deadline.objects.filter(
        responsible=user, done_on=None, family__in=Family.objects.visible_to(user, on=on).values("pk")
    )
    deadlines = deadlines.annotate(
        total=Window(Count("*")), overdue_total=Window(Count("pk", filter=Q(due_on__lt=on)))
    )
    return deadlines.select_related("family").order_by("due_on", "pk")[:DEADLINES_SHOWN]


OWN_DEADLINES = ScopedQuery(_own_deadlines)


def get_deadlines(user, day: date) -> list[Deadline]:
    """Open deadlines of the user, the nearest first.

    Each with ``total`` and ``overdue_total`` of all of them, and ``url``, the page where it is met.
    """
    rows = OWN_DEADLINES.all(user, on=day)
    note_shown(each.family_id for each in rows)
    for each in rows:
        each.url = deadline_url(each.kind, family=each.family_id, subject_id=each.subject_id, user=user)
    return rows


def get_regions(user, day: date) -> list[RegionGrant]:
    """Regions of the user, each with the number of families in progress living there; one statement."""
    return REGIONS.all(user=user.pk, on=day)


def _regions(user: int, on: date) -> QuerySet[RegionGrant]:
    running = CaseSummary.objects.filter(region=OuterRef("region"), status=WorkStatus.RUNNING)
    number = Subquery(running.order_by().values("region").annotate(number=Count("*")).values("number"))
    held = RegionGrant.objects.active_on(on).filter(user=user).select_related("region")
    return held.annotate(families=Coalesce(number, 0)).order_by("region__name", "pk")


REGIONS = CompiledQuery(_regions, user=-1, on=date.min)

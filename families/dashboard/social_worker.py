"""The social worker's start page: what waits for her, her duties by date, her region."""

import json
from datetime import date

from django.db.models import Count, OuterRef, Q, Subquery, Window
from django.db.models.functions import Coalesce

from families.case_files.task_list import deadline_url
from families.caseload.models import WorkPeriod
from families.choices import AddressKind
from families.dashboard.assistant import late_in_words
from families.dashboard.plans import rows_to_consult, to_consult
from families.dashboard.queue import queue_of
from families.deadlines.models import Deadline
from families.people.models import Address
from families.permissions import visible_to
from lubsko_ops.accounts.models import RegionGrant
from lubsko_ops.audit import access_log
from lubsko_ops.audit.models import AccessArea
from lubsko_ops.core.dashboard import Panel
from lubsko_ops.core.polish import count_of

SHOWN = 15
PLANS = "families/dashboard/_plans.html"
DANGERS = "zagrożenie dziecka,zagrożenia dzieci,zagrożeń dzieci"


def panels(request) -> list[Panel]:
    """Five statements: dangers, waiting families, plans, duties, regions."""
    queue = queue_of(request.user, request.today)
    access_log.note_access(request, AccessArea.LIST, [each.family for each in queue.items])
    dangers = f"Do sprawdzenia: {count_of(queue.dangers, DANGERS)}." if queue.dangers else ""
    waiting = {
        "queue": queue,
        "label": "Czeka na Ciebie",
        "nothing": "Nic nie czeka",
        "help": "Tu pojawi się zagrożenie dziecka, rodzina bez asystenta i praca bez podstawy: z rodzin, które "
        "prowadzisz, i z Twojego rejonu.",
    }
    hers = panels_beside_manager(request)
    if not queue.items and hers[0].template == PLANS:  # plans wait, so "nothing waits" would be wrong
        return hers
    return [Panel("families/dashboard/_queue.html", waiting, lede=dangers), *hers]


def panels_beside_manager(request) -> list[Panel]:
    """The same without what waits: a manager who is a social worker as well has it in her own queue."""
    user, day = request.user, request.today
    plans, duties = to_consult(_plans(request), day), duties_of(user, day)
    shown = [each.family for each in plans.items] + [each.family_id for each in duties]
    access_log.note_access(request, AccessArea.LIST, shown)
    total, late = (duties[0].of_all, duties[0].of_late) if duties else (0, 0)
    to_read = f"Do konsultacji: {count_of(plans.total, 'plan,plany,planów')}."
    return [
        *([Panel(PLANS, {"plans": plans}, lede=to_read)] if plans.total else []),
        Panel(
            "families/dashboard/_duties.html",
            {"duties": duties, "total": total},
            lede=late_in_words(late),
        ),
        Panel("families/dashboard/_regions.html", {"regions": regions_of(user, day)}, side=True),
    ]


def _plans(request) -> list[tuple[dict, int]]:
    """Facts of the plans to consult; a manager who is a social worker as well has just asked for them."""
    if hasattr(request, "numbers"):
        return request.numbers.consult
    rows = rows_to_consult(request.user, request.today).values_list("facts", "of_all")
    return [(json.loads(facts), number) for facts, number in rows]


def duties_of(user, day: date) -> list[Deadline]:
    """Her open duties in the families within reach, the nearest first; each knows how many there are (``of_all``),
    how many of them are overdue (``of_late``), and the page where it is done (``url``)."""
    duties = Deadline.objects.filter(
        responsible=user, done_on=None, family__in=visible_to(user, on=day).values("pk")
    )
    counted = {"of_all": Window(Count("pk")), "of_late": Window(Count("pk", filter=Q(due_on__lt=day)))}
    found = list(duties.annotate(**counted).select_related("family").order_by("due_on", "pk")[:SHOWN])
    for each in found:
        each.url = deadline_url(each.kind, family=each.family_id, about=each.about, user=user)
    return found


def regions_of(user, day: date) -> list[RegionGrant]:
    """The regions given to her, each with the number of families in progress who live there; one statement."""
    working = WorkPeriod.objects.active_on(day).values("family")
    there = Address.objects.active_on(day).filter(kind=AddressKind.RESIDENCE, family__in=working)
    of_region = there.filter(region=OuterRef("region")).order_by().values("region")
    number = Subquery(of_region.annotate(number=Count("family", distinct=True)).values("number"))
    held = RegionGrant.objects.active_on(day).filter(user=user).select_related("region")
    return list(held.annotate(families=Coalesce(number, 0)).order_by("region__name", "pk"))

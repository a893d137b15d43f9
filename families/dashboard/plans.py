"""Plans that wait for this person: to be consulted by the social worker, to be accepted by the manager."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, QuerySet, TextField, Window
from django.db.models.functions import Cast, JSONObject
from django.urls import reverse

from families.caseload.models import LeadWorkerAssignment
from families.choices import DeadlineKind, PlanState
from families.dashboard.item import Item, waits
from families.permissions import visible_to
from families.plans.models import Plan
from lubsko_ops.core.permissions import Permission, has_permission
from lubsko_ops.core.polish import short_date

SHOWN = 15
FACTS = {
    "family": "period__family_id",
    "name": "period__family__name",
    "version": "number",
    "first": "author__first_name",
    "last": "author__last_name",
    "reason": "reason",
    "remarks": "consultation",
}


@dataclass(frozen=True)
class Waiting:
    """The first plans that wait, the longest waiting first, and how many there are."""

    items: list[Item]
    total: int
    rest: str  # the list of families in which it is due


def rows_to_accept(user, day: date) -> QuerySet:
    """What waits for the manager: rows with ``facts`` (text) and ``of_all``; a part of her one statement of numbers."""
    plans = _first(user, day, PlanState.ACCEPTANCE, "consulted_on")
    if not has_permission(user, Permission.PLAN_ACCEPT):
        return plans.none()
    return plans[:SHOWN]


def to_accept(rows: list[tuple[dict, int]], day: date) -> Waiting:
    """From the facts of ``rows_to_accept`` and how many there are in all; no statement."""
    items = [_item(said, day, "Plan do akceptacji", _of_consultation(said)) for said in _in_order(rows)]
    return Waiting(items, rows[0][1] if rows else 0, _list_of(DeadlineKind.PLAN_ACCEPT))


def rows_to_consult(user, day: date) -> QuerySet:
    """The same for the social worker: plans of the families she leads, and of those within reach that nobody leads."""
    leads = LeadWorkerAssignment.objects.active_on(day).filter(family=OuterRef("period__family"))
    hers = Exists(leads.filter(social_worker=user)) | ~Exists(leads)
    plans = _first(user, day, PlanState.CONSULTATION, "sent_on").filter(hers)
    return plans[:SHOWN] if has_permission(user, Permission.PLAN_CONSULT) else plans.none()


def to_consult(rows: list[tuple[dict, int]], day: date) -> Waiting:
    """From the facts of ``rows_to_consult`` and how many there are in all; no statement."""
    items = [_item(said, day, "", _of_reason(said)) for said in _in_order(rows)]
    return Waiting(items, rows[0][1] if rows else 0, _list_of(DeadlineKind.PLAN_CONSULT))


def _in_order(rows: list[tuple[dict, int]]) -> list[dict]:
    return sorted((said for said, _ in rows), key=lambda said: said["since"])


def _first(user, day: date, state: str, since: str) -> QuerySet:
    """Plans at the stage within reach, but one's own, the longest waiting first."""
    there = visible_to(user, on=day).values("pk")
    plans = Plan.objects.filter(state=state, period__family__in=there).exclude(author=user)
    facts = Cast(JSONObject(**FACTS, since=since), TextField())
    return plans.annotate(facts=facts, of_all=Window(Count("pk"))).order_by(since, "pk")


def _list_of(kind: DeadlineKind) -> str:
    return f"{reverse('families:list')}?obowiazek={kind}"


def _item(said: dict, day: date, kind: str, words: str) -> Item:
    url = reverse("families:plan-version", args=[said["family"], said["version"]])
    since = date.fromisoformat(said["since"])
    return Item(
        family=said["family"],
        kind=kind,
        name=f"{said['name']}, wersja {said['version']}",
        url=url,
        note=f"{said['first'][:1]}. {said['last']}; {words}",
        since=waits(since, day),
        since_note=f"od {short_date(since)}",
        deed="Przeczytaj plan",
        deed_url=url,
    )


def _of_consultation(said: dict) -> str:
    return "po konsultacji, z uwagami" if said["remarks"].strip() else "po konsultacji, bez uwag"


def _of_reason(said: dict) -> str:
    return f"powód zmiany: {said['reason']}" if said["reason"] else "pierwszy plan"

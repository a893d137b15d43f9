"""Work queue of managers and social workers.

Safeguarding concerns first, then families without a basis or without an assistant, then plans; of each kind the
longest waiting first.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from operator import attrgetter

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet, Subquery, Window

from families.case_files.family_list.tabs import WAITING, WITHOUT_BASIS, ListTab, tab_condition
from families.case_files.models import CaseSummary
from families.caseload.models import LeadWorkerAssignment
from families.caseload.permissions import ASSIGN, BASIS_RECORD
from families.choices import DeadlineKind, PlanState
from families.people.models import Family
from families.permissions import ScopedQuery
from families.plans.models import Plan
from families.plans.permissions import PLAN_ACCEPT, PLAN_CONSULT
from families.visits.case_log import open_concerns
from families.visits.models import SafeguardingConcern, SafeguardingStep
from families.visits.permissions import SAFEGUARDING_FOLLOW_UP
from lubsko_ops.audit.access_log import note_shown
from lubsko_ops.core import clock
from lubsko_ops.core.compiled_query import CompiledQuery
from lubsko_ops.core.dates import working_days_between
from lubsko_ops.core.links import reverse
from lubsko_ops.core.lookups import is_among
from lubsko_ops.core.permissions import has_permission
from lubsko_ops.core.polish import count_of, short_date

MAX_ITEMS = 15
WORKING_DAYS = "dzień roboczy,dni robocze,dni roboczych"


@dataclass(frozen=True)
class QueueItem:
    """An entry of the queue. ``kind`` is empty where the heading of the panel says it."""

    family: int
    kind: str
    name: str
    url: str
    note: str
    since: str
    since_note: str
    action_label: str
    action_url: str
    urgent: bool = False
    withheld_from: str = ""
    locality: str = ""

    def __post_init__(self) -> None:
        note_shown([self.family])


def waiting_text(since: date, day: date) -> str:
    """ "3 dni robocze", "od dziś"."""
    days = working_days_between(since, day)
    return count_of(days, WORKING_DAYS) if days > 0 else "od dziś"


@dataclass(frozen=True)
class WaitingPlans:
    """The longest waiting plans and the number of all."""

    items: list[QueueItem]
    total: int
    oldest: date | None
    list_url: str  # the list of families with this deadline


@dataclass(frozen=True)
class WorkQueue:
    """The first items of each kind, urgent first. ``overflow``: label, number and list URL of what is not shown."""

    items: list[QueueItem]
    overflow: list[dict]
    concerns: int
    families: int
    oldest: dict[str, date]  # of each kind that waits, since when the longest waiting one does
    plans: int = 0

    @property
    def total(self) -> int:
        return self.concerns + self.families + self.plans

    def with_plans(self, waiting: WaitingPlans) -> "WorkQueue":
        """A copy with plans at the end."""
        rest = waiting.total - len(waiting.items)
        overflow = [{"label": "plany do akceptacji", "number": rest, "url": waiting.list_url}] if rest else []
        return replace(
            self,
            items=self.items + waiting.items,
            overflow=self.overflow + overflow,
            plans=waiting.total,
            oldest=self.oldest | ({"plan": waiting.oldest} if waiting.oldest else {}),
        )


def get_queue(user, day: date) -> WorkQueue:
    """Concerns and waiting families visible to the user, without plans.

    Two statements, one when there are no concerns: few summaries say that something waits.
    """
    waiting, with_concerns = _waiting_families(user, day)
    concerns, reported_on = _concern_items(with_concerns, user, day)
    since = [getattr(row, tab.waiting_key) for tab, rows in waiting.items() for row in rows]
    oldest = {"zagrożenie": reported_on, "rodzina": min(since, default=None)}
    concern_total = sum(row.open_concerns for row in with_concerns)
    overflow = [{"label": "zagrożenia", "number": concern_total - len(concerns), "url": ""}]
    items = []
    for tab, rows in waiting.items():
        items += [_family_item(row, tab, user, day) for row in rows[:MAX_ITEMS]]
        url = f"{reverse('families:list')}?widok={tab.code}"
        overflow.append({"label": tab.caption.lower(), "number": len(rows[MAX_ITEMS:]), "url": url})
    return WorkQueue(
        items=concerns + items,
        overflow=[each for each in overflow if each["number"]],
        concerns=concern_total,
        families=sum(len(rows) for rows in waiting.values()),
        oldest={what: day for what, day in oldest.items() if day},
    )


WAITING_TABS = (WITHOUT_BASIS, WAITING)


# ---- safeguarding concerns ---------------------------------------------------------------------------


def _concern_items(families: list[CaseSummary], user, day: date) -> tuple[list[QueueItem], date | None]:
    """Open concerns of these families, the newest first, and the day on which the oldest of all was reported."""
    if not families:
        return [], None
    rows = CONCERNS.all(families=[each.pk for each in families])
    reported_on = clock.local_date(rows[0].first_entered_at) if rows else None
    acknowledged = {
        each["concern"]
        for family in families
        for each in family.concerns
        if user.pk in {noted["user"] for noted in each["acknowledged"]}
    }
    return [
        _concern_item(concern, day, acknowledged=concern.pk in acknowledged) for concern in rows
    ], reported_on


def _concerns(families: list[int]) -> QuerySet[SafeguardingConcern]:
    last = SafeguardingStep.objects.filter(concern=OuterRef("pk")).order_by("-day", "-pk")
    concerns = open_concerns().filter(is_among(families, "visit__period__family"))
    concerns = concerns.annotate(
        last_step_on=Subquery(last.values("day")[:1]), first_entered_at=Window(Min("entered_at"))
    )
    return concerns.order_by("-entered_at", "-pk")[:MAX_ITEMS]


CONCERNS = CompiledQuery(_concerns, families=[-1])


def _concern_item(concern: SafeguardingConcern, day: date, *, acknowledged: bool) -> QueueItem:
    family = concern.visit.period.family
    url = reverse("families:safeguarding-concern", args=[family.pk, concern.pk])
    notified = f"{concern.get_notified_display()}, {_moment_text(concern.notified_at, day)}"
    note = f"{concern.description.strip().rstrip('.')}. Zawiadomiono {notified}. {concern.visit.assistant}"
    if concern.last_step_on:
        note += f". Ostatni wpis {short_date(concern.last_step_on)}"
    reported = concern.entered_at.astimezone(clock.WARSAW)
    today = reported.date() == day
    return QueueItem(
        family=family.pk,
        kind="Zagrożenie bezpieczeństwa dziecka",
        name=family.name,
        url=url,
        note=note,
        since="zgłoszone dziś" if today else f"zgłoszone {short_date(reported.date())}",
        since_note=f"o {reported:%H:%M}",
        action_label="Zobacz, co zrobiono" if acknowledged else "Zapoznaj się",
        action_url=url,
        urgent=True,
    )


def _moment_text(at: datetime, day: date) -> str:
    local = at.astimezone(clock.WARSAW)
    return f"{local:%H:%M}" if local.date() == day else f"{short_date(local.date())}, {local:%H:%M}"


# ---- waiting families ------------------------------------------------------------------------------


def _summaries_to_act_on(user, on: date) -> QuerySet[CaseSummary]:
    needed = tab_condition(WITHOUT_BASIS, user=user, on=on) | tab_condition(WAITING, user=user, on=on)
    if has_permission(user, SAFEGUARDING_FOLLOW_UP):
        needed |= Q(open_concerns__gt=0)
    rows = CaseSummary.objects.visible_to(user, on=on).filter(needed)
    return rows.select_related("leading", "address__withheld_from").order_by("sort_name", "pk")


SUMMARIES_TO_ACT_ON = ScopedQuery(_summaries_to_act_on)


def _waiting_families(user, day: date) -> tuple[dict[ListTab, list[CaseSummary]], list[CaseSummary]]:
    """Families of each tab, the longest waiting first, and those with open concerns if the user follows these up."""
    follows_up = has_permission(user, SAFEGUARDING_FOLLOW_UP)
    waiting: dict[ListTab, list[CaseSummary]] = {tab: [] for tab in WAITING_TABS}
    with_concerns = []
    for row in SUMMARIES_TO_ACT_ON.all(user, on=day):
        if row.without_basis_since:
            waiting[WITHOUT_BASIS].append(row)
        if row.waiting_since and not row.leading_planned:
            waiting[WAITING].append(row)
        if row.open_concerns and follows_up:
            with_concerns.append(row)
    for tab, families in waiting.items():
        families.sort(key=attrgetter(tab.waiting_key))
    return waiting, with_concerns


def _family_item(row: CaseSummary, tab: ListTab, user, day: date) -> QueueItem:
    needs_assistant, since = tab == WAITING, getattr(row, tab.waiting_key)
    label, url_name, permission = (
        ("Przydziel", "families:assign", ASSIGN)
        if needs_assistant
        else ("Uzupełnij", "families:basis-add", BASIS_RECORD)
    )
    may_act = has_permission(user, permission)
    children = count_of(row.children, "dziecko,dzieci,dzieci") if row.children else "bez dzieci"
    leading = f"{row.leading.first_name[:1]}. {row.leading.last_name}" if row.leading else ""
    address = row.address
    return QueueItem(
        family=row.pk,
        kind="Czeka na asystenta" if needs_assistant else "Praca bez podstawy",
        name=row.sort_name,
        url=reverse("families:overview", args=[row.pk]),
        note=", ".join(filter(None, (row.number or "nowa", children, leading))),
        since=waiting_text(since, day),
        since_note=f"od {short_date(since)}",
        action_label=label if may_act else "",
        action_url=reverse(url_name, args=[row.pk]) if may_act else "",
        locality=address.locality if address else "",
        withheld_from=str(address.withheld_from) if address and address.withheld_from else "",
    )


# ---- plans -------------------------------------------------------------------------------------------


def get_plans_to_accept(user, day: date) -> WaitingPlans:
    """Plans waiting for acceptance; one statement."""
    rows = PLANS_TO_ACCEPT.all(user, on=day) if has_permission(user, PLAN_ACCEPT) else []
    items = [_plan_item(plan, day, "Plan do akceptacji", _consultation_note(plan)) for plan in rows]
    return WaitingPlans(
        items,
        rows[0].total if rows else 0,
        rows[0].since if rows else None,
        _family_list_url(DeadlineKind.PLAN_ACCEPT),
    )


def get_plans_to_consult(user, day: date) -> WaitingPlans:
    """Plans waiting for consultation, of families the social worker leads or nobody leads; one statement."""
    rows = PLANS_TO_CONSULT.all(user, on=day) if has_permission(user, PLAN_CONSULT) else []
    items = [_plan_item(plan, day, "", _reason_note(plan)) for plan in rows]
    return WaitingPlans(
        items,
        rows[0].total if rows else 0,
        rows[0].since if rows else None,
        _family_list_url(DeadlineKind.PLAN_CONSULT),
    )


def _waiting_plans(user, day: date, state: str, since: str) -> QuerySet[Plan]:
    """Plans in this state visible to the user, without their own ones, the longest waiting first, with ``total``."""
    families = Family.objects.visible_to(user, on=day).values("pk")
    plans = Plan.objects.filter(state=state, period__family__in=families).exclude(author=user)
    plans = plans.annotate(total=Window(Count("*")), since=F(since)).order_by("since", "pk")
    return plans.select_related("period__family", "author")


def _plans_to_accept(user, on: date) -> QuerySet[Plan]:
    return _waiting_plans(user, on, PlanState.ACCEPTANCE, "consulted_on")[:MAX_ITEMS]


def _plans_to_consult(user, on: date) -> QuerySet[Plan]:
    leads = LeadWorkerAssignment.objects.active_on(on).filter(family=OuterRef("period__family"))
    own_or_unled = Exists(leads.filter(social_worker=user)) | ~Exists(leads)
    return _waiting_plans(user, on, PlanState.CONSULTATION, "sent_on").filter(own_or_unled)[:MAX_ITEMS]


PLANS_TO_ACCEPT, PLANS_TO_CONSULT = ScopedQuery(_plans_to_accept), ScopedQuery(_plans_to_consult)


def _family_list_url(kind: DeadlineKind) -> str:
    return f"{reverse('families:list')}?obowiazek={kind}"


def _plan_item(plan: Plan, day: date, kind: str, note: str) -> QueueItem:
    family, author = plan.period.family, plan.author
    url = reverse("families:plan-version", args=[family.pk, plan.number])
    return QueueItem(
        family=family.pk,
        kind=kind,
        name=f"{family.name}, wersja {plan.number}",
        url=url,
        note=f"{author.first_name[:1]}. {author.last_name}; {note}",
        since=waiting_text(plan.since, day),
        since_note=f"od {short_date(plan.since)}",
        action_label="Przeczytaj plan",
        action_url=url,
    )


def _consultation_note(plan: Plan) -> str:
    return "po konsultacji, z uwagami" if plan.consultation.strip() else "po konsultacji, bez uwag"


def _reason_note(plan: Plan) -> str:
    return f"powód zmiany: {plan.reason}" if plan.reason else "pierwszy plan"

"""When a plan is due for review: what has happened since it was drawn up."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypedDict

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Max, OuterRef, Q, Subquery, TextChoices
from django.db.models.functions import JSONObject

from families.care.models import Placement
from families.caseload.models import Assignment, LegalBasis, WorkPeriod
from families.choices import AssignmentKind, BasisKind, PlanState
from families.people.models import Family, Membership
from families.plans.models import Plan, PlanReturn, PlanReview
from lubsko_ops.core.compiled_query import CompiledQuery
from lubsko_ops.core.polish import short_date

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

VERSION_DATES = (
    "drawn_up_on",
    "sent_on",
    "consulted_on",
    "accepted_on",
    "in_force_from",
    "in_force_to",
)


class TriggerKind(TextChoices):
    """Kinds of events that call for a review of the plan."""

    ASSISTANT_CHANGED = "assistant", "zmiana asystenta"
    CONSENT_ENDED = "consent_ended", "koniec zgody"
    COURT_ORDER = "court_order", "zobowiązanie sądu"
    PLACED = "placed", "umieszczenie dziecka w pieczy"
    RETURNED = "returned", "powrót dziecka z pieczy"
    BIRTH = "birth", "urodzenie dziecka"
    END_OF_PERIOD = "end_of_period", "koniec okresu planu"


@dataclass(frozen=True, order=True)
class ReviewTrigger:
    """An event that calls for a review of the plan, as text "zmiana asystenta 03.10.2026"."""

    day: date
    kind: TriggerKind

    def __str__(self):
        return f"{self.kind.label} {short_date(self.day)}"


@dataclass(frozen=True)
class PlanVersionFacts:
    """State and dates of one version of the plan. ``returned_on``: the last day it was returned for correction."""

    number: int
    state: str
    covers_to: date
    drawn_up_on: date | None = None
    sent_on: date | None = None
    consulted_on: date | None = None
    accepted_on: date | None = None
    in_force_from: date | None = None
    in_force_to: date | None = None
    returned_on: date | None = None

    def in_force_on(self, day: date) -> bool:
        return (
            self.in_force_from is not None
            and self.in_force_from <= day
            and (self.in_force_to is None or day <= self.in_force_to)
        )

    @property
    def in_correction_since(self) -> date | None:
        """Day of the return or, after a withdrawal by the author, of the last sending; None if not in correction."""
        if self.state != PlanState.DRAFT or self.sent_on is None:
            return None
        return max(self.sent_on, self.returned_on or self.sent_on)


@dataclass(frozen=True)
class PlanFacts:
    """Versions of the plan of one work period in order, the last review and the events that call for one."""

    versions: list[PlanVersionFacts] = field(default_factory=list)
    reviewed_on: date | None = None
    triggers: list[ReviewTrigger] = field(default_factory=list)

    def drawn_up_on(self, on: date) -> date | None:
        """The day the first plan of the period was drawn up, None if that was not until ``on``."""
        days = [each.drawn_up_on for each in self.versions if each.drawn_up_on and each.drawn_up_on <= on]
        return min(days, default=None)

    def last_sent(self, on: date) -> PlanVersionFacts | None:
        """The newest version that was ever sent; None when no plan is in force, so there is nothing to review."""
        if not any(each.in_force_on(on) for each in self.versions):
            return None
        sent = [each for each in self.versions if each.drawn_up_on and each.drawn_up_on <= on]
        return sent[-1] if sent else None

    def pending_triggers(self, on: date) -> list[ReviewTrigger]:
        """Events after the newest version was last sent and after the last review, oldest first.

        Events of that very day count as known to the writer or reviewer.
        """
        plan = self.last_sent(on)
        if plan is None or plan.drawn_up_on is None:
            return []
        sent_again = plan.sent_on is not None and plan.sent_on <= on
        covered_until = plan.sent_on if plan.sent_on and sent_again else plan.drawn_up_on
        if self.reviewed_on and self.reviewed_on <= on:
            covered_until = max(covered_until, self.reviewed_on)
        return sorted(each for each in self.triggers if covered_until < each.day <= on)

    def reasons(self, on: date) -> list[ReviewTrigger]:
        """Why the plan is due for review: the pending events and the end of the plan's own period.

        A review leaves the plan as it is, so it does not prolong the period: only a new version does.
        """
        plan = self.last_sent(on)
        triggers = self.pending_triggers(on)
        if plan and plan.covers_to <= on:
            triggers.append(ReviewTrigger(plan.covers_to, TriggerKind.END_OF_PERIOD))
        return sorted(triggers)


def build_review_triggers(
    *,
    leading: Iterable[tuple[int, date]] = (),
    consents_ended: Iterable[date] = (),
    orders: Iterable[date] = (),
    placed: Iterable[date] = (),
    returned: Iterable[date] = (),
    births: Iterable[date] = (),
) -> list[ReviewTrigger]:
    """Build the sorted triggers from days; ``leading``: assistant ids with their first days."""
    days_by_kind = {
        TriggerKind.ASSISTANT_CHANGED: _assistant_changes(leading),
        TriggerKind.CONSENT_ENDED: consents_ended,
        TriggerKind.COURT_ORDER: orders,
        TriggerKind.PLACED: placed,
        TriggerKind.RETURNED: returned,
        TriggerKind.BIRTH: births,
    }
    return sorted(ReviewTrigger(day, kind) for kind, days in days_by_kind.items() for day in set(days))


def _assistant_changes(leading: Iterable[tuple[int, date]]) -> list[date]:
    """First days of assistants who followed another one."""
    ordered = sorted(leading, key=lambda each: each[1])
    return [day for (before, _), (who, day) in pairwise(ordered) if who != before]


def review_reasons(family: Family, *, on: date) -> list[ReviewTrigger]:
    """Why the plan in force is due for review on the day, oldest reason first; one statement.

    Empty when there is no reason or no plan in force.
    """
    period = ACTIVE_PERIOD_WITH_PLAN_FACTS.first(family=family.pk, on=on)
    return get_plan_facts(period).reasons(on) if period else []


@cache
def periods_with_plan_facts():
    """Work periods with the annotations ``get_plan_facts`` reads; cached, because every action uses it."""
    period, family = OuterRef("pk"), OuterRef("family")
    leading = Assignment.objects.filter(period=period, kind=AssignmentKind.LEADING)
    bases = LegalBasis.objects.filter(period=period, kind__in=[BasisKind.CONSENT, BasisKind.COURT])
    placements = Placement.objects.filter(family=family)
    # A person born into the family is a child of it, whatever the kinship; an approximate date gives no day.
    born_here = Q(person__born_on__gte=F("starts_on"), person__birth_precision="")
    children = Membership.objects.filter(born_here, family=family)
    days = JSONObject(starts_on="starts_on", ends_on="ends_on", kind="kind")
    stays = JSONObject(starts_on="starts_on", ends_on="ends_on", returned="returned")
    reviews = PlanReview.objects.filter(period=period).order_by("-day").values("day")
    return WorkPeriod.objects.annotate(
        plan_versions=_versions_subquery(period),
        plan_reviewed_on=Subquery(reviews[:1]),
        plan_leading=ArraySubquery(leading.values(one=JSONObject(who="assistant_id", starts_on="starts_on"))),
        plan_bases=ArraySubquery(bases.values(one=days)),
        plan_placements=ArraySubquery(placements.values(one=stays)),
        plan_births=ArraySubquery(children.values(day=F("person__born_on"))),
    )


ACTIVE_PERIOD_WITH_PLAN_FACTS = CompiledQuery(
    lambda family, on: periods_with_plan_facts().active_on(on).filter(family=family), family=-1, on=date.min
)


def _versions_subquery(period):
    returns = PlanReturn.objects.filter(plan=OuterRef("pk")).order_by().values("plan")
    returned_on = Subquery(returns.annotate(last=Max("day")).values("last"))
    facts = JSONObject(
        number="number",
        state="state",
        covers_to="covers_to",
        returned_on=returned_on,
        **{name: name for name in VERSION_DATES},
    )
    return ArraySubquery(Plan.objects.filter(period=period).order_by("number").values(one=facts))


class PlanAnnotations(TypedDict):
    """What ``periods_with_plan_facts`` adds to a work period; days within JSON are ISO texts."""

    plan_versions: list[dict[str, Any]]
    plan_reviewed_on: date | None
    plan_leading: list[dict[str, Any]]
    plan_bases: list[dict[str, Any]]
    plan_placements: list[dict[str, Any]]
    plan_births: list[date]


def get_plan_facts(period: "WithAnnotations[WorkPeriod, PlanAnnotations]") -> PlanFacts:
    """The facts of a period from ``periods_with_plan_facts``; no statement."""
    consents = [each for each in period.plan_bases if each["kind"] == BasisKind.CONSENT]
    consents_ended = [date.fromisoformat(each["ends_on"]) for each in consents if each["ends_on"]]
    orders = [
        date.fromisoformat(each["starts_on"]) for each in period.plan_bases if each["kind"] == BasisKind.COURT
    ]
    return PlanFacts(
        versions=[_build_version(each) for each in period.plan_versions],
        reviewed_on=period.plan_reviewed_on,
        triggers=build_review_triggers(
            leading=[(each["who"], date.fromisoformat(each["starts_on"])) for each in period.plan_leading],
            consents_ended=[
                day for day in consents_ended if day != period.ends_on
            ],  # the work itself ended that day
            orders=orders,
            placed=[date.fromisoformat(each["starts_on"]) for each in period.plan_placements],
            returned=[
                date.fromisoformat(each["ends_on"]) for each in period.plan_placements if each["returned"]
            ],
            births=period.plan_births,
        ),
    )


def _build_version(data: dict[str, Any]) -> PlanVersionFacts:
    days = {name: _parse_date(data[name]) for name in (*VERSION_DATES, "returned_on")}
    covers_to = date.fromisoformat(data["covers_to"])
    return PlanVersionFacts(number=data["number"], state=data["state"], covers_to=covers_to, **days)


def _parse_date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None

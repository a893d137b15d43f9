"""What is known of the plan of a period, in sub-queries of one statement; and why the plan is to be looked at again."""

from datetime import date
from functools import cache

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Max, OuterRef, Subquery
from django.db.models.functions import JSONObject

from families.care.models import Placement
from families.caseload.models import Assignment, LegalBasis, WorkPeriod
from families.choices import CHILDREN, AssignmentKind, BasisKind
from families.people.models import Family, Membership
from families.plans.models import Plan, PlanReturn, PlanReview
from families.plans.review_triggers import Event, PlanFacts, Version, events_of

DAYS = ("covers_to", "drawn_up_on", "sent_on", "consulted_on", "accepted_on", "in_force_from", "in_force_to")


def review_reasons(family: Family, *, on: date) -> list[Event]:
    """Why the plan in force is to be looked at again on the day, the oldest reason first; one statement.

    Each is a day and words, and reads "zmiana asystenta 03.10.2026". Empty when all is well or no plan is in force.
    """
    period = with_plan_facts().active_on(on).filter(family=family).first()
    return plan_facts_of(period).reasons(on) if period else []


@cache
def with_plan_facts():
    """Periods of work with what ``plan_facts_of`` reads from them; put together once, for every deed asks."""
    period, family = OuterRef("pk"), OuterRef("family")
    leading = Assignment.objects.filter(period=period, kind=AssignmentKind.LEADING)
    bases = LegalBasis.objects.filter(period=period, kind__in=[BasisKind.CONSENT, BasisKind.COURT])
    placements = Placement.objects.filter(family=family)
    children = Membership.objects.filter(family=family, kinship__in=CHILDREN)
    children = children.filter(person__born_on__gte=OuterRef("starts_on"))
    days = JSONObject(starts_on="starts_on", ends_on="ends_on", kind="kind")
    stays = JSONObject(starts_on="starts_on", ends_on="ends_on", returned="returned")
    reviews = PlanReview.objects.filter(period=period).order_by("-day").values("day")
    return WorkPeriod.objects.annotate(
        plan_versions=_versions(period),
        plan_reviewed_on=Subquery(reviews[:1]),
        plan_leading=ArraySubquery(leading.values(one=JSONObject(who="assistant_id", starts_on="starts_on"))),
        plan_bases=ArraySubquery(bases.values(one=days)),
        plan_placements=ArraySubquery(placements.values(one=stays)),
        plan_births=ArraySubquery(children.values(day=F("person__born_on"))),
    )


def _versions(period):
    returns = PlanReturn.objects.filter(plan=OuterRef("pk")).order_by().values("plan")
    returned_on = Subquery(returns.annotate(last=Max("day")).values("last"))
    facts = JSONObject(
        number="number", state="state", returned_on=returned_on, **{name: name for name in DAYS}
    )
    return ArraySubquery(Plan.objects.filter(period=period).order_by("number").values(one=facts))


def plan_facts_of(period: WorkPeriod) -> PlanFacts:
    """The facts of a period asked for with ``with_plan_facts``; no statement."""
    consents = [each for each in period.plan_bases if each["kind"] == BasisKind.CONSENT]
    ended = [_day(each["ends_on"]) for each in consents if each["ends_on"]]
    orders = [_day(each["starts_on"]) for each in period.plan_bases if each["kind"] == BasisKind.COURT]
    return PlanFacts(
        versions=[_version(each) for each in period.plan_versions],
        reviewed_on=period.plan_reviewed_on,
        events=events_of(
            leading=[(each["who"], _day(each["starts_on"])) for each in period.plan_leading],
            consents_ended=[day for day in ended if day != period.ends_on],  # the work itself ended that day
            orders=orders,
            placed=[_day(each["starts_on"]) for each in period.plan_placements],
            returned=[_day(each["ends_on"]) for each in period.plan_placements if each["returned"]],
            births=period.plan_births,
        ),
    )


def _version(said: dict) -> Version:
    days = {name: _day(said[name]) for name in (*DAYS, "returned_on")}
    return Version(number=said["number"], state=said["state"], **days)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None

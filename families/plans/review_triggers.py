"""When a plan is to be looked at again: what has happened since it was drawn up. Pure, no database here."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import pairwise

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Max, OuterRef, Subquery
from django.db.models.functions import JSONObject

from families.care.models import Placement
from families.caseload.models import Assignment, LegalBasis, WorkPeriod
from families.choices import CHILDREN, AssignmentKind, BasisKind, PlanState
from families.people.models import Family, Membership
from families.plans.models import Plan, PlanReturn, PlanReview
from lubsko_ops.core.polish import short_date

END_OF_PERIOD = "koniec okresu planu"


DAYS = ("covers_to", "drawn_up_on", "sent_on", "consulted_on", "accepted_on", "in_force_from", "in_force_to")


@dataclass(frozen=True, order=True)
class Event:
    """Something that calls for a look at the plan, with its day; in words "zmiana asystenta 03.10.2026"."""

    day: date
    what: str

    def __str__(self):
        return f"{self.what} {short_date(self.day)}"


@dataclass(frozen=True)
class Version:
    """One version of the plan of the period, in days. ``returned_on``: the last day it was sent back to be mended."""

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
    def to_mend_since(self) -> date | None:
        """Sent back, or taken back by its author: since that day (the day it was sent, where that one is unknown)."""
        if self.state != PlanState.DRAFT or self.sent_on is None:
            return None
        return max(self.sent_on, self.returned_on or self.sent_on)


@dataclass(frozen=True)
class PlanFacts:
    """Versions of the plan of one period in their order, the last review, and what has happened in the family."""

    versions: list[Version] = field(default_factory=list)
    reviewed_on: date | None = None
    events: list[Event] = field(default_factory=list)

    def drawn_up_on(self, on: date) -> date | None:
        """The day the first plan of the period was drawn up, once it has come."""
        days = [each.drawn_up_on for each in self.versions if each.drawn_up_on and each.drawn_up_on <= on]
        return min(days, default=None)

    def last_sent(self, on: date) -> Version | None:
        """The newest text anybody but its author has seen; with no plan in force there is nothing to review."""
        if not any(each.in_force_on(on) for each in self.versions):
            return None
        sent = [each for each in self.versions if each.drawn_up_on and each.drawn_up_on <= on]
        return sent[-1] if sent else None

    def unanswered(self, on: date) -> list[Event]:
        """Events since the newest text was last sent and since the last review, the oldest first.

        What happened on that very day was known to those who wrote or reviewed.
        """
        plan = self.last_sent(on)
        if plan is None:
            return []
        again = plan.sent_on is not None and plan.sent_on <= on
        answered = plan.sent_on if again else plan.drawn_up_on
        if self.reviewed_on and self.reviewed_on <= on:
            answered = max(answered, self.reviewed_on)
        return sorted(each for each in self.events if answered < each.day <= on)

    def reasons(self, on: date) -> list[Event]:
        """Why the plan is to be looked at: the unanswered events and the end of the plan's own period.

        A review leaves the plan as it is, so it does not prolong the period: only a new version does.
        """
        plan = self.last_sent(on)
        over = [Event(plan.covers_to, END_OF_PERIOD)] if plan and plan.covers_to <= on else []
        return sorted(self.unanswered(on) + over)


def events_of(
    *,
    leading: Iterable[tuple[int, date]] = (),
    consents_ended: Iterable[date] = (),
    orders: Iterable[date] = (),
    placed: Iterable[date] = (),
    returned: Iterable[date] = (),
    births: Iterable[date] = (),
) -> list[Event]:
    """Everything that has happened, from days: ``leading`` are persons (ids) with their first days."""
    found = [Event(day, "zmiana asystenta") for day in _changes(leading)]
    for what, days in (
        ("koniec zgody", consents_ended),
        ("zobowiązanie sądu", orders),
        ("umieszczenie dziecka w pieczy", placed),
        ("powrót dziecka z pieczy", returned),
        ("urodzenie dziecka", births),
    ):
        found += [Event(day, what) for day in sorted(set(days))]
    return sorted(found)


def _changes(leading: Iterable[tuple[int, date]]) -> list[date]:
    """First days of those who came after somebody else."""
    in_turn = sorted(leading, key=lambda each: each[1])
    return [day for (before, _), (who, day) in pairwise(in_turn) if who != before]


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

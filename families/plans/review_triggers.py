"""When a plan is due for review: what has happened, or was first recorded, since it was drawn up."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypedDict

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Max, OuterRef, Q, Subquery, TextChoices
from django.db.models.functions import Coalesce, JSONObject

from families.care.models import Placement
from families.caseload.models import Assignment, LegalBasis, WorkPeriod
from families.choices import AssignmentKind, BasisKind, PlanState
from families.people.models import Family, Membership
from families.plans.models import Plan, PlanReturn, PlanReview
from lubsko_ops.audit.history import versions_of
from lubsko_ops.core import clock
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
    """An event that calls for a review of the plan, as text "zmiana asystenta 03.10.2026".

    ``entered_at``: the moment it was recorded. ``late``: the plan could have covered it, had it been recorded by then;
    the text then adds ", zapisano 12.10.2026".
    """

    day: date
    kind: TriggerKind
    entered_at: datetime | None = field(default=None, compare=False)
    late: bool = field(default=False, compare=False)

    @property
    def entered_on(self) -> date | None:
        return clock.local_date(self.entered_at) if self.entered_at else None

    def __str__(self):
        text = f"{self.kind.label} {short_date(self.day)}"
        return f"{text}, zapisano {short_date(self.entered_on)}" if self.late and self.entered_on else text


@dataclass(frozen=True)
class Coverage:
    """What was known when the plan was last sent or reviewed: the day, and the moment where it is recorded."""

    day: date
    moment: datetime | None = None

    def covers(self, trigger: ReviewTrigger) -> bool:
        """Whether the event had both happened and been recorded by then.

        An event of that very day counts as known unless it was recorded later.
        """
        if trigger.day > self.day:
            return False
        if trigger.entered_at is None or trigger.entered_on is None:
            return True
        if self.moment is None:
            return trigger.entered_on <= self.day
        return trigger.entered_at <= self.moment


@dataclass(frozen=True)
class PlanVersionFacts:
    """State and dates of one version of the plan.

    ``returned_on``: the last day it was returned for correction; ``sent_at``: the moment it was last sent.
    """

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
    sent_at: datetime | None = None

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
    """Versions of the plan of one work period in order, its reviews and the events that call for one."""

    versions: list[PlanVersionFacts] = field(default_factory=list)
    reviews: list[Coverage] = field(default_factory=list)
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

    def coverage(self, on: date) -> Coverage | None:
        """What was known when the newest version was last sent, or at the last review if that was later."""
        plan = self.last_sent(on)
        if plan is None or plan.drawn_up_on is None:
            return None
        if plan.sent_on and plan.sent_on <= on:
            sent = Coverage(plan.sent_on, plan.sent_at)
        elif plan.sent_on:  # sent again only after ``on``
            sent = Coverage(plan.drawn_up_on)
        else:  # imported, and known with what was imported
            sent = Coverage(plan.drawn_up_on, plan.sent_at)
        return max([sent, *(each for each in self.reviews if each.day <= on)], key=_by_day_and_moment)

    def pending_triggers(self, on: date) -> list[ReviewTrigger]:
        """Events up to ``on`` that happened or were recorded after the plan was last sent or reviewed, oldest first."""
        coverage = self.coverage(on)
        if coverage is None:
            return []
        pending = [each for each in self.triggers if each.day <= on and not coverage.covers(each)]
        return sorted(replace(each, late=each.day <= coverage.day) for each in pending)

    def review_event_on(self, on: date) -> date | None:
        """The day a review in time counts from: of the oldest pending event, never before the plan it reviews."""
        coverage, triggers = self.coverage(on), self.pending_triggers(on)
        return max(triggers[0].day, coverage.day) if coverage and triggers else None

    def reasons(self, on: date) -> list[ReviewTrigger]:
        """Why the plan is due for review: the pending events and the end of the plan's own period.

        A review leaves the plan as it is, so it does not prolong the period: only a new version does.
        """
        plan = self.last_sent(on)
        triggers = self.pending_triggers(on)
        if plan and plan.covers_to <= on:
            triggers.append(ReviewTrigger(plan.covers_to, TriggerKind.END_OF_PERIOD))
        return sorted(triggers)


Recorded = tuple[date, datetime | None]  # the day of an event and the moment it was entered


def _by_day_and_moment(each: Coverage) -> tuple[date, bool, float]:
    return each.day, each.moment is not None, each.moment.timestamp() if each.moment else 0


def build_review_triggers(
    *,
    leading: Iterable[tuple[int, date, datetime | None]] = (),
    consents_ended: Iterable[Recorded] = (),
    orders: Iterable[Recorded] = (),
    placed: Iterable[Recorded] = (),
    returned: Iterable[Recorded] = (),
    births: Iterable[Recorded] = (),
) -> list[ReviewTrigger]:
    """Build the sorted triggers; ``leading``: assistant ids with their first days.

    Events of one kind and day are one trigger, recorded when the last of them was.
    """
    events_by_kind = {
        TriggerKind.ASSISTANT_CHANGED: _assistant_changes(leading),
        TriggerKind.CONSENT_ENDED: consents_ended,
        TriggerKind.COURT_ORDER: orders,
        TriggerKind.PLACED: placed,
        TriggerKind.RETURNED: returned,
        TriggerKind.BIRTH: births,
    }
    triggers: dict[ReviewTrigger, ReviewTrigger] = {}
    for kind, events in events_by_kind.items():
        for day, entered_at in events:
            trigger = ReviewTrigger(day, kind, entered_at)
            other = triggers.get(trigger)
            if other and other.entered_at and (entered_at is None or other.entered_at > entered_at):
                continue
            triggers[trigger] = trigger
    return sorted(triggers.values())


def _assistant_changes(leading: Iterable[tuple[int, date, datetime | None]]) -> list[Recorded]:
    """First days of assistants who followed another one."""
    ordered = sorted(leading, key=lambda each: each[1])
    return [(day, entered_at) for (before, *_), (who, day, entered_at) in pairwise(ordered) if who != before]


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
    reviews = PlanReview.objects.filter(period=period)
    start = {"starts_on": "starts_on", "entered_at": "entered_at"}
    bases_facts = JSONObject(
        kind="kind",
        person="person_id",
        ends_on="ends_on",
        end_entered_at=_end_entered_at(LegalBasis),
        **start,
    )
    stays = JSONObject(
        returned="returned",
        ends_on="ends_on",
        end_entered_at=_end_entered_at(Placement, returned=OuterRef("returned")),
        **start,
    )
    born = JSONObject(day="person__born_on", entered_at="entered_at")
    return WorkPeriod.objects.annotate(
        plan_versions=_versions_subquery(period),
        plan_review_days=ArraySubquery(reviews.values(one=JSONObject(day="day", entered_at="entered_at"))),
        plan_leading=ArraySubquery(leading.values(one=JSONObject(who="assistant_id", **start))),
        plan_bases=ArraySubquery(bases.values(one=bases_facts)),
        plan_placements=ArraySubquery(placements.values(one=stays)),
        plan_births=ArraySubquery(children.values(one=born)),
    )


def _end_entered_at(model, **same):
    """The moment the row of the model first had its present last day; null while it has none."""
    versions = versions_of(model).filter(id=OuterRef("pk"), ends_on=OuterRef("ends_on"), **same)
    return Subquery(versions.order_by("history_id").values("history_date")[:1])


ACTIVE_PERIOD_WITH_PLAN_FACTS = CompiledQuery(
    lambda family, on: periods_with_plan_facts().active_on(on).filter(family=family), family=-1, on=date.min
)


def _versions_subquery(period):
    returns = PlanReturn.objects.filter(plan=OuterRef("pk")).order_by().values("plan")
    returned_on = Subquery(returns.annotate(last=Max("day")).values("last"))
    # Only sending puts a version in consultation. One brought in without that history was known when it was entered.
    sent = versions_of(Plan).filter(id=OuterRef("pk"), state=PlanState.CONSULTATION)
    sent_at = Subquery(sent.order_by("-history_id").values("history_date")[:1])
    facts = JSONObject(
        sent_at=Coalesce(sent_at, "entered_at"),
        number="number",
        state="state",
        covers_to="covers_to",
        returned_on=returned_on,
        **{name: name for name in VERSION_DATES},
    )
    return ArraySubquery(Plan.objects.filter(period=period).order_by("number").values(one=facts))


class PlanAnnotations(TypedDict):
    """What ``periods_with_plan_facts`` adds to a work period; days and moments within JSON are ISO texts."""

    plan_versions: list[dict[str, Any]]
    plan_review_days: list[dict[str, Any]]
    plan_leading: list[dict[str, Any]]
    plan_bases: list[dict[str, Any]]
    plan_placements: list[dict[str, Any]]
    plan_births: list[dict[str, Any]]


def get_plan_facts(period: "WithAnnotations[WorkPeriod, PlanAnnotations]") -> PlanFacts:
    """The facts of a period from ``periods_with_plan_facts``; no statement."""
    consents = [each for each in period.plan_bases if each["kind"] == BasisKind.CONSENT]
    # The family's stays from before this work are its past, not a change, also when they are recorded late.
    stays = [each for each in period.plan_placements if _is_since(each["starts_on"], period.starts_on)]
    ended_stays = [each for each in period.plan_placements if _is_since(each["ends_on"], period.starts_on)]
    return PlanFacts(
        versions=[_build_version(each) for each in period.plan_versions],
        reviews=[Coverage(*_recorded(each, "day")) for each in period.plan_review_days],
        triggers=build_review_triggers(
            leading=[(each["who"], *_recorded(each, "starts_on")) for each in period.plan_leading],
            consents_ended=[
                _recorded(each, "ends_on", "end_entered_at")
                for each in consents
                # the work itself ended that day
                if each["ends_on"] and _parse_date(each["ends_on"]) != period.ends_on
                if not _continues(each, consents)
            ],
            orders=[
                _recorded(each, "starts_on") for each in period.plan_bases if each["kind"] == BasisKind.COURT
            ],
            placed=[_recorded(each, "starts_on") for each in stays],
            returned=[
                _recorded(each, "ends_on", "end_entered_at") for each in ended_stays if each["returned"]
            ],
            births=[
                _recorded(each, "day")
                for each in period.plan_births
                if _is_since(each["day"], period.starts_on)
            ],
        ),
    )


def _continues(consent: dict[str, Any], consents: list[dict[str, Any]]) -> bool:
    """Whether the same person goes on consenting the next day."""
    next_day = date.fromisoformat(consent["ends_on"]) + timedelta(days=1)
    return any(
        each["person"] == consent["person"]
        and date.fromisoformat(each["starts_on"]) <= next_day
        and (each["ends_on"] is None or next_day <= date.fromisoformat(each["ends_on"]))
        for each in consents
    )


def _recorded(data: dict[str, Any], day: str, entered_at: str = "entered_at") -> Recorded:
    moment = data[entered_at]
    return date.fromisoformat(data[day]), datetime.fromisoformat(moment) if moment else None


def _is_since(day: str | None, start: date) -> bool:
    return day is not None and date.fromisoformat(day) >= start


def _build_version(data: dict[str, Any]) -> PlanVersionFacts:
    days = {name: _parse_date(data[name]) for name in (*VERSION_DATES, "returned_on")}
    covers_to = date.fromisoformat(data["covers_to"])
    return PlanVersionFacts(
        number=data["number"],
        state=data["state"],
        covers_to=covers_to,
        sent_at=datetime.fromisoformat(data["sent_at"]),
        **days,
    )


def _parse_date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None

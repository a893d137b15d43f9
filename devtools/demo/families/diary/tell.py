"""A planned visit becomes a deed: what was seen, agreed, ticked and, seldom, what endangered a child."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from devtools.demo.families.diary.notation import Episode, Told
from devtools.demo.families.diary.plan import Planned, working
from devtools.demo.families.diary.words import Household
from devtools.demo.families.notation import scatter
from families.choices import AgreementResult, Confirmation, VisitKind, VisitLocation, VisitResult
from families.people.models import Membership
from families.visits.actions import log_visit, record_safeguarding_step
from families.visits.dto import AgreementData, ConcernData, OutcomeData, VisitData
from families.visits.models import Agreement, SafeguardingConcern
from lubsko_ops.accounts.models import User
from lubsko_ops.core import clock

EPISODE_OF_TEN = 6  # so many visits of ten carry a thread on, the others see small things
AGREED_BY = {"assistant", "social_worker", "family"}
KIND_AT = {
    VisitLocation.SCHOOL: VisitKind.ACCOMPANYING,
    VisitLocation.OFFICE: VisitKind.ACCOMPANYING,
    VisitLocation.HEALTH_CARE: VisitKind.ACCOMPANYING,
}


class Teller:
    """Tells the visits of one period of one family, in the order in which they are written."""

    def __init__(self, household: Household, day: date, staff: dict[str, User]):
        self.household, self.day, self.staff = household, day, staff
        self.pending: list[Agreement] = []
        self.reports: dict[int, SafeguardingConcern] = {}

    def of(self, plan: Planned) -> Callable:
        """The deed of this visit, to be called when the clock stands at its moment."""

        def deed():
            visit = log_visit(period=plan.period, data=self.data(plan), by=plan.assistant)
            if visit.result == VisitResult.HELD:
                self.pending += visit.agreements.all()
            if plan.told and plan.told.concern:
                self.reports[plan.nth] = visit.concern

        return deed

    def steps(self, plans: list[Planned]) -> list[tuple[datetime, str, Callable]]:
        """What was done about the dangers told by hand, each on its day."""
        found = []
        for plan in plans:
            for later, who, what, over in plan.told.steps if plan.told else ():
                on = working(plan.day + timedelta(days=later), step=1)
                moment = clock.to_instant(on, time(13, 30))
                found.append((moment, f"step {plan.key} {later}", self._step(plan, on, who, what, over)))
        return found

    def _step(self, plan: Planned, on: date, who: str, what: str, over: bool) -> Callable:
        def deed():
            record_safeguarding_step(
                concern=self.reports[plan.nth], day=on, what=what, closes=over, by=self.staff[who]
            )

        return deed

    def data(self, plan: Planned) -> VisitData:
        """Everything said of the visit."""
        said = VisitData(plan.day, plan.starts_at, plan.ends_at, next_day=plan.next_day, next_at=plan.next_at)
        if plan.told:
            said = self._by_hand(said, plan.told)
        elif plan.failed:
            result, why = self.household.failure(plan, self.day)
            said = replace(said, result=result, facts=why)
        else:
            said = self._usual(said, plan)
        return replace(said, outcomes=self._ticks(plan)) if said.held else said

    def _by_hand(self, said: VisitData, told: Told) -> VisitData:
        danger = None
        if told.concern:
            what, done, notified, who = told.concern
            at = clock.to_instant(said.day, said.starts_at) + timedelta(minutes=20)
            danger = ConcernData(what, done, notified, at, who)
        return replace(
            said,
            result=told.result,
            place=told.place,
            kind=told.kind,
            facts=told.facts,
            opinion=told.opinion,
            areas=told.areas.split(),
            tasks=told.tasks.split(),
            other_attendees=list(told.other_attendees),
            present=[self.household.named(name) for name in told.present],
            agreements=self._agreements(told.agreed, said, None),
            concern=danger,
        )

    def _usual(self, said: VisitData, plan: Planned) -> VisitData:
        household, salt, child = self.household, f"{plan.key} {plan.nth}", None
        said_of: Episode | None = None
        looked_after = plan.period.ends_on and plan.day > plan.period.ends_on
        if looked_after:
            said_of, child = household.monitoring(plan), None
        elif scatter(f"episode {salt}", 10) < EPISODE_OF_TEN:
            said_of, child = household.next_episode(plan.day, self.day) or (None, None)
        said_of = said_of or household.small_things(plan)
        place, present = said_of.place, household.seen(plan)
        if child and child.person not in present:
            present.append(child.person)
        return replace(
            said,
            place=place,
            kind=KIND_AT.get(place, self._kind(salt)),
            present=present,
            areas=said_of.areas.split(),
            tasks=said_of.tasks.split(),
            facts=household.filled(said_of.facts, plan.day, child),
            opinion=household.filled(said_of.opinion, plan.day, child),
            agreements=self._agreements(said_of.agreed, said, child),
            **self._signed(salt),
            kilometres=self._kilometres(salt),
        )

    def _kind(self, salt: str) -> str:
        return VisitKind.PLANNED if scatter(f"kind {salt}", 16) else VisitKind.UNANNOUNCED

    def _signed(self, salt: str) -> dict:
        turn = scatter(f"signed {salt}", 40)
        if turn == 0:
            return {
                "confirmation": Confirmation.REFUSED,
                "no_signature_reason": "Nie chce niczego podpisywać.",
            }
        return {"confirmation": Confirmation.SIGNED if turn < 30 else Confirmation.NONE}

    def _kilometres(self, salt: str) -> Decimal | None:
        return Decimal(30 + scatter(salt, 150)) / 10 if scatter(f"drives {salt}", 3) == 0 else None

    def _agreements(self, agreed: dict[str, str], said: VisitData, child: Membership | None):
        due_on = said.next_day or said.day + timedelta(days=14)
        found = []
        for who, what in agreed.items():
            what = self.household.filled(what, said.day, child)
            if who in AGREED_BY:
                found.append(AgreementData(what, agreed_by=who, due_on=due_on))
            else:
                person = child.person if who == "child" else self.household.carer(said.day).person
                found.append(AgreementData(what, person=person, due_on=due_on))
        return found

    def _ticks(self, plan: Planned) -> list[OutcomeData]:
        """What came of what was agreed before: mostly done, sometimes not, sometimes moved once."""
        begins = clock.to_instant(plan.day, plan.starts_at)
        ticks, kept = [], []
        for agreement in self.pending:
            if agreement.visit.started_at >= begins:  # this visit is written late
                kept.append(agreement)
                continue
            turn = scatter(f"came {plan.key} {plan.nth} {agreement.what}", 10)
            moved = turn > 7 and plan.next_day and not getattr(agreement, "moved", False)
            if moved:
                agreement.moved = True
                kept.append(agreement)
                ticks.append(OutcomeData(agreement, AgreementResult.MOVED, plan.next_day))
            else:
                ticks.append(
                    OutcomeData(agreement, AgreementResult.DONE if turn < 6 else AgreementResult.NOT_DONE)
                )
        self.pending = kept
        return ticks

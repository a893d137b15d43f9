"""Writes the visits of the demo: scripted and generated ones, agreements and their outcomes, concerns.

It runs after the files and the work exist: each visit is entered on its own day by the assistant of that day,
through the actions the pages call.
"""

from collections.abc import Callable, Iterator
from datetime import date, time, timedelta
from decimal import Decimal

from devtools.demo.contact_generator import assessments, contacts
from devtools.demo.dataset import ScriptedVisit, stable_random
from devtools.demo.demo_centre import DemoCentre
from devtools.demo.household import DemoHousehold, load_households
from devtools.demo.visit_schedule import (
    PlannedVisit,
    ScheduledAction,
    VisitSchedule,
    periods_by_key,
    run_in_order,
    working_day,
)
from families.choices import AgreementResult, Confirmation, VisitKind, VisitLocation, VisitResult
from families.people.models import Family, Membership
from families.visits.actions import log_visit, record_safeguarding_step
from families.visits.dto import OutcomeData, VisitData
from families.visits.models import Agreement, SafeguardingConcern, Visit
from lubsko_ops.accounts.models import User
from lubsko_ops.core import clock

EPISODES_OF_TEN = 6  # visits of ten that continue a topic; the others are made of observations
AGREED_BY = {"assistant", "social_worker", "family"}
KIND_BY_PLACE = {
    VisitLocation.SCHOOL: VisitKind.ACCOMPANYING,
    VisitLocation.OFFICE: VisitKind.ACCOMPANYING,
    VisitLocation.HEALTH_CARE: VisitKind.ACCOMPANYING,
}


def generate(demo: DemoCentre, families: dict[str, Family]) -> int:
    """Write visits, contacts and assessments of these families (by key) before the day; returns the visit count."""
    households, day, staff = load_households(families, demo.families), demo.day, demo.staff()
    schedule, scheduled, count = VisitSchedule(day), [], 0
    periods = list(periods_by_key({family.pk: key for key, family in families.items()}))
    last = dict(periods)
    scripted = {key: list(schedule.scripted(key, last[key], households[key].pattern)) for key in last}
    for key, period in periods:
        household = households[key]
        visits = list(schedule.generated(key, period, household.pattern))
        visits += scripted[key] if period is last[key] else []
        schedule.complete(visits, household.pattern)
        count += len(visits)
        writer = VisitWriter(household, day, staff)
        scheduled += [
            (visit.entered_at, f"{key} {visit.number}", writer.log_action(visit)) for visit in visits
        ]
        scheduled += writer.concern_steps(visits)
        scheduled += contacts(household, period, day)
        scheduled += assessments(household, period, day)
    run_in_order(scheduled)
    return count


class VisitWriter:
    """Writes the visits of one period of one family, in the order in which they are entered."""

    def __init__(self, household: DemoHousehold, day: date, staff: dict[str, User]):
        self.household, self.day, self.staff = household, day, staff
        self.pending: list[Agreement] = []
        self.concerns: dict[int, SafeguardingConcern] = {}

    def log_action(self, visit: PlannedVisit) -> Callable[[], None]:
        def perform():
            row = log_visit(period=visit.period, data=self.data(visit), by=visit.assistant)
            if row.result == VisitResult.HELD:
                self.pending += row.agreements.all()
            if visit.scripted and visit.scripted.concern:
                self.concerns[visit.number] = row.concern

        return perform

    def concern_steps(self, visits: list[PlannedVisit]) -> Iterator[ScheduledAction]:
        """Yield what was done about the scripted concerns, each step on its day."""
        for visit in visits:
            concern = visit.scripted.concern if visit.scripted else None
            for step in concern.get("steps", ()) if concern else ():
                later = step["days_later"]
                on = working_day(visit.day + timedelta(days=later), step=1)
                moment = clock.to_instant(on, time(13, 30))
                yield moment, f"step {visit.key} {later}", self._step_action(visit, on, step)

    def _step_action(self, visit: PlannedVisit, on: date, step: dict) -> Callable[[], None]:
        def perform():
            record_safeguarding_step(
                concern=self.concerns[visit.number],
                day=on,
                what=step["what"],
                closes=step.get("closes", False),
                by=self.staff[step["by"]],
            )

        return perform

    def data(self, visit: PlannedVisit) -> VisitData:
        row = Visit(day=visit.day, starts_at=visit.starts_at, next_day=visit.next_day, next_at=visit.next_at)
        related = {}
        if visit.scripted:
            related = self._scripted(row, visit.scripted)
        elif visit.failed:
            row.result, row.facts = self.household.failure(visit, self.day)
        else:
            related = self._generated(row, visit)
        outcomes = self._outcomes(visit) if row.held else []
        return VisitData(row, visit.ends_at, outcomes=outcomes, **related)

    def _scripted(self, row: Visit, scripted: ScriptedVisit) -> dict:
        """Fill in the columns of the visit; returns its related rows."""
        for name, value in scripted.columns.items():
            setattr(row, name, value)
        concern = None
        if written := scripted.concern:
            at = clock.to_instant(row.day, row.starts_at) + timedelta(minutes=20)
            columns = {name: value for name, value in written.items() if name != "steps"}
            concern = SafeguardingConcern(notified_at=at, **columns)
        return {
            "present": [self.household.person(name) for name in scripted.present],
            "agreements": self._agreements(scripted.agreed, row, None),
            "concern": concern,
        }

    def _generated(self, row: Visit, visit: PlannedVisit) -> dict:
        """Fill in the columns of the visit; returns its related rows."""
        household, salt = self.household, f"{visit.key} {visit.number}"
        episode, child = None, None
        if visit.period.ends_on and visit.day > visit.period.ends_on:
            episode = household.monitoring(visit)
        elif stable_random(f"episode {salt}", 10) < EPISODES_OF_TEN:
            episode, child = household.next_episode(visit.day, self.day) or (None, None)
        episode = episode or household.observations(visit)
        place, present = episode.place, household.present(visit)
        if child and child.person not in present:
            present.append(child.person)
        planned = VisitKind.PLANNED if stable_random(f"kind {salt}", 16) else VisitKind.UNANNOUNCED
        drives = stable_random(f"drives {salt}", 3) == 0
        row.place, row.kind = place, KIND_BY_PLACE.get(place, planned)
        row.areas, row.tasks = episode.areas, episode.tasks
        row.facts = household.fill(episode.facts, visit.day, child)
        row.opinion = household.fill(episode.opinion, visit.day, child)
        row.kilometres = Decimal(30 + stable_random(salt, 150)) / 10 if drives else None
        row.confirmation, row.no_signature_reason = _confirmation(salt)
        return {"present": present, "agreements": self._agreements(episode.agreed, row, child)}

    def _agreements(self, agreed: dict[str, str], visit: Visit, child: Membership | None) -> list[Agreement]:
        due_on = visit.next_day or visit.day + timedelta(days=14)
        agreements = []
        for who, what in agreed.items():
            what = self.household.fill(what, visit.day, child)
            if who in AGREED_BY:
                agreements.append(Agreement(what=what, agreed_by=who, due_on=due_on))
            else:
                person = child.person if who == "child" else self.household.carer(visit.day).person
                agreements.append(Agreement(what=what, person=person, due_on=due_on))
        return agreements

    def _outcomes(self, visit: PlannedVisit) -> list[OutcomeData]:
        """Outcomes of earlier agreements: mostly done, sometimes not, sometimes moved once."""
        started_at = clock.to_instant(visit.day, visit.starts_at)
        outcomes, pending = [], []
        for agreement in self.pending:
            if agreement.visit.started_at >= started_at:  # this visit is entered late
                pending.append(agreement)
                continue
            turn = stable_random(f"came {visit.key} {visit.number} {agreement.what}", 10)
            if turn > 7 and visit.next_day and not getattr(agreement, "moved", False):
                agreement.moved = True
                pending.append(agreement)
                outcomes.append(OutcomeData(agreement, AgreementResult.MOVED, visit.next_day))
            else:
                result = AgreementResult.DONE if turn < 6 else AgreementResult.NOT_DONE
                outcomes.append(OutcomeData(agreement, result))
        self.pending = pending
        return outcomes


def _confirmation(salt: str) -> tuple[str, str]:
    """Return the confirmation of a visit and the reason why it is missing."""
    turn = stable_random(f"signed {salt}", 40)
    if turn == 0:
        return Confirmation.REFUSED, "Nie chce niczego podpisywać."
    return Confirmation.SIGNED if turn < 30 else Confirmation.NONE, ""

"""Writes the plans of one work period: drafted, sent, consulted, accepted, signed, each on its day."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from devtools.demo.dataset import (
    SHORT_TEXTS,
    TOPICS,
    PlanPattern,
    PlanRowText,
    resolve_date,
    stable_random,
)
from devtools.demo.demo_centre import DemoCentre
from devtools.demo.household import DemoHousehold
from devtools.demo.visit_schedule import ScheduledAction, on_duty, working_day
from families.care.models import Placement
from families.caseload.models import LeadWorkerAssignment, WorkPeriod
from families.choices import SignatureKind
from families.people.models import Membership, Person
from families.plans.actions import (
    accept_plan,
    consult_plan,
    create_plan,
    record_signature,
    return_plan,
    send_plan,
    update_plan,
)
from families.plans.dto import PlanData
from families.plans.models import Plan, PlanAction, RowRemark
from families.plans.queries import required_signers
from lubsko_ops.accounts.models import User
from lubsko_ops.core import clock
from lubsko_ops.core.dates import add_months

TEXTS = SHORT_TEXTS["plans"]
MAX_ROWS = 5  # a good plan is short
IN_CARE = "IN_CARE"  # topic of a child's return home, without a child present
REACHED, PARTLY, MISSED, UNDER_WAY = "reached", "partly", "missed", "under way"
FILLED = ("problem", "goal", "actions", "who", "expected_outcome")


@dataclass
class PlannedRow:
    """A row of a version before it is written, and how it will end."""

    topic: str
    text: PlanRowText
    child: Membership | None
    outcome: str


@dataclass
class WrittenRow:
    action: PlanAction
    text: PlanRowText
    outcome: str


@dataclass
class PlanVersion:
    """A version: its number counted from the last complete one (-1); ``stage``: how far one in preparation is."""

    number: int
    begun: date
    stage: str = ""
    plan: Plan | None = None
    data: PlanData | None = None
    rows: list[WrittenRow] = field(default_factory=list)


class PlanWriter:
    """Writes the versions of one period, in the order of their days."""

    def __init__(
        self,
        household: DemoHousehold,
        period: WorkPeriod,
        pattern: PlanPattern,
        demo: DemoCentre,
    ):
        self.household, self.period, self.pattern = household, period, pattern
        self.day, self.key = demo.day, household.key
        self.manager: User = demo.staff()[demo.manager]
        self.progress: dict[str, int] = {}  # rows of a topic that are over
        self.open_rows: dict[str, WrittenRow] = {}  # by topic
        self.leads: list[LeadWorkerAssignment] = list(period.family.leads.select_related("social_worker"))
        self.placements: list[Placement] = list(period.family.placements.all())

    # ---- the steps of a version ----------------------------------------------------------------------
    def steps(self, version: PlanVersion) -> Iterator[ScheduledAction]:
        """Yield the actions of a version with their moments; one in preparation stops at its stage."""
        on, stage = version.begun, version.stage
        yield self._at(on, 10, lambda: self._create(version))
        if stage == "draft":
            return
        on = _later(on, 2)
        yield self._at(on, 14, lambda: self._send(version))
        if stage == "consultation":
            return
        if self._returned(version) or stage == "fix":
            on = _later(on, 2)
            yield self._at(on, 9, lambda: self._return(version))
            if stage == "fix":
                return
            on = _later(on, 2)
            yield self._at(on, 11, lambda: self._correct(version))
        on = _later(on, 2)
        yield self._at(on, 12, lambda: self._consult(version))
        if stage == "acceptance":
            return
        on = _later(on, 2)
        yield self._at(on, 13, lambda: self._accept(version))
        on = _later(on, 2)
        yield self._at(on, 15, lambda: self._sign(version))

    def _at(self, on: date, hour: int, perform: Callable[[], None]) -> ScheduledAction:
        return moment(f"{self.key} {hour}", on, hour), f"plan {self.key}", perform

    def _returned(self, version: PlanVersion) -> dict | None:
        return None if version.stage else self.pattern.version(version.number).returned

    def _create(self, version: PlanVersion) -> None:
        today = clock.today()
        chosen = self._choose_rows(version)
        version.data = self._data(version, chosen, covers_from=_later(today, 10))
        version.plan = create_plan(period=self.period, data=version.data, by=on_duty(self.period, today))
        actions = version.plan.actions.order_by("position")
        for action, row in zip(actions, chosen, strict=True):
            written = WrittenRow(action, row.text, row.outcome)
            version.rows.append(written)
            self.open_rows[row.topic] = written
            if row.outcome == REACHED:
                self.progress[row.topic] = self.progress.get(row.topic, 0) + 1
                del self.open_rows[row.topic]

    def _send(self, version: PlanVersion) -> None:
        version.plan = send_plan(plan=version.plan, version=None, by=version.plan.author)

    def _return(self, version: PlanVersion) -> None:
        actions = [row.action for row in version.rows]
        text, remarks = TEXTS["return_text"], {actions[-1]: TEXTS["return_remark"]}
        if returned := self._returned(version):
            text, remarks = returned["text"], {actions[returned["row"] - 1]: returned["remark"]}
        return_plan(plan=version.plan, text=text, remarks=remarks, version=None, by=self._social_worker())

    def _correct(self, version: PlanVersion) -> None:
        returned, author = self._returned(version), version.plan.author
        for row, written in zip(version.data.rows, version.rows, strict=True):
            row.pk = written.action.pk
        version.data.rows[returned["row"] - 1].expected_outcome = returned["corrected"]
        remarks = RowRemark.objects.filter(plan_return__plan=version.plan).values_list("pk", flat=True)
        data = replace(version.data, addressed=list(remarks))
        plan = update_plan(plan=version.plan, data=data, version=None, by=author)
        version.plan = send_plan(plan=plan, version=None, by=author)

    def _consult(self, version: PlanVersion) -> None:
        remarks = self._pick(TEXTS["consultations"], "consulted", version)
        by = self._social_worker()
        version.plan = consult_plan(plan=version.plan, remarks=remarks, version=None, by=by)

    def _accept(self, version: PlanVersion) -> None:
        version.plan = accept_plan(plan=version.plan, version=None, by=self.manager)

    def _sign(self, version: PlanVersion) -> None:
        """Everybody on one day, some with a refusal; a version in preparation lacks the last signature."""
        today = clock.today()
        refusals = {} if version.stage else self.pattern.version(version.number).refusals
        people: list[Person] = required_signers(version.plan, on=today)
        for person in people[:-1] if version.stage else people:
            reason = refusals.get(person.first_name, "")
            record_signature(
                plan=version.plan,
                person=person,
                kind=SignatureKind.REFUSED if reason else SignatureKind.SIGNED,
                day=today,
                reason=reason,
                version=None,
                by=on_duty(self.period, today),
            )
        version.plan = Plan.objects.get(pk=version.plan.pk)

    def _social_worker(self) -> User:
        return next(row.social_worker for row in self.leads if row.is_active_on(clock.today()))

    def _pick(self, texts: list[str], salt: str, version: PlanVersion) -> str:
        return texts[stable_random(f"{salt} {self.key} {version.number}", len(texts))]

    # ---- the content ---------------------------------------------------------------------------------
    def _choose_rows(self, version: PlanVersion) -> list[PlannedRow]:
        while len(rows := self._open_topics(version)) < self.pattern.rows:
            done = [name for name, used in self.progress.items() if used >= len(TOPICS[name].rows)]
            if not done:
                break
            self.progress[done[0]] = 0  # an old difficulty comes back
        return rows

    def _open_topics(self, version: PlanVersion) -> list[PlannedRow]:
        on, rows = clock.today(), []
        for entry in self.household.pattern.topics:
            name, _, since = entry.partition("@")
            topic, used = TOPICS[name], self.progress.get(name, 0)
            about_child = topic.ages and name != IN_CARE
            children = self.household.own_children(on, topic.ages) if about_child else []
            if (about_child and not children) or used >= len(topic.rows):
                continue
            if since and on < resolve_date(self.day, since):
                continue
            outcome = self._outcome(name, version)
            rows.append(PlannedRow(name, topic.rows[used], next(iter(children), None), outcome))
        return rows[:MAX_ROWS]

    def _outcome(self, name: str, version: PlanVersion) -> str:
        turn = stable_random(f"fate {self.key} {self.period.year} {version.number} {name}", 10)
        if version.number == -1 and self.period.ends_on is None:
            return REACHED if turn < 2 else UNDER_WAY
        if self.pattern.little_progress:
            return PARTLY if turn < 2 else MISSED
        return REACHED if turn < 5 else PARTLY if turn < 7 else MISSED if turn == 7 else UNDER_WAY

    def _data(self, version: PlanVersion, chosen: list[PlannedRow], *, covers_from: date) -> PlanData:
        today = clock.today()
        reason = ""
        if self.period.plans.exists():
            reason = self.pattern.version(version.number).reason
            reason = reason or self._pick(TEXTS["reasons"], "why", version)
        plan = Plan(
            covers_from=covers_from,
            covers_to=covers_to(covers_from),
            main_goal=_main_goal([row.topic for row in chosen]),
            reason=reason,
        )
        if any(row.is_active_on(today) for row in self.placements):
            plan.coordinated, plan.coordinated_with = True, TEXTS["coordinator"]
            plan.coordinated_on = working_day(today - timedelta(days=3))
        rows = [self._row(row, covers_from, at, len(chosen)) for at, row in enumerate(chosen)]
        if version.stage == "draft":
            rows[-1].due_on = None
        return PlanData(plan, rows)

    def _row(self, row: PlannedRow, covers_from: date, index: int, count: int) -> PlanAction:
        today = clock.today()
        texts = {name: self.household.fill(getattr(row.text, name), today, row.child) for name in FILLED}
        before = self.open_rows.get(row.topic)
        origin = before.action.lineage_id if before and before.text is row.text else None
        due = working_day(due_on(covers_from, index, count))
        return PlanAction(**texts, area=row.text.area, due_on=due, origin_id=origin)


def _later(on: date, days: int) -> date:
    return working_day(on + timedelta(days=days), step=1)


def moment(salt: str, day: date, hour: int) -> datetime:
    """A minute of that hour, the same each time."""
    return clock.to_instant(day, time(hour, stable_random(f"{salt} {day}", 50)))


def covers_to(covers_from: date) -> date:
    """The last day of a half-year."""
    return add_months(covers_from, 6) - timedelta(days=1)


def due_on(covers_from: date, row: int, rows: int) -> date:
    """The due date of a row: they are spread over the period of the plan, none on its last days."""
    last = covers_to(covers_from) - timedelta(days=9)
    return covers_from + (last - covers_from) * (row + 2) // (rows + 1)


def _main_goal(names: list[str]) -> str:
    ranked = sorted(names, key=lambda name: name != IN_CARE)  # a child's return comes first
    first, *more = [TOPICS[name].goal for name in ranked[:2]]
    both = f"{first}, a {second_goal(first, more[0])}" if more else first
    return f"{both[0].upper()}{both[1:]}."


def second_goal(first: str, second: str) -> str:
    """The second half of a main goal, without the words it has in common with the beginning of the first."""
    before, words = first.split(), second.split()
    same = next((at for at, word in enumerate(words) if before[at : at + 1] != [word]), len(words))
    return f"przy tym {' '.join(words[same:])}" if same else second

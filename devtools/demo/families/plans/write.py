"""The plans of one period of work become deeds: drafted, sent, consulted, accepted, signed, each on its day."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from devtools.demo.families.diary.plan import on_duty, working
from devtools.demo.families.diary.words import THREADS, Household
from devtools.demo.families.notation import before, scatter
from devtools.demo.families.plans.aims_adults import AIMS as OF_ADULTS
from devtools.demo.families.plans.aims_children import AIMS as OF_CHILDREN
from devtools.demo.families.plans.aims_home import AIMS as OF_HOME
from devtools.demo.families.plans.notation import Aim, Line, Tail, Way
from devtools.demo.families.plans.schedule import covers_to, due_on, moment
from families.care.models import Placement
from families.caseload.models import LeadWorkerAssignment, WorkPeriod
from families.choices import Kinship, SignatureKind
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
from families.plans.dto import PlanData, RowData
from families.plans.models import Plan, PlanAction, RowRemark
from families.plans.queries import required_signers
from lubsko_ops.accounts.models import User
from lubsko_ops.core import clock

AIMS: dict[str, Aim] = OF_CHILDREN | OF_HOME | OF_ADULTS
ROWS = 5  # a good plan is short
COORDINATOR = "Joanna Pękala, koordynator pieczy zastępczej, PCPR w Żarach"
CONSULTED = (
    "Plan jest zgodny z ustaleniami wywiadu środowiskowego.",
    "",
    "Proszę pamiętać o terminie wniosku o dodatek mieszkaniowy.",
    "Terminy realne. Wiersz pierwszy omówię z rodziną także ja.",
)
WHY_NEW = (
    "Upłynął okres poprzedniego planu. Część celów osiągnięto, pozostałe są kontynuowane.",
    "Okresowa ocena: zalecono zmianę planu.",
    "Nowe potrzeby, o których rodzina mówi na wizytach.",
)
TO_MEND = ("Proszę poprawić przed konsultacją.", "Termin jest za krótki, a efektu nie da się sprawdzić.")
REACHED, PARTLY, MISSED, UNDER_WAY = "reached", "partly", "missed", "under way"
Happening = tuple[datetime, str, Callable]


@dataclass
class Told:
    """A row of a written version: which line of the library it is, and what becomes of it."""

    action: PlanAction
    line: Line
    fate: str


@dataclass
class Version:
    """A version as it is told: its number from the last whole one, and what came of its rows once it is written."""

    nth: int
    begun: date
    tail: Tail | None = None
    plan: Plan | None = None
    data: PlanData | None = None
    rows: list[Told] = field(default_factory=list)


class Writer:
    """Writes the versions of one period, in the order of their days; ``way``: of the family, for its last period."""

    def __init__(self, household: Household, period: WorkPeriod, way: Way, day: date, staff: dict[str, User]):
        self.household, self.period, self.way, self.day, self.staff = household, period, way, day, staff
        self.key = household.key
        self.stage: dict[str, int] = {}
        self.before: dict[str, Told] = {}
        self.leads: list[LeadWorkerAssignment] = list(period.family.leads.select_related("social_worker"))
        self.placements: list[Placement] = list(period.family.placements.all())

    # ---- the way -----------------------------------------------------------------------------------
    def happenings(self, version: Version) -> Iterator[Happening]:
        """The deeds of a version, each with its moment; a tail stops on its way."""
        on, stage = version.begun, version.tail.stage if version.tail else ""
        yield self._at(on, 10, lambda: self._begin(version))
        if stage == "draft":
            return
        on = self._later(on, 2)
        yield self._at(on, 14, lambda: self._send(version))
        if stage == "consultation":
            return
        returned = self.way.returned.get(version.nth) if not version.tail else None
        if returned or stage == "fix":
            on = self._later(on, 2)
            yield self._at(on, 9, lambda: self._send_back(version))
            if stage == "fix":
                return
            on = self._later(on, 2)
            yield self._at(on, 11, lambda: self._mend(version))
        on = self._later(on, 2)
        yield self._at(on, 12, lambda: self._consult(version))
        if stage == "acceptance":
            return
        on = self._later(on, 2)
        yield self._at(on, 13, lambda: self._accept(version))
        on = self._later(on, 2)
        yield self._at(on, 15, lambda: self._sign(version))

    def _at(self, on: date, hour: int, deed: Callable) -> Happening:
        return moment(f"{self.key} {hour}", on, hour), f"plan {self.key}", deed

    def _later(self, on: date, days: int) -> date:
        return working(on + timedelta(days=days), step=1)

    # ---- the deeds ---------------------------------------------------------------------------------
    def _begin(self, version: Version) -> None:
        today = clock.today()
        chosen = self._chosen(version)
        data = self._data(version, chosen, covers_from=self._later(today, 10))
        version.plan = create_plan(period=self.period, data=data, by=on_duty(self.period, today))
        version.data = data
        actions = version.plan.actions.order_by("position")
        version.rows = [
            Told(action, line, fate) for action, (_, line, _, fate) in zip(actions, chosen, strict=True)
        ]
        for told, (name, _, _, fate) in zip(version.rows, chosen, strict=True):
            self.before[name] = told
            if fate == REACHED:
                self.stage[name] = self.stage.get(name, 0) + 1
                del self.before[name]

    def _send(self, version: Version) -> None:
        version.plan = send_plan(plan=version.plan, version=None, by=version.plan.author)

    def _send_back(self, version: Version) -> None:
        returned = self.way.returned.get(version.nth)
        rows = [told.action for told in version.rows]
        text, remarks = TO_MEND[0], {rows[-1]: TO_MEND[1]}
        if returned and not version.tail:
            text, remarks = returned.text, {rows[returned.row - 1]: returned.remark}
        return_plan(plan=version.plan, text=text, remarks=remarks, version=None, by=self._social_worker())

    def _mend(self, version: Version) -> None:
        returned, author = self.way.returned[version.nth], version.plan.author
        rows = [
            replace(row, row=told.action) for row, told in zip(version.data.rows, version.rows, strict=True)
        ]
        rows[returned.row - 1] = replace(rows[returned.row - 1], expected_outcome=returned.mended)
        heeded = list(RowRemark.objects.filter(plan_return__plan=version.plan).values_list("pk", flat=True))
        data = replace(version.data, rows=rows, addressed=heeded)
        plan = update_plan(plan=version.plan, data=data, version=None, by=author)
        version.plan = send_plan(plan=plan, version=None, by=author)

    def _consult(self, version: Version) -> None:
        words = CONSULTED[scatter(f"consulted {self.key} {version.nth}", len(CONSULTED))]
        by = self._social_worker()
        version.plan = consult_plan(plan=version.plan, remarks=words, version=None, by=by)

    def _accept(self, version: Version) -> None:
        version.plan = accept_plan(plan=version.plan, version=None, by=self.staff["maria"])

    def _sign(self, version: Version) -> None:
        """Everybody at one visit, some with a refusal; a version that waits for signatures lacks the last one."""
        today = clock.today()
        refuses = {} if version.tail else self.way.refuses.get(version.nth, {})
        people: list[Person] = required_signers(version.plan, on=today)
        for person in people[:-1] if version.tail else people:
            reason = refuses.get(person.first_name, "")
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
        lead = next(row for row in self.leads if row.is_active_on(clock.today()))
        return lead.social_worker

    # ---- what is written ---------------------------------------------------------------------------
    def _chosen(self, version: Version) -> list[tuple[str, Line, Membership | None, str]]:
        """The rows of a version: thread, line, the child it is about, and what becomes of it."""
        while len(found := self._open(version)) < self.way.rows:
            done = [name for name, stage in self.stage.items() if stage >= len(AIMS[name].lines)]
            if not done:
                break
            self.stage[done[0]] = 0  # an old difficulty comes back
        return found

    def _open(self, version: Version) -> list[tuple[str, Line, Membership | None, str]]:
        on, found = clock.today(), []
        for entry in self.household.habit.threads.split():
            name, _, since = entry.partition("@")
            lines, ages = AIMS[name].lines, THREADS[name].ages
            stage = self.stage.get(name, 0)
            children = self.household.children(on, ages) if ages and name != "IN_CARE" else []
            children = [row for row in children if row.kinship != Kinship.STEPCHILD]
            without_child = ages and name != "IN_CARE" and not children
            if without_child or stage >= len(lines) or (since and on < before(self.day, since)):
                continue
            found.append((name, lines[stage], next(iter(children), None), self._fate(name, version)))
        return found[:ROWS]

    def _fate(self, name: str, version: Version) -> str:
        turn = scatter(f"fate {self.key} {self.period.year} {version.nth} {name}", 10)
        if version.nth == -1 and self.period.ends_on is None:
            return REACHED if turn < 2 else UNDER_WAY
        if self.way.grim:
            return PARTLY if turn < 2 else MISSED
        return REACHED if turn < 5 else PARTLY if turn < 7 else MISSED if turn == 7 else UNDER_WAY

    def _data(self, version: Version, chosen, *, covers_from: date) -> PlanData:
        today = clock.today()
        first = not self.period.plans.exists()
        reason = "" if first else self.way.reasons.get(version.nth, "")
        usual = WHY_NEW[scatter(f"why {self.key} {version.nth}", len(WHY_NEW))]
        placed = any(row.is_active_on(today) for row in self.placements)
        agreed = {
            "coordinated": True,
            "coordinated_with": COORDINATOR,
            "coordinated_on": working(today - timedelta(days=3)),
        }
        rows = [
            self._row(name, line, child, covers_from, at, len(chosen))
            for at, (name, line, child, _) in enumerate(chosen)
        ]
        if version.tail and version.tail.stage == "draft":
            rows[-1] = replace(rows[-1], due_on=None)
        return PlanData(
            covers_from=covers_from,
            covers_to=covers_to(covers_from),
            main_goal=self._main_goal([name for name, *_ in chosen]),
            reason=reason if first else reason or usual,
            rows=rows,
            **(agreed if placed else {}),
        )

    def _row(self, name: str, line: Line, child, covers_from: date, at: int, count: int) -> RowData:
        said = {
            each: self.household.filled(getattr(line, each), clock.today(), child)
            for each in ("problem", "goal", "actions", "who", "expected_outcome")
        }
        told = self.before.get(name)
        goes_on = told.action if told and told.line is line else None
        due = working(due_on(covers_from, at, count))
        return RowData(**said, area=line.area, due_on=due, goes_on_from=goes_on)

    def _main_goal(self, names: list[str]) -> str:
        ranked = sorted(names, key=lambda name: name != "IN_CARE")  # a child's return comes before all else
        first, *more = [AIMS[name].goal for name in ranked[:2]]
        both = f"{first}, a {goes_on(first, more[0])}" if more else first
        return f"{both[0].upper()}{both[1:]}."


def goes_on(first: str, second: str) -> str:
    """The second half of a sentence: it does not say again what the first half began with."""
    before, words = first.split(), second.split()
    same = next((at for at, word in enumerate(words) if before[at : at + 1] != [word]), len(words))
    return f"przy tym {' '.join(words[same:])}" if same else second

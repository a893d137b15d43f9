"""Plans of work: a version about every half-year of each work, its rows, the mother's signature, its history.

Each goes as far along the way as its days allow; what visits do of the rows is told in the diary.
"""

from datetime import date, datetime, time, timedelta
from itertools import zip_longest

from devtools.synthetic import texts
from devtools.synthetic.bulk_copy import copy_models, count_on, run, without_indexes, write_history
from devtools.synthetic.centre import Big
from devtools.synthetic.schedule import Household, Work, working_day
from families.choices import Area, PlanState, SignatureKind
from families.plans.models import Plan, PlanAction, PlanSignature
from lubsko_ops.core import clock
from lubsko_ops.core.dates import ONE_DAY

HALF_YEAR = 178
STEP = 3  # days between two steps of the way
SENT, CONSULTED, ACCEPTED, SIGNED = (STEP * turn for turn in (1, 2, 3, 4))
AT_ONCE = 5000  # plans made before their rows are sent
STATES = (
    PlanState.DRAFT,
    PlanState.CONSULTATION,
    PlanState.ACCEPTANCE,
    PlanState.ACCEPTED,
    PlanState.SIGNED,
)
TABLES = {PlanAction: "Nowa wersja planu", PlanSignature: "Podpis pod planem"}
# How a plan looked after each step of its way: what was not known yet, who did it and when, and why.
NOT_YET = {
    "sent_on": ("sent_on", "drawn_up_on"),
    "consulted_on": ("consulted_on", "consulted_by_id"),
    "accepted_on": ("accepted_on", "accepted_by_id"),
    "in_force_from": ("in_force_from",),
    "in_force_to": ("in_force_to",),
}
WAY = (
    (PlanState.DRAFT, "", "author_id", "entered_at", "Nowa wersja planu"),
    (PlanState.CONSULTATION, "sent_on", "author_id", "sent_on + time '14:00'", "Wysłanie planu do konsultacji"),
    (PlanState.ACCEPTANCE, "consulted_on", "consulted_by_id", "consulted_on + time '12:00'", "Konsultacja planu"),
    (PlanState.ACCEPTED, "accepted_on", "accepted_by_id", "accepted_on + time '13:00'", "Akceptacja planu"),
    (PlanState.SIGNED, "in_force_from", "author_id", "in_force_from + time '15:00'", "Plan wszedł w życie"),
    (PlanState.SIGNED, "in_force_to", "author_id", "in_force_to + 1 + time '15:00'", "Zastąpienie planu nową wersją"),
)  # fmt: skip


def write_plans(big: Big, households: list[Household]) -> None:
    """The plans of all work, with their history; the diary finds their rows in ``work.plans``."""
    tables = [model._meta.db_table for model in (Plan, *TABLES)]
    with without_indexes(tables):
        writing = Writing(big)
        for household in households:
            number = 0
            for work in household.works:
                number = writing.work(household, work, number)
            if len(writing.rows[Plan]) >= AT_ONCE:
                writing.send()
        writing.send()
    for model, why in TABLES.items():
        write_history(model, why=why)
    _history_of_plans()
    for model in (Plan, *TABLES):
        count_on(model)


def _history_of_plans() -> None:
    """A plan was saved at each step of its way: its version says how many of them it has made."""
    columns = [field.column for field in Plan._meta.concrete_fields]
    table, past = Plan._meta.db_table, Plan.history.model._meta.db_table
    names = ", ".join(f'"{name}"' for name in columns)
    for step, (state, _, who, at, why) in enumerate(WAY, 1):
        later = {name for _, since, *_ in WAY[step:] for name in NOT_YET[since]}
        looked = {name: f"NULL::{_type(name)}" for name in later}
        looked |= {"state": f"'{state.value}'", "version": str(step)}
        values = ", ".join(looked.get(name, f'"{name}"') for name in columns)
        moment = at if step == 1 else f"({at}) AT TIME ZONE 'Europe/Warsaw'"
        run(
            f"""INSERT INTO "{past}" ({names}, history_date, history_change_reason, history_type, history_user_id)
            SELECT {values}, {moment}, %s, %s, {who} FROM "{table}" WHERE version >= {step} ORDER BY id""",
            [why, "+" if step == 1 else "~"],
        )


def _type(column: str) -> str:
    return "bigint" if column.endswith("_id") else "date"


class Writing:
    """Makes the plans of one work after another."""

    def __init__(self, big: Big):
        self.big, self.dice = big, big.random("plans")
        self.rows: dict[type, list] = {model: [] for model in (Plan, *TABLES)}
        self.last = dict.fromkeys(self.rows, 0)

    def send(self) -> None:
        for rows in self.rows.values():
            copy_models(rows)
            rows.clear()

    def add(self, model, by: int, at: datetime, *, version: int = 1, **values):
        self.last[model] += 1
        row = model(pk=self.last[model], entered_at=at, entered_by_id=by, version=version, **values)
        self.rows[model].append(row)
        return row

    def work(self, household: Household, work: Work, number: int) -> int:
        """The versions of a work; ``number``: how many the file has already. Returns how many it has then."""
        begun, lines = working_day(work.starts_on + self.dice.randint(12, 26) * ONE_DAY), []
        end = work.ends_on or self.big.day
        days = []
        while begun < end and (work.ends_on is None or begun + (SIGNED + 1) * ONE_DAY < end):
            days.append(begun)
            begun = working_day(begun + (HALF_YEAR + self.dice.randint(-20, 4)) * ONE_DAY)
        for day, following in zip_longest(days, days[1:]):
            number += 1
            lines = self.version(household, work, number, day, following, lines)
        return number

    def version(
        self, household, work: Work, number: int, day: date, following: date | None, lines
    ) -> list[int]:
        """A version as far as it has come; returns the lines of its rows."""
        age = (self.big.day - day).days
        steps = sum(age > each for each in (SENT, CONSULTED, ACCEPTED, SIGNED))
        author = next((span.user for span in self.big.posts[work.post] if span.holds(day)), self.big.manager)
        worker = next(span.user for span in household.region.spans if span.holds(day))
        in_force = day + SIGNED * ONE_DAY
        replaced = following is not None and (self.big.day - following).days > SIGNED
        plan = self.add(
            Plan,
            author,
            clock.to_instant(day, time(10, number % 60)),
            version=1 + steps + replaced,
            period_id=work.pk,
            number=number,
            author_id=author,
            covers_from=in_force,
            covers_to=in_force + 182 * ONE_DAY,
            main_goal=self.dice.choice(texts.MAIN_GOALS),
            reason="Upłynął okres poprzedniego planu." if lines else "",
            state=STATES[steps],
            **_days(day, steps, worker, self.big.manager),
            in_force_to=following + (SIGNED - 1) * ONE_DAY if replaced else None,
        )
        rows = self.actions(plan, in_force, lines)
        if steps == len(STATES) - 1:
            signed = {"person_id": household.adult, "kind": SignatureKind.SIGNED.value, "day": in_force}
            at = clock.to_instant(in_force, time(15))
            self.add(PlanSignature, author, at, plan_id=plan.pk, **signed)
            work.plans.append((in_force, plan.in_force_to, [row.pk for row in rows]))
        return [row.line for row in rows]

    def actions(self, plan: Plan, covers_from: date, lines: list[int]) -> list[PlanAction]:
        """Three to five rows; half of those of the version before go on."""
        made = []
        areas = self.dice.sample(Area.values, self.dice.randint(3, 5))
        for position, area in enumerate(areas, 1):
            problem, goal, actions, expected = self.dice.choice(texts.PLANNED)
            goes_on = lines[position - 1] if position <= len(lines) and self.dice.random() < 0.5 else None
            due_on = covers_from + timedelta(days=30 * position + self.dice.randint(0, 20))
            said = {"problem": problem, "goal": goal, "actions": actions, "expected_outcome": expected}
            place = {"plan_id": plan.pk, "position": position, "origin_id": goes_on, "area": area}
            by, at = plan.author_id, plan.entered_at
            made.append(self.add(PlanAction, by, at, **said, **place, who="rodzina, asystent", due_on=due_on))
        return made


def _days(day: date, steps: int, worker: int, manager: int) -> dict:
    """What is known of the way after so many steps."""
    known: dict = {}
    if steps >= 1:
        known |= {"sent_on": day + SENT * ONE_DAY, "drawn_up_on": day + SENT * ONE_DAY}
    if steps >= 2:
        known |= {"consulted_on": day + CONSULTED * ONE_DAY, "consulted_by_id": worker}
    if steps >= 3:
        known |= {"accepted_on": day + ACCEPTED * ONE_DAY, "accepted_by_id": manager}
    if steps >= 4:
        known["in_force_from"] = day + SIGNED * ONE_DAY
    return known

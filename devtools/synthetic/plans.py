"""Writes plans: a version about every half-year of each work period, its rows, a signature, its history.

Each version is as far in its workflow as its age allows; progress of the rows is written with the visits.
"""

from datetime import date, datetime, time, timedelta
from itertools import zip_longest

from devtools.synthetic import texts
from devtools.synthetic.bulk_copy import copy_models, execute, reset_sequence, without_indexes, write_history
from devtools.synthetic.centre import SyntheticCentre, holder_on
from devtools.synthetic.schedule import PlannedWork, SyntheticHousehold, working_day
from families.choices import Area, PlanState, SignatureKind
from families.plans.models import Plan, PlanAction, PlanSignature
from lubsko_ops.core import clock
from lubsko_ops.core.dates import ONE_DAY

HALF_YEAR = 178
STEP = 3  # days between two steps of the workflow
SENT, CONSULTED, ACCEPTED, SIGNED = (STEP * turn for turn in (1, 2, 3, 4))
BATCH = 5000  # plans
STATES = (
    PlanState.DRAFT,
    PlanState.CONSULTATION,
    PlanState.ACCEPTANCE,
    PlanState.ACCEPTED,
    PlanState.SIGNED,
)
TABLES = {PlanAction: "Nowa wersja planu", PlanSignature: "Podpis pod planem"}
# The versions of a plan in the history: the columns empty before a step; its author, moment and reason.
SET_WITH = {
    "sent_on": ("sent_on", "drawn_up_on"),
    "consulted_on": ("consulted_on", "consulted_by_id"),
    "accepted_on": ("accepted_on", "accepted_by_id"),
    "in_force_from": ("in_force_from",),
    "in_force_to": ("in_force_to",),
}
WORKFLOW = (
    (PlanState.DRAFT, "", "author_id", "entered_at", "Nowa wersja planu"),
    (PlanState.CONSULTATION, "sent_on", "author_id", "sent_on + time '14:00'", "Wysłanie planu do konsultacji"),
    (PlanState.ACCEPTANCE, "consulted_on", "consulted_by_id", "consulted_on + time '12:00'", "Konsultacja planu"),
    (PlanState.ACCEPTED, "accepted_on", "accepted_by_id", "accepted_on + time '13:00'", "Akceptacja planu"),
    (PlanState.SIGNED, "in_force_from", "author_id", "in_force_from + time '15:00'", "Plan wszedł w życie"),
    (PlanState.SIGNED, "in_force_to", "author_id", "in_force_to + 1 + time '15:00'", "Zastąpienie planu nową wersją"),
)  # fmt: skip


def write_plans(centre: SyntheticCentre, households: list[SyntheticHousehold]) -> None:
    """Write the plans of all work, with their history; ``work.plans`` gets the ids of their rows."""
    tables = [model._meta.db_table for model in (Plan, *TABLES)]
    with without_indexes(tables):
        writer = PlanRowsWriter(centre)
        for household in households:
            number = 0
            for work in household.works:
                number = writer.add_work(household, work, number)
            if len(writer.rows[Plan]) >= BATCH:
                writer.send()
        writer.send()
    for model, why in TABLES.items():
        write_history(model, why=why)
    _history_of_plans()
    for model in (Plan, *TABLES):
        reset_sequence(model)


def _history_of_plans() -> None:
    """A plan was saved at each step of its workflow: its version is the number of steps done."""
    columns = [field.column for field in Plan._meta.concrete_fields]
    table, history = Plan._meta.db_table, Plan.history.model._meta.db_table
    names = ", ".join(f'"{name}"' for name in columns)
    for step, (state, _, who, at, why) in enumerate(WORKFLOW, 1):
        later = {name for _, since, *_ in WORKFLOW[step:] for name in SET_WITH[since]}
        earlier = {name: f"NULL::{_type(name)}" for name in later}
        earlier |= {"state": f"'{state.value}'", "version": str(step)}
        values = ", ".join(earlier.get(name, f'"{name}"') for name in columns)
        moment = at if step == 1 else f"({at}) AT TIME ZONE 'Europe/Warsaw'"
        execute(
            f"""INSERT INTO "{history}" ({names}, history_date, history_change_reason, history_type, history_user_id)
            SELECT {values}, {moment}, %s, %s, {who} FROM "{table}" WHERE version >= {step} ORDER BY id""",
            [why, "+" if step == 1 else "~"],
        )


def _type(column: str) -> str:
    return "bigint" if column.endswith("_id") else "date"


class PlanRowsWriter:
    """Makes the plans of one work period after another."""

    def __init__(self, centre: SyntheticCentre):
        self.centre, self.rng = centre, centre.random("plans")
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

    def add_work(self, household: SyntheticHousehold, work: PlannedWork, number: int) -> int:
        """Add the versions of a work period; takes and returns the number of versions in the file."""
        begun, lineages = working_day(work.starts_on + self.rng.randint(12, 26) * ONE_DAY), []
        end = work.ends_on or self.centre.day
        days = []
        while begun < end and (work.ends_on is None or begun + (SIGNED + 1) * ONE_DAY < end):
            days.append(begun)
            begun = working_day(begun + (HALF_YEAR + self.rng.randint(-20, 4)) * ONE_DAY)
        for day, following in zip_longest(days, days[1:]):
            number += 1
            lineages = self.add_version(household, work, number, day, following, lineages)
        return number

    def add_version(
        self, household, work: PlannedWork, number: int, day: date, following: date | None, lineages
    ) -> list[int]:
        """Add a version as far as it has come; returns the lineage ids of its rows."""
        age = (self.centre.day - day).days
        steps = sum(age > each for each in (SENT, CONSULTED, ACCEPTED, SIGNED))
        author = holder_on(self.centre.posts[work.post], day) or self.centre.manager
        worker = holder_on(household.region.tenures, day)
        in_force = day + SIGNED * ONE_DAY
        replaced = following is not None and (self.centre.day - following).days > SIGNED
        plan = self.add(
            Plan,
            author,
            clock.to_instant(day, time(10, number % 60)),
            version=1 + steps + replaced,
            period_id=work.pk,
            number=number,
            author_id=author,
            writers=[author],
            covers_from=in_force,
            covers_to=in_force + 182 * ONE_DAY,
            main_goal=self.rng.choice(texts.MAIN_GOALS),
            reason="Upłynął okres poprzedniego planu." if lineages else "",
            state=STATES[steps],
            **_days(day, steps, worker, self.centre.manager),
            in_force_to=following + (SIGNED - 1) * ONE_DAY if replaced else None,
        )
        rows = self.add_actions(plan, in_force, lineages)
        if steps == len(STATES) - 1:
            signed = {"person_id": household.adult, "kind": SignatureKind.SIGNED.value, "day": in_force}
            at = clock.to_instant(in_force, time(15))
            self.add(PlanSignature, author, at, plan_id=plan.pk, **signed)
            work.plans.append((in_force, plan.in_force_to, [row.pk for row in rows]))
        return [row.lineage_id for row in rows]

    def add_actions(self, plan: Plan, covers_from: date, lineages: list[int]) -> list[PlanAction]:
        """Add three to five rows; half of those of the previous version continue."""
        made = []
        areas = self.rng.sample(Area.values, self.rng.randint(3, 5))
        for position, area in enumerate(areas, 1):
            problem, goal, actions, expected = self.rng.choice(texts.PLAN_ROWS)
            continued = (
                lineages[position - 1] if position <= len(lineages) and self.rng.random() < 0.5 else None
            )
            due_on = covers_from + timedelta(days=30 * position + self.rng.randint(0, 20))
            contents = {"problem": problem, "goal": goal, "actions": actions, "expected_outcome": expected}
            target = {"plan_id": plan.pk, "position": position, "origin_id": continued, "area": area}
            by, at = plan.author_id, plan.entered_at
            made.append(
                self.add(PlanAction, by, at, **contents, **target, who="rodzina, asystent", due_on=due_on)
            )
        return made


def _days(day: date, steps: int, worker: int, manager: int) -> dict:
    """Return the values of the workflow columns after so many steps."""
    values: dict = {}
    if steps >= 1:
        values |= {"sent_on": day + SENT * ONE_DAY, "drawn_up_on": day + SENT * ONE_DAY}
    if steps >= 2:
        values |= {"consulted_on": day + CONSULTED * ONE_DAY, "consulted_by_id": worker}
    if steps >= 3:
        values |= {"accepted_on": day + ACCEPTED * ONE_DAY, "accepted_by_id": manager}
    if steps >= 4:
        values["in_force_from"] = day + SIGNED * ONE_DAY
    return values

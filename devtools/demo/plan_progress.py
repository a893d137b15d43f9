"""The progress of plan actions: entered with visits of their areas, and at the end of a version."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, time, timedelta

from devtools.demo.dataset import stable_random
from devtools.demo.household import DemoHousehold
from devtools.demo.plan_writer import MISSED, PARTLY, REACHED, PlanVersion, WrittenRow
from devtools.demo.visit_schedule import ScheduledAction
from families.caseload.models import WorkPeriod
from families.choices import ActionState, EffectRating, VisitResult
from families.plans.actions import record_progress
from families.visits.models import Visit
from lubsko_ops.core import clock

MAX_PER_VISIT = 2  # actions
NOTE_ONE_IN = 3  # visits
FINAL_STATES = {
    REACHED: (ActionState.DONE, EffectRating.REACHED),
    PARTLY: (ActionState.PARTLY, EffectRating.PARTLY),
    MISSED: (ActionState.NOT_DONE, EffectRating.NOT_REACHED),
}


def progress(
    household: DemoHousehold,
    period: WorkPeriod,
    versions: list[PlanVersion],
    visits: list[Visit],
    day: date,
) -> Iterator[ScheduledAction]:
    """Yield the progress of the versions that came into force, with the moments of its entry."""
    for version in versions:
        plan = version.plan
        if plan is None or plan.in_force_from is None:
            continue
        last = plan.in_force_to or period.ends_on or day - timedelta(days=1)
        over = last < day - timedelta(days=1)
        of_plan = [visit for visit in visits if plan.in_force_from <= visit.day <= last]
        yield from _of_version(household, version, of_plan, last, over=over)


def _of_version(household, version: PlanVersion, visits: list[Visit], last: date, *, over: bool):
    by_row: dict[int, list[Visit]] = defaultdict(list)
    for visit in visits:
        for row in _rows_of_visit(version, visit):
            by_row[row.action.pk].append(visit)
    for row in version.rows:
        row_visits, is_final = by_row[row.action.pk], row.outcome in FINAL_STATES
        for number, visit in enumerate(row_visits):
            ends = number == len(row_visits) - 1 and is_final and (over or row.outcome == REACHED)
            yield _at_visit(household, row, visit, number, ends=ends)
        if over and not row_visits and is_final:
            yield _at_end(household, version, row, last)


def _rows_of_visit(version: PlanVersion, visit: Visit) -> list[WrittenRow]:
    """Return the rows of the areas of a visit, not always the same ones."""
    fitting = [row for row in version.rows if row.text.area in visit.areas]
    first = stable_random(f"touch {version.plan.pk} {visit.day}", len(fitting)) if fitting else 0
    return (fitting[first:] + fitting[:first])[:MAX_PER_VISIT]


def _at_visit(household, row: WrittenRow, visit: Visit, number: int, *, ends: bool) -> ScheduledAction:
    state, effect, note = ActionState.UNDER_WAY if number == 0 else "", "", ""
    notes = row.text.progress_notes
    if ends:
        (state, effect), note = FINAL_STATES[row.outcome], _final_note(row)
    elif notes and stable_random(f"says {household.key} {visit.day}", NOTE_ONE_IN) == 0:
        note = notes[number % len(notes)]
    values = {"state": state, "effect": effect, "note": _fill(note, household, row, visit.day)}

    def perform():
        record_progress(action=row.action, day=visit.day, visit=visit, by=visit.assistant, **values)

    return visit.entered_at + timedelta(minutes=1), f"touch {visit.pk} {row.action.pk}", perform


def _at_end(household, version: PlanVersion, row: WrittenRow, last: date) -> ScheduledAction:
    """No visit was about the row: its end is entered when the version ends."""
    state, effect = FINAL_STATES[row.outcome]
    values = {"state": state, "effect": effect, "note": _fill(_final_note(row), household, row, last)}

    def perform():
        record_progress(action=row.action, day=last, by=version.plan.author, **values)

    return clock.to_instant(last, time(14, 50)), f"ends {row.action.pk}", perform


def _final_note(row: WrittenRow) -> str:
    return {MISSED: row.text.missed, REACHED: row.text.reached}.get(row.outcome, "")


def _fill(note: str, household: DemoHousehold, row: WrittenRow, day: date) -> str:
    """Fill a note in; the child of the row is the first word of its goal."""
    if "{imie}" in note:
        return note.replace("{imie}", row.action.goal.split(" ", 1)[0])
    return household.fill(note, day)


def held_visits(periods: list[WorkPeriod]) -> dict[int, list[Visit]]:
    """Return held visits of these periods, oldest first, by period, with one statement."""
    rows = Visit.objects.filter(period__in=periods, result=VisitResult.HELD).select_related("assistant")
    visits = defaultdict(list)
    for visit in rows.order_by("started_at", "pk"):
        visits[visit.period_id].append(visit)
    return visits

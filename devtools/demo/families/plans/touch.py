"""What visits did of the plans: actions worked on, and what became of them, each told when its visit was written."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta

from devtools.demo.families.diary.words import Household
from devtools.demo.families.notation import scatter
from devtools.demo.families.plans.write import MISSED, PARTLY, REACHED, Told, Version
from families.caseload.models import WorkPeriod
from families.choices import ActionState, EffectRating, VisitResult
from families.plans.actions import record_progress
from families.visits.models import Visit
from lubsko_ops.core import clock

TOUCHED_AT_ONCE = 2  # actions of one visit at most
SAYS_ONE_IN = 3  # so seldom something is said of an action on its way
ENDS = {
    REACHED: (ActionState.DONE, EffectRating.REACHED),
    PARTLY: (ActionState.PARTLY, EffectRating.PARTLY),
    MISSED: (ActionState.NOT_DONE, EffectRating.NOT_REACHED),
}


def touches(
    household: Household, period: WorkPeriod, versions: list[Version], visits: list[Visit], day: date
) -> Iterator[tuple[datetime, str, Callable]]:
    """The progress of the versions that came into force, with the moments at which it was told."""
    for version in versions:
        plan = version.plan
        if plan is None or plan.in_force_from is None:
            continue
        last = plan.in_force_to or period.ends_on or day - timedelta(days=1)
        over = last < day - timedelta(days=1)
        there = [visit for visit in visits if plan.in_force_from <= visit.day <= last]
        yield from _of_version(household, version, there, last, over=over)


def _of_version(household, version: Version, visits: list[Visit], last: date, *, over: bool):
    by_row: dict[int, list[Visit]] = defaultdict(list)
    for visit in visits:
        for told in _chosen(version, visit):
            by_row[told.action.pk].append(visit)
    for told in version.rows:
        touched = by_row[told.action.pk]
        for nth, visit in enumerate(touched):
            ends = nth == len(touched) - 1 and told.fate in ENDS and (over or told.fate == REACHED)
            yield _progress(household, told, visit, nth, ends=ends)
        if over and not touched and told.fate in ENDS:
            yield _at_the_end(household, version, told, last)


def _chosen(version: Version, visit: Visit) -> list[Told]:
    """The rows of the areas a visit was about, two at most, not always the same."""
    fitting = [told for told in version.rows if told.line.area in visit.areas]
    first = scatter(f"touch {version.plan.pk} {visit.day}", len(fitting)) if fitting else 0
    return (fitting[first:] + fitting[:first])[:TOUCHED_AT_ONCE]


def _progress(household: Household, told: Told, visit: Visit, nth: int, *, ends: bool):
    state, effect, note = ActionState.UNDER_WAY if nth == 0 else "", "", ""
    if ends:
        (state, effect), note = ENDS[told.fate], _last_words(told)
    elif told.line.told and scatter(f"says {household.key} {visit.day}", SAYS_ONE_IN) == 0:
        note = told.line.told[nth % len(told.line.told)]
    note = household.filled(note, visit.day, None) if "{imie}" not in note else _named(note, told)
    said = {"state": state, "effect": effect, "note": note}

    def deed():
        record_progress(action=told.action, day=visit.day, visit=visit, by=visit.assistant, **said)

    return visit.entered_at + timedelta(minutes=1), f"touch {visit.pk} {told.action.pk}", deed


def _at_the_end(household: Household, version: Version, told: Told, last: date):
    """No visit spoke of it: it is told when the version ends."""
    (state, effect), note = ENDS[told.fate], _last_words(told)
    note = household.filled(note, last, None) if "{imie}" not in note else _named(note, told)

    def deed():
        by = version.plan.author
        record_progress(action=told.action, day=last, state=state, effect=effect, note=note, by=by)

    return clock.to_instant(last, time(14, 50)), f"ends {told.action.pk}", deed


def _last_words(told: Told) -> str:
    return told.line.missed if told.fate == MISSED else told.line.reached if told.fate == REACHED else ""


def _named(note: str, told: Told) -> str:
    """The child the row speaks of stands at the beginning of its goal."""
    return note.replace("{imie}", told.action.goal.split(" ", 1)[0])


def visits_of(periods) -> dict[int, list[Visit]]:
    """Held visits of these periods, oldest first, by period: one statement."""
    rows = Visit.objects.filter(period__in=periods, result=VisitResult.HELD).select_related("assistant")
    found = defaultdict(list)
    for visit in rows.order_by("started_at", "pk"):
        found[visit.period_id].append(visit)
    return found

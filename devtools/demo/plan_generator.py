"""Writes the plans of the demo families: every version from the first one on, in all states, and their progress.

It runs after the visits: each version is drafted, sent, consulted, accepted and signed on its own days through the
actions the pages call. Plan rows come from the topics of the family's visits.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, time, timedelta

from devtools.demo.dataset import PlanPattern, resolve_date, stable_random
from devtools.demo.demo_centre import DemoCentre
from devtools.demo.household import load_households
from devtools.demo.plan_progress import held_visits, progress
from devtools.demo.plan_writer import PlanVersion, PlanWriter
from devtools.demo.visit_schedule import (
    ScheduledAction,
    on_duty,
    periods_by_key,
    run_in_order,
    working_day,
)
from families.care.actions import record_placement
from families.caseload.models import WorkPeriod
from families.choices import CareForm
from families.people.models import Family
from families.plans.actions import review_plan
from families.plans.models import Plan
from lubsko_ops.core import clock

USUAL = PlanPattern()
PLACED_AT, REVIEWED_AT = time(13, 20), time(15, 25)
FIRST_AFTER = 15  # days of work; the first plan is due after thirty
APART, APART_LONG_AGO, LONG_AGO = 175, 330, "24m"  # days between versions
AT_LEAST_APART = 75
DAYS_TO_SIGN = 24  # at most, from the draft of a version


def generate(demo: DemoCentre, families: dict[str, Family]) -> int:
    """Write the plans of these families (by key) before the day; returns the number of versions."""
    day = demo.day
    keys = {family.pk: key for key, family in families.items() if not demo.families[key].plans.none}
    households, scheduled = load_households(families, demo.families), []
    periods = list(periods_by_key(keys))
    latest = dict(periods)
    _record_placements(demo, families, latest)
    written: dict[int, list[PlanVersion]] = defaultdict(list)
    for key, period in periods:
        is_latest = period is latest[key]
        pattern = demo.families[key].plans if is_latest else USUAL
        writer = PlanWriter(households[key], period, pattern, demo)
        written[period.pk] = _versions(key, period, pattern, day, latest=is_latest)
        for version in written[period.pk]:
            scheduled += writer.steps(version)
        scheduled += _reviews(key, period, pattern, day)
    run_in_order(scheduled)
    _refresh(version for versions in written.values() for version in versions)
    visits = held_visits([period for _, period in periods])
    run_in_order(
        step
        for key, period in periods
        for step in progress(households[key], period, written[period.pk], visits[period.pk], day)
    )
    return sum(len(versions) for versions in written.values())


def _versions(
    key: str, period: WorkPeriod, pattern: PlanPattern, day: date, *, latest: bool
) -> list[PlanVersion]:
    """Return the complete versions of a period, and the one in preparation."""
    days = draft_days(key, period, pattern, day, latest=latest)
    versions = [PlanVersion(number - len(days), begun) for number, begun in enumerate(days)]
    if newest := pattern.in_preparation:
        begun = working_day(resolve_date(day, newest["ago"]))
        versions.append(PlanVersion(0, begun, stage=newest["stage"]))
    return versions


def draft_days(key: str, period: WorkPeriod, pattern: PlanPattern, day: date, *, latest: bool) -> list[date]:
    """Return the days on which the complete versions of a period were begun, oldest first.

    ``latest``: it is the newest period of the family.
    """
    end = period.ends_on or day
    first = working_day(
        period.starts_on + timedelta(days=FIRST_AFTER + stable_random(f"plan {key}", 12)), step=1
    )
    if latest and pattern.begun:
        days = sorted((working_day(resolve_date(day, ago)) for ago in pattern.begun), reverse=True)
    else:
        days = [working_day(end - timedelta(days=DAYS_TO_SIGN + 6 + stable_random(f"last plan {key}", 100)))]
    days = [each for each in days if each > first] or [first]
    while True:
        apart = APART if days[-1] > resolve_date(day, LONG_AGO) else APART_LONG_AGO
        earlier = working_day(days[-1] - timedelta(days=apart))
        if earlier < first + timedelta(days=AT_LEAST_APART):
            break
        days.append(earlier)
    if days[-1] >= first + timedelta(days=AT_LEAST_APART):
        days.append(first)
    return [each for each in reversed(days) if each + timedelta(days=DAYS_TO_SIGN) <= end]


def _refresh(versions: Iterable[PlanVersion]) -> None:
    """Load the plans again with one statement: later actions have changed them, e.g. ended their force."""
    plans = Plan.objects.in_bulk()
    for version in versions:
        version.plan = plans[version.plan.pk]
        for row in version.rows:
            row.action.plan = version.plan


def _record_placements(demo: DemoCentre, families: dict[str, Family], latest: dict[str, WorkPeriod]) -> None:
    """Children placed in foster care: recorded before any plan of those days is written."""
    for key, family in families.items():
        for care in demo.families[key].plans.in_care if key in latest else ():
            on = working_day(demo.resolve(care["ago"]))
            child = family.memberships.filter(person__first_name=care["child"]).first().person
            form = care.get("form", CareForm.UNPROFESSIONAL)
            with clock.freeze_time(clock.to_instant(on, PLACED_AT)):
                by = on_duty(latest[key], on)
                record_placement(family=family, person=child, form=form, starts_on=on, by=by)


def _reviews(key: str, period: WorkPeriod, pattern: PlanPattern, day: date) -> Iterator[ScheduledAction]:
    for review in pattern.reviews:
        on = working_day(resolve_date(day, review["ago"]))

        def perform(note=review["note"], on=on):
            review_plan(period=period, note=note, by=on_duty(period, on))

        yield clock.to_instant(on, REVIEWED_AT), f"review {key}", perform

"""The plans of the demo: every family's versions from the first one on, in all states, and what visits did of them.

Told after the diaries: each version is drafted, sent, consulted, accepted and signed on its own days through the
deeds the pages call, with the clock standing where it stood then. Rows come from the threads of the family's diary.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, time

from devtools.demo.families.diary import households
from devtools.demo.families.diary.plan import on_duty, periods_of, working
from devtools.demo.families.notation import before
from devtools.demo.families.plans.notation import Way
from devtools.demo.families.plans.schedule import begun_days
from devtools.demo.families.plans.touch import touches, visits_of
from devtools.demo.families.plans.ways import WAYS
from devtools.demo.families.plans.write import Version, Writer
from families.care.actions import record_placement
from families.caseload.models import WorkPeriod
from families.people.models import Family
from families.plans.actions import review_plan
from families.plans.models import Plan
from lubsko_ops.accounts.models import User
from lubsko_ops.core import clock

USUAL = Way()
PLACED_AT = time(13, 20)


def live(day: date, keys: dict[str, Family]) -> int:
    """Let the plans of these families (by key) come about until the day before; returns how many versions."""
    key_of = {family.pk: key for key, family in keys.items()}
    people, happenings = households(keys), []
    periods = [(key, period) for key, period in periods_of(key_of) if key in people]
    latest, staff = dict(periods), {user.username: user for user in User.objects.all()}
    _place(day, keys, latest)
    written: dict[int, list[Version]] = defaultdict(list)
    for key, period in periods:
        is_latest = period is latest[key]
        writer = Writer(people[key], period, _way(key, is_latest), day, staff)
        written[period.pk] = versions_of(key, period, day, latest=is_latest)
        for version in written[period.pk]:
            happenings += writer.happenings(version)
        happenings += _reviews(key, period, day) if is_latest else ()
    _happen(happenings)
    _as_they_stand(version for each in written.values() for version in each)
    visits = visits_of([period for _, period in periods])
    _happen(
        [
            each
            for key, period in periods
            for each in touches(people[key], period, written[period.pk], visits[period.pk], day)
        ]
    )
    return sum(len(each) for each in written.values())


def versions_of(key: str, period: WorkPeriod, day: date, *, latest: bool) -> list[Version]:
    """The whole versions of a period, and the one on its way."""
    way = _way(key, latest)
    days = begun_days(key, period, way, day, latest=latest)
    versions = [Version(at - len(days), begun) for at, begun in enumerate(days)]
    if way.tail:
        versions.append(Version(0, working(before(day, way.tail.ago)), tail=way.tail))
    return versions


def _as_they_stand(versions: Iterable[Version]) -> None:
    """A version has gone on since its rows were written, and ended with the next one: one statement for all."""
    plans = Plan.objects.in_bulk()
    for version in versions:
        version.plan = plans[version.plan.pk]
        for told in version.rows:
            told.action.plan = version.plan


def _way(key: str, latest: bool) -> Way:
    return WAYS.get(key, USUAL) if latest else USUAL


def _happen(happenings) -> None:
    for moment, _, deed in sorted(happenings, key=lambda each: each[:2]):
        with clock.freeze_time(moment):
            deed()


def _place(day: date, keys: dict[str, Family], latest: dict[str, WorkPeriod]) -> None:
    """Children placed in foster care: known before any plan of those days is written."""
    for key, way in WAYS.items():
        for care in way.in_care if key in latest else ():
            on = working(before(day, care.ago))
            child = keys[key].memberships.filter(person__first_name=care.who).first().person
            with clock.freeze_time(clock.to_instant(on, PLACED_AT)):
                by = on_duty(latest[key], on)
                record_placement(family=keys[key], person=child, form=care.form, starts_on=on, by=by)


def _reviews(key: str, period: WorkPeriod, day: date):
    for ago, note in _way(key, latest=True).reviewed:
        on = working(before(day, ago))

        def deed(note=note, on=on):
            review_plan(period=period, note=note, by=on_duty(period, on))

        yield clock.to_instant(on, time(15, 25)), f"review {key}", deed

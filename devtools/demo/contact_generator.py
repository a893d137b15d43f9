"""Plans the contacts and assessments of the demo families."""

from collections.abc import Iterator
from datetime import date, time, timedelta

from devtools.demo.dataset import resolve_date, stable_random
from devtools.demo.household import DemoHousehold
from devtools.demo.visit_schedule import ScheduledAction, on_duty, working_day
from families.assessments.actions import record_assessment
from families.caseload.models import WorkPeriod
from families.visits.actions import log_contact
from lubsko_ops.core import clock

EVERY, FIRST = 44, 12  # days
ASSESSED_EVERY = 170  # days: within the half-year of the Act


def contacts(household: DemoHousehold, period: WorkPeriod, day: date) -> Iterator[ScheduledAction]:
    """A contact every five or six weeks, and the scripted ones."""
    number, key, within = 0, household.key, household.pattern.within
    on = day - timedelta(days=FIRST + stable_random(f"calls {key}", 15))
    since = max(period.starts_on + timedelta(days=5), resolve_date(day, "24m"))
    for each in within:
        on = each.until - timedelta(days=stable_random(f"calls {key} {each.since}", 10))
        while on > each.since:
            contact = household.contact(number, working_day(on))
            yield from _contact(period, working_day(on), f"{key} {number}", contact)
            on, number = on - timedelta(days=12 + stable_random(f"call {key} {number}", 8)), number + 1
    while on > since and not within:
        if period.ends_on is None or on <= period.ends_on:
            contact = household.contact(number, working_day(on))
            yield from _contact(period, working_day(on), f"{key} {number}", contact)
        number += 1
        on -= timedelta(days=EVERY - 10 + stable_random(f"call {key} {number}", 20))
    for scripted in household.pattern.contacts:
        ago, values = scripted["ago"], {name: each for name, each in scripted.items() if name != "ago"}
        on = working_day(resolve_date(day, ago))
        if period.is_active_on(on):
            yield from _contact(period, on, f"{key} {ago}", values)


def _contact(period, on: date, salt: str, values: dict[str, str]) -> Iterator[ScheduledAction]:
    if (author := on_duty(period, on)) is None:
        return
    start = clock.to_instant(on, time(8)) + timedelta(minutes=stable_random(f"at {salt}", 400))
    starts_at = start.astimezone(clock.WARSAW).time()
    minutes = 5 + stable_random(salt, 4) * 5

    def perform():
        log_contact(period=period, by=author, day=on, starts_at=starts_at, minutes=minutes, **values)

    yield start + timedelta(minutes=40), f"call {salt}", perform


def assessments(household: DemoHousehold, period: WorkPeriod, day: date) -> Iterator[ScheduledAction]:
    """The assessments of a period; none before it has lasted over three months."""
    end = period.ends_on or day
    earliest = period.starts_on + timedelta(days=100)
    if assessed := household.pattern.assessed:
        on = resolve_date(day, assessed)
    else:
        on = end - timedelta(days=4 + stable_random(f"assessed {household.key}", 120))
        if on < earliest and (end - period.starts_on).days > ASSESSED_EVERY:
            on = earliest
    days = []
    while on >= earliest:
        days.append(working_day(on))
        on -= timedelta(days=ASSESSED_EVERY)
    covers_from = period.starts_on
    for handed_over in reversed(days):
        covers_to = handed_over - timedelta(days=3)
        yield from _assessment(period, covers_from, covers_to, handed_over)
        covers_from = covers_to + timedelta(days=1)


def _assessment(period, covers_from: date, covers_to: date, on: date) -> Iterator[ScheduledAction]:
    if (author := on_duty(period, on)) is None:
        return
    days = {"covers_from": covers_from, "covers_to": covers_to, "handed_over_on": on}

    def perform():
        record_assessment(period=period, by=author, **days)

    yield clock.to_instant(on, time(15, 5)), f"assessed {period.pk}", perform

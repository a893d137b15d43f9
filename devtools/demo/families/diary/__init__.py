"""The diaries of the demo: visits held and failed, agreements and what came of them, dangers, calls, assessments.

Told after the files and the work stand: each visit is written on its own day by the assistant of that day, through
the deeds the pages call, with the clock standing where it stood then.
"""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime, timedelta

from devtools.demo.families.diary.habits import HABITS
from devtools.demo.families.diary.plan import Diary, on_duty, periods_of, working
from devtools.demo.families.diary.tell import Teller
from devtools.demo.families.diary.words import Household
from devtools.demo.families.notation import before, scatter
from families.assessments.actions import record_assessment
from families.people.models import Family, Membership
from families.visits.actions import log_contact
from lubsko_ops.accounts.models import User
from lubsko_ops.core import clock

Happening = tuple[datetime, str, Callable]
CALL_EVERY, FIRST_CALL = 44, 12  # days
ASSESSED_EVERY = 170  # days: within the half-year of the Act


def live(day: date, keys: dict[str, Family]) -> int:
    """Let the diaries of these families (by key) be written until the day before; returns how many visits."""
    people = households(keys)
    staff = {user.username: user for user in User.objects.all()}
    diary, happenings = Diary(day), []
    key_of = {family.pk: key for key, family in keys.items()}
    periods = [(key, period) for key, period in periods_of(key_of) if key in HABITS]
    last = dict(periods)
    by_hand = {key: list(diary.told(key, last[key], HABITS[key])) for key in last}
    visits = 0
    for key, period in periods:
        plans = list(diary.usual(key, period, HABITS[key])) + (by_hand[key] if period is last[key] else [])
        diary.write_down(plans, HABITS[key])
        visits += len(plans)
        teller = Teller(people[key], day, staff)
        happenings += [(plan.written, f"{key} {plan.nth}", teller.of(plan)) for plan in plans]
        happenings += teller.steps(plans)
        happenings += _calls(people[key], period, day)
        happenings += _assessments(key, period, day)
    for moment, _, deed in sorted(happenings, key=lambda each: each[:2]):
        with clock.freeze_time(moment):
            deed()
    return visits


def households(keys: dict[str, Family]) -> dict[str, Household]:
    """The people of these families as visits meet them, by key; one statement."""
    rows = defaultdict(list)
    for row in Membership.objects.select_related("person").order_by("pk"):
        rows[row.family_id].append(row)
    return {key: Household(key, rows[keys[key].pk], HABITS[key]) for key in HABITS if key in keys}


def _calls(household: Household, period, day: date) -> list[Happening]:
    """A call or letter every five, six weeks, and those told by hand."""
    found, nth, key = [], 0, household.key
    on = day - timedelta(days=FIRST_CALL + scatter(f"calls {key}", 15))
    since = max(period.starts_on + timedelta(days=5), before(day, "24m"))
    while on > since:
        if period.ends_on is None or on <= period.ends_on:
            found += _call(period, working(on), f"{key} {nth}", *household.call(nth, working(on)))
        nth += 1
        on -= timedelta(days=CALL_EVERY - 10 + scatter(f"call {key} {nth}", 20))
    for told in household.habit.called if period.ends_on is None else ():
        on = working(before(day, told.ago))
        found += _call(
            period,
            on,
            f"{key} {told.ago}",
            told.channel,
            told.counterpart_type,
            told.counterpart_name,
            told.subject,
        )
    return found


def _call(period, on: date, salt: str, way: str, party: str, who: str, about: str) -> list[Happening]:
    if (author := on_duty(period, on)) is None:
        return []
    minutes = 8 * 60 + scatter(f"at {salt}", 400)
    at = datetime.combine(on, datetime.min.time(), clock.WARSAW) + timedelta(minutes=minutes)
    said = {
        "day": on,
        "starts_at": at.time(),
        "minutes": 5 + scatter(salt, 4) * 5,
        "channel": way,
        "counterpart_type": party,
    }

    def deed():
        log_contact(period=period, by=author, counterpart_name=who, subject=about, **said)

    return [(at + timedelta(minutes=40), f"call {salt}", deed)]


def _assessments(key: str, period, day: date) -> list[Happening]:
    """The assessments of a period, the newest first; none before it has lasted five months."""
    end = period.ends_on or day
    earliest = period.starts_on + timedelta(days=100)
    if assessed := HABITS[key].assessed:
        on = before(day, assessed)
    else:
        on = end - timedelta(days=4 + scatter(f"assessed {key}", 120))
        if on < earliest and (end - period.starts_on).days > ASSESSED_EVERY:
            on = earliest
    days = []
    while on >= earliest:
        days.append(working(on))
        on -= timedelta(days=ASSESSED_EVERY)
    found, covers_from = [], period.starts_on
    for handed_over in reversed(days):
        covers_to = handed_over - timedelta(days=3)
        found += _assessment(period, covers_from, covers_to, handed_over)
        covers_from = covers_to + timedelta(days=1)
    return found


def _assessment(period, covers_from: date, covers_to: date, on: date) -> list[Happening]:
    if (author := on_duty(period, on)) is None:
        return []
    days = {"covers_from": covers_from, "covers_to": covers_to, "handed_over_on": on}

    def deed():
        record_assessment(period=period, by=author, **days)

    moment = datetime.combine(on, datetime.min.time(), clock.WARSAW) + timedelta(hours=15, minutes=5)
    return [(moment, f"assessed {period.pk}", deed)]

"""When visits, calls and assessments fall: pure reckoning of days and hours, no deeds."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from devtools.demo.families.diary.notation import Habit, Told
from devtools.demo.families.notation import before, scatter
from families.caseload.models import Assignment, WorkPeriod
from lubsko_ops.accounts.models import User
from lubsko_ops.core import clock
from lubsko_ops.core.dates import add_working_days, is_working_day

WRITTEN, SELDOM = 24, 45  # months of full diaries; before them a visit every so many days
HOURS = (8 * 60 + 30, 10 * 60, 11 * 60 + 30, 13 * 60, 14 * 60 + 30, 16 * 60)
FAILS_ONE_IN, LATE_ONE_IN = 9, 25


@dataclass
class Planned:
    """A visit to be told: of whom, when, and when it is written down."""

    key: str
    nth: int
    period: WorkPeriod
    assistant: User
    day: date
    at: int  # minutes of the day
    minutes: int
    failed: bool = False
    told: Told | None = None
    next_day: date | None = None
    next_at: time | None = None
    written: datetime | None = None

    @property
    def starts_at(self) -> time:
        return _time(self.at)

    @property
    def ends_at(self) -> time:
        return _time(self.at + self.minutes)


def _time(minutes: int) -> time:
    return time(minutes // 60, minutes % 60)


def minutes_of(text: str) -> int:
    """ "8:30" as minutes of the day."""
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def working(day: date, *, step: int = -1) -> date:
    """The day, or the nearest working day before (after) it."""
    while not is_working_day(day):
        day += timedelta(days=step)
    return day


class Diary:
    """The hours already taken, by assistant and day, so that no two visits of one person overlap."""

    def __init__(self, day: date):
        self.day = day
        self.taken: dict[tuple[int, date], list[tuple[int, int]]] = defaultdict(list)

    def take(self, who: User, on: date, at: int, minutes: int) -> bool:
        there = self.taken[who.pk, on]
        if any(at < end and start < at + minutes for start, end in there):
            return False
        there.append((at, at + max(minutes, 1)))
        return True

    def place(self, who: User, on: date, salt: str, minutes: int) -> int | None:
        """A free hour of the day, the usual one of the family first."""
        first = scatter(salt, len(HOURS))
        for turn in range(len(HOURS)):
            at = HOURS[(first + turn) % len(HOURS)]
            if self.take(who, on, at, minutes):
                return at
        return None

    def told(self, key: str, period: WorkPeriod, habit: Habit) -> Iterator[Planned]:
        """The visits told by hand; they take their hours before all others."""
        for nth, told in enumerate(habit.told):
            day = working(before(self.day, told.ago))
            at, who = minutes_of(told.at), on_duty(period, day)
            if who is None or not self.take(who, day, at, told.minutes):
                raise ValueError(f"No place for the visit told: {key}, {told.ago}")
            yield Planned(key, 1000 + nth, period, who, day, at, told.minutes, told=told)

    def usual(self, key: str, period: WorkPeriod, habit: Habit) -> Iterator[Planned]:
        """The other visits of the period, from the last one back."""
        by_hand = [before(self.day, told.ago) for told in habit.told]
        for nth, day in enumerate(self.days(key, period, habit)):
            if any(abs((day - other).days) < 5 for other in by_hand):
                continue
            failed = self._fails(key, nth, day, habit)
            if (
                failed
                and not habit.refused_until
                and (again := working(day + timedelta(days=3), step=1)) < self.day
            ):
                yield from self._one(key, nth + 500, period, again, failed=False)
            yield from self._one(key, nth, period, day, failed=failed)

    def _fails(self, key: str, nth: int, day: date, habit: Habit) -> bool:
        if habit.refused_until and day < before(self.day, habit.refused_until):
            return scatter(f"door {key} {nth}", 5) < 3
        return nth > 0 and scatter(f"fails {key} {nth}", FAILS_ONE_IN) == 0

    def _one(self, key, nth, period, day, *, failed) -> Iterator[Planned]:
        minutes = 10 if failed else 45 + 5 * scatter(f"long {key} {nth}", 7)
        for _ in range(4):  # a full day: the working day before it
            who = on_duty(period, day)
            if who is None:
                return
            if (at := self.place(who, day, key, minutes)) is not None:
                yield Planned(key, nth, period, who, day, at, minutes, failed=failed)
                return
            day = working(day - timedelta(days=1))

    def days(self, key: str, period: WorkPeriod, habit: Habit) -> Iterator[date]:
        """Days of visits, the newest first; the first one within the first week of the work."""
        ended = period.ends_on
        day, first = self.day - timedelta(days=habit.last), period.starts_on + timedelta(days=8)
        turn = 0
        while ended and day > ended:  # only looked after since then
            if on_duty(period, working(day)):
                yield working(day)
            day, turn = day - timedelta(days=30), turn + 1
        while day > first:
            yield working(day)
            turn += 1
            full = day > before(self.day, f"{WRITTEN}m")
            day -= timedelta(days=habit.every - 2 + scatter(f"gap {key} {turn}", 5) if full else SELDOM)
        yield working(period.starts_on + timedelta(days=1 + scatter(key, 5)), step=1)

    def write_down(self, plans: list[Planned], habit: Habit) -> None:
        """When each of the family's visits is written, and for when the next one is agreed."""
        plans.sort(key=lambda plan: (plan.day, plan.at))
        for plan, following in zip(plans, [*plans[1:], None], strict=True):
            plan.written = self._written(plan, last=following is None)
            if following:
                near = (following.day - plan.day).days <= 20 and following.period == plan.period
                plan.next_day, plan.next_at = (following.day, following.starts_at) if near else (None, None)
            else:
                self._agree_next(plan, habit)

    def _agree_next(self, plan: Planned, habit: Habit) -> None:
        next_in, at = habit.next_in, habit.next_at
        if plan.told and plan.told.next_in is not None:
            next_in, at = plan.told.next_in, plan.told.next_at
        if next_in is None or (plan.period.ends_on and not on_duty(plan.period, self.day)):
            return
        ahead = self.day + timedelta(days=next_in)
        plan.next_day = working(ahead, step=1) if next_in else ahead
        plan.next_at = _time(minutes_of(at) if at else HOURS[scatter(plan.key, len(HOURS))])

    def _written(self, plan: Planned, *, last: bool) -> datetime:
        """Mostly the same day, often the next morning, now and then days late."""
        salt = f"written {plan.key} {plan.nth}"
        same = clock.to_instant(plan.day, plan.ends_at) + timedelta(minutes=15 + scatter(salt, 90))
        if last or plan.told:
            return same
        late = scatter(f"late {salt}", LATE_ONE_IN) == 0
        if not late and scatter(f"next {salt}", 3):
            return same
        day = add_working_days(plan.day, 4 + scatter(salt, 3) if late else 1)
        if day >= self.day or on_duty(plan.period, day) != plan.assistant:
            return same
        return clock.to_instant(day, _time(7 * 60 + 30 + scatter(salt, 45)))


def on_duty(period: WorkPeriod, day: date) -> User | None:
    """Who visits the family on the day: of several the one who came last; nobody who only comes along."""
    there = [
        row
        for row in period.people_on_duty
        if row.starts_on <= day and (row.ends_on is None or day <= row.ends_on)
    ]
    return max(there, key=lambda row: row.starts_on).assistant if there else None


def periods_of(key_of: dict[int, str]) -> Iterator[tuple[str, WorkPeriod]]:
    """All periods of work with those who visit in them, by the key of the family."""
    rows = defaultdict(list)
    for row in Assignment.objects.exclude(kind="accompanying").select_related("assistant"):
        rows[row.period_id].append(row)
    for period in WorkPeriod.objects.order_by("starts_on", "pk"):
        period.people_on_duty = rows[period.pk]
        yield key_of[period.family_id], period

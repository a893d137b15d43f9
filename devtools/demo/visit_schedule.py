"""The days and hours of the generated visits; nothing here writes to the database."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from devtools.demo.dataset import ScriptedVisit, VisitPattern, resolve_date, stable_random
from families.caseload.models import Assignment, WorkPeriod
from families.choices import AssignmentKind
from lubsko_ops.accounts.models import User
from lubsko_ops.core import clock
from lubsko_ops.core.dates import add_working_days, is_working_day

FREQUENT_MONTHS, RARE_EVERY = 24, 45  # before the last months: one visit in so many days
HOURS = (8 * 60 + 30, 10 * 60, 11 * 60 + 30, 13 * 60, 14 * 60 + 30, 16 * 60)  # minutes of the day
FAILS_ONE_IN, LATE_ONE_IN = 9, 25
SCRIPTED_MARGIN = 5  # days around a scripted visit without generated ones
SCRIPTED_NUMBER, REPEATED_NUMBER = 1000, 500  # added to the numbers of such visits

ScheduledAction = tuple[datetime, str, Callable[[], None]]


def run_in_order(scheduled: Iterable[ScheduledAction]) -> None:
    """Perform the actions in the order of their moments and labels, with the clock at the moment."""
    for moment, _, perform in sorted(scheduled, key=lambda each: each[:2]):
        with clock.freeze_time(moment):
            perform()


@dataclass
class PlannedVisit:
    """A visit to be written: of which family, when, and when it is entered."""

    key: str
    number: int
    period: WorkPeriod
    assistant: User
    day: date
    at: int  # minutes of the day
    minutes: int
    failed: bool = False
    scripted: ScriptedVisit | None = None
    next_day: date | None = None
    next_at: time | None = None
    entered_at: datetime | None = None

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


def working_day(day: date, *, step: int = -1) -> date:
    """The day, or the nearest working day before it (after it with ``step=1``)."""
    while not is_working_day(day):
        day += timedelta(days=step)
    return day


class VisitSchedule:
    """Plans visits so that no two visits of one assistant overlap."""

    def __init__(self, day: date):
        self.day = day
        self.taken: dict[tuple[int, date], list[tuple[int, int]]] = defaultdict(list)

    def reserve(self, assistant: User, on: date, at: int, minutes: int) -> bool:
        """Reserve the minutes unless some of them are taken."""
        taken = self.taken[assistant.pk, on]
        if any(at < end and start < at + minutes for start, end in taken):
            return False
        taken.append((at, at + max(minutes, 1)))
        return True

    def reserve_hour(self, assistant: User, on: date, salt: str, minutes: int) -> int | None:
        """Reserve a free hour of the day, the usual one of the family first."""
        first = stable_random(salt, len(HOURS))
        hours = HOURS[first:] + HOURS[:first]
        return next((at for at in hours if self.reserve(assistant, on, at, minutes)), None)

    def scripted(self, key: str, period: WorkPeriod, pattern: VisitPattern) -> Iterator[PlannedVisit]:
        """The scripted visits; to be asked for before all others, because their hours are fixed."""
        for number, visit in enumerate(pattern.scripted, SCRIPTED_NUMBER):
            day = working_day(resolve_date(self.day, visit.ago))
            at, who = minutes_of(visit.at), on_duty(period, day)
            if who is None or not self.reserve(who, day, at, visit.minutes):
                raise ValueError(f"The hour of a scripted visit is taken: {key}, {visit.ago}")
            yield PlannedVisit(key, number, period, who, day, at, visit.minutes, scripted=visit)

    def generated(self, key: str, period: WorkPeriod, pattern: VisitPattern) -> Iterator[PlannedVisit]:
        """The other visits of the period, from the last one back."""
        scripted = [resolve_date(self.day, visit.ago) for visit in pattern.scripted]
        for number, day in enumerate(self.days(key, period, pattern)):
            if any(abs((day - other).days) < SCRIPTED_MARGIN for other in scripted):
                continue
            failed = self._fails(key, number, day, pattern)
            again = working_day(day + timedelta(days=3), step=1)
            if failed and not pattern.refused_until and again < self.day:
                yield from self._visit(key, number + REPEATED_NUMBER, period, again, failed=False)
            yield from self._visit(key, number, period, day, failed=failed)

    def _fails(self, key: str, number: int, day: date, pattern: VisitPattern) -> bool:
        if pattern.refused_until and day < resolve_date(self.day, pattern.refused_until):
            return stable_random(f"door {key} {number}", 5) < 3
        return number > 0 and stable_random(f"fails {key} {number}", FAILS_ONE_IN) == 0

    def _visit(self, key, number, period, day, *, failed) -> Iterator[PlannedVisit]:
        minutes = 10 if failed else 45 + 5 * stable_random(f"long {key} {number}", 7)
        for _ in range(4):  # when the day is full, the working day before it
            if (who := on_duty(period, day)) is None:
                return
            if (at := self.reserve_hour(who, day, key, minutes)) is not None:
                yield PlannedVisit(key, number, period, who, day, at, minutes, failed=failed)
                return
            day = working_day(day - timedelta(days=1))

    def days(self, key: str, period: WorkPeriod, pattern: VisitPattern) -> Iterator[date]:
        """Days of visits, the newest first; the first one within the first week of the work."""
        if pattern.within:
            yield from _days_within(key, period, pattern)
            return
        ended = period.ends_on
        day, first = self.day - timedelta(days=pattern.last), period.starts_on + timedelta(days=8)
        turn = 0
        while ended and day > ended:  # monitoring
            if on_duty(period, working_day(day)):
                yield working_day(day)
            day, turn = day - timedelta(days=30), turn + 1
        while day > first:
            yield working_day(day)
            turn += 1
            frequent = day > resolve_date(self.day, f"{FREQUENT_MONTHS}m")
            gap = pattern.every - 2 + stable_random(f"gap {key} {turn}", 5) if frequent else RARE_EVERY
            day -= timedelta(days=gap)
        yield working_day(period.starts_on + timedelta(days=1 + stable_random(key, 5)), step=1)

    def complete(self, visits: list[PlannedVisit], pattern: VisitPattern) -> None:
        """Sort the family's visits; set when each is entered and for when the next one is agreed."""
        visits.sort(key=lambda visit: (visit.day, visit.at))
        for visit, following in zip(visits, [*visits[1:], None], strict=True):
            visit.entered_at = self._entered_at(visit, last=following is None)
            if following:
                near = (following.day - visit.day).days <= 20 and following.period == visit.period
                visit.next_day, visit.next_at = (following.day, following.starts_at) if near else (None, None)
            else:
                self._agree_next(visit, pattern)

    def _agree_next(self, visit: PlannedVisit, pattern: VisitPattern) -> None:
        next_in = pattern.next_in if pattern.next_visit_agreed and not pattern.within else None
        at = pattern.next_at
        if visit.scripted and visit.scripted.next_in is not None:
            next_in, at = visit.scripted.next_in, visit.scripted.next_at
        if next_in is None or (visit.period.ends_on and not on_duty(visit.period, self.day)):
            return
        ahead = self.day + timedelta(days=next_in)
        visit.next_day = working_day(ahead, step=1) if next_in else ahead
        visit.next_at = _time(minutes_of(at) if at else HOURS[stable_random(visit.key, len(HOURS))])

    def _entered_at(self, visit: PlannedVisit, *, last: bool) -> datetime:
        """Mostly the same day, often the next morning, sometimes days late."""
        salt = f"written {visit.key} {visit.number}"
        same_day = clock.to_instant(visit.day, visit.ends_at) + timedelta(
            minutes=15 + stable_random(salt, 90)
        )
        if last or visit.scripted:
            return same_day
        late = stable_random(f"late {salt}", LATE_ONE_IN) == 0
        if not late and stable_random(f"next {salt}", 3):
            return same_day
        day = add_working_days(visit.day, 4 + stable_random(salt, 3) if late else 1)
        if day >= self.day or on_duty(visit.period, day) != visit.assistant:
            return same_day
        return clock.to_instant(day, _time(7 * 60 + 30 + stable_random(salt, 45)))


def _days_within(key: str, period: WorkPeriod, pattern: VisitPattern) -> Iterator[date]:
    """Days of visits in the times of the pattern, the newest first."""
    for each in reversed(pattern.within):
        day = each.until - timedelta(days=stable_random(f"within {key} {each.since}", min(each.every, 4)))
        while day >= each.since:
            on = working_day(day)
            if period.is_active_on(on) and on >= each.since:
                yield on
            day -= timedelta(days=each.every - 1 + stable_random(f"within {key} {day}", 3))


def on_duty(period: WorkPeriod, day: date) -> User | None:
    """The assistant who visits the family on the day: of several the one who came last."""
    rows = [row for row in period.on_duty if row.is_active_on(day)]
    return max(rows, key=lambda row: row.starts_on).assistant if rows else None


def periods_by_key(keys: dict[int, str]) -> Iterator[tuple[str, WorkPeriod]]:
    """Work periods, oldest first, with the keys of their families; ``keys``: by primary key of the family.

    Each period gets ``on_duty``: its assignments but those that only accompany.
    """
    rows = defaultdict(list)
    for row in Assignment.objects.exclude(kind=AssignmentKind.ACCOMPANYING).select_related("assistant"):
        rows[row.period_id].append(row)
    for period in WorkPeriod.objects.filter(family__in=keys).order_by("starts_on", "pk"):
        period.on_duty = rows[period.pk]
        yield keys[period.family_id], period

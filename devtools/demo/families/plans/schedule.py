"""When the versions of a family's plans are written and by when their actions are due: pure reckoning of days."""

from datetime import date, datetime, time, timedelta

from devtools.demo.families.diary.plan import working
from devtools.demo.families.notation import before, scatter
from devtools.demo.families.plans.notation import Way
from families.caseload.models import WorkPeriod
from lubsko_ops.core import clock
from lubsko_ops.core.dates import add_months

FIRST_AFTER = 15  # days of work; the first plan is due after thirty
APART, APART_LONG_AGO, LONG_AGO = 175, 330, "24m"
AT_LEAST_APART = 75
WHOLE_WAY = 24  # days a version may need until it is signed


def begun_days(key: str, period: WorkPeriod, way: Way, day: date, *, latest: bool) -> list[date]:
    """The days on which the whole versions of a period were begun, oldest first; ``latest``: its newest period."""
    end = period.ends_on or day
    first = working(period.starts_on + timedelta(days=FIRST_AFTER + scatter(f"plan {key}", 12)), step=1)
    if latest and way.begun:
        days = sorted((working(before(day, ago)) for ago in way.begun), reverse=True)
    else:
        days = [working(end - timedelta(days=WHOLE_WAY + 6 + scatter(f"last plan {key}", 100)))]
    days = [each for each in days if each > first] or [first]
    while True:
        apart = APART if days[-1] > before(day, LONG_AGO) else APART_LONG_AGO
        earlier = working(days[-1] - timedelta(days=apart))
        if earlier < first + timedelta(days=AT_LEAST_APART):
            break
        days.append(earlier)
    if days[-1] >= first + timedelta(days=AT_LEAST_APART):
        days.append(first)
    return [each for each in reversed(days) if each + timedelta(days=WHOLE_WAY) <= end]


def moment(key: str, day: date, hour: int) -> datetime:
    """A minute of that hour, the same each time."""
    return clock.to_instant(day, time(hour, scatter(f"{key} {day}", 50)))


def covers_to(covers_from: date) -> date:
    """The last day of a half-year."""
    return add_months(covers_from, 6) - timedelta(days=1)


def due_on(covers_from: date, row: int, rows: int) -> date:
    """The term of a row: spread over the period of the plan, the last day of it left to nobody."""
    last = covers_to(covers_from) - timedelta(days=9)
    return covers_from + (last - covers_from) * (row + 2) // (rows + 1)

"""The project's only source of the current time.

Everything that stores a time or depends on "today" asks here, so the demo and the tests can set the clock and a history
built through actions carries consistent entry dates. Times are aware and in UTC; days are calendar days in Poland.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

WARSAW = ZoneInfo("Europe/Warsaw")

_frozen_at: datetime | None = None


def now() -> datetime:
    """The current time, aware, in UTC."""
    return _frozen_at or datetime.now(UTC)


def is_frozen() -> bool:
    """Whether the demo or a test has stopped the clock."""
    return _frozen_at is not None


def today() -> date:
    """The current day in Poland."""
    return local_date(now())


def local_date(moment: datetime) -> date:
    """The Polish calendar day of an aware moment: 31 July 22:30 UTC is 1 August in Warsaw."""
    return moment.astimezone(WARSAW).date()


def to_instant(day: date, at: time, *, second: bool = False) -> datetime:
    """The UTC time of a Polish day and hour. ``second``: the later one of an hour repeated in October."""
    return datetime.combine(day, at, WARSAW).replace(fold=int(second)).astimezone(UTC)


def is_ambiguous(day: date, at: time) -> bool:
    """Whether the hour occurs twice because the clocks go back."""
    first, second = to_instant(day, at), to_instant(day, at, second=True)
    return first < second


def is_nonexistent(day: date, at: time) -> bool:
    """Whether the hour is skipped because the clocks go forward."""
    local = datetime.combine(day, at)
    return to_instant(day, at).astimezone(WARSAW).replace(tzinfo=None) != local


@contextmanager
def freeze_time(to: datetime | date) -> Iterator[None]:
    """Stop the clock at ``to`` in the whole process; a day means its noon in Poland. May be nested.

    For the demo and the tests only.
    """
    global _frozen_at
    before = _frozen_at
    if not isinstance(to, datetime):
        to = datetime.combine(to, time(12), WARSAW)
    if to.tzinfo is None:
        raise ValueError("The clock can be set to an aware time only.")
    _frozen_at = to.astimezone(UTC)
    try:
        yield
    finally:
        _frozen_at = before

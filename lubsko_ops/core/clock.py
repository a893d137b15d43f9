"""The one clock: the only place in the project that asks what time it is.

Everything that is written down with a time or decided by "today" asks here, so that the demo and the
tests can travel, and a history built through deeds carries honest entry dates.
Times are aware and in UTC; days are days in Poland.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

WARSAW = ZoneInfo("Europe/Warsaw")

_travelled_to: datetime | None = None


def now() -> datetime:
    """This moment, aware, in UTC."""
    return _travelled_to or datetime.now(UTC)


def today() -> date:
    """The day it is in Poland at this moment."""
    return local_date(now())


def local_date(moment: datetime) -> date:
    """The Polish calendar day of an aware moment: 31 July 22:30 UTC is 1 August in Warsaw."""
    return moment.astimezone(WARSAW).date()


def to_instant(day: date, at: time, *, second: bool = False) -> datetime:
    """The instant of a Polish day and hour, in UTC. ``second``: the later one, when the hour comes twice."""
    return datetime.combine(day, at, WARSAW).replace(fold=int(second)).astimezone(UTC)


def is_ambiguous(day: date, at: time) -> bool:
    """Whether the clocks go back over that hour, so that it names two instants."""
    first, second = to_instant(day, at), to_instant(day, at, second=True)
    return first < second


def is_nonexistent(day: date, at: time) -> bool:
    """Whether the clocks jump forward over that hour, so that it names no instant."""
    written = datetime.combine(day, at)
    return to_instant(day, at).astimezone(WARSAW).replace(tzinfo=None) != written


@contextmanager
def freeze_time(to: datetime | date) -> Iterator[None]:
    """Stop the clock at ``to`` for this whole process; a day means its noon in Poland.

    Journeys may be nested. For the demo and the tests only: a server never travels.
    """
    global _travelled_to
    before = _travelled_to
    if not isinstance(to, datetime):
        to = datetime.combine(to, time(12), WARSAW)
    if to.tzinfo is None:
        raise ValueError("The clock travels to aware moments only.")
    _travelled_to = to.astimezone(UTC)
    try:
        yield
    finally:
        _travelled_to = before

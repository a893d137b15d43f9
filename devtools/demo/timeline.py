"""What happens in the projects of a demo centre, done in the order of days whatever order it was written in."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from heapq import heappop, heappush
from itertools import count

from lubsko_ops.core import clock

# Hours of the usual steps of a day; what ends a day comes after what belongs to it.
WRITTEN, SENT, APPROVED, ENROLLED, BEGUN, STARTED = (
    time(8),
    time(9),
    time(9, 30),
    time(10),
    time(11),
    time(11, 30),
)
PLANNED, OFFICE, ENDED, SETTLED, REPORTED = time(11, 45), time(12, 30), time(13), time(14), time(15)
EVENING, COUNTED, LAST = time(18), time(20, 15), time(21)


@dataclass
class DemoTimeline:
    """Steps to come by day and hour. A step may add further ones, also of the same day."""

    steps: list[tuple[date, time, int, date, Callable[[], None]]] = field(default_factory=list)
    numbers: count = field(default_factory=count)

    def add(self, day: date, at: time, perform: Callable[[], None], *, since: date = date.min) -> None:
        """``since``: before this day nobody could enter it; it is then entered on this day."""
        heappush(self.steps, (day, at, next(self.numbers), since, perform))

    def run(self) -> None:
        """Do every step with the clock at its moment, which never goes back."""
        now: datetime | None = None
        while self.steps:
            day, at, _, since, perform = heappop(self.steps)
            moment = clock.to_instant(max(day, since), at)
            now = max(now, moment) if now else moment
            with clock.freeze_time(now):
                perform()

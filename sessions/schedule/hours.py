"""Hours of a meeting: start, length, place, and on which weekdays they apply; clock hours and teaching hours."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from lubsko_ops.core.polish import short_date

WARSAW = ZoneInfo("Europe/Warsaw")
TEACHING_HOUR = 45  # minutes
DAY_MINUTES = 24 * 60


class ScheduleError(ValueError):
    """A schedule that cannot be; the text is a plain Polish sentence for the user."""


@dataclass(frozen=True, order=True)
class TimeSlot:
    """When on its day a meeting takes place, and where; whatever is not settled yet is None or empty.

    weekdays: the slot applies only on these (0 is Monday); empty means on each day of the rule.
    """

    start: time | None = None
    minutes: int | None = None
    place: str = ""
    weekdays: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if self.minutes is not None and not 0 < self.minutes < DAY_MINUTES:
            raise ScheduleError("Spotkanie trwa co najmniej minutę i mniej niż dobę. Sprawdź godziny.")
        if self.start and self.minutes and minute_of(self.start) + self.minutes >= DAY_MINUTES:
            raise ScheduleError(
                f"Spotkanie od {format_time(self.start)} skończyłoby się po północy. Podaj wcześniejsze godziny."
            )

    @classmethod
    def between(cls, start: time, end: time, place: str = "", weekdays: tuple[int, ...] = ()) -> "TimeSlot":
        """The slot from hour to hour. ScheduleError when it ends before it starts."""
        minutes = minute_of(end) - minute_of(start)
        if minutes <= 0:
            raise ScheduleError(
                f"Spotkanie kończyłoby się o {format_time(end)}, a zaczyna się o {format_time(start)}. "
                "Koniec musi być po początku."
            )
        return cls(start, minutes, place, weekdays)

    @property
    def end(self) -> time | None:
        """The hour at which it ends; None while start or length is not settled."""
        if self.start is None or self.minutes is None:
            return None
        hour, minute = divmod(minute_of(self.start) + self.minutes, 60)
        return time(hour, minute)

    def applies_on(self, day: date) -> bool:
        return not self.weekdays or day.weekday() in self.weekdays

    @property
    def everywhere(self) -> "TimeSlot":
        """The same hours and place without the limit to weekdays: what a single meeting has."""
        return TimeSlot(self.start, self.minutes, self.place)

    @property
    def text(self) -> str:
        """ "16:00–18:00", "16:00", or empty."""
        if self.start is None:
            return ""
        return format_time(self.start) + (f"–{format_time(self.end)}" if self.end else "")


UNSETTLED = TimeSlot()


def minute_of(hour: time) -> int:
    """Minutes since midnight."""
    return hour.hour * 60 + hour.minute


def format_time(hour: time) -> str:
    """ "9:00", "16:30"."""
    return f"{hour.hour}:{hour.minute:02}"


def teaching_hours(minutes: int) -> float:
    """Hours of 45 minutes."""
    return minutes / TEACHING_HOUR


def clock_change_on(day: date) -> bool:
    """Whether clocks in Poland are moved in the early hours of the day (the last Sunday of March or October)."""
    midnight = datetime.combine(day, time(0), WARSAW)
    following = datetime.combine(day + timedelta(days=1), time(0), WARSAW)
    return following.astimezone(UTC) - midnight.astimezone(UTC) != timedelta(days=1)


def check_clock_change(day: date, slot: TimeSlot) -> None:
    """ScheduleError for a meeting that is held between 2:00 and 3:00 in the night when clocks are moved."""
    if slot.start is None or slot.start.hour >= 3 or not clock_change_on(day):
        return
    last = minute_of(slot.start) + (slot.minutes or 1)
    if last > 2 * 60:
        raise ScheduleError(
            f"W nocy {short_date(day)} zmienia się czas i godzina między 2:00 a 3:00 nie jest jednoznaczna. "
            "Podaj inne godziny tego spotkania."
        )

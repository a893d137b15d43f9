"""Fields for the most common schedule, chosen weekdays every so many weeks, and the sentence that they say."""

from dataclasses import dataclass
from datetime import date

from sessions.schedule.hours import ScheduleError, TimeSlot
from sessions.schedule.patterns import Weekly
from sessions.schedule.rules import MeetingRule
from sessions.schedule.schedule import Schedule
from sessions.sentences.writer import write_sentence

EVERY = ((1, "co tydzień"), (2, "co drugi tydzień"), (3, "co trzeci tydzień"), (4, "co czwarty tydzień"))
NO_WEEKDAY = "Zaznacz, w które dni tygodnia są spotkania."
ONE_END = "Zostaw jedno: ostatni dzień albo liczbę spotkań."


@dataclass(frozen=True)
class WeeklyFields:
    """What was filled in. Without ``start`` from the first day of the group, without an end to its last."""

    weekdays: tuple[int, ...] = ()
    every: int = 1
    start: date | None = None
    end: date | None = None
    count: int | None = None

    def sentence(self, first_day: date, last_day: date | None) -> str:
        """The sentence that says the same. ScheduleError for what cannot be."""
        if not self.weekdays:
            raise ScheduleError(NO_WEEKDAY)
        if self.end and self.count:
            raise ScheduleError(ONE_END)
        end = None if self.count else self.end or last_day
        rule = MeetingRule(
            Weekly(tuple(sorted(self.weekdays)), self.every),
            self.start or first_day,
            end,
            self.count,
        )
        return write_sentence(Schedule(rules=(rule,)))


def fields_of(schedule: Schedule | None, hours: TimeSlot) -> WeeklyFields | None:
    """The fields that say the schedule; None for one that they cannot say. ``hours``: those entered for all."""
    if schedule is None or len(schedule.rules) != 1 or schedule.singles or schedule.exclusions:
        return None
    rule = schedule.rules[0]
    if not isinstance(rule.pattern, Weekly) or rule.total_minutes or len(rule.slots) != 1 or schedule.changes:
        return None
    slot = rule.slots[0]
    own_hours = (slot.start, slot.minutes) != (hours.start, hours.minutes)
    if rule.pattern.every > len(EVERY) or own_hours or slot.place or slot.weekdays:
        return None
    if schedule.holidays != Schedule().holidays:
        return None
    return WeeklyFields(rule.pattern.weekdays, rule.pattern.every, rule.start, rule.end, rule.count)

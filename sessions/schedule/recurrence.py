"""Recurrence rules of RFC 5545: out of a schedule and into it.

A schedule is written as a list of components. Each is one DTSTART with an RRULE, EXDATE for what is left out and RDATE
for what the RRULE does not give; what no RRULE says (working days, moved holidays) is a list of RDATE. Hours are local
("floating"), as people on the spot read them.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from dateutil.rrule import rrulestr

from lubsko_ops.core.dates import Period
from sessions.schedule.hours import WARSAW, ScheduleError, TimeSlot
from sessions.schedule.patterns import DaysOfMonth, EveryDays, Pattern, WeekdaysOfMonth, Weekly
from sessions.schedule.rules import Exclusion, MeetingRule, PlannedMeeting, SingleMeeting
from sessions.schedule.schedule import Schedule

WEEKDAY_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FREQUENCIES = {0: "YEARLY", 1: "MONTHLY", 2: "WEEKLY", 3: "DAILY"}
SUPPORTED = {"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "COUNT", "UNTIL", "WKST"}
BYDAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
DURATION = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?")


# ---- out -------------------------------------------------------------------------------------------
def to_recurrences(schedule: Schedule, window: Period | None = None) -> list[str]:
    """Components that together have exactly the meetings of the schedule (of the window, for an open-ended one)."""
    left = schedule.meetings(window)
    components = []
    for rule in schedule.rules:
        arguments = rule.pattern.rrule_arguments()
        slots = {slot.everywhere for slot in rule.slots}
        if arguments is None or len(slots) > 1 or len(rule.slots) > 1:
            continue
        slot = next(iter(slots))
        own = [each for each in rule.meetings(window.end if window else None) if each in left]
        if own:
            components.append(_series(rule, own, slot, schedule, window))
            left = [each for each in left if each not in own]
    by_kind: dict[tuple[TimeSlot, int], list[PlannedMeeting]] = {}
    for each in left:
        by_kind.setdefault((each.slot, each.days), []).append(each)
    return components + [_dates(slot, days, meetings) for (slot, days), meetings in by_kind.items()]


def _series(
    rule: MeetingRule, own: list[PlannedMeeting], slot: TimeSlot, schedule: Schedule, window: Period | None
) -> str:
    """The component of a rule: until its last meeting, without the days that are left out."""
    all_days = [day for day in _pattern_days(rule, own[-1].start) if day >= own[0].start]
    kept = {each.start for each in own}
    first = own[0].start
    if rule.pattern.rrule_arguments().get("interval", 1) > 1:  # type: ignore[union-attr]
        all_days = list(_pattern_days(rule, own[-1].start))
        first = all_days[0]
    lines = [_moment("DTSTART", [first], slot), f"RRULE:{rule_text(rule.pattern, own[-1].start, slot)}"]
    if left_out := [day for day in all_days if day not in kept]:
        lines.append(_moment("EXDATE", left_out, slot))
    return "\n".join(lines + _duration(slot, 1))


def _pattern_days(rule: MeetingRule, last: date) -> Iterable[date]:
    for day in rule.pattern.days(rule.start):
        if day > last:
            return
        yield day


def rule_text(pattern: Pattern, until: date | None = None, slot: TimeSlot | None = None) -> str:
    """ "FREQ=WEEKLY;BYDAY=WE;UNTIL=20221130". ScheduleError for a pattern that no RRULE says."""
    arguments = pattern.rrule_arguments()
    if arguments is None:
        raise ScheduleError("Tego harmonogramu nie da się zapisać jedną regułą kalendarza.")
    parts = [f"FREQ={FREQUENCIES[arguments['freq']]}"]
    if arguments.get("interval", 1) > 1:
        parts.append(f"INTERVAL={arguments['interval']}")
    if isinstance(pattern, Weekly):
        parts.append("BYDAY=" + ",".join(WEEKDAY_CODES[each] for each in sorted(pattern.weekdays)))
        parts.append("WKST=MO")
    elif isinstance(pattern, WeekdaysOfMonth):
        parts.append("BYDAY=" + ",".join(f"{place}{WEEKDAY_CODES[day]}" for place, day in pattern.places))
    elif isinstance(pattern, DaysOfMonth):
        parts.append("BYMONTHDAY=" + ",".join(str(each) for each in pattern.numbers))
    if until:
        parts.append(f"UNTIL={_value(until, slot)}")
    return ";".join(parts)


def _dates(slot: TimeSlot, days: int, meetings: list[PlannedMeeting]) -> str:
    starts = [each.start for each in meetings]
    lines = [_moment("DTSTART", starts[:1], slot), _moment("RDATE", starts, slot)]
    return "\n".join(lines + _duration(slot, days))


def _value(day: date, slot: TimeSlot | None) -> str:
    return f"{day:%Y%m%d}" + (f"T{slot.start:%H%M}00" if slot and slot.start else "")


def _moment(name: str, days: Iterable[date], slot: TimeSlot) -> str:
    kind = "" if slot.start else ";VALUE=DATE"
    return f"{name}{kind}:" + ",".join(_value(day, slot) for day in days)


def _duration(slot: TimeSlot, days: int) -> list[str]:
    if days > 1:
        return [f"DURATION:P{days}D"]
    return [f"DURATION:PT{slot.minutes}M"] if slot.start and slot.minutes else []


# ---- in --------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class CalendarComponent:
    """What one component gives: rules, single meetings, and the days that its rules leave out."""

    rules: tuple[MeetingRule, ...]
    singles: tuple[SingleMeeting, ...]
    left_out: tuple[date, ...]

    def schedule(self) -> Schedule:
        return Schedule(self.rules, self.singles, tuple(Exclusion(day) for day in self.left_out))

    def days_until(self, last: date) -> set[date]:
        """The days with a meeting up to the last one."""
        first = min([last, *(rule.start for rule in self.rules), *(single.start for single in self.singles)])
        try:
            return {meeting.start for meeting in self.schedule().meetings(Period(first, last))}
        except ScheduleError:  # none of its meetings is so early
            return set()


def from_recurrences(components: Iterable[str]) -> Schedule:
    """The schedule of components written by ``to_recurrences`` or by another calendar.

    ScheduleError, with the part in question, for what a schedule cannot hold: other frequencies, BYSETPOS and the like.
    A meeting over several days has no hours then: a calendar knows only when it begins and ends as a whole.
    """
    read = [_component(component) for component in components]
    schedule = Schedule()
    for part in read:
        own = part.schedule()
        if part.left_out:
            last = max(part.left_out)
            others = set().union(*(other.days_until(last) for other in read if other is not part))
            if others & set(part.left_out):  # an exclusion would take the meeting of another component away
                own = Schedule(
                    singles=tuple(SingleMeeting(each.start, slot=each.slot) for each in own.meetings())
                )
        schedule = Schedule(
            schedule.rules + own.rules, schedule.singles + own.singles, schedule.exclusions + own.exclusions
        )
    return schedule


def _component(text: str) -> CalendarComponent:
    values: dict[str, list[str]] = {}
    for line in text.replace("\r\n ", "").split():
        name, _, value = line.partition(":")
        if not value:
            name, value = "RRULE", line
        values.setdefault(name.partition(";")[0].upper(), []).append(value)
    if "DTSTART" not in values:
        raise ScheduleError("W regule kalendarza brakuje początku (DTSTART).")
    start, hour = _moment_of(values["DTSTART"][0])
    minutes, days = _length_of(values.get("DURATION", [""])[0])
    singles = [_moment_of(each) for line in values.get("RDATE", []) for each in line.split(",")]
    if "RRULE" not in values and (start, hour) not in singles:
        singles.insert(0, (start, hour))
    left_out = sorted({_moment_of(each)[0] for line in values.get("EXDATE", []) for each in line.split(",")})
    meetings = [
        SingleMeeting(day, day + timedelta(days=days - 1) if days > 1 else None, TimeSlot(at, minutes))
        for day, at in singles
        if day not in left_out
    ]
    slot = TimeSlot(hour, minutes)
    rules = [_rule(each, start, slot, bool(left_out)) for each in values.get("RRULE", [])]
    return CalendarComponent(tuple(rules), tuple(meetings), tuple(left_out) if rules else ())


def _rule(text: str, start: date, slot: TimeSlot, leaves_out: bool) -> MeetingRule:
    """The rule. COUNT of the calendar counts also the days that are left out, so it becomes a last day then."""
    parts = dict(part.split("=", 1) for part in text.upper().split(";") if "=" in part)
    if unknown := set(parts) - SUPPORTED:
        raise ScheduleError(f"Nie umiem wczytać tej części reguły kalendarza: {', '.join(sorted(unknown))}.")
    try:
        pattern = _pattern(parts, start)
        count = int(parts["COUNT"]) if "COUNT" in parts else None
    except ScheduleError:
        raise
    except ValueError as error:
        raise ScheduleError(f"Nie umiem wczytać tej reguły kalendarza: {text}.") from error
    end = _moment_of(parts["UNTIL"])[0] if "UNTIL" in parts else None
    if count and leaves_out:
        moments = list(rrulestr(f"DTSTART:{start:%Y%m%d}\nRRULE:{text}", cache=False))
        end, count = moments[-1].date(), None
    return MeetingRule(pattern, start, end, count, slots=(slot,))


def _pattern(parts: dict[str, str], start: date) -> Pattern:
    every = int(parts.get("INTERVAL", "1"))
    places = [BYDAY.fullmatch(each) for each in parts["BYDAY"].split(",")] if "BYDAY" in parts else []
    weekdays = tuple(WEEKDAY_CODES.index(place[2]) for place in places if place)
    numbered = [place for place in places if place and place[1]]
    frequency = parts.get("FREQ")
    if None in places or parts.get("WKST", "MO") != "MO":
        raise ScheduleError(f"Nie umiem wczytać tej reguły kalendarza: {parts}.")
    if frequency == "DAILY" and "BYMONTHDAY" not in parts and not places:
        return EveryDays(every)
    if frequency == "WEEKLY" and not numbered and "BYMONTHDAY" not in parts:
        return Weekly(weekdays or (start.weekday(),), every)
    if frequency == "MONTHLY" and len(numbered) == len(places) > 0 and "BYMONTHDAY" not in parts:
        return WeekdaysOfMonth(
            tuple((int(place[1]), day) for place, day in zip(numbered, weekdays, strict=True)), every
        )
    if frequency == "MONTHLY" and not places:
        numbers = parts.get("BYMONTHDAY", str(start.day)).split(",")
        return DaysOfMonth(tuple(int(each) for each in numbers), every)
    raise ScheduleError(f"Nie umiem wczytać reguły kalendarza z FREQ={frequency}.")


def _moment_of(text: str) -> tuple[date, time | None]:
    """Day and hour of a value; one in UTC as it is in Poland."""
    if text.endswith("Z"):
        day, hour = _moment_of(text[:-1])
        moment = datetime.combine(day, hour or time(0), UTC).astimezone(WARSAW)
        return moment.date(), moment.time()
    for form in ("%Y%m%d", "%Y%m%dT%H%M%S", "%Y%m%dT%H%M"):
        try:
            moment = datetime.strptime(text, form)
        except ValueError:
            continue
        return moment.date(), None if form == "%Y%m%d" else moment.time()
    raise ScheduleError(f"Nie umiem wczytać daty „{text}” z reguły kalendarza.")


def _length_of(text: str) -> tuple[int | None, int]:
    """Minutes of a meeting on one day, or the number of its days."""
    match: Any = DURATION.fullmatch(text)
    if not text or not match:
        return None, 1
    days, hours, minutes = (int(each or 0) for each in match.groups())
    return (hours * 60 + minutes or None), max(days, 1)

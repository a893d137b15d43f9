"""A schedule as JSON and back, for storing it in a row."""

from datetime import date, time
from typing import Any

from sessions.schedule.hours import TimeSlot
from sessions.schedule.patterns import (
    DaysOfMonth,
    EveryDays,
    Pattern,
    WeekdaysOfMonth,
    Weekly,
    WorkingDays,
    WorkingDaysOfMonth,
)
from sessions.schedule.rules import DayChange, Exclusion, HolidayPolicy, MeetingRule, SingleMeeting
from sessions.schedule.schedule import Schedule

PATTERNS: dict[str, type[Pattern]] = {
    "weekly": Weekly,
    "days": EveryDays,
    "working_days": WorkingDays,
    "weekdays_of_month": WeekdaysOfMonth,
    "working_days_of_month": WorkingDaysOfMonth,
    "days_of_month": DaysOfMonth,
}
KINDS = {pattern: kind for kind, pattern in PATTERNS.items()}


def to_json(schedule: Schedule) -> dict[str, Any]:
    """The schedule as plain lists, numbers and texts; days and hours are ISO texts."""
    return {
        "rules": [
            {
                "pattern": _pattern_to_json(rule.pattern),
                "start": _text(rule.start),
                "end": _text(rule.end),
                "count": rule.count,
                "total_minutes": rule.total_minutes,
                "slots": [_slot_to_json(slot) for slot in rule.slots],
            }
            for rule in schedule.rules
        ],
        "singles": [
            {"start": _text(each.start), "end": _text(each.end), "slot": _slot_to_json(each.slot)}
            for each in schedule.singles
        ],
        "exclusions": [
            {
                "start": _text(each.start),
                "end": _text(each.end),
                "pattern": each.pattern and _pattern_to_json(each.pattern),
            }
            for each in schedule.exclusions
        ],
        "changes": [
            {
                "day": _text(each.day),
                "to": _text(each.to),
                "slot": each.slot and _slot_to_json(each.slot),
                "reason": each.reason,
            }
            for each in schedule.changes
        ],
        "holidays": str(schedule.holidays),
    }


def from_json(data: dict[str, Any]) -> Schedule:
    """The schedule that ``to_json`` wrote."""
    return Schedule(
        rules=tuple(
            MeetingRule(
                _pattern_from_json(each["pattern"]),
                date.fromisoformat(each["start"]),
                _day(each["end"]),
                each["count"],
                each["total_minutes"],
                tuple(_slot_from_json(slot) for slot in each["slots"]),
            )
            for each in data["rules"]
        ),
        singles=tuple(
            SingleMeeting(date.fromisoformat(each["start"]), _day(each["end"]), _slot_from_json(each["slot"]))
            for each in data["singles"]
        ),
        exclusions=tuple(
            Exclusion(
                _day(each["start"]),
                _day(each["end"]),
                _pattern_from_json(each["pattern"]) if each["pattern"] else None,
            )
            for each in data["exclusions"]
        ),
        changes=tuple(
            DayChange(
                date.fromisoformat(each["day"]),
                _day(each["to"]),
                _slot_from_json(each["slot"]) if each["slot"] else None,
                each["reason"],
            )
            for each in data["changes"]
        ),
        holidays=HolidayPolicy(data["holidays"]),
    )


def _text(value: date | time | None) -> str | None:
    return value.isoformat() if value is not None else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _slot_to_json(slot: TimeSlot) -> dict[str, Any]:
    return {
        "start": _text(slot.start),
        "minutes": slot.minutes,
        "place": slot.place,
        "weekdays": list(slot.weekdays),
    }


def _slot_from_json(data: dict[str, Any]) -> TimeSlot:
    start = time.fromisoformat(data["start"]) if data["start"] else None
    return TimeSlot(start, data["minutes"], data["place"], tuple(data["weekdays"]))


def _pattern_to_json(pattern: Pattern) -> dict[str, Any]:
    return {"kind": KINDS[type(pattern)], **vars(pattern)}


def _pattern_from_json(data: dict[str, Any]) -> Pattern:
    values = {name: _tuples(value) for name, value in data.items() if name != "kind"}
    return PATTERNS[data["kind"]](**values)


def _tuples(value: Any) -> Any:
    """Lists of JSON as the tuples of a frozen pattern."""
    return tuple(_tuples(each) for each in value) if isinstance(value, list | tuple) else value

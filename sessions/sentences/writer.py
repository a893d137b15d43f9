"""Writing of a schedule as a Polish sentence that ``read_sentence`` reads back as the same days."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from lubsko_ops.core.dates import Month, Period
from lubsko_ops.core.polish import (
    MONTH_FORMS,
    MONTHS_GENITIVE,
    WEEK_FORMS,
    join_list,
    plural_form,
    with_preposition,
)
from sessions.schedule.hours import ScheduleError, TimeSlot
from sessions.schedule.patterns import (
    DaysOfMonth,
    EveryDays,
    Pattern,
    WeekdaysOfMonth,
    Weekly,
    WorkingDays,
    WorkingDaysOfMonth,
)
from sessions.schedule.rules import (
    MEETING_FORMS,
    DayChange,
    Exclusion,
    HolidayPolicy,
    MeetingRule,
    SingleMeeting,
)
from sessions.schedule.schedule import Schedule
from sessions.sentences.exceptions import span_of
from sessions.sentences.words import (
    FEMININE_WEEKDAYS,
    WEEKDAYS_ACCUSATIVE,
    WEEKDAYS_GENITIVE,
    WEEKDAYS_GENITIVE_PLURAL,
    WEEKDAYS_PLURAL,
)

HOLIDAY_PHRASES = {
    HolidayPolicy.SKIP: "bez świąt",
    HolidayPolicy.NEXT_WORKING_DAY: "święta przenoszone na następny dzień roboczy",
}


def write_sentence(schedule: Schedule) -> str:
    """The schedule in words: a clause for each rule, dates together, exceptions last.

    ScheduleError for what no sentence says: a counted series whose meetings differ in place by weekday.
    """
    clauses = [clause for rule in schedule.rules for clause in _rule_clauses(rule)]
    clauses += _single_clauses(schedule.singles)
    if exclusions := _effective(schedule):
        clauses.append(f"oprócz {join_list([_exclusion(each) for each in exclusions])}")
    clauses += [_change(change) for change in schedule.changes]
    if phrase := HOLIDAY_PHRASES.get(schedule.holidays):
        clauses.append(phrase)
    return "; ".join(clauses)


def write_day(day: date) -> str:
    """ "3.10.2022"."""
    return f"{day.day}.{day.month:02}.{day.year}"


# ---- rules -----------------------------------------------------------------------------------------
def _rule_clauses(rule: MeetingRule) -> list[str]:
    """One clause; several where hours by weekday, or places, need their own."""
    groups = _slots_by_weekday(rule)
    if len(groups) == 1:
        pattern, slots = groups[0]
        by_place = _by_place(slots)
        if len(by_place) == 1:
            return [f"{_limit(rule)}{_days(pattern)}{_times(slots)} {_span(rule, pattern)}"]
        if not (rule.count or rule.total_minutes):
            return [f"{_days(pattern)}{_times(each)} {_span(rule, pattern)}" for each in by_place]
    elif not (rule.count or rule.total_minutes):
        return [
            f"{_days(pattern)}{_times(each)} {_span(rule, pattern)}"
            for pattern, slots in groups
            for each in _by_place(slots)
        ]
    elif all(slot.start and len(_by_place(slots)) == 1 for _, slots in groups for slot in slots):
        days = ", ".join(f"{_days(pattern)}{_times(slots)}" for pattern, slots in groups)
        return [f"{_limit(rule)}{days} {_span(rule, rule.pattern)}"]
    raise ScheduleError(
        "Tego harmonogramu nie da się zapisać zdaniem: spotkania różnią się godzinami albo miejscem."
    )


def _slots_by_weekday(rule: MeetingRule) -> list[tuple[Pattern, list[TimeSlot]]]:
    """Parts of a weekly pattern with equal slots; any other pattern must have the same slots on each day."""
    if not any(slot.weekdays for slot in rule.slots):
        return [(rule.pattern, sorted({slot.everywhere for slot in rule.slots}, key=_slot_key))]
    if not isinstance(rule.pattern, Weekly) or rule.pattern.every > 1:
        raise ScheduleError("Tego harmonogramu nie da się zapisać zdaniem: godziny zależą od dnia tygodnia.")
    groups: dict[tuple[TimeSlot, ...], list[int]] = {}
    for weekday in sorted(rule.pattern.weekdays):
        slots = {slot.everywhere for slot in rule.slots if not slot.weekdays or weekday in slot.weekdays}
        groups.setdefault(tuple(sorted(slots or {TimeSlot()}, key=_slot_key)), []).append(weekday)
    return [(Weekly(tuple(weekdays)), list(slots)) for slots, weekdays in groups.items()]


def _slot_key(slot: TimeSlot) -> tuple[str, int, str]:
    return (slot.start.isoformat() if slot.start else "", slot.minutes or 0, slot.place)


def _by_place(slots: Iterable[TimeSlot]) -> list[list[TimeSlot]]:
    """Slots that one phrase can hold: of one place, and all with an hour or a single one without."""
    groups: dict[tuple[str, object], list[TimeSlot]] = {}
    for slot in slots:
        groups.setdefault((slot.place, True if slot.start else slot.minutes), []).append(slot)
    return list(groups.values())


def _limit(rule: MeetingRule) -> str:
    if rule.count:
        return f"{rule.count} {plural_form(rule.count, MEETING_FORMS)} "
    if rule.total_minutes:
        return f"łącznie {_length(rule.total_minutes)} "
    return ""


def _days(pattern: Pattern) -> str:
    match pattern:
        case Weekly(weekdays, every):
            return _weekly(weekdays, every)
        case EveryDays(1):
            return "codziennie"
        case EveryDays(every):
            return f"co {every} dni"
        case WorkingDays():
            return "w dni robocze"
        case WeekdaysOfMonth(places, every, working):
            kind = " roboczy" if working else ""
            return f"{_months(every)}{_places(places, kind)} miesiąca"
        case WorkingDaysOfMonth(positions, every):
            return f"{_months(every)}w {join_list([_ordinal(each) for each in positions])} dzień roboczy miesiąca"
        case DaysOfMonth(numbers, every):
            days = join_list([f"{each}." if each > 0 else "ostatniego" for each in numbers])
            return f"{_months(every)}{days} dnia miesiąca"
    raise ScheduleError("Tego harmonogramu nie da się zapisać zdaniem.")


def _weekly(weekdays: tuple[int, ...], every: int) -> str:
    first = weekdays[0]
    is_feminine = first in FEMININE_WEEKDAYS
    if len(weekdays) == 1 and every == 1:
        return f"w {'każdą' if is_feminine else 'każdy'} {WEEKDAYS_ACCUSATIVE[first]}"
    if len(weekdays) == 1 and every in (2, 3):
        ordinals = {2: ("drugi", "drugą"), 3: ("trzeci", "trzecią")}
        return f"co {ordinals[every][is_feminine]} {WEEKDAYS_ACCUSATIVE[first]}"
    listed = join_list([WEEKDAYS_PLURAL[weekday] for weekday in sorted(weekdays)])
    interval = f"co {every} {plural_form(every, WEEK_FORMS)} " if every > 1 else ""
    return interval + with_preposition("w", listed)


def _months(every: int) -> str:
    return f"co {every} {plural_form(every, MONTH_FORMS)} " if every > 1 else ""


def _places(places: tuple[tuple[int, int], ...], kind: str) -> str:
    by_weekday: dict[int, list[int]] = {}
    for position, weekday in places:
        by_weekday.setdefault(weekday, []).append(position)
    return " oraz ".join(
        f"w {join_list([_ordinal(each, weekday) for each in positions])}{kind} {WEEKDAYS_ACCUSATIVE[weekday]}"
        for weekday, positions in by_weekday.items()
    )


def _ordinal(position: int, weekday: int = 0) -> str:
    last = {-1: ("ostatni", "ostatnią"), -2: ("przedostatni", "przedostatnią")}
    if position in last:
        return last[position][weekday in FEMININE_WEEKDAYS]
    return f"{position}." if position > 0 else f"{-position}. od końca"


# ---- times and spans -------------------------------------------------------------------------------
def _times(slots: list[TimeSlot]) -> str:
    first = slots[0]
    place = f" miejsce „{first.place}”" if first.place else ""
    if first.start is None:
        return (f" po {_length(first.minutes)}" if first.minutes else "") + place
    hours = join_list([slot.text for slot in slots])
    if all(slot.end is None for slot in slots):
        return f" o {hours}{place}"
    return f" w godz. {hours}{place}"


def _length(minutes: int) -> str:
    """ "2 godziny", "90 minut"."""
    if minutes % 60:
        return f"{minutes} {plural_form(minutes, 'minutę,minuty,minut')}"
    return f"{minutes // 60} {plural_form(minutes // 60, 'godzinę,godziny,godzin')}"


def _span(rule: MeetingRule, pattern: Pattern) -> str:
    start = _written_start(rule)
    if rule.end is None:
        end = "" if rule.count or rule.total_minutes else " bezterminowo"
        return f"od {write_day(start)}{end}"
    if start.day == 1 and rule.end == Month.of(rule.end).end and start <= rule.end:
        return _months_span(Period(start, rule.end), genitive=isinstance(pattern, Weekly | WeekdaysOfMonth))
    return f"od {write_day(start)} do {write_day(rule.end)}"


def _written_start(rule: MeetingRule) -> date:
    """The start of the rule; of every second week its first day, so that the reader need not ask which week it is."""
    if not isinstance(rule.pattern, Weekly) or rule.pattern.every == 1:
        return rule.start
    first = next(rule.pattern.days(rule.start), rule.start)
    return rule.start if rule.end and first > rule.end else first


def _months_span(period: Period, *, genitive: bool) -> str:
    first, last = Month.of(period.start), Month.of(period.end)
    if first == last:
        if genitive:
            return f"{MONTHS_GENITIVE[first.number - 1]} {first.year}"
        return f"od {write_day(period.start)} do {write_day(period.end)}"
    return f"od {MONTHS_GENITIVE[first.number - 1]} {first.year} do {MONTHS_GENITIVE[last.number - 1]} {last.year}"


# ---- single meetings, exceptions, changes ----------------------------------------------------------
def _single_clauses(singles: Iterable[SingleMeeting]) -> list[str]:
    by_day: dict[date, list[TimeSlot]] = {}
    clauses = []
    for single in singles:
        if single.end and single.end != single.start:
            range_text = f"od {write_day(single.start)} do {write_day(single.end)}"
            clauses.append(f"jedno spotkanie {range_text}{_times([single.slot])}")
        else:
            by_day.setdefault(single.start, []).append(single.slot.everywhere)
    days_of: dict[tuple[TimeSlot, ...], list[date]] = {}
    for day, slots in by_day.items():
        for group in _by_place(sorted(set(slots), key=_slot_key)):
            days_of.setdefault(tuple(group), []).append(day)
    dates = [
        f"{join_list([write_day(day) for day in sorted(days)])}{_times(list(slots))}"
        for slots, days in days_of.items()
    ]
    return dates + clauses


def _effective(schedule: Schedule) -> list[Exclusion]:
    """The exclusions but for those outside the time of the schedule, which a reader would take for a mistake."""
    if not schedule.exclusions:
        return []
    rules = tuple(replace(rule, start=_written_start(rule)) for rule in schedule.rules)
    start, end = span_of(replace(schedule, rules=rules, exclusions=(), changes=()))
    whole = Period(start, end or date.max)
    return [
        each
        for each in schedule.exclusions
        if each.start is None or whole.intersection(each.start, each.end or each.start)
    ]


def _exclusion(each: Exclusion) -> str:
    match each.pattern:
        case None:
            assert each.start
            if each.end is None or each.end == each.start:
                return write_day(each.start)
            return f"od {write_day(each.start)} do {write_day(each.end)}"
        case Weekly(weekdays, 1):
            return join_list([WEEKDAYS_GENITIVE_PLURAL[weekday] for weekday in sorted(weekdays)])
        case WeekdaysOfMonth(((position, weekday),), 1, False):
            feminine = {-1: ("ostatniego", "ostatniej"), -2: ("przedostatniego", "przedostatniej")}
            ordinal = feminine.get(position, (_ordinal(position),) * 2)[weekday in FEMININE_WEEKDAYS]
            return f"{ordinal} {WEEKDAYS_GENITIVE[weekday]} miesiąca"
        case DaysOfMonth(numbers, 1):
            days = join_list([f"{number}." if number > 0 else "ostatniego" for number in numbers])
            return f"{days} dnia miesiąca"
    raise ScheduleError("Tego wyjątku nie da się zapisać zdaniem. Wpisz jego daty.")


def _change(change: DayChange) -> str:
    slot = _times([change.slot]) if change.slot else ""
    if change.to is None:
        return f"{write_day(change.day)} odwołane"
    return f"{write_day(change.day)} przeniesione na {write_day(change.to)}{slot}"

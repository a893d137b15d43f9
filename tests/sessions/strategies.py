"""Random schedules: every pattern, end, hours, single days, days left out, changes."""

from datetime import date, time, timedelta

from hypothesis import strategies as st

from sessions.schedule.hours import TimeSlot
from sessions.schedule.patterns import (
    POSITIONS,
    DaysOfMonth,
    EveryDays,
    WeekdaysOfMonth,
    Weekly,
    WorkingDays,
    WorkingDaysOfMonth,
)
from sessions.schedule.rules import DayChange, Exclusion, HolidayPolicy, MeetingRule, SingleMeeting
from sessions.schedule.schedule import Schedule

days = st.dates(date(2022, 1, 1), date(2028, 12, 31))
every = st.integers(1, 5)


def unique(values, size):
    return st.lists(st.sampled_from(values), min_size=1, max_size=size, unique=True).map(tuple)


patterns = st.one_of(
    st.builds(Weekly, unique(range(7), 4).map(lambda each: tuple(sorted(each))), every),
    st.builds(EveryDays, every),
    st.just(WorkingDays()),
    st.builds(
        WeekdaysOfMonth,
        unique([(place, day) for place in POSITIONS for day in range(7)], 3),
        st.integers(1, 3),
    ),
    st.builds(
        WeekdaysOfMonth,
        unique([(place, day) for place in (1, 2, 3, -1, -2) for day in range(5)], 1),
        st.integers(1, 2),
        st.just(True),
    ),
    st.builds(WorkingDaysOfMonth, unique([1, 2, 10, -1, -2, -4], 2), st.integers(1, 2)),
    st.builds(DaysOfMonth, unique([1, 5, 15, 28, 29, 30, 31, -1], 3), st.integers(1, 3)),
)
starts = st.builds(time, st.integers(7, 18), st.sampled_from([0, 10, 15, 30, 45]))
lengths = st.sampled_from([45, 60, 90, 120, 135, 180])
places = st.sampled_from(["", "", "sala 12", "Świetlica, ul. Leśna 3"])
slots = st.one_of(
    st.just(TimeSlot()),
    st.builds(TimeSlot, starts, lengths, places),
    st.builds(TimeSlot, starts, st.none(), places),
    st.builds(TimeSlot, st.none(), lengths),
)
own_slots = slots.filter(lambda slot: slot != TimeSlot())
with_length = st.one_of(st.builds(TimeSlot, starts, lengths), st.builds(TimeSlot, st.none(), lengths))


@st.composite
def rules(draw, *, recurrence=False):
    """A rule with an end, a number of meetings or of hours."""
    pattern, start = draw(patterns), draw(days)
    kind = draw(st.sampled_from(["end", "count", "total"]))
    if kind == "total":
        slot = draw(with_length)
        return MeetingRule(pattern, start, total_minutes=draw(st.integers(1, 40)) * 45, slots=(slot,))
    slot_list = (draw(slots),)
    if not recurrence and slot_list[0].start and draw(st.booleans()):
        slot_list += (TimeSlot(time(19), draw(st.sampled_from([None, 60])), slot_list[0].place),)
    if kind == "count":
        return MeetingRule(pattern, start, count=draw(st.integers(1, 30)), slots=slot_list)
    if draw(st.booleans()):
        start = start.replace(day=1)
        end = start + timedelta(days=draw(st.integers(40, 400)))
        end = end.replace(day=1) - timedelta(days=1)
    else:
        end = start + timedelta(days=draw(st.integers(0, 400)))
    return MeetingRule(pattern, start, end, slots=slot_list)


@st.composite
def weekly_with_own_hours(draw):
    weekdays = sorted(draw(st.sets(st.integers(0, 6), min_size=2, max_size=5)))
    cut = draw(st.integers(1, len(weekdays) - 1))
    hours = st.builds(TimeSlot, starts, lengths)
    slot_list = tuple(
        TimeSlot(slot.start, slot.minutes, "", tuple(part))
        for slot, part in zip(draw(st.tuples(hours, hours)), (weekdays[:cut], weekdays[cut:]), strict=True)
    )
    start = draw(days)
    if draw(st.booleans()):
        return MeetingRule(Weekly(tuple(weekdays)), start, count=draw(st.integers(1, 20)), slots=slot_list)
    return MeetingRule(
        Weekly(tuple(weekdays)), start, start + timedelta(days=draw(st.integers(10, 200))), slots=slot_list
    )


@st.composite
def singles(draw):
    start = draw(days)
    length = draw(st.sampled_from([0, 0, 0, 1, 2, 9, 20]))
    return SingleMeeting(start, start + timedelta(days=length) if length else None, draw(slots))


@st.composite
def schedules(draw):
    """A whole schedule. It may have no meeting at all: whoever draws it assumes that it has one."""
    rule_list = draw(st.lists(st.one_of(rules(), weekly_with_own_hours()), max_size=2))
    single_list = draw(st.lists(singles(), max_size=3, min_size=0 if rule_list else 1))
    first = min([rule.start for rule in rule_list] + [single.start for single in single_list])
    near = st.integers(0, 60).map(lambda number: first + timedelta(days=number))
    exclusions = draw(
        st.lists(
            st.one_of(
                st.builds(Exclusion, near),
                st.builds(
                    lambda day, length: Exclusion(day, day + timedelta(days=length)), near, st.integers(1, 9)
                ),
                st.builds(lambda day: Exclusion(pattern=Weekly((day,))), st.integers(0, 6)),
                st.builds(
                    lambda place, day: Exclusion(pattern=WeekdaysOfMonth(((place, day),))),
                    st.sampled_from([1, 2, -1]),
                    st.integers(0, 6),
                ),
            ),
            max_size=2,
        )
    )
    changes = draw(
        st.lists(
            st.one_of(st.builds(DayChange, near), st.builds(DayChange, near, near, st.none() | own_slots)),
            max_size=2,
            unique_by=lambda change: change.day,
        )
    )
    policy = draw(st.sampled_from(list(HolidayPolicy)))
    return Schedule(tuple(rule_list), tuple(single_list), tuple(exclusions), tuple(changes), policy)

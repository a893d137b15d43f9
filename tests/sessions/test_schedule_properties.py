"""What holds for every schedule: written and read back, out as RRULE and in, union, order, bounds, JSON."""

import json
from datetime import date, timedelta

from dateutil.rrule import rrulestr
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lubsko_ops.core.dates import Period
from sessions.schedule.hours import ScheduleError
from sessions.schedule.recurrence import from_recurrences, to_recurrences
from sessions.schedule.rules import MeetingRule
from sessions.schedule.schedule import Schedule
from sessions.schedule.storage import from_json, to_json
from sessions.sentences.reading import read_sentence
from sessions.sentences.writer import write_sentence
from tests.sessions.strategies import patterns, rules, schedules, slots

quick = settings(max_examples=25, deadline=None)


def meetings_of(schedule):
    """The meetings; the draw is given up when it has none, or too many."""
    try:
        meetings = schedule.meetings()
    except ScheduleError:
        meetings = []
    assume(meetings)
    return meetings


@quick
@given(schedules())
def test_what_is_written_is_read_as_the_same_meetings(schedule):
    meetings = meetings_of(schedule)
    assume(not schedule.unclear_days())  # a reader asks about them
    sentence = write_sentence(schedule)
    read = read_sentence(sentence)
    assert isinstance(read, Schedule), (sentence, read)
    assert read.meetings() == meetings, sentence


@quick
@given(st.lists(st.one_of(rules(recurrence=True), rules()), min_size=1, max_size=2).map(tuple))
def test_recurrence_rules_out_and_in_give_the_same_meetings(rule_list):
    schedule = Schedule(rule_list)
    meetings = meetings_of(schedule)
    components = to_recurrences(schedule)
    read = from_recurrences(components).meetings()
    # a calendar rule knows no place, so two meetings in two places at one time are one
    assert {(each.start, each.slot.start) for each in read} == {
        (each.start, each.slot.start) for each in meetings
    }
    timed = {(each.start, each.slot.start, each.slot.minutes) for each in meetings if each.slot.start}
    assert timed == {(each.start, each.slot.start, each.slot.minutes) for each in read if each.slot.start}


@quick
@given(schedules())
def test_another_program_reads_the_same_days_from_the_recurrence_rules(schedule):
    meetings = meetings_of(schedule)
    read = []
    for component in to_recurrences(schedule):
        lines = [line for line in component.splitlines() if not line.startswith("DURATION")]
        # dateutil knows the form of days without hours only for DTSTART
        read += [moment.date() for moment in rrulestr("\n".join(lines).replace("RDATE;VALUE=DATE", "RDATE"))]
    assert sorted(read) == sorted(each.start for each in meetings)


@quick
@given(schedules())
def test_a_stored_schedule_is_the_same(schedule):
    assert from_json(json.loads(json.dumps(to_json(schedule)))) == schedule


@quick
@given(st.lists(rules(), min_size=1, max_size=3))
def test_a_union_neither_loses_nor_doubles_a_day(rule_list):
    alone = [set(meetings_of(Schedule((rule,)))) for rule in rule_list]
    together = meetings_of(Schedule(tuple(rule_list)))
    assert {each.start for each in together} == {each.start for part in alone for each in part}
    assert len(together) == len(set(together))
    assert together == Schedule(tuple(reversed(rule_list))).meetings()
    with_hours = {each for part in alone for each in part if each.slot.start}
    assert with_hours == {each for each in together if each.slot.start}


@quick
@given(schedules())
def test_meetings_are_in_order(schedule):
    meetings = meetings_of(schedule)
    assert meetings == sorted(meetings, key=lambda each: each.sort_key)
    assert all(each.start <= each.end for each in meetings)


@quick
@given(rules())
def test_a_rule_keeps_its_bounds(rule):
    meetings = meetings_of(Schedule((rule,)))
    assert meetings[0].start >= rule.start
    if rule.end:
        assert meetings[-1].start <= rule.end
    if rule.count:
        assert len(meetings) == rule.count
    if rule.total_minutes:
        minutes = [each.minutes for each in meetings]
        assert sum(minutes) >= rule.total_minutes > sum(minutes[:-1])
    assert all(rule.pattern.is_on(each.start) for each in meetings if getattr(rule.pattern, "every", 1) == 1)


@quick
@given(schedules(), st.dates(date(2022, 1, 1), date(2028, 12, 31)), st.integers(0, 200))
def test_a_window_shows_what_begins_in_it(schedule, start, length):
    meetings = meetings_of(schedule)
    window = Period(start, start + timedelta(days=length))
    expected = [each for each in meetings if each.start in window]
    try:
        shown = schedule.meetings(window)
    except ScheduleError:  # none begins in it
        shown = []
    assert shown == expected


@quick
@given(patterns, st.dates(date(2022, 1, 1), date(2028, 12, 31)), st.integers(1, 60), slots)
def test_an_open_ended_rule_goes_on_where_it_stopped(pattern, start, length, slot):
    schedule = Schedule((MeetingRule(pattern, start, slots=(slot,)),))
    half, whole = (Period(start, start + timedelta(days=length * number)) for number in (1, 2))
    try:
        first = schedule.meetings(half)
    except ScheduleError:
        first = []
    try:
        meetings = schedule.meetings(whole)
    except ScheduleError:
        meetings = []
    assert meetings[: len(first)] == first

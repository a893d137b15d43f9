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

quick = settings(max_examples=80, deadline=None)


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
    sentence = write_sentence(schedule)
    read = read_sentence(sentence)
    assert isinstance(read, Schedule), (sentence, read)
    assert read.meetings() == meetings, sentence

"""Ranges of days: the maximum number of overlapping ranges and uncovered periods."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from lubsko_ops.core.dates import Period, max_overlap, uncovered_periods

MAY = Period(date(2026, 5, 1), date(2026, 5, 31))


def may(day: int) -> date:
    return date(2026, 5, day)


@st.composite
def ranges(draw):
    """Ranges in and around May 2026, some of them open."""
    found = []
    for _ in range(draw(st.integers(0, 8))):
        start = draw(st.dates(date(2026, 4, 20), date(2026, 6, 10)))
        length = draw(st.one_of(st.none(), st.integers(0, 40)))
        found.append((start, None if length is None else start + timedelta(days=length)))
    return found


def holding(found, day):
    return sum(start <= day and (end is None or day <= end) for start, end in found)


def test_end_and_start_on_the_same_day_overlap():
    assert max_overlap([(may(1), may(10)), (may(10), None)], may(1)) == 2


def test_end_on_the_day_before_does_not_overlap():
    assert max_overlap([(may(1), may(9)), (may(10), None)], may(1)) == 1


def test_ranges_ended_before_the_day_do_not_count():
    old = [(may(1), may(10)), (may(1), may(9)), (may(1), None)]
    assert max_overlap(old, may(9)) == 3
    assert max_overlap(old, may(10)) == 2
    assert max_overlap(old, may(11)) == 1


def test_later_ranges_count_from_their_start():
    assert max_overlap([(may(1), may(20)), (may(15), None), (may(20), None)], may(1)) == 3
    assert max_overlap([], may(1)) == 0
    assert max_overlap([(may(1), date.max), (may(2), None)], may(1)) == 2


@given(ranges(), st.dates(date(2026, 4, 15), date(2026, 6, 20)))
def test_maximum_is_reached_on_some_day(found, since):
    until = date(2026, 8, 1)
    assert max_overlap(found, since) == max(holding(found, day) for day in Period(since, until).each_day())


def test_gap_lies_strictly_between_ranges():
    gaps = uncovered_periods(MAY, [(may(1), may(9)), (may(20), None)])
    assert gaps == [Period(may(10), may(19))]


def test_adjacent_ranges_leave_no_gap():
    assert uncovered_periods(MAY, [(may(10), may(31)), (date(2020, 1, 1), may(9))]) == []


def test_gap_of_one_day_at_either_end():
    assert uncovered_periods(MAY, [(may(2), may(30))]) == [Period(may(1), may(1)), Period(may(31), may(31))]


def test_without_ranges_the_whole_period_is_a_gap():
    assert uncovered_periods(MAY, []) == [MAY]
    assert uncovered_periods(MAY, [(date(2026, 6, 1), None)]) == [MAY]


def test_open_ended_period():
    forever = Period(may(1), date.max)
    assert uncovered_periods(forever, [(may(1), None)]) == []
    assert uncovered_periods(forever, [(may(1), may(31))]) == [Period(date(2026, 6, 1), date.max)]


@given(ranges())
def test_gaps_are_exactly_the_uncovered_days(found):
    gaps = uncovered_periods(MAY, found)
    bare = [day for day in MAY.each_day() if not holding(found, day)]
    assert [day for gap in gaps for day in gap.each_day()] == bare
    apart = [(later.start - earlier.end).days for earlier, later in pairwise(gaps)]
    assert all(distance > 1 for distance in apart)

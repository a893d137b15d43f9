"""The value of a norm on a day, and the terms that are counted by it. Without a database."""

from datetime import date, timedelta

import pytest

from lubsko_ops.centre.norms import NORMS, Norms

D = date(2026, 11, 1)
RHYTHM = "visit_rhythm_days"  # 14 days as a standard


def norms(*values) -> Norms:
    return Norms({RHYTHM: values})


def due(since: date, *values, on: date = date(2027, 6, 1)) -> date:
    return norms(*values).due_on(RHYTHM, since, on=on, count=lambda day, days: day + timedelta(days=days))


def test_a_value_holds_from_its_day_until_the_next_one():
    stored = norms((D, 7), (date(2027, 1, 1), 21))
    assert [stored.on(RHYTHM, day) for day in (date(2026, 10, 31), D, date(2026, 12, 31), date(2027, 1, 1))] == [
        14, 7, 7, 21,
    ]  # fmt: skip
    assert stored.on("plan_days", D) == NORMS["plan_days"].default


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        (date(2026, 10, 17), date(2026, 10, 31)),  # ends before the change: as before
        (date(2026, 10, 18), D),  # ends on its day: at the earliest on that day, not on the 25th of October
        (date(2026, 10, 28), date(2026, 11, 4)),  # runs into the time of the new norm
        (D, date(2026, 11, 8)),
    ],
)
def test_a_shorter_norm_changes_only_what_ends_from_its_day_on(since, expected):
    assert due(since, (D, 7)) == expected


def test_a_longer_norm_gives_no_time_to_what_was_late_already():
    assert due(date(2026, 10, 17), (D, 21)) == date(2026, 10, 31)
    assert due(date(2026, 10, 18), (D, 21)) == date(2026, 11, 8)


def test_an_announced_change_changes_nothing_before_its_day():
    since = date(2026, 10, 28)
    assert due(since, (D, 7), on=D - timedelta(days=1)) == since + timedelta(days=14)
    assert due(since, (D, 7), on=D) == since + timedelta(days=7)


def test_two_changes_are_applied_one_after_another():
    later = date(2026, 11, 6)
    assert due(date(2026, 10, 28), (D, 20), (later, 3)) == later
    assert due(date(2026, 10, 28), (D, 7), (later, 30)) == date(2026, 11, 4), (
        "it was due before the second change"
    )


def test_texts_of_values():
    assert NORMS[RHYTHM].text(14) == "14\u00a0dni"
    assert NORMS["danger_follow_up_days"].text(1) == "1\u00a0dzień roboczy"
    assert NORMS["small_staff"].text(1) == "tak"

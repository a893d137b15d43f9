"""Weeks and months of the calendar, what overlaps, and where an entry stands. No database."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lubsko_ops.core.dates import Month
from sessions.calendars.items import (
    CalendarItem,
    ItemKind,
    conflicts_text,
    find_conflicts,
    hour_rows,
    place,
)
from sessions.calendars.periods import Week, asked_month, asked_week, sheet_of

TODAY = date(2026, 10, 13)
THURSDAY = date(2026, 10, 15)


def item(start: str, end: str, day=THURSDAY, kind=ItemKind.VISIT, title="Szymańscy", **more) -> CalendarItem:
    starts, ends = (datetime.fromisoformat(f"{day.isoformat()} {hour}") for hour in (start, end))
    return CalendarItem(kind, day, title, "", "", starts, ends, **more)


@pytest.mark.parametrize(
    ("day", "first", "name"),
    [
        (date(2026, 10, 15), date(2026, 10, 12), "12–18 października 2026"),
        (date(2026, 10, 1), date(2026, 9, 28), "28 września – 4 października 2026"),
        # ISO: the first days of 2027 belong to the last week of 2026
        (date(2027, 1, 3), date(2026, 12, 28), "28 grudnia 2026 – 3 stycznia 2027"),
        (date(2024, 12, 30), date(2024, 12, 30), "30 grudnia 2024 – 5 stycznia 2025"),
    ],
)
def test_a_week_begins_on_monday(day, first, name):
    week = Week.of(day)
    assert (week.start, week.days, week.name) == (first, 7, name)
    assert week.start.isocalendar()[:2] == day.isocalendar()[:2]
    assert week.following.previous == week


@pytest.mark.parametrize(
    "text",
    [None, "", "jutro", "2026-13-40", "2026-02-30", "12.10.2026", "0001-01-01", "9999-12-31", "2026-10-12\n",
     "٢٠٢٦-١٠-١٢", "2026-W42", "-1", "x" * 5000],
)  # fmt: skip
def test_an_odd_week_is_the_present_one(text):
    assert asked_week(text, today=TODAY) == Week.of(TODAY)


@pytest.mark.parametrize(
    "text", ["", "2026", "2026-00", "2026-13", "0000-01", "9999-12", "październik", "2026-10-12"]
)
def test_an_odd_month_is_the_present_one(text):
    assert asked_month(text, today=TODAY) == Month.of(TODAY)


def test_a_month_is_shown_in_whole_weeks():
    assert asked_month(None, today=TODAY) is None
    sheet = sheet_of(asked_month("2026-02", today=TODAY))
    assert (sheet.start, sheet.end, sheet.days) == (date(2026, 1, 26), date(2026, 3, 1), 35)


def test_two_that_overlap_are_a_conflict():
    visit = item("11:00", "12:00", is_assumed=True)
    group = item("11:30", "13:00", kind=ItemKind.MEETING, title="Akademia rodzica")
    after = item("13:00", "14:00")
    found = find_conflicts([after, group, visit])
    assert [(each.first, each.second) for each in found] == [(visit, group)]
    assert (found[0].when, found[0].first.label) == ("w czwartek 15.10", "Szymańscy (wizyta, 11:00)")
    assert found[0].second.label == "Akademia rodzica (11:30–13:00)"
    assert conflicts_text(found) == "W czwartek dwie sprawy zachodzą na siebie."
    assert conflicts_text([]) == ""


def test_conflicts_of_several_days_are_named_together():
    days = [date(2026, 10, 12), date(2026, 10, 14), date(2026, 10, 18)]
    found = find_conflicts([item("09:00", "10:00", day) for day in days for _ in range(2)])
    assert conflicts_text(found) == "Sprawy zachodzą na siebie w poniedziałek, w środę i w niedzielę."
    later = find_conflicts([item("09:00", "10:00", date(2026, 10, 19)) for _ in range(2)])
    assert conflicts_text(found + later) == "Sprawy zachodzą na siebie w 4\u00a0dniach."


def test_what_is_called_off_takes_no_time():
    assert find_conflicts([item("11:00", "12:00", is_called_off=True), item("11:00", "12:00")]) == []


def test_a_meeting_on_a_day_of_its_group_is_no_conflict():
    day = item("08:00", "15:00", kind=ItemKind.GROUP_DAY, group=3)
    meeting = item("10:00", "12:00", kind=ItemKind.MEETING, group=3)
    other = item("10:00", "12:00", kind=ItemKind.MEETING, group=4)
    assert find_conflicts([day, meeting]) == []
    assert len(find_conflicts([day, other])) == 1


def test_overlapping_entries_stand_side_by_side():
    pair = [item("11:00", "12:00"), item("11:30", "13:00"), item("13:00", "13:45")]
    placed = place(pair, find_conflicts(pair))
    assert [each.css for each in placed] == [
        "ev ev-clash ev-left at-1100 for-2",
        "ev ev-clash ev-right at-1130 for-3",
        "ev at-1300 for-2",
    ]
    three = [item("11:00", "12:00") for _ in range(4)]
    assert [each.lane for each in place(three, [])] == [
        "ev-third-1",
        "ev-third-2",
        "ev-third-3",
        "ev-third-3",
    ]


def test_the_sheet_grows_with_its_entries():
    assert [row.text for row in hour_rows([]) if row.text][::11] == ["7:00", "18:00"]
    early_and_late = place([item("05:20", "06:00"), item("20:00", "22:30")], [])
    texts = [row.text for row in hour_rows(early_and_late) if row.text]
    assert (texts[0], texts[-1]) == ("5:00", "22:00")


MINUTES = st.integers(0, 24 * 60 - 1)


@given(st.lists(st.tuples(MINUTES, st.integers(1, 600)), max_size=8))
def test_every_entry_has_a_place_within_the_day(spans):
    midnight = datetime(2026, 10, 15)
    items = []
    for start, length in spans:
        starts, ends = (
            datetime.fromtimestamp(midnight.timestamp() + 60 * each) for each in (start, start + length)
        )
        items.append(CalendarItem(ItemKind.VISIT, THURSDAY, "x", "", "", starts, ends))
    placed = place(items, find_conflicts(items))
    assert len(placed) == len(items)
    assert all(0 <= each.row < 48 and each.rows >= 1 and each.row + each.rows <= 48 for each in placed)
    shown = {row.row for row in hour_rows(placed)}
    assert all(set(range(each.row, each.row + each.rows)) <= shown for each in placed)

"""Borders of schedules: days that are in no calendar, the clock change, holidays, numbers that cannot be."""

from datetime import date, time

import pytest

from lubsko_ops.core.dates import Period
from sessions.schedule.hours import ScheduleError, TimeSlot
from sessions.schedule.patterns import DaysOfMonth, EveryDays, WeekdaysOfMonth, Weekly, WorkingDays
from sessions.schedule.recurrence import from_recurrences, rule_text, to_recurrences
from sessions.schedule.rules import DayChange, Exclusion, HolidayPolicy, MeetingRule, SingleMeeting
from sessions.schedule.schedule import Schedule
from sessions.schedule.school_breaks import SCHOOL_BREAKS, school_break_name
from sessions.sentences.reading import read_sentence
from tests.sessions.test_sentences import days_of, read

WEDNESDAYS = MeetingRule(Weekly((2,)), date(2026, 11, 4), count=4)


@pytest.mark.parametrize(
    ("sentence", "refusal"),
    [
        ("w środy od 31.12.2026 do 1.12.2026", "Koniec (01.12.2026) jest przed początkiem (31.12.2026)."),
        ("od 9.10.2026 do 2.10.2026", "Spotkanie kończyłoby się 02.10.2026, a zaczyna się 09.10.2026."),
        ("0 spotkań w środy od 7.10.2026", "Harmonogram musi mieć co najmniej jedno spotkanie."),
        ("10000 spotkań w środy od 7.10.2026", "To więcej niż 1 000 spotkań."),
        ("codziennie od 1.01.2026 do 31.12.2029", "To więcej niż 1 000 spotkań."),
        ("w środy od 8.10.2026 do 12.10.2026", "między 08.10.2026 a 12.10.2026 nie ma takiego dnia."),
        ("w piąty piątek lutego 2027", "nie ma takiego dnia."),
        ("w środy listopada 2026 oprócz śród", "Z tego nie wynika żadne spotkanie"),
        ("29.02.2027", "Nie ma takiego dnia: 29.02.2027. Ten miesiąc ma wtedy 28 dni."),
        ("31 listopada 2026", "Nie ma takiego dnia: 31.11.2026. Ten miesiąc ma wtedy 30 dni."),
        ("32.10.2026", "Nie ma takiego dnia: 32.10.2026."),
        ("5.13.2026", "Nie ma takiej daty ani godziny: 5.13.2026."),
        ("5.10.2026 o 25:00", "Nie ma takiej godziny: 25:00."),
        ("5.10.2062 i 5.10.2126", "Rok 2126 to chyba pomyłka."),
        ("w środy 18–16 od 7.10.2026 do 28.10.2026", "Koniec musi być po początku."),
        ("5.10.2026 o 22 po 3 godziny", "Spotkanie od 22:00 skończyłoby się po północy."),
        ("łącznie 30 godzin, w środy od 7.10.2026", "podaj, ile trwa każde z nich."),
        ("25.10.2026 w godz. 2:30–3:30", "W nocy 25.10.2026 zmienia się czas"),
        ("28.03.2027 o 2", "W nocy 28.03.2027 zmienia się czas"),
        ("w pierwszą roboczą sobotę miesiąca w 2027 roku", "Sobota i niedziela nie są dniami roboczymi."),
        ("", "Napisz, kiedy są spotkania"),
        ("w środy " * 200, "Podziel je na kilka."),
    ],
)
def test_what_cannot_be_is_refused_in_a_plain_sentence(sentence, refusal):
    with pytest.raises(ScheduleError) as error:
        read_sentence(sentence)
    assert refusal in str(error.value).replace("\u00a0", " ")


def test_the_leap_day_is_a_day_in_leap_years_only():
    assert days_of(read("29.02.2028")) == "2028-02: 29"
    assert days_of(read("29. dnia miesiąca od 1.02.2027 do 31.03.2028")).startswith("2027-03: 29, ")
    assert "2028-02: 29" in days_of(read("29. dnia miesiąca od 1.02.2027 do 31.03.2028"))


def test_months_without_the_day_are_named():
    notes = read("31. dnia miesiąca od stycznia do czerwca 2027").notes()
    assert notes == ["Nie ma 31. dnia w: lutym 2027, kwietniu 2027 i czerwcu 2027."]
    assert read("w piątą środę miesiąca od listopada 2026 do stycznia 2027").notes() == [
        "Nie ma piątego takiego dnia w: listopadzie 2026 i styczniu 2027."
    ]
    assert read("w środy listopada 2026").notes() == []


def test_every_second_week_goes_on_over_a_year_with_53_weeks():
    assert days_of(read("co drugi piątek od 18.12.2026 do 15.01.2027")) == "2026-12: 18, 2027-01: 1 15"
    assert date(2026, 12, 31).isocalendar().week == 53


def test_the_night_of_the_clock_change_has_its_other_hours():
    assert read("25.10.2026 w godz. 9–11").totals().hours == 2
    assert read("24.10.2026 o 2:30")
    assert read("25.10.2026 o 1:00 po 45 minut")


# ---- holidays --------------------------------------------------------------------------------------
def test_a_skipped_holiday_does_not_count_in_a_series():
    kept = Schedule((WEDNESDAYS,))
    assert days_of(kept) == "2026-11: 4 11 18 25"
    assert days_of(kept.with_holidays(HolidayPolicy.SKIP)) == "2026-11: 4 18 25, 2026-12: 2"
    assert kept.meetings()[1].holidays == ("Narodowe Święto Niepodległości",)


def test_a_cancelled_day_does_not_count_and_a_moved_one_does():
    cancelled = Schedule((WEDNESDAYS,), changes=(DayChange(date(2026, 11, 18)),))
    assert days_of(cancelled) == "2026-11: 4 11 25, 2026-12: 2"
    moved = Schedule((WEDNESDAYS,), changes=(DayChange(date(2026, 11, 11), date(2026, 11, 12)),))
    assert days_of(moved) == "2026-11: 4 12 18 25"


def test_a_moved_meeting_may_have_its_own_hours_and_place():
    slot = TimeSlot(time(9), 60, "biblioteka")
    change = DayChange(date(2026, 11, 11), date(2026, 11, 12), slot, "święto")
    meetings = Schedule((WEDNESDAYS,), changes=(change,)).meetings()
    assert [each.slot for each in meetings] == [TimeSlot(), slot, TimeSlot(), TimeSlot()]


def test_holidays_are_moved_to_the_next_working_day():
    schedule = Schedule((WEDNESDAYS,), holidays=HolidayPolicy.NEXT_WORKING_DAY)
    assert days_of(schedule) == "2026-11: 4 12 18 25"
    christmas = Schedule(
        (MeetingRule(Weekly((3, 4)), date(2026, 12, 24), count=3),), holidays=HolidayPolicy.NEXT_WORKING_DAY
    )
    # Thursday and Friday of Christmas both fall on Monday 28: one meeting
    assert days_of(christmas) == "2026-12: 28 31, 2027-01: 4"


def test_christmas_eve_is_a_holiday_from_2025():
    rule = MeetingRule(WorkingDays(), date(2024, 12, 23), date(2024, 12, 24))
    assert days_of(Schedule((rule,))) == "2024-12: 23 24"
    rule = MeetingRule(WorkingDays(), date(2025, 12, 23), date(2025, 12, 24))
    assert days_of(Schedule((rule,))) == "2025-12: 23"


def test_the_first_working_friday_is_the_next_one_when_it_is_a_holiday():
    rule = MeetingRule(WeekdaysOfMonth(((1, 4),), working=True), date(2026, 5, 1), date(2026, 5, 31))
    assert days_of(Schedule((rule,))) == "2026-05: 8"


def test_a_single_meeting_stays_on_its_holiday():
    schedule = Schedule(singles=(SingleMeeting(date(2026, 11, 11)),), holidays=HolidayPolicy.SKIP)
    assert days_of(schedule) == "2026-11: 11"


def test_school_breaks_are_those_of_the_voivodship():
    assert school_break_name(date(2026, 2, 18), SCHOOL_BREAKS) == "ferie zimowe"
    assert school_break_name(date(2026, 2, 18), SCHOOL_BREAKS, "mazowieckie") == ""
    assert school_break_name(date(2026, 3, 2), SCHOOL_BREAKS) == ""
    assert not any(each.verified for each in SCHOOL_BREAKS)


# ---- rules -----------------------------------------------------------------------------------------
def test_an_open_ended_rule_needs_a_window():
    schedule = Schedule((MeetingRule(Weekly((2,)), date(2026, 11, 4)),))
    with pytest.raises(ScheduleError, match="nie ma końca"):
        schedule.meetings()
    assert days_of(schedule, Period(date(2026, 12, 1), date(2026, 12, 10))) == "2026-12: 2 9"


def test_a_rule_ends_in_one_way_only():
    with pytest.raises(ScheduleError, match="Zostaw jedno"):
        MeetingRule(Weekly((2,)), date(2026, 11, 4), date(2026, 12, 4), count=3)


def test_one_day_of_two_rules_is_one_meeting():
    first = MeetingRule(Weekly((2,)), date(2026, 11, 4), date(2026, 11, 30))
    second = MeetingRule(DaysOfMonth((4, 5)), date(2026, 11, 1), date(2026, 11, 30))
    assert days_of(Schedule((first, second))) == "2026-11: 4 5 11 18 25"


def test_two_meetings_of_a_day_stay_two():
    slots = (TimeSlot(time(9), 60), TimeSlot(time(13), 60))
    schedule = Schedule((MeetingRule(EveryDays(), date(2026, 11, 2), count=3, slots=slots),))
    assert [each.slot.text for each in schedule.meetings()] == ["9:00–10:00", "13:00–14:00", "9:00–10:00"]


def test_lubsko_2022():
    schedule = read(
        "w każdą środę listopada 2022; w 1., 2. i 3. poniedziałek oraz w ostatnią środę grudnia 2022",
        hours=TimeSlot.between(time(16), time(18)),
    )
    assert days_of(schedule) == "2022-11: 2 9 16 23 30, 2022-12: 5 12 19 28"
    assert (schedule.totals().meetings, schedule.totals().hours) == (9, 18)
    assert schedule.totals().difference(9) == ""
    assert schedule.totals().difference(10) == "Zadeklarowano 10, a wynika 9. Brakuje 1 spotkania."


# ---- rules of calendars ----------------------------------------------------------------------------
def test_rules_are_written_as_rfc_5545():
    assert rule_text(Weekly((0, 2), 2)) == "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;WKST=MO"
    assert rule_text(WeekdaysOfMonth(((1, 0), (-1, 2)))) == "FREQ=MONTHLY;BYDAY=1MO,-1WE"
    excluded = Schedule(
        (MeetingRule(Weekly((2,)), date(2026, 11, 4), date(2026, 11, 30), slots=(TimeSlot(time(16), 90),)),)
    )
    excluded = Schedule(excluded.rules, exclusions=(Exclusion(date(2026, 11, 11)),))
    assert to_recurrences(excluded) == [
        "DTSTART:20261104T160000\n"
        "RRULE:FREQ=WEEKLY;BYDAY=WE;WKST=MO;UNTIL=20261125T160000\n"
        "EXDATE:20261111T160000\n"
        "DURATION:PT90M"
    ]


@pytest.mark.parametrize(
    ("component", "days"),
    [
        ("DTSTART:20261104T160000\nRRULE:FREQ=WEEKLY;COUNT=3", "2026-11: 4 11 18"),
        ("DTSTART;VALUE=DATE:20261104\nRRULE:FREQ=WEEKLY;COUNT=3;BYDAY=WE\nEXDATE:20261111", "2026-11: 4 18"),
        (
            "DTSTART;VALUE=DATE:20261102\nRRULE:FREQ=MONTHLY;BYMONTHDAY=2,-1;UNTIL=20261231",
            "2026-11: 2 30, 2026-12: 2 31",
        ),
        ("DTSTART;VALUE=DATE:20261102\nDURATION:P3D", "2026-11: 2/2026-11-04"),
        ("DTSTART:20261102T090000Z\nRRULE:FREQ=DAILY;INTERVAL=3;UNTIL=20261109T235959Z", "2026-11: 2 5 8"),
    ],
)
def test_rules_of_other_calendars_are_read(component, days):
    assert days_of(from_recurrences([component])) == days


@pytest.mark.parametrize(
    "component",
    [
        "RRULE:FREQ=WEEKLY",
        "DTSTART:20261104\nRRULE:FREQ=YEARLY",
        "DTSTART:20261104\nRRULE:FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1",
        "DTSTART:20261104\nRRULE:FREQ=WEEKLY;BYDAY=XX",
        "DTSTART:20261104\nRRULE:FREQ=WEEKLY;INTERVAL=x",
        "DTSTART:yesterday",
    ],
)
def test_other_rules_of_calendars_are_refused(component):
    with pytest.raises(ScheduleError):
        from_recurrences([component])

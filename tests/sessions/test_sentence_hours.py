"""Hours in sentences: when on the day, how long each meeting is, how many hours in all."""

import pytest

from sessions.schedule.hours import TimeSlot
from sessions.schedule.schedule import Schedule
from sessions.sentences.reading import read_sentence
from sessions.sentences.writer import write_sentence
from tests.sessions.test_sentences import read

OCTOBER = "od 5.10.2026 do 11.10.2026"  # a Monday to a Sunday
HOURS = [
    ("w czwartki w godz. 16.30–18.30", "cz 16:30–18:30"),
    ("w czwartki, godz. 16:30 - 18:30", "cz 16:30–18:30"),
    ("w czwartki w godzinach od 16 do 18", "cz 16:00–18:00"),
    ("w czwartki od 16 do 18", "cz 16:00–18:00"),
    ("w czwartki między 16 a 18", "cz 16:00–18:00"),
    ("w czwartki 9:00–11:00 i 13:00–15:00", "cz 9:00–11:00, cz 13:00–15:00"),
    ("w czwartki (16⁰⁰–18³⁰)", "cz 16:00–18:30"),
    ("w czwartki o 17", "cz 17:00"),
    ("w czwartki o siedemnastej trzydzieści", "cz 17:30"),
    ("w czwartki o godz. 17 po 90 minut", "cz 17:00–18:30"),
    ("w czwartki po 1,5 godziny od godz. 15:00", "cz 15:00–16:30"),
    ("w czwartki po 2 godziny lekcyjne o 15", "cz 15:00–16:30"),
    ("półtoragodzinne spotkania w czwartki o 15:15", "cz 15:15–16:45"),
    ("w czwartki 2x45 min o 10", "cz 10:00–11:30"),
    ("poniedziałki 10–12, czwartki 14–16", "pn 10:00–12:00, cz 14:00–16:00"),
    ("w poniedziałki i w czwartki w godz. 8-9", "pn 8:00–9:00, cz 8:00–9:00"),
    ("w godz. 8-9 w poniedziałki, czwartki", "pn 8:00–9:00, cz 8:00–9:00"),
    ("pn-śr 17-19, pt 15-19", "pn 17:00–19:00, wt 17:00–19:00, śr 17:00–19:00, pt 15:00–19:00"),
    ("od poniedziałku do środy w godz. 9.10-10.40", "pn 9:10–10:40, wt 9:10–10:40, śr 9:10–10:40"),
]
WEEKDAYS = ("pn", "wt", "śr", "cz", "pt", "so", "nd")


def hours_of(schedule: Schedule) -> str:
    return ", ".join(f"{WEEKDAYS[each.start.weekday()]} {each.slot.text}" for each in schedule.meetings())


@pytest.mark.parametrize(("words", "expected"), HOURS)
def test_hours_are_read(words, expected):
    assert hours_of(read(f"{words} {OCTOBER}")) == expected


@pytest.mark.parametrize(("words", "expected"), HOURS)
def test_hours_are_written_back(words, expected):
    assert hours_of(read(write_sentence(read(f"{words} {OCTOBER}")))) == expected


def test_hours_given_with_the_sentence_hold_where_it_says_none():
    slot = TimeSlot(read("5.10.2026 o 16").meetings()[0].slot.start, 120)
    schedule = read("w środy 9–10 od 5.10.2026 do 11.10.2026; 9.10.2026", hours=slot)
    assert hours_of(schedule) == "śr 9:00–10:00, pt 16:00–18:00"


def test_totals_are_clock_hours_and_teaching_hours():
    totals = read("8 spotkań po 90 minut w środy od 7.10.2026").totals()
    assert (totals.meetings, totals.hours, totals.teaching_hours) == (8, 12, 16)
    assert totals.text.replace("\u00a0", " ") == "8 spotkań, 12 godzin (16 godzin lekcyjnych)"


def test_a_meeting_over_three_days_counts_its_hours_each_day():
    totals = read("od 5.10.2026 do 7.10.2026 w godz. 9-15").totals()
    assert (totals.meetings, totals.hours) == (1, 18)


def test_the_last_meeting_completes_the_hours():
    assert read("łącznie 10 godzin, w środy po 3 godziny, od 7.10.2026").totals().meetings == 4


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [
        (
            "w poniedziałki 2 godziny od 5.10.2026 do 30.11.2026",
            "tyle trwa każde spotkanie czy wszystkie razem?",
        ),
        ("w lipcu 2026 codziennie od 10 do 14", "to godziny czy dni miesiąca?"),
        ("w środy od 16 do 18 listopada 2026", "to godziny czy dni miesiąca?"),
        ("we wtorki 9.10-11.10 w listopadzie 2026", "to godziny czy dni miesiąca?"),
        ("w środy 17–19 i w piątki od 1.10.2026 do 31.10.2026", "O której są spotkania „piątki”?"),
        ("w środy 17–19 po 3 godziny od 1.10.2026 do 31.10.2026", "to nie jest „po 3 godziny”"),
    ],
)
def test_unclear_hours_are_asked(sentence, asked):
    assert asked in read_sentence(sentence).text

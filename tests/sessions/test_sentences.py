"""Sentences and the days they say. None of them stands in the help of the product."""

import pytest

from lubsko_ops.core.dates import Period
from sessions.schedule.schedule import Schedule
from sessions.sentences.reading import read_sentence
from sessions.sentences.writer import write_sentence

SENTENCES = [
    (
        "każdy czwartek od 8 października do 17 grudnia 2026",
        "2026-10: 8 15 22 29, 2026-11: 5 12 19 26, 2026-12: 3 10 17",
    ),
    ("we wtorki i czwartki od 1 do 31 marca 2027", "2027-03: 2 4 9 11 16 18 23 25 30"),
    ("W KAŻDY PONIEDZIAŁEK I KAŻDĄ ŚRODĘ LUTEGO 2027 R.", "2027-02: 1 3 8 10 15 17 22 24"),
    ("w kazda srode lutego 2027", "2027-02: 3 10 17 24"),
    ("raz w tygodniu w piątki od 8.01.2027 do 26.02.2027", "2027-01: 8 15 22 29, 2027-02: 5 12 19 26"),
    (
        "dwa razy w tygodniu, w poniedziałki i czwartki, od 4.01.2027 do 29.01.2027",
        "2027-01: 4 7 11 14 18 21 25 28",
    ),
    ("co dwa tygodnie w środy od 7.10.2026 do 16.12.2026", "2026-10: 7 21, 2026-11: 4 18, 2026-12: 2 16"),
    (
        "co 2 tyg. w czwartek, start 8.10.2026, 8 spotkań",
        "2026-10: 8 22, 2026-11: 5 19, 2026-12: 3 17 31, 2027-01: 14",
    ),
    (
        "pierwsze spotkanie 8.10.2026, potem co dwa tygodnie w czwartki, 6 spotkań",
        "2026-10: 8 22, 2026-11: 5 19, 2026-12: 3 17",
    ),
    ("co trzeci piątek od 2.10.2026 do 31.12.2026", "2026-10: 2 23, 2026-11: 13, 2026-12: 4 25"),
    ("co drugą sobotę września i października 2026", "2026-09: 5 19, 2026-10: 3 17 31"),
    (
        "co dwa tygodnie w poniedziałki i środy od środy 7.10.2026 do 30.11.2026",
        "2026-10: 7 19 21, 2026-11: 2 4 16 18 30",
    ),
    (
        "raz na dwa tygodnie w czwartki od 1.10.2026 do 31.12.2026",
        "2026-10: 1 15 29, 2026-11: 12 26, 2026-12: 10 24",
    ),
    (
        "od października 2026 do stycznia 2027 w co drugi poniedziałek",
        "2026-10: 5 19, 2026-11: 2 16 30, 2026-12: 14 28, 2027-01: 11 25",
    ),
    ("w soboty 3, 10 i 17 października 2026", "2026-10: 3 10 17"),
    ("we wtorek 6.10.2026 i w czwartek 8.10.2026 r.", "2026-10: 6 8"),
    ("5.10.2026 (poniedziałek), 12.10.2026, 19.10.2026", "2026-10: 5 12 19"),
    ("2026-10-05, 12.10.26 i 19/10/2026", "2026-10: 5 12 19"),
    ("3 XI i 10 XI 2026", "2026-11: 3 10"),
    ("03.11., 10.11. oraz 17.11.2026r.", "2026-11: 3 10 17"),
    ("5–7 października 2026", "2026-10: 5/2026-10-07"),
    ("w dniach od 28 lutego do 2 marca 2028", "2028-02: 28/2028-03-02"),
    ("codziennie od 5 do 9 października 2026", "2026-10: 5 6 7 8 9"),
    ("codziennie oprócz niedziel od 1.07.2026 do 12.07.2026", "2026-07: 1 2 3 4 6 7 8 9 10 11"),
    ("w dni robocze od 1.06.2026 do 12.06.2026", "2026-06: 1 2 3 5 8 9 10 11 12"),
    ("w każdy dzień roboczy od 21.12.2026 do 8.01.2027", "2026-12: 21 22 23 28 29 30 31, 2027-01: 4 5 7 8"),
    ("co 3 dni od 1.10.2026, pięć spotkań", "2026-10: 1 4 7 10 13"),
    ("co drugi dzień od 1.10.2026 do 15.10.2026", "2026-10: 1 3 5 7 9 11 13 15"),
    (
        "w ostatni piątek każdego miesiąca od stycznia do czerwca 2027",
        "2027-01: 29, 2027-02: 26, 2027-03: 26, 2027-04: 30, 2027-05: 28, 2027-06: 25",
    ),
    (
        "w przedostatni czwartek miesiąca od września do grudnia 2026",
        "2026-09: 17, 2026-10: 22, 2026-11: 19, 2026-12: 24",
    ),
    (
        "w pierwszy dzień roboczy miesiąca w 2027 r.",
        "2027-01: 4, 2027-02: 1, 2027-03: 1, 2027-04: 1, 2027-05: 4, 2027-06: 1, "
        "2027-07: 1, 2027-08: 2, 2027-09: 1, 2027-10: 1, 2027-11: 2, 2027-12: 1",
    ),
    (
        "w ostatni dzień roboczy każdego miesiąca od marca do maja 2027",
        "2027-03: 31, 2027-04: 30, 2027-05: 31",
    ),
    (
        "w pierwszy roboczy piątek miesiąca od stycznia do czerwca 2026",
        "2026-01: 2, 2026-02: 6, 2026-03: 6, 2026-04: 3, 2026-05: 8, 2026-06: 5",
    ),
    (
        "15. dnia każdego miesiąca od stycznia do czerwca 2027",
        "2027-01: 15, 2027-02: 15, 2027-03: 15, 2027-04: 15, 2027-05: 15, 2027-06: 15",
    ),
    (
        "31. dnia miesiąca w 2027 roku",
        "2027-01: 31, 2027-03: 31, 2027-05: 31, 2027-07: 31, 2027-08: 31, 2027-10: 31, 2027-12: 31",
    ),
    (
        "ostatniego dnia miesiąca od stycznia do kwietnia 2028",
        "2028-01: 31, 2028-02: 29, 2028-03: 31, 2028-04: 30",
    ),
    (
        "10. i 25. każdego miesiąca od 1.03.2027 do 31.05.2027",
        "2027-03: 10 25, 2027-04: 10 25, 2027-05: 10 25",
    ),
    ("co miesiąc 15. od 1.01.2027 do 31.03.2027", "2027-01: 15, 2027-02: 15, 2027-03: 15"),
    (
        "co dwa miesiące w pierwszy wtorek od stycznia do grudnia 2027",
        "2027-01: 5, 2027-03: 2, 2027-05: 4, 2027-07: 6, 2027-09: 7, 2027-11: 2",
    ),
    ("w środy od 7.10.2026 do końca listopada", "2026-10: 7 14 21 28, 2026-11: 4 11 18 25"),
    ("w poniedziałki od 30.11.2026 do końca roku", "2026-11: 30, 2026-12: 7 14 21 28"),
    ("przez 3 tygodnie w środy i piątki od 7.10.2026", "2026-10: 7 9 14 16 21 23"),
    (
        "przez pół roku w pierwszy poniedziałek miesiąca od 1.10.2026",
        "2026-10: 5, 2026-11: 2, 2026-12: 7, 2027-01: 4, 2027-02: 1, 2027-03: 1",
    ),
    (
        "dziesięć dwugodzinnych spotkań w środy od 7 października 2026",
        "2026-10: 7 14 21 28, 2026-11: 4 11 18 25, 2026-12: 2 9",
    ),
    (
        "13 spotkań w środy od 7.10.2026 do 31.12.2026",
        "2026-10: 7 14 21 28, 2026-11: 4 11 18 25, 2026-12: 2 9 16 23 30",
    ),
    (
        "30 godzin po 3 godziny w poniedziałki od 5.10.2026",
        "2026-10: 5 12 19 26, 2026-11: 2 9 16 23 30, 2026-12: 7",
    ),
    (
        "do osiągnięcia 12 godzin lekcyjnych, we wtorki w godz. 16:00-17:30 od 6.10.2026",
        "2026-10: 6 13 20 27, 2026-11: 3 10",
    ),
    ("środy i piątki listopada 2026 oprócz 11.11", "2026-11: 4 6 13 18 20 25 27"),
    ("w każdą środę listopada 2026 z wyjątkiem 11 i 18 listopada", "2026-11: 4 25"),
    ("w środy od 1.12.2026 do 31.01.2027 z przerwą od 21.12 do 6.01", "2026-12: 2 9 16, 2027-01: 13 20 27"),
    ("w środy od 1.12.2026 do 31.01.2027 bez świąt", "2026-12: 2 9 16 23 30, 2027-01: 13 20 27"),
    (
        "w pierwszą środę miesiąca w 2027 roku oprócz lipca i sierpnia",
        "2027-01: 6, 2027-02: 3, 2027-03: 3, 2027-04: 7, 2027-05: 5, 2027-06: 2, "
        "2027-09: 1, 2027-10: 6, 2027-11: 3, 2027-12: 1",
    ),
    ("w pierwsze trzy poniedziałki i ostatnią środę grudnia 2026", "2026-12: 7 14 21 30"),
    ("w dwa ostatnie czwartki maja 2027", "2027-05: 20 27"),
    (
        "w 2 i 4 czwartek miesiąca od września do listopada 2026",
        "2026-09: 10 24, 2026-10: 8 22, 2026-11: 12 26",
    ),
    (
        "w II i IV czwartek miesiąca od września do listopada 2026",
        "2026-09: 10 24, 2026-10: 8 22, 2026-11: 12 26",
    ),
    ("w cztery wtorki sierpnia 2026", "2026-08: 4 11 18 25"),
    ("pięć kolejnych wtorków od 4.08.2026", "2026-08: 4 11 18 25, 2026-09: 1"),
    (
        "w drugim półroczu 2026 w ostatnią środę miesiąca",
        "2026-07: 29, 2026-08: 26, 2026-09: 30, 2026-10: 28, 2026-11: 25, 2026-12: 30",
    ),
    ("w I kwartale 2027 w co drugi wtorek", "2027-01: 5 19, 2027-02: 2 16, 2027-03: 2 16 30"),
    ("w środy września, a w piątki października 2026", "2026-09: 2 9 16 23 30, 2026-10: 2 9 16 23 30"),
    ("we wrześniu w środy i w październiku 2026 w piątki", "2026-09: 2 9 16 23 30, 2026-10: 2 9 16 23 30"),
    ("w czwartki w listopadzie 2026 i w grudniu 2026", "2026-11: 5 12 19 26, 2026-12: 3 10 17 24 31"),
    ("od grudnia do lutego 2027 w co trzeci czwartek", "2026-12: 3 24, 2027-01: 14, 2027-02: 4 25"),
    ("W środy listopada 2026. W piątki grudnia 2026.", "2026-11: 4 11 18 25, 2026-12: 4 11 18 25"),
    ("w piątki w listopadzie 2026, 13.11 odwołane", "2026-11: 6 20 27"),
    ("w piątki w listopadzie 2026, 13.11 przeniesione na 14.11", "2026-11: 6 14 20 27"),
    ("spotkania grupy wsparcia odbywają się środami od 7.10.2026 do 28.10.2026", "2026-10: 7 14 21 28"),
    (
        "10 spotkań co drugą sobotę, począwszy od 3.10.2026",
        "2026-10: 3 17 31, 2026-11: 14 28, 2026-12: 12 26, 2027-01: 9 23, 2027-02: 6",
    ),
    (
        "w trzecią sobotę miesiąca od października do grudnia 2026; 6.12.2026",
        "2026-10: 17, 2026-11: 21, 2026-12: 6 19",
    ),
    ("łącznie 5 spotkań: w poniedziałki listopada 2026", "2026-11: 2 9 16 23 30"),
    (
        "w 2027 roku w poniedziałki stycznia i w styczniu i lutym 2028 w pierwszy piątek miesiąca",
        "2027-01: 4 11 18 25, 2028-01: 7, 2028-02: 4",
    ),
    ("co trzecią sobotę, wt–śr, w marcu 2027", "2027-03: 2 3 6 9 10 16 17 23 24 27 30 31"),
    (
        "w soboty w marcu i kwietniu 2027, poza 27.03, łącznie 7 spotkań",
        "2027-03: 6 13 20, 2027-04: 3 10 17 24",
    ),
    ("w ostatni dzień lutego i marca 2028", "2028-02: 29, 2028-03: 31"),
    ("pt. 5.03.2027 i sob. 6.03.2027", "2027-03: 5 6"),
    ("w srodę, 3 marca 2027r", "2027-03: 3"),
    ("codziennie z wyjątkiem sobót, niedziel i świąt od 24.03.2027 do 31.03.2027", "2027-03: 24 25 26 30 31"),
    ("I i III wtorek miesiąca, od marca do kwietnia 2027", "2027-03: 2 16, 2027-04: 6 20"),
]


def read(sentence: str, **given) -> Schedule:
    answer = read_sentence(sentence, **given)
    assert isinstance(answer, Schedule), answer
    return answer


def days_of(schedule: Schedule, window: Period | None = None) -> str:
    """ "2026-10: 8 15, 2026-11: 5/2026-11-07": the days by month, a meeting over several days with its last one."""
    months: dict[str, list[str]] = {}
    for each in schedule.meetings(window):
        last = "" if each.end == each.start else f"/{each.end}"
        months.setdefault(f"{each.start:%Y-%m}", []).append(f"{each.start.day}{last}")
    return ", ".join(f"{month}: {' '.join(days)}" for month, days in months.items())


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES, ids=lambda text: text[:60])
def test_a_sentence_says_its_days(sentence, expected):
    assert days_of(read(sentence)) == expected


@pytest.mark.parametrize("sentence", [sentence for sentence, _ in SENTENCES], ids=lambda text: text[:60])
def test_a_sentence_written_in_our_words_says_the_same(sentence):
    schedule = read(sentence)
    assert read(write_sentence(schedule)).meetings() == schedule.meetings()

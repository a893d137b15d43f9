"""What a sentence leaves open is asked with choices; a word that is not understood is quoted; nothing is guessed."""

from datetime import date

import pytest

from sessions.schedule.hours import ScheduleError
from sessions.schedule.schedule import Schedule
from sessions.sentences.parts import Missing, NotUnderstood, ScheduleQuestion
from sessions.sentences.reading import read_sentence
from tests.sessions.test_sentences import days_of, read

TODAY = date(2026, 10, 13)
QUESTIONS = [
    ("co drugi czwartek", Missing.START),
    ("w soboty do końca czerwca 2027", Missing.START),
    ("przez pół roku we wtorki", Missing.START),
    ("w środy w roku szkolnym 2026/2027", Missing.START),
    ("codziennie w ferie 2027", Missing.START),
    ("co dwa tygodnie w poniedziałki i piątki od 7.10.2026 do 30.11.2026", Missing.START),
    ("w środy września 2026 i w piątki", Missing.START),
    ("co czwartek od 1.10.2026", Missing.END),
    ("we wtorki od 6.10.2026 do grudnia", Missing.END),
    ("co dwa tygodnie od 7.10.2026 do 16.12.2026", Missing.WEEKDAY),
    ("raz w tygodniu od 8.01.2027 do 26.02.2027", Missing.WEEKDAY),
    ("dwa razy w tygodniu w środy od 4.01.2027 do 29.01.2027", Missing.WEEKDAY),
    ("3 spotkania miesięcznie od października do grudnia 2026", Missing.WEEKDAY),
    ("raz na kwartał", Missing.WEEKDAY),
    ("dwa spotkania w październiku 2026", Missing.WEEKDAY),
    ("od 1.09.2026 do 15.12.2026", Missing.WEEKDAY),
    ("co miesiąc w środę od stycznia do czerwca 2027", Missing.WEEKDAY),
    ("we wtorki października", Missing.YEAR),
    ("12.10, 19.10", Missing.YEAR),
    ("w grudniu i styczniu 2027 w czwartki", Missing.YEAR),
    ("w środy od 1.01.2026 do 31.12.2027 oprócz 24.12", Missing.YEAR),
    ("w pierwsze poniedziałki grudnia 2026", Missing.NUMBER),
    ("10 spotkań w środy od 7.10.2026 do 31.12.2026", Missing.NUMBER),
    ("razem 9 spotkań: w poniedziałki listopada 2026", Missing.NUMBER),
    ("w dwa piątki maja 2027", Missing.MEANING),
    ("w piątek w maju 2027", Missing.MEANING),
    ("w poniedziałek i środę od 7.10.2026 do 16.12.2026", Missing.MEANING),
    ("w weekendy października 2026", Missing.MEANING),
    ("w dni powszednie czerwca 2026", Missing.MEANING),
    ("co trzeci piątek miesiąca od września do grudnia 2026", Missing.MEANING),
    ("w drugą sobotę i niedzielę miesiąca od października do grudnia 2026", Missing.MEANING),
    ("w drugi wtorek od 1.09.2026 do 31.12.2026", Missing.MEANING),
    ("codziennie i w środy w październiku 2026", Missing.MEANING),
    ("w środy listopada 2026 i od 4.12 do 6.12.2026", Missing.MEANING),
    ("w sobotę 4.10.2026", Missing.MEANING),
    ("w środy od 7.10.2026 do 30.10.2026, oprócz 11.11", Missing.YEAR),
    ("w środy listopada 2026 oprócz 11.11.2025", Missing.MEANING),
    ("co dwa tygodnie w środy i w piątki od 2.10.2026 do 31.12.2026", Missing.MEANING),
    ("co dwa tygodnie w niedziele i wt–czw od 2.10.2026 do 31.12.2026", Missing.MEANING),
    ("w 2. środę marca i 3. kwietnia 2027", Missing.MEANING),
    ("w środy od 1.02.2027 do 30.04.2027 oprócz pierwszej środy marca", Missing.MEANING),
    ("w środy od 1.03.2027 do 30.06.2027 z wyjątkiem Wielkanocy", Missing.MEANING),
    ("w środy 3.03.2027", Missing.MEANING),
    ("co tydzień 3.03.2027", Missing.MEANING),
    ("w środy w marcu 2027 i kwietniu 2027 w czwartki", Missing.MEANING),
    ("w środy, w marcu 2027, w czwartki, w kwietniu 2027", Missing.MEANING),
    ("raz w miesiącu w środy od marca do maja 2027", Missing.WEEKDAY),
    ("w soboty marca 2027 po 2 godziny, razem 10 godzin", Missing.NUMBER),
    ("w soboty marca 2027, razem 10 godzin", Missing.HOURS),
    ("w środy listopada 2026 w godz. 17–19; 4.11.2026", Missing.HOURS),
    ("w środy po 2 godziny i w piątki po 3 godziny, w soboty, w marcu 2027", Missing.HOURS),
]


@pytest.mark.parametrize(("sentence", "missing"), QUESTIONS)
def test_a_question_is_asked(sentence, missing):
    answer = read_sentence(sentence, today=TODAY)
    assert isinstance(answer, ScheduleQuestion), answer
    assert answer.missing == missing
    assert answer.text[0].isupper() or answer.text[0] == "„"


@pytest.mark.parametrize("sentence", [sentence for sentence, _ in QUESTIONS])
def test_a_chosen_answer_is_understood(sentence):
    """Each choice with a sentence of its own is read, or leads to another question, never to an unknown word."""
    answer = read_sentence(sentence, today=TODAY)
    for choice in answer.choices:
        if choice.sentence:
            following = read_sentence(choice.sentence, today=TODAY)
            assert not isinstance(following, NotUnderstood), (choice, following)
            assert following != answer, choice


@pytest.mark.parametrize(
    ("sentence", "word", "similar"),
    [
        ("w śrdę 7.10.2026", "śrdę", "środę"),
        ("we wtroki października 2026", "wtroki", "wtorki"),
        ("w sierpinu 2026 we wtorki", "sierpinu", "sierpniu"),
        ("jutro", "jutro", ""),
        ("w przyszłym miesiącu w każdą środę", "przyszłym", ""),
        ("w środy albo w piątki w listopadzie 2026", "albo", ""),
        ("nie w środy, tylko w piątki w listopadzie 2026", "nie", ""),
        ("w piątki w listopadzie 2026, 13.11 nie ma spotkania", "nie", ""),
        ("rano w środy od 7.10.2026 do 28.10.2026", "rano", ""),
        ("w środy adwentu 2026", "adwentu", ""),
    ],
)
def test_a_word_that_is_not_understood_is_quoted(sentence, word, similar):
    answer = read_sentence(sentence)
    assert isinstance(answer, NotUnderstood), answer
    assert answer.word == word
    assert f"„{word}”" in answer.text
    assert answer.similar == ((similar,) if similar else ())


@pytest.mark.parametrize(
    "date_text", ["3.102022", "1. 99999", "03.1 02022", "3.1.02022", "3.10.20222", "33.13.2022"]
)
def test_a_date_with_a_slip_is_no_fault_of_the_application(date_text):
    try:
        answer = read_sentence(f"w środy od {date_text} do 30.11.2022")
    except ScheduleError as error:
        assert str(error)
    else:
        assert isinstance(answer, (ScheduleQuestion, NotUnderstood))


def test_a_year_is_offered_only_when_today_is_given():
    sentence = "we wtorki października"
    labels = [choice.label for choice in read_sentence(sentence, today=TODAY).choices]
    assert labels == ["2026", "2027"]
    assert read_sentence(sentence).choices == ()


def test_the_span_of_the_group_completes_the_sentence():
    span = (date(2026, 10, 1), date(2026, 11, 15))
    assert days_of(read("w środy", span=span)) == "2026-10: 7 14 21 28, 2026-11: 4 11"
    assert days_of(read("w środy listopada", span=span)) == "2026-11: 4 11 18 25"
    assert days_of(read("12.10 i 2.11", span=span)) == "2026-10: 12, 2026-11: 2"
    assert days_of(read("we wtorki od 3.11", span=span)) == "2026-11: 3 10"


def test_a_year_that_is_possible_twice_in_the_span_is_asked():
    answer = read_sentence("w środy listopada", span=(date(2025, 1, 1), date(2026, 12, 31)))
    assert isinstance(answer, ScheduleQuestion)


def test_a_group_without_an_end_makes_an_open_ended_schedule():
    schedule = read("w środy", span=(date(2026, 10, 1), None))
    assert isinstance(schedule, Schedule)
    assert schedule.is_open_ended


def test_a_declared_number_ends_a_series_without_an_end():
    assert days_of(read("w środy od 7.10.2026", count=3)) == "2026-10: 7 14 21"

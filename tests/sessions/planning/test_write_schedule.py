"""A schedule is written in sentences, previewed, and saved once every question has its answer."""

from datetime import date, time

import pytest

from lubsko_ops.audit.history import save_with_history
from lubsko_ops.centre.dictionaries.models import MeetingPlace
from projects.groups.actions import copy_group, remove_leader
from projects.models import Edition, GroupLeader
from sessions.models import GroupSchedule, Meeting
from sessions.planning.plan import change_for
from tests.form_client import form_data, response_text, submit_form
from tests.projects.groups.helpers import make_group, page
from tests.projects.helpers import make_running
from tests.sessions.factories import make_meeting
from tests.sessions.planning.helpers import at, days_of, fields, plan_for, preview, schedule_url, send
from tests.statement_counts import page_statements

LUBSKO = ("w każdą środę listopada", "w 1., 2. i 3. poniedziałek oraz w ostatnią środę grudnia")
INDEPENDENCE = "holiday_20261111"


# ---- it works ----------------------------------------------------------------------------------------
def test_the_nine_days_of_lubsko(as_tomasz, lubsko):
    text = preview(as_tomasz, lubsko, *LUBSKO)
    assert "środy: 2, 9, 16, 23 i 30 listopada 2022" in text
    assert "Lista: 9 spotkań, 18 godzin (24 godziny lekcyjne)" in text
    assert "Brakuje" not in text and "Zapisz 9 spotkań" in text

    response = send(as_tomasz, lubsko, *LUBSKO, confirm=True)  # late entry is asked about

    assert response.status_code == 302
    november = [date(2022, 11, day) for day in (2, 9, 16, 23, 30)]
    december = [date(2022, 12, day) for day in (5, 12, 19, 28)]
    assert days_of(lubsko) == at("09:00", *november, *december)
    assert {(row.scheduled_on, row.scheduled_at) for row in Meeting.objects.all()} == {
        (day, time(9)) for day in (*november, *december)
    }
    schedule = GroupSchedule.objects.get(group=lubsko)
    assert schedule.sentences == list(LUBSKO)
    assert (schedule.starts_at, schedule.minutes, schedule.made_until) == (time(9), 120, None)


def test_the_history_says_who_and_why(as_tomasz, tomasz, group):
    assert send(as_tomasz, group, "w środy od 14.10 do 4.11").status_code == 302
    version = GroupSchedule.objects.get(group=group).history.get()
    assert (version.history_user, version.history_change_reason) == (tomasz, "Nowy harmonogram")
    assert Meeting.objects.filter(group=group).count() == 4
    history = response_text(as_tomasz.get(page("projects:history", group.edition_id)))
    assert "w środy od 14.10 do 4.11" in history


def test_a_leader_writes_it_too(as_anna, tomasz, maria, anna):
    group = make_group(make_running(tomasz, maria), tomasz, leader=anna)
    assert send(as_anna, group, "w czwartki listopada").status_code == 302
    assert len(days_of(group)) == 4


def test_the_page_shows_what_was_saved(as_tomasz, group):
    send(as_tomasz, group, "w środy od 14.10 do 4.11")
    data = form_data(as_tomasz, schedule_url(group))
    assert data["sentences-0-text"] == ["w środy od 14.10 do 4.11"]
    assert (data["starts_at"], data["ends_at"]) == (["09:00"], ["11:00"])


def test_sent_again_it_changes_nothing(as_tomasz, group):
    send(as_tomasz, group, "w środy od 14.10 do 4.11")
    assert submit_form(as_tomasz, schedule_url(group)).status_code == 302
    assert GroupSchedule.history.count() == 1
    assert Meeting.history.count() == 4


def test_hours_place_and_several_on_a_day(as_tomasz, tomasz, group):
    place = save_with_history(MeetingPlace(name="Świetlica"), by=tomasz, why="próba")
    sentences = ("4.11.2026 9–11 i 13–15", "5.11.2026, miejsce: „świetlica”", "6.11.2026, miejsce: „park”")
    assert send(as_tomasz, group, *sentences, hours=("16:00", "17:30")).status_code == 302
    rows = list(Meeting.objects.order_by("starts_on", "starts_at"))
    assert [row.hours_text for row in rows] == ["9:00–11:00", "13:00–15:00", "16:00–17:30", "16:00–17:30"]
    assert (rows[2].place, rows[2].other_place) == (place, "")
    assert (rows[3].place, rows[3].other_place) == (None, "park")


def test_over_several_days_and_without_hours(as_tomasz, group):
    assert send(as_tomasz, group, "od 6.11 do 8.11.2026", hours=None).status_code == 302
    row = Meeting.objects.get()
    assert (row.starts_on, row.ends_on) == (date(2026, 11, 6), date(2026, 11, 8))
    assert row.starts_at is None


def test_an_hour_without_an_end_takes_the_length_of_the_others(as_tomasz, group):
    assert send(as_tomasz, group, "w środy od 14.10 do 4.11 o 17").status_code == 302
    assert Meeting.objects.first().hours_text == "17:00–19:00"


# ---- questions ---------------------------------------------------------------------------------------
def test_a_question_has_its_choices_as_buttons(as_tomasz, group):
    text = preview(as_tomasz, group, "dwa razy w miesiącu")
    assert "w które dni?" in text
    assert 'value="zdanie:0:w 1. i 3. wtorek miesiąca"' in text

    chosen = preview(as_tomasz, group, "dwa razy w miesiącu", pressed="zdanie:0:w 1. i 3. wtorek miesiąca")
    assert 'value="w 1. i 3. wtorek miesiąca"' in chosen
    assert "6 i 20 października; 3 i 17 listopada; 1 i 15 grudnia 2026" in chosen


def test_what_is_not_understood_is_quoted_and_kept(as_tomasz, group):
    response = send(as_tomasz, group, "w środy od 14.10 do 4.11", "w fajne dni")
    assert response.status_code == 422
    text = response_text(response)
    assert "Zdanie 2: Nie rozumiem: „fajne" in text
    assert 'value="w fajne dni"' in text
    assert not Meeting.objects.exists()


def test_a_year_that_may_be_two_is_asked(as_tomasz, tomasz, maria):
    group = make_group(make_running(tomasz, maria), tomasz, ends_on=date(2027, 12, 31))
    text = preview(as_tomasz, group, "w każdą środę listopada")
    assert "Którego roku dotyczy" in text
    assert 'value="zdanie:0:w każdą środę listopada 2027"' in text


@pytest.mark.parametrize(
    "sentence, answer",
    [
        ("od 5.11.2026 do 3.11.2026 w środy", "jest przed początkiem"),
        ("0 spotkań w środy", "co najmniej jedno spotkanie"),
        ("10000 spotkań w środy", "To więcej niż 1 000 spotkań"),
        ("w poniedziałki od 4.11.2026 do 6.11.2026", "nie wynika żadne spotkanie"),
        ("29.02.2027", "Nie ma takiego dnia: 29.02.2027"),
        ("23.12.2026", "Poza tym czasem wypada: 23.12.2026"),
        ("w środy listopada o 17 po 20 godzin", "po północy"),
        ("25.10.2026 w godz. 2:15–2:45", "zmienia się czas"),
        ("x" * 301, "Skróć ten tekst do 300 znaków"),
    ],
)
def test_what_cannot_be_is_said_plainly(as_tomasz, group, sentence, answer):
    response = send(as_tomasz, group, sentence)
    assert response.status_code == 422
    assert answer in response_text(response)
    assert not GroupSchedule.objects.exists()


def test_nothing_written(as_tomasz, group):
    response = send(as_tomasz, group, "")
    assert response.status_code == 422
    assert "Napisz, kiedy są spotkania" in response_text(response)


def test_hours_the_wrong_way_round_or_alone(as_tomasz, group):
    wrong = send(as_tomasz, group, "w środy od 14.10 do 4.11", hours=("11:00", "9:00"))
    assert "Koniec musi być po początku" in response_text(wrong)
    alone = send(as_tomasz, group, "w środy od 14.10 do 4.11", hours=("11:00", ""))
    assert "Wpisz obie godziny" in response_text(alone)


def test_two_meetings_at_the_same_minute(as_tomasz, group):
    response = send(as_tomasz, group, "4.11.2026 9–11", "4.11.2026 9–10")
    assert response.status_code == 422
    assert "Zostaw jedno z nich" in response_text(response)


# ---- holidays ----------------------------------------------------------------------------------------
def test_a_holiday_is_asked_and_nothing_is_preset(as_tomasz, group):
    assert "holiday_20261111" not in form_data(as_tomasz, schedule_url(group))
    text = preview(as_tomasz, group, "w każdą środę listopada")
    assert "Środa 11 listopada 2026: Narodowe Święto Niepodległości" in text
    assert "Narodowe Święto Niepodległości, spotkanie do decyzji" in text

    response = send(as_tomasz, group, "w każdą środę listopada")
    assert response.status_code == 422
    assert "Wybierz, co zrobić z tym spotkaniem" in response_text(response)
    assert not Meeting.objects.exists()


@pytest.mark.parametrize(
    "answer, november",
    [
        ({INDEPENDENCE: "skip"}, (4, 18, 25)),
        ({INDEPENDENCE: "move", "moved_20261111": "12.11.2026"}, (4, 12, 18, 25)),
        ({INDEPENDENCE: "keep"}, (4, 11, 18, 25)),
    ],
)
def test_each_answer(as_tomasz, group, answer, november):
    assert send(as_tomasz, group, "w każdą środę listopada", **answer).status_code == 302
    assert days_of(group) == at("09:00", *(date(2026, 11, day) for day in november))
    saved = form_data(as_tomasz, schedule_url(group))
    assert {name: [value] for name, value in answer.items()}.items() <= saved.items()


def test_skipped_does_not_count_in_a_series(as_tomasz, group):
    send(as_tomasz, group, "4 spotkania w środy od 4.11.2026", **{INDEPENDENCE: "skip"})
    assert days_of(group) == at(
        "09:00", *(date(2026, *day) for day in ((11, 4), (11, 18), (11, 25), (12, 2)))
    )


def test_moved_without_a_day_or_out_of_the_group(as_tomasz, group):
    missing = send(as_tomasz, group, "w każdą środę listopada", **{INDEPENDENCE: "move"})
    assert "Wpisz nowy dzień" in response_text(missing)
    outside = {INDEPENDENCE: "move", "moved_20261111": "22.12.2026"}
    assert "Wybierz dzień w tym czasie" in response_text(
        send(as_tomasz, group, "w każdą środę listopada", **outside)
    )


def test_the_only_meeting_skipped(as_tomasz, group):
    response = send(as_tomasz, group, "11.11.2026", **{INDEPENDENCE: "skip"})
    assert response.status_code == 422
    assert "nie wynika żadne spotkanie" in response_text(response)


# ---- number and hours --------------------------------------------------------------------------------
def test_a_difference_and_its_ways_out(as_tomasz, group):
    text = preview(as_tomasz, group, "w każdą środę października", "w piątki listopada")
    assert "Brakuje 1 spotkania." in text
    assert "Zadeklarowano 18 godzin, a ze spotkań wynika 16 godzin." in text
    assert "Dodaj środę 4 listopada" in text and page("groups:edit", group.pk) in text

    added = preview(as_tomasz, group, "w każdą środę października", pressed="dzien:2026-12-04")
    assert 'value="4.12.2026"' in added and "piątek 4 grudnia 2026" in added


def test_a_leader_is_sent_to_nobody_elses_form(as_anna, tomasz, maria, anna):
    group = make_group(make_running(tomasz, maria), tomasz, leader=anna, meetings=9)
    text = preview(as_anna, group, "w środy od 14.10 do 4.11")
    assert "deklarację zmieniają autorzy projektu i kierownik" in text
    assert page("groups:edit", group.pk) not in text


# ---- without an end ----------------------------------------------------------------------------------
def test_without_an_end_a_day_is_asked_and_prolonged_by_hand(as_tomasz, tomasz, maria):
    group = make_group(make_running(tomasz, maria), tomasz, ends_on=None)
    assert group.ends_on is None
    asked = send(as_tomasz, group, "w środy od 14.10.2026")
    assert "Podaj, do którego dnia" in response_text(asked)

    assert send(as_tomasz, group, "w środy od 14.10.2026", until="31.10.2026").status_code == 302
    assert len(days_of(group)) == 3
    assert submit_form(as_tomasz, schedule_url(group), until="10.11.2026").status_code == 302
    assert len(days_of(group)) == 4
    assert GroupSchedule.objects.get().made_until == date(2026, 11, 10)


# ---- conflicts ---------------------------------------------------------------------------------------
def test_conflicts_are_shown_and_confirmed(as_tomasz, tomasz, group, anna):
    other = make_group(group.edition, tomasz, name="Klub ojców", leader=anna)
    make_meeting(other, tomasz, date(2026, 10, 21))
    lead = GroupLeader(group=group, user=anna, starts_on=group.starts_on)
    save_with_history(lead, by=tomasz, why="próba")
    sentence = "Anna Sikora prowadzi wtedy spotkanie grupy „Klub ojców” (9:00–11:00)."
    assert sentence in preview(as_tomasz, group, "w środy od 14.10 do 28.10")

    asked = send(as_tomasz, group, "w środy od 14.10 do 28.10")
    assert asked.status_code == 422
    assert f"śr 21.10.2026: {sentence}" in response_text(asked)
    assert send(as_tomasz, group, "w środy od 14.10 do 28.10", confirm=True).status_code == 302
    remove_leader(leader=lead, why="próba", version=None, by=tomasz)


# ---- fields ------------------------------------------------------------------------------------------
def test_fields_write_a_sentence_and_show_one(as_tomasz, group):
    chosen = {"on": ["2", "4"], "every": "2", "first": "14.10.2026", "last": "13.11.2026"}
    text = preview(as_tomasz, group, "", pressed="zapisz", **chosen)
    assert "co drugą środę i piątek" in text or "co 2 tygodnie" in text or "co drugi" in text
    assert "14, 16, 28 i 30 października; 11 i 13 listopada 2026" in text
    assert "checked" not in text.split('id="pola-zdania"')[1].split("</details>")[0]

    shown = preview(as_tomasz, group, "w środy od 14.10.2026 do 13.11.2026", pressed="pola:0")
    part = shown.split('id="pola-zdania"')[1].split("</details>")[0]
    assert 'value="14.10.2026"' in part and "checked" in part


def test_fields_without_a_weekday_or_with_two_ends(as_tomasz, group):
    assert "Zaznacz, w które dni" in preview(as_tomasz, group, "", pressed="zapisz")
    two = {"on": ["2"], "count": "4", "last": "13.11.2026"}
    assert "Zostaw jedno" in preview(as_tomasz, group, "", pressed="zapisz", **two)
    back = {"on": ["2"], "first": "13.11.2026", "last": "1.11.2026"}
    assert "jest przed początkiem" in preview(as_tomasz, group, "", pressed="zapisz", **back)


def test_fields_that_were_left_are_not_forgotten(as_tomasz, group):
    response = send(as_tomasz, group, "w środy od 14.10 do 4.11", on=["2"])
    assert response.status_code == 422
    assert "nie są jeszcze zdaniem" in response_text(response)


# ---- who may -----------------------------------------------------------------------------------------
def test_who_does_not_run_the_group(client, ewa, group):
    client.force_login(ewa)
    assert client.get(schedule_url(group)).status_code == 403


def test_the_administrator_has_no_projects(client, jan, group):
    client.force_login(jan)
    assert client.get(schedule_url(group)).status_code == 403


def test_activities_without_meetings(as_tomasz, tomasz, group):
    event = make_group(group.edition, tomasz, name="Zbiórka", kind="event")
    assert as_tomasz.get(schedule_url(event)).status_code == 404


def test_a_settled_project_keeps_its_meetings(as_tomasz, tomasz, group):
    data = form_data(as_tomasz, schedule_url(group), **fields("w środy od 14.10 do 4.11"))
    Edition.objects.filter(pk=group.edition_id).update(state="settled")
    response = as_tomasz.get(schedule_url(group), follow=True)
    assert "Ten projekt jest zamknięty" in response_text(response)
    assert as_tomasz.post(schedule_url(group), data).status_code == 403
    assert not Meeting.objects.exists()


# ---- statements --------------------------------------------------------------------------------------
@pytest.mark.parametrize("sentence", ["w środy od 14.10 do 4.11", "codziennie"])
def test_statements_do_not_grow(as_tomasz, tomasz, group, anna, sentence):
    save_with_history(GroupLeader(group=group, user=anna, starts_on=group.starts_on), by=tomasz, why="próba")
    holidays = {INDEPENDENCE: "keep", "holiday_20261101": "keep"}
    answer = holidays if sentence == "codziennie" else {}
    send(as_tomasz, group, sentence, confirm=True, **answer) if answer else send(as_tomasz, group, sentence)
    assert len(page_statements(as_tomasz, schedule_url(group))) <= 14


# ---- a copied group ----------------------------------------------------------------------------------
def test_the_sentences_of_the_group_it_was_copied_from(as_tomasz, tomasz, group):
    plan_for(
        group, "w środy", by=tomasz, answers={date(2026, 11, 11): change_for(date(2026, 11, 11), "skip")}
    )
    values = {"starts_on": date(2026, 10, 14), "ends_on": date(2026, 10, 31)}
    copy = copy_group(group=group, name="Warsztaty, druga grupa", by=tomasz, **values)
    text = response_text(as_tomasz.get(schedule_url(copy)))
    assert "Zdania skopiowano z: Warsztaty dla mam" in text
    assert "14, 21 i 28 października 2026" in text
    assert not copy.scheduled_meetings.exists()

"""The meetings of a group on its page and in their list, and the page of one meeting."""

from datetime import date, time, timedelta

import pytest

from lubsko_ops.audit.history import save_with_history
from sessions.choices import MeetingState, Presence
from sessions.models import Meeting
from sessions.running import actions, record_actions
from tests.projects.groups.helpers import enrol, make_group, mother_of, page
from tests.sessions.factories import make_attendance, make_held, make_meeting
from tests.sessions.running.helpers import COMING, LATER, PAST, add, make_led, on_day, plain_text, url
from tests.statement_counts import page_statements


def group_text(client, group) -> str:
    return plain_text(client, page("groups:group", group.pk))


def test_a_group_without_meetings_leads_to_the_first_one(as_tomasz, group):
    text = group_text(as_tomasz, group)
    assert "Nie ma jeszcze spotkań." in text and "Ułóż harmonogram albo dodaj jedno spotkanie" in text


def test_the_list_counts_what_takes_place(as_tomasz, tomasz, group, kowalscy):
    make_held(group, tomasz, PAST, topic="Rozmowa bez krzyku")
    make_meeting(group, tomasz, PAST + timedelta(days=1))
    add(group, tomasz)
    cancelled = add(group, tomasz, LATER)
    actions.cancel_meeting(meeting=cancelled, reason="Szkolenie", version=None, by=tomasz)
    text = group_text(as_tomasz, group)
    assert "Spotkania: 3, razem 6 godzin" in text
    assert "1 z 3 spotkań odbytych. Następne w poniedziałek 19 października o 9:00." in text
    assert "brak dziennika" in text and "za 6 dni, 9:00" in text and "Szkolenie" in text
    assert "Godziny 2 z 6" in text


def test_how_many_wait_for_the_journal(as_tomasz, tomasz, group):
    for day in (PAST, PAST + timedelta(days=1)):
        make_meeting(group, tomasz, day)
    assert "Na wpis w dzienniku czekają 2 spotkania." in group_text(as_tomasz, group)


def test_the_list_to_sign_is_on_the_page_of_a_planned_meeting(as_tomasz, tomasz, group, meeting):
    held = make_held(group, tomasz, PAST, topic="")
    assert "Lista do podpisu" in plain_text(as_tomasz, url("meeting", meeting.pk))
    text = plain_text(as_tomasz, url("meeting", held.pk))
    assert "Lista do podpisu" not in text and "Bez tematu" in text


def test_consultations_have_no_grid_of_attendance(as_tomasz, tomasz, group):
    talks = make_group(group.edition, tomasz, name="Konsultacje", kind="consultation", leader=tomasz)
    assert "Siatka obecności" in group_text(as_tomasz, group)
    assert "Siatka obecności" not in group_text(as_tomasz, talks)


def test_a_moved_meeting_leaves_its_old_date(as_tomasz, tomasz, group, meeting):
    wanted = on_day(LATER, time(10), time(12))
    actions.move_meeting(meeting=meeting, wanted=wanted, reason="Sala zajęta", version=None, by=tomasz)
    text = group_text(as_tomasz, group)
    assert "19.10.2026 – przeniesione" in text and "Sala zajęta; zamiast tego 26.10.2026" in text


def test_who_came_is_counted_for_those_who_run_it(as_tomasz, anna, tomasz, group, kowalscy, nowakowie):
    held = make_held(group, tomasz, PAST)
    for family, presence in ((kowalscy, Presence.LATE), (nowakowie, Presence.EXCUSED)):
        row = enrol(group, tomasz, person=mother_of(family), family=family, begun_on=date(2026, 10, 1))
        make_attendance(held, row, tomasz, presence)
    assert "1 z 2" in group_text(as_tomasz, group)
    assert "1 z 2" in plain_text(as_tomasz, url("meeting", held.pk))
    as_tomasz.force_login(anna)
    assert "Obecność" not in plain_text(as_tomasz, url("meeting", held.pk))


def test_another_worker_reads_the_date_and_topic_but_not_the_course(as_anna, tomasz, group, meeting):
    data = Meeting(topic="Emocje", course="Pani D. płakała.", homework="Zeszyt", remarks="Sala zimna")
    record_actions.write_journal(meeting=meeting, data=data, parts=[], version=None, by=tomasz)
    text = plain_text(as_anna, url("meeting", meeting.pk))
    assert all(
        each in text for each in ("Poniedziałek, 19 października 2026", "Emocje", "Zeszyt", str(tomasz))
    )
    assert not any(each in text for each in ("płakała", "Sala zimna", "Przenieś", "Pliki"))


def test_the_homework_stands_on_the_page_of_the_next_meeting(as_tomasz, tomasz, group):
    held = make_held(group, tomasz, PAST, homework="Przynieść zeszyt")
    following = add(group, tomasz)
    text = plain_text(as_tomasz, url("meeting", following.pk))
    assert "Na to spotkanie Przynieść zeszyt" in text and f"Poprzednie: {held.days_text}" in text
    assert "spotkanie 2 z 2" in text


def test_an_unknown_meeting_and_a_role_without_the_right(as_maria, client, jan, meeting):
    assert as_maria.get(url("meeting", meeting.pk + 1)).status_code == 404
    client.force_login(jan)
    assert client.get(url("meeting", meeting.pk)).status_code == 403
    assert client.get(url("meeting-list", meeting.group_id)).status_code == 403


def test_each_list_holds_what_its_number_counts(as_tomasz, tomasz, group):
    make_held(group, tomasz, PAST)
    make_meeting(group, tomasz, PAST + timedelta(days=1))
    actions.cancel_meeting(meeting=add(group, tomasz), reason="Awaria", version=None, by=tomasz)
    add(group, tomasz, LATER)
    days = {"": 4, "odbyte": 1, "bez-dziennika": 1, "przyszle": 1, "odwolane": 1, "nic": 4}
    for code, number in days.items():
        response = as_tomasz.get(url("meeting-list", group.pk), {"lista": code})
        assert len([line for line in response.context["lines"] if not line.is_old]) == number


def test_a_long_group_shows_the_meetings_to_come_and_pages_the_rest(as_tomasz, tomasz, maria):
    group = make_led(tomasz, maria)
    for number in range(60):
        make_held(group, tomasz, date(2026, 10, 1), starts_at=time(number // 60 + 6, number % 60), minutes=1)
    add(group, tomasz)
    text = group_text(as_tomasz, group)
    assert "Wszystkie spotkania: 61" in text and "za 6 dni, 9:00" in text and "6:10" not in text
    first = as_tomasz.get(url("meeting-list", group.pk))
    second = as_tomasz.get(first.context["next_url"])
    assert [len(each.context["lines"]) for each in (first, second)] == [25, 25]
    assert not {line.meeting.pk for line in first.context["lines"]} & {
        line.meeting.pk for line in second.context["lines"]
    }


def test_an_event_has_no_meetings(as_tomasz, tomasz, group):
    event = make_group(group.edition, tomasz, name="Zbiórka", kind="event")
    assert "Spotkania:" not in group_text(as_tomasz, event)


@pytest.mark.parametrize("number", [1, 20])
def test_statements_do_not_grow(as_tomasz, tomasz, group, kowalscy, number):
    row = enrol(group, tomasz, person=mother_of(kowalscy), family=kowalscy, begun_on=date(2026, 10, 1))
    for each in range(number):
        held = make_held(group, tomasz, PAST, starts_at=time(8, each), minutes=1)
        make_attendance(held, row, tomasz)
        moved = add(group, tomasz, COMING, start=time(8, each), end=time(9, each))
        wanted = on_day(LATER, time(8, each), time(9, each))
        actions.move_meeting(meeting=moved, wanted=wanted, reason="Święto", version=None, by=tomasz)
    assert len(page_statements(as_tomasz, page("groups:group", group.pk))) <= 16  # with all other sections
    assert len(page_statements(as_tomasz, url("meeting-list", group.pk))) <= 11
    assert len(page_statements(as_tomasz, url("meeting", held.pk))) <= 12
    assert len(page_statements(as_tomasz, url("notify", moved.pk))) <= 12


def test_withdrawn_meetings_are_not_listed(as_tomasz, tomasz, group, meeting):
    meeting.state = MeetingState.WITHDRAWN
    save_with_history(meeting, by=tomasz, why="harmonogram")
    assert "19.10.2026" not in group_text(as_tomasz, group)
    text = plain_text(as_tomasz, url("meeting", meeting.pk))
    assert "wycofane z harmonogramu" in text and "Przenieś" not in text

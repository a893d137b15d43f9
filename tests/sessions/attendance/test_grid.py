"""The grid of attendance: people of a group by its meetings, one letter in each cell."""

from datetime import date, timedelta
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from families.people.identity import register_person
from families.people.models import Person
from lubsko_ops.core import clock
from sessions.choices import MeetingState
from sessions.models import Attendance
from tests.form_client import form_data, parse_form, response_text, submit_form
from tests.projects.participants.helpers import member
from tests.sessions.attendance.helpers import (
    LATER,
    TODAY,
    URLENCODED,
    enrol,
    grid_url,
    make_past,
    make_workshop,
    mark,
    meeting_url,
    mother_of,
    slot_code,
)
from tests.statement_counts import page_statements

pytestmark = pytest.mark.django_db
FIRST, SECOND = date(2026, 10, 6), date(2026, 10, 13)


@pytest.fixture
def group(tomasz, maria, anna):
    return make_workshop(tomasz, maria, leader=anna)


@pytest.fixture
def danuta(group, kowalscy, tomasz):
    return enrol(group, tomasz, person=mother_of(kowalscy), family=kowalscy)


@pytest.fixture
def piotr(group, kowalscy, tomasz):
    return enrol(group, tomasz, person=member(kowalscy, "father"), family=kowalscy)


@pytest.fixture
def meetings(group, anna):
    return [make_past(group, anna, day) for day in (FIRST, SECOND)]


def cell(meeting, row) -> str:
    return f"c_{meeting.pk}_{slot_code(row)}"


def marks() -> list[tuple]:
    rows = Attendance.objects.order_by("meeting", "participation")
    return list(rows.values_list("meeting", "participation", "presence"))


def test_one_save_for_many_meetings(as_anna, group, meetings, danuta, piotr):
    first, second = meetings
    letters = {cell(first, danuta): "o", cell(second, danuta): "N", cell(first, piotr): "s"}
    assert submit_form(as_anna, grid_url(group), **letters).status_code == 302
    assert marks() == [
        (first.pk, danuta.pk, "present"),
        (first.pk, piotr.pk, "late"),
        (second.pk, danuta.pk, "unexcused"),
    ]
    page = response_text(as_anna.get(grid_url(group)))
    assert "Zapisano obecność na 2 spotkaniach." in page
    assert "1 z 2" in page
    assert "Obecności: 2 z 3, 67 proc." in page
    for meeting in meetings:
        meeting.refresh_from_db()
        assert (meeting.state, meeting.version) == (MeetingState.HELD, 2)
        assert meeting_url(meeting) in page
    assert f"/rodziny/{danuta.family_id}/projekty/" in page


def test_a_letter_cleared_and_one_changed(as_anna, group, meetings, danuta, piotr, anna):
    first, _ = meetings
    mark(first, {danuta: "present", piotr: "late"}, by=anna)
    submit_form(as_anna, grid_url(group), **{cell(first, danuta): "", cell(first, piotr): "U"})
    assert marks() == [(first.pk, piotr.pk, "excused")]
    assert Attendance.history.filter(history_type="-").count() == 1


def test_a_word_instead_of_a_letter(as_anna, group, meetings, danuta):
    data = form_data(as_anna, grid_url(group), **{cell(meetings[0], danuta): "x"})
    response = as_anna.post(grid_url(group), data)
    assert response.status_code == 422
    assert "Kowalska Danuta, 06.10.2026: Wpisz O, S, U albo N, albo zostaw puste." in response_text(response)
    assert marks() == []


def test_coming_meetings_are_only_shown_and_cancelled_ones_are_not(as_anna, group, meetings, danuta, anna):
    coming = make_past(group, anna, LATER)
    cancelled = make_past(group, anna, date(2026, 10, 7), state="cancelled")
    data = form_data(as_anna, grid_url(group))
    assert cell(meetings[0], danuta) in data
    for meeting, sentence in ((coming, "jeszcze się nie zaczęło"), (cancelled, "jest odwołane")):
        assert cell(meeting, danuta) not in data
        response = as_anna.post(grid_url(group), data | {cell(meeting, danuta): ["O"]})
        assert response.status_code == 422
        assert sentence in response.text
    page = as_anna.get(grid_url(group)).text
    assert "20.10" in page
    assert "07.10" not in page


def test_of_two_people_at_the_grid_none_loses_a_mark(as_anna, group, meetings, danuta, piotr, tomasz):
    first, second = meetings
    letters = {cell(first, danuta): "N", cell(second, danuta): "O"}
    data = form_data(as_anna, grid_url(group), **letters)
    mark(first, {danuta: "present", piotr: "present"}, by=tomasz)
    response = as_anna.post(grid_url(group), data)
    assert response.status_code == 409
    assert "Kowalska Danuta, 06.10.2026" in response_text(response)
    typed = parse_form(response.text)
    assert typed[cell(first, piotr)] == ["O"]
    assert as_anna.post(grid_url(group), typed).status_code == 302
    assert {each[1:] for each in marks()} == {
        (danuta.pk, "unexcused"),
        (piotr.pk, "present"),
        (danuta.pk, "present"),
    }


def test_another_meeting_saved_meanwhile_is_no_conflict(as_anna, group, meetings, danuta, piotr, tomasz):
    first, second = meetings
    data = form_data(as_anna, grid_url(group), **{cell(second, danuta): "O"})
    mark(first, {danuta: "present"}, by=tomasz)
    assert as_anna.post(grid_url(group), data).status_code == 302
    assert len(marks()) == 2


def test_meetings_over_a_month_ago_ask_for_a_reason(as_anna, group, meetings, danuta, anna):
    with clock.freeze_time(date(2026, 11, 10)):
        as_anna.force_login(anna)
        data = form_data(as_anna, grid_url(group), **{cell(meetings[0], danuta): "O"})
        response = as_anna.post(grid_url(group), data)
        assert response.status_code == 422
        assert "Napisz, dlaczego zmieniasz obecność." in response.text
        data = form_data(
            as_anna, grid_url(group), correction_reason="z listy", **{cell(meetings[0], danuta): "O"}
        )
        assert as_anna.post(grid_url(group), data).status_code == 302


def test_only_who_runs_the_group(client, group, meetings, danuta, ewa, zofia, maria):
    for user, status in ((ewa, 403), (zofia, 403), (maria, 200)):
        client.force_login(user)
        assert client.get(grid_url(group)).status_code == status


def test_of_a_settled_project_it_is_only_read(as_anna, group, meetings, danuta):
    data = form_data(as_anna, grid_url(group), **{cell(meetings[0], danuta): "O"})
    type(group.edition).objects.filter(pk=group.edition_id).update(state="settled")
    page = as_anna.get(grid_url(group))
    assert "Ten projekt jest zamknięty" in page.text
    assert "Zapisz obecność" not in page.text
    assert as_anna.post(grid_url(group), data).status_code in (403, 422)
    assert marks() == []


def test_a_group_without_meetings_and_one_without_people(as_anna, group, anna):
    assert "Ta grupa nie ma jeszcze spotkań." in as_anna.get(grid_url(group)).text
    meeting = make_past(group, anna)
    assert "Nikt jeszcze nie rozpoczął udziału" in as_anna.get(grid_url(group)).text
    assert "Tego dnia nikt nie brał udziału" in as_anna.get(meeting_url(meeting)).text


def test_cells_and_what_was_opened_that_nobody_can_read(as_anna, group, meetings, danuta):
    endless = "9" * 5000
    for name in (f"c_{endless}_{slot_code(danuta)}", f"c_{meetings[0].pk}_{endless}-1", "c__", "c_1"):
        data = urlencode(form_data(as_anna, grid_url(group), **{name: "O"}), doseq=True)
        response = as_anna.post(grid_url(group), data, content_type=URLENCODED)
        assert response.status_code == 422 and marks() == []
    typed = {cell(meetings[0], danuta): "O", "opened": "[" * 100_000}
    assert as_anna.post(grid_url(group), form_data(as_anna, grid_url(group), **typed)).status_code == 302
    assert marks() == [(meetings[0].pk, danuta.pk, "present")]


# ---- cost --------------------------------------------------------------------------------------------
@pytest.fixture
def full(group, tomasz, anna):
    """Thirty people and twenty meetings, the first of them marked."""
    people = [
        register_person(person=Person(first_name="Ewa", last_name=f"Lis{n}", sex="female"), by=tomasz)
        for n in range(30)
    ]
    rows = [enrol(group, tomasz, person=each, begun_on=date(2026, 9, 1)) for each in people]
    meetings = [make_past(group, anna, TODAY - timedelta(days=n)) for n in range(20)]
    mark(meetings[0], dict.fromkeys(rows, "present"), by=anna)
    return rows, meetings


def test_thirty_people_and_twenty_meetings_take_eight_statements(as_anna, full, group):
    statements = page_statements(as_anna, grid_url(group))
    assert len(statements) <= 8, statements


def test_saving_all_of_it_takes_few_statements(as_anna, full, group, client):
    rows, meetings = full
    letters = {cell(each, row): "S" for each in meetings for row in rows}
    data = form_data(as_anna, grid_url(group), **letters)
    with CaptureQueriesContext(connection) as queries:
        assert as_anna.post(grid_url(group), data).status_code == 302
    assert Attendance.objects.filter(presence="late").count() == 600
    from collections import Counter

    assert len(queries) <= 45, Counter(q["sql"][:160] for q in queries).most_common(3)


def test_one_meeting_takes_as_many_statements_for_thirty_people(as_anna, full):
    statements = page_statements(as_anna, meeting_url(full[1][0]))
    assert len(statements) <= 11, statements


def test_more_than_twenty_meetings_stand_on_pages(as_anna, full, group, anna):
    make_past(group, anna, date(2026, 9, 22))
    page = as_anna.get(grid_url(group)).text
    assert "?strona=1" in page
    assert "?strona=2" in page
    assert "22.09" not in page.split("<table")[1].split("</thead>")[0] or "strona=1" in page


@pytest.mark.parametrize(
    "query", ["?strona=abc", "?strona=99", "?strona=-1", "?strona=9999999999999999999999", "?szkic=x"]
)
def test_odd_addresses(as_anna, group, meetings, danuta, query):
    assert as_anna.get(grid_url(group) + query).status_code == 200
    assert as_anna.get(meeting_url(meetings[0]) + query).status_code == 200
    assert as_anna.get(f"{meeting_url(meetings[0])}dopisz/?kto=x&{query[1:]}").status_code == 200


def test_a_garbled_field_of_what_was_shown_changes_nothing_unseen(as_anna, group, meetings, danuta, anna):
    for opened in ("[]", "{", '{"a": [1]}', "null"):
        data = form_data(as_anna, grid_url(group), opened=opened, **{cell(meetings[0], danuta): "O"})
        assert as_anna.post(grid_url(group), data).status_code == 302


@pytest.mark.parametrize("version", ["", "abc", None])
def test_a_column_without_its_version_is_asked_again(as_anna, group, meetings, danuta, version):
    """Otherwise it would overwrite, unseen, what somebody else marked meanwhile."""
    data = form_data(as_anna, grid_url(group), **{cell(meetings[0], danuta): "O"})
    del data[f"version_{meetings[0].pk}"]
    if version is not None:
        data[f"version_{meetings[0].pk}"] = version
    response = as_anna.post(grid_url(group), data)
    assert response.status_code == 422
    assert "była niekompletna" in response_text(response)
    assert not Attendance.objects.exists()

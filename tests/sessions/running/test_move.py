"""A meeting moved to another day, hour or place, with the reason."""

from datetime import date, time

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from lubsko_ops.audit.history import VersionConflict
from sessions.choices import MeetingChangeKind, MeetingState
from sessions.running import actions
from tests.form_client import form_data, submit_form
from tests.projects.groups.helpers import page
from tests.sessions.factories import make_held
from tests.sessions.running.helpers import COMING, LATER, PAST, add, on_day, plain_text, url

FIELDS = {"starts_on": "26.10.2026", "starts_at": "10:00", "ends_at": "12:00", "reason": "Sala zajęta"}


def send(client, meeting, **fields):
    return submit_form(client, url("move", meeting.pk), **FIELDS | fields)


def move(meeting, by, wanted=None, **fields):
    values = {"reason": "Sala zajęta", "version": None} | fields
    return actions.move_meeting(meeting=meeting, wanted=wanted or on_day(LATER), by=by, **values)


def refusal(response) -> str:
    assert response.status_code == 422
    return " ".join(response.content.decode().split())


def test_it_leads_to_those_to_be_called(as_tomasz, meeting):
    response = send(as_tomasz, meeting)
    assert (response.status_code, response["Location"]) == (302, url("notify", meeting.pk))
    uid = meeting.uid
    meeting.refresh_from_db()
    assert (meeting.starts_on, meeting.starts_at, meeting.minutes) == (LATER, time(10), 120)
    assert (meeting.uid, meeting.sequence, meeting.state) == (uid, 1, MeetingState.PLANNED)
    change = meeting.changes.get()
    assert (change.kind, change.reason) == (MeetingChangeKind.MOVE, "Sala zajęta")
    assert (change.from_on, change.from_at, change.to_on, change.to_at) == (COMING, time(9), LATER, time(10))
    text = plain_text(as_tomasz, url("meeting", meeting.pk))
    assert "Przeniesione z 19.10.2026, 9:00–11:00 na 26.10.2026, 10:00–12:00" in text
    assert "Sala zajęta" in plain_text(as_tomasz, page("projects:history", meeting.group.edition_id))


def test_another_place_alone(as_tomasz, meeting):
    fields = {"starts_on": "19.10.2026", "starts_at": "9:00", "ends_at": "11:00", "other_place": "Biblioteka"}
    assert send(as_tomasz, meeting, **fields).status_code == 302
    text = plain_text(as_tomasz, page("groups:group", meeting.group_id))
    assert "Biblioteka" in text and "przeniesione" not in text
    assert "Inne miejsce: Biblioteka" in plain_text(as_tomasz, url("meeting", meeting.pk))


def test_moved_twice_it_keeps_both_dates(as_tomasz, tomasz, meeting):
    moved = move(meeting, tomasz)
    move(moved, tomasz, on_day(date(2026, 11, 2)), reason="Święto")
    text = plain_text(as_tomasz, page("groups:group", meeting.group_id))
    assert "Sala zajęta; zamiast tego 26.10.2026" in text and "Święto; zamiast tego 02.11.2026" in text
    assert text.count("przeniesione") == 2 and "Spotkania: 1," in text


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"reason": ""}, "Napisz, dlaczego."),
        ({"starts_on": "01.02.2027"}, "Ten dzień jest poza nimi."),
        ({"ends_at": "9:00"}, "Koniec musi być po początku."),
        ({"starts_on": "25.10.2026", "starts_at": "2:15", "ends_at": "4:00"}, "zmienia się czas"),
        ({"starts_at": "25:00"}, "Takiej godziny nie ma na zegarze."),
        ({"starts_on": "19.10.2026", "starts_at": "9:00", "ends_at": "11:00"}, "są takie same jak dotąd"),
    ],
)
def test_refused_with_all_that_was_typed(as_tomasz, meeting, fields, sentence):
    response = send(as_tomasz, meeting, **fields)
    text = refusal(response)
    assert sentence in text and (fields.get("reason") == "" or "Sala zajęta" in text)
    meeting.refresh_from_db()
    assert meeting.starts_on == COMING and not meeting.changes.exists()


def test_onto_the_hour_of_another_meeting(as_tomasz, tomasz, group, meeting):
    add(group, tomasz, LATER)
    response = send(as_tomasz, meeting, starts_at="9:00", ends_at="11:00")
    assert "ma już spotkanie tego dnia o tej godzinie" in refusal(response)
    assert "starts_at" in response.context["form"].errors


def test_what_is_in_the_way_is_asked_first(as_tomasz, tomasz, group, meeting):
    add(group, tomasz, LATER, start=time(11), end=time(13))
    response = send(as_tomasz, meeting)
    assert "Ta grupa ma wtedy inne spotkanie (11:00–13:00)." in refusal(response)
    assert not meeting.changes.exists()
    response = send(as_tomasz, meeting, _anyway=" ".join(response.context["confirmed"]))
    assert response.status_code == 302 and meeting.changes.exists()


def test_a_public_holiday_is_asked(as_tomasz, meeting):
    response = send(as_tomasz, meeting, starts_on="11.11.2026")
    text = refusal(response)
    assert "11.11.2026 to święto: Narodowe Święto Niepodległości." in text and "Jeśli tak ma być" in text
    assert not meeting.changes.exists()
    response = send(
        as_tomasz, meeting, starts_on="11.11.2026", _anyway=" ".join(response.context["confirmed"])
    )
    assert response.status_code == 302 and meeting.changes.exists()


@pytest.mark.parametrize("state", [MeetingState.HELD, MeetingState.CANCELLED, MeetingState.WITHDRAWN])
def test_only_a_planned_one(as_tomasz, tomasz, group, state):
    row = make_held(group, tomasz, PAST, state=state)
    assert as_tomasz.get(url("move", row.pk)).status_code == 302
    with pytest.raises(ValidationError):
        move(row, tomasz)


def test_two_users_at_once(as_tomasz, tomasz, meeting):
    address = url("move", meeting.pk)
    typed = form_data(as_tomasz, address, **FIELDS)
    move(meeting, tomasz, on_day(date(2026, 11, 2)), version=meeting.version)
    with pytest.raises(VersionConflict):
        move(meeting, tomasz, version=meeting.version)
    response = as_tomasz.post(address, typed)
    assert response.status_code == 409 and meeting.changes.count() == 1


def test_only_who_runs_the_group(as_anna, anna, meeting):
    assert as_anna.get(url("move", meeting.pk)).status_code == 403
    with pytest.raises(PermissionDenied):
        move(meeting, anna)
    assert as_anna.get(url("move", meeting.pk + 1)).status_code == 404

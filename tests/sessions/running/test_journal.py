"""The journal of a meeting: what is written, its parts, and whether it was held where nobody keeps attendance."""

from datetime import date, time

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from lubsko_ops.core import clock
from sessions.choices import MeetingState
from sessions.models import Meeting, MeetingLeader
from sessions.running import actions, record_actions
from tests.form_client import form_data, response_text, submit_form
from tests.projects.groups.helpers import enrol, mother_of, page
from tests.sessions.factories import make_attendance, make_held, make_meeting
from tests.sessions.running.helpers import PAST, close_project, plain_text, url

FIELDS = {
    "topic": "Umiem powiedzieć, czego chcę",
    "course": "Ćwiczenia w parach.",
    "materials": "Karty",
    "homework": "Zeszyt wydatków",
    "remarks": "Sala zimna",
}


def send(client, meeting, **fields):
    return submit_form(client, url("meeting-log", meeting.pk), **FIELDS | fields)


def write(meeting, by, **fields):
    values = {"data": Meeting(topic="Emocje"), "parts": [], "version": None} | fields
    return record_actions.write_journal(meeting=meeting, by=by, **values)


def with_parts(*parts) -> dict:
    fields = {"parts-TOTAL_FORMS": str(len(parts))}
    for number, part in enumerate(parts):
        fields |= {f"parts-{number}-{name}": value for name, value in part.items()}
    return fields


def test_what_was_done(as_tomasz, tomasz, group):
    held = make_held(group, tomasz, PAST)
    response = send(as_tomasz, held)
    assert (response.status_code, response["Location"]) == (302, f"{url('meeting', held.pk)}#dziennik")
    held.refresh_from_db()
    assert {name: getattr(held, name) for name in FIELDS} == FIELDS
    text = plain_text(as_tomasz, url("meeting", held.pk))
    assert all(each in text for each in FIELDS.values())
    history = plain_text(as_tomasz, page("projects:history", group.edition_id))
    assert "Wpis w dzienniku" in history and "Ćwiczenia w parach" not in history
    assert FIELDS["remarks"] not in history  # on the page it is for who keeps the journal


def test_parts_side_by_side(as_tomasz, meeting):
    parents = {"audience": "parents", "starts_at": "9:00", "ends_at": "10:00", "topic": "Rozmowa"}
    children = {"audience": "children", "leaders": "Olga Marzec", "place": "sala 2"}
    assert send(as_tomasz, meeting, **with_parts(parents, children)).status_code == 302
    first, second = meeting.parts.all().order_by("position")
    assert (first.minutes, first.topic, second.place) == (60, "Rozmowa", "sala 2")
    text = plain_text(as_tomasz, url("meeting", meeting.pk))
    assert "Rodzice: Rozmowa 9:00–10:00" in text and "sala 2, prowadzi: Olga Marzec" in text
    kept = {"row": second.pk, "audience": "children", "leaders": "Olga Marzec"}
    assert send(as_tomasz, meeting, **with_parts(kept)).status_code == 302
    assert meeting.parts.get().pk == second.pk


@pytest.mark.parametrize(
    ("part", "sentence"),
    [
        ({"topic": "Rozmowa"}, "Wybierz, dla kogo jest ta część."),
        ({"audience": "parents", "starts_at": "10:00", "ends_at": "9:00"}, "Koniec musi być po początku."),
        ({"audience": "parents", "ends_at": "9:00"}, "Wpisz też, od której godziny."),
    ],
)
def test_a_part_refused_beside_its_field(as_tomasz, meeting, part, sentence):
    response = send(as_tomasz, meeting, **with_parts(part))
    assert response.status_code == 422 and sentence in response_text(response)
    meeting.refresh_from_db()
    assert meeting.topic == "Emocje" and not meeting.parts.exists()


# ---- held --------------------------------------------------------------------------------------------
def test_without_participants_the_journal_marks_it_as_held(as_tomasz, tomasz, group):
    past = make_meeting(group, tomasz, PAST)
    assert send(as_tomasz, past, held="on").status_code == 302
    past.refresh_from_db()
    assert past.state == MeetingState.HELD
    assert send(as_tomasz, past, held=None).status_code == 302
    past.refresh_from_db()
    assert past.state == MeetingState.PLANNED


def test_a_coming_meeting_is_never_held(as_tomasz, tomasz, meeting):
    response = send(as_tomasz, meeting, held="on")
    assert response.status_code == 422 and "jeszcze nie było" in response_text(response)
    with clock.freeze_time(date(2026, 10, 19)):
        assert write(meeting, tomasz, held=True).state == MeetingState.HELD


def test_with_participants_attendance_says_so(as_tomasz, tomasz, group, kowalscy):
    past = make_meeting(group, tomasz, PAST)
    row = enrol(group, tomasz, person=mother_of(kowalscy), family=kowalscy, begun_on=date(2026, 10, 1))
    assert 'name="held"' not in as_tomasz.get(url("meeting-log", past.pk)).content.decode()
    with pytest.raises(ValidationError, match="rozstrzyga obecność"):
        write(past, tomasz, held=True)
    held = make_held(group, tomasz, date(2026, 10, 6))
    make_attendance(held, row, tomasz)
    with pytest.raises(ValidationError, match="zaznaczona obecność"):
        write(held, tomasz, held=False)


# ---- who ---------------------------------------------------------------------------------------------
def test_who_is_named_for_the_meeting_writes_its_journal(as_anna, anna, tomasz, group, meeting):
    assert as_anna.get(url("meeting-log", meeting.pk)).status_code == 403
    with pytest.raises(PermissionDenied):
        write(meeting, anna)
    record_actions.add_meeting_leader(meeting=meeting, data=MeetingLeader(user=anna), by=tomasz)
    assert send(as_anna, meeting).status_code == 302
    assert "Sala zimna" in plain_text(as_anna, url("meeting", meeting.pk))
    assert as_anna.get(url("move", meeting.pk)).status_code == 403


def test_not_of_a_cancelled_meeting_nor_in_a_closed_project(as_tomasz, tomasz, group, meeting):
    held = make_held(group, tomasz, PAST)
    actions.cancel_meeting(meeting=meeting, reason="Awaria", version=None, by=tomasz)
    assert as_tomasz.get(url("meeting-log", meeting.pk)).status_code == 302
    with pytest.raises(ValidationError, match="odwołane"):
        write(meeting, tomasz)
    close_project(group)
    with pytest.raises(PermissionDenied, match="zamknięty"):
        write(held, tomasz)


def test_two_users_at_once(as_tomasz, tomasz, group):
    held = make_held(group, tomasz, PAST, starts_at=time(9))
    address = url("meeting-log", held.pk)
    typed = form_data(as_tomasz, address, **FIELDS)
    write(held, tomasz)
    response = as_tomasz.post(address, typed)
    assert response.status_code == 409 and "Ćwiczenia w parach." in response_text(response)

"""A meeting called off, and one that takes place after all; each with the reason."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from sessions.choices import MeetingChangeKind, MeetingState
from sessions.running import actions
from tests.form_client import response_text, submit_form
from tests.projects.groups.helpers import enrol, mother_of, page
from tests.sessions.factories import make_attendance, make_held, make_meeting
from tests.sessions.running.helpers import LATER, PAST, add, close_project, on_day, plain_text, url


def cancel(meeting, by, reason="Prowadząca na szkoleniu"):
    return actions.cancel_meeting(meeting=meeting, reason=reason, version=None, by=by)


def restore(meeting, by, reason="Szkolenie przełożone"):
    return actions.restore_meeting(meeting=meeting, reason=reason, version=None, by=by)


# ---- cancel ------------------------------------------------------------------------------------------
def test_it_stays_on_the_list_without_a_number(as_tomasz, tomasz, group, meeting):
    add(group, tomasz, LATER)
    response = submit_form(as_tomasz, url("cancel", meeting.pk), reason="Prowadząca na szkoleniu")
    assert (response.status_code, response["Location"]) == (302, url("notify", meeting.pk))
    meeting.refresh_from_db()
    assert (meeting.state, meeting.sequence) == (MeetingState.CANCELLED, 1)
    assert meeting.changes.get().kind == MeetingChangeKind.CANCEL
    text = plain_text(as_tomasz, page("groups:group", group.pk))
    assert "Spotkania: 1, razem 2 godziny" in text and "odwołane Emocje Prowadząca na szkoleniu" in text
    assert "Odwołane z 19.10.2026, 9:00–11:00" in plain_text(as_tomasz, url("meeting", meeting.pk))
    assert "Odwołanie spotkania" in plain_text(as_tomasz, page("projects:history", group.edition_id))


def test_one_whose_day_has_passed_was_not_held(as_tomasz, tomasz, group):
    past = make_meeting(group, tomasz, PAST)
    assert "Spotkanie nie odbyło się" in plain_text(as_tomasz, url("cancel", past.pk))
    response = submit_form(as_tomasz, url("cancel", past.pk), reason="Nikt nie przyszedł")
    assert response["Location"] == url("meeting", past.pk)


def test_a_reason_is_required(as_tomasz, tomasz, meeting):
    response = submit_form(as_tomasz, url("cancel", meeting.pk), reason=" ")
    assert response.status_code == 422 and "Napisz, dlaczego." in response_text(response)
    with pytest.raises(ValidationError):
        cancel(meeting, tomasz, " ")


def test_not_one_that_was_held_or_has_attendance(as_tomasz, tomasz, group, kowalscy):
    held = make_held(group, tomasz, PAST)
    assert as_tomasz.get(url("cancel", held.pk)).status_code == 302
    with pytest.raises(ValidationError, match="odbyło"):
        cancel(held, tomasz)
    planned = make_meeting(group, tomasz, date(2026, 10, 6))
    row = enrol(group, tomasz, person=mother_of(kowalscy), family=kowalscy, begun_on=date(2026, 10, 1))
    make_attendance(planned, row, tomasz)
    with pytest.raises(ValidationError, match="zaznaczona obecność"):
        cancel(planned, tomasz)


def test_not_twice_and_not_by_others(as_anna, anna, tomasz, group, meeting):
    assert as_anna.get(url("cancel", meeting.pk)).status_code == 403
    with pytest.raises(PermissionDenied):
        cancel(meeting, anna)
    cancel(meeting, tomasz)
    with pytest.raises(ValidationError, match="jest odwołane"):
        cancel(meeting, tomasz)


def test_not_in_a_closed_project(as_tomasz, tomasz, group, meeting):
    close_project(group)
    assert as_tomasz.get(url("cancel", meeting.pk)).status_code == 302
    with pytest.raises(PermissionDenied, match="zamknięty"):
        cancel(meeting, tomasz)


# ---- restore -----------------------------------------------------------------------------------------
def test_it_takes_place_after_all(as_tomasz, tomasz, meeting):
    cancel(meeting, tomasz)
    response = submit_form(as_tomasz, url("restore", meeting.pk), reason="Szkolenie przełożone")
    assert response.status_code == 302
    meeting.refresh_from_db()
    assert (meeting.state, meeting.sequence) == (MeetingState.PLANNED, 2)
    text = plain_text(as_tomasz, url("meeting", meeting.pk))
    assert "Przywrócone na 19.10.2026, 9:00–11:00" in text and "Odwołane z 19.10.2026" in text


def test_one_made_up_for_is_asked_about(as_tomasz, tomasz, group, meeting):
    cancel(meeting, tomasz)
    actions.add_meeting(group=group, wanted=on_day(LATER), made_up_for=meeting, by=tomasz)
    response = submit_form(as_tomasz, url("restore", meeting.pk), reason="Jednak")
    assert response.status_code == 422 and "Odbędą się oba." in response_text(response)


def test_not_when_the_hour_is_taken_or_it_was_not_cancelled(as_tomasz, tomasz, group, meeting):
    assert as_tomasz.get(url("restore", meeting.pk)).status_code == 302
    with pytest.raises(ValidationError, match="odwołane nie jest"):
        restore(meeting, tomasz)
    cancel(meeting, tomasz)
    add(group, tomasz)
    with pytest.raises(ValidationError, match="ma już spotkanie"):
        restore(meeting, tomasz)
    response = submit_form(as_tomasz, url("restore", meeting.pk), reason="Jednak", _anyway="x")
    assert response.status_code == 422

"""Attendance of one meeting on its page."""

from datetime import timedelta

import pytest

from projects.choices import ParticipationStepKind
from projects.participants.actions import take_step
from sessions.choices import MeetingState
from sessions.models import Attendance
from tests.form_client import form_data, response_text, submit_form
from tests.sessions.attendance.helpers import (
    LATER,
    TODAY,
    enrol,
    make_past,
    make_workshop,
    meeting_url,
    mother_of,
    slot_code,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(tomasz, maria, anna):
    return make_workshop(tomasz, maria, leader=anna)


@pytest.fixture
def danuta(group, kowalscy, tomasz):
    return enrol(group, tomasz, person=mother_of(kowalscy), family=kowalscy)


def test_a_leader_records_who_came(as_anna, group, danuta, anna):
    meeting = make_past(group, anna)
    response = submit_form(
        as_anna, meeting_url(meeting), **{f"mark_{slot_code(danuta)}": "late", f"late_{slot_code(danuta)}": "10"}
    )
    assert response.status_code == 302
    row = Attendance.objects.get()
    assert (row.presence, row.late_minutes, row.person_id) == ("late", 10, danuta.person_id)
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.HELD
    assert meeting.version == 2
    assert [entry.history_change_reason for entry in row.history.all()] == ["Obecność"]
    assert "Zapisano obecność 13.10.2026: 1 z 1." in response_text(as_anna.get(meeting_url(meeting)))

"""Who leads one meeting: a replacement, or somebody beside the leaders of the group."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from lubsko_ops.accounts.models import RoleGrant
from sessions.models import MeetingLeader
from sessions.running import actions, record_actions
from tests.form_client import form_data, response_text, submit_form
from tests.projects.groups.helpers import page
from tests.sessions.running.helpers import close_project, plain_text, url


def send(client, meeting, **fields):
    return submit_form(client, url("meeting-leader-add", meeting.pk), **fields)


def name(meeting, by, **fields):
    return record_actions.add_meeting_leader(meeting=meeting, data=MeetingLeader(**fields), by=by)


def test_olga_stands_in_for_tomasz(as_tomasz, tomasz, olga, group, meeting):
    leader = group.leaders.get()
    response = send(as_tomasz, meeting, user=olga.pk, instead_of=leader.pk, reason="szkolenie")
    assert response.status_code == 302
    text = plain_text(as_tomasz, url("meeting", meeting.pk))
    assert "Olga Marzec zamiast: Tomasz Lis, szkolenie" in text
    assert "Emocje – Olga Marzec" not in text
    listed = plain_text(as_tomasz, page("groups:group", group.pk))
    assert "Olga Marzec" in listed
    history = plain_text(as_tomasz, page("projects:history", group.edition_id))
    assert "Prowadzący tego spotkania" in history


def test_somebody_from_outside_leads_too(as_tomasz, meeting):
    assert send(as_tomasz, meeting, name="dietetyczka z przychodni").status_code == 302
    assert "Tomasz Lis i dietetyczka z przychodni" in plain_text(
        as_tomasz, page("groups:group", meeting.group_id)
    )


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "jedno z dwojga"),
        ({"user": "tomasz"}, "prowadzi tę grupę, więc i to spotkanie"),
        ({"user": "olga", "name": "Ktoś"}, "jedno z dwojga"),
    ],
)
def test_refused_beside_the_field(as_tomasz, tomasz, olga, meeting, fields, sentence):
    people = {"tomasz": tomasz.pk, "olga": olga.pk}
    values = {key: people.get(value, value) for key, value in fields.items()}
    response = send(as_tomasz, meeting, **values)
    assert response.status_code == 422 and sentence in response_text(response)


def test_not_twice_and_one_replacement_for_each(tomasz, olga, anna, group, meeting):
    leader = group.leaders.get()
    name(meeting, tomasz, user=olga, instead_of=leader)
    with pytest.raises(ValidationError, match="prowadzi już to spotkanie"):
        name(meeting, tomasz, user=olga)
    with pytest.raises(ValidationError, match="jest już zastępstwo"):
        name(meeting, tomasz, user=anna, instead_of=leader)


def test_replaced_meanwhile_is_refused_and_not_left_out(as_tomasz, tomasz, olga, anna, group, meeting):
    leader, address = group.leaders.get(), url("meeting-leader-add", meeting.pk)
    data = form_data(as_tomasz, address, user=anna.pk, instead_of=leader.pk)
    name(meeting, tomasz, user=olga, instead_of=leader)
    response = as_tomasz.post(address, data)
    assert response.status_code == 422 and "Tej osoby nie trzeba już zastępować" in response_text(response)
    assert [each.user for each in meeting.leaders.all()] == [olga]


def test_who_has_no_role_then_does_not_lead(as_tomasz, tomasz, olga, meeting):
    RoleGrant.objects.filter(user=olga).update(ends_on=date(2026, 10, 16))
    with pytest.raises(ValidationError, match="nie ma tego dnia roli"):
        name(meeting, tomasz, user=olga)
    assert str(olga) not in as_tomasz.get(url("meeting-leader-add", meeting.pk)).content.decode()


def test_removed_with_a_reason(as_tomasz, tomasz, olga, group, meeting):
    row = name(meeting, tomasz, user=olga, instead_of=group.leaders.get())
    address = url("meeting-leader-remove", meeting.pk, row.pk)
    assert "Prowadzi je znów: Tomasz Lis" in plain_text(as_tomasz, address)
    assert submit_form(as_tomasz, address, why="pomyłka").status_code == 302
    assert not meeting.leaders.exists()
    assert as_tomasz.get(address).status_code == 404


def test_only_who_runs_the_group(as_anna, anna, tomasz, olga, group, meeting):
    row = name(meeting, tomasz, user=anna)
    assert as_anna.get(url("meeting-leader-add", meeting.pk)).status_code == 403
    assert as_anna.get(url("meeting-leader-remove", meeting.pk, row.pk)).status_code == 403
    with pytest.raises(PermissionDenied):
        name(meeting, anna, user=olga)


def test_not_of_a_cancelled_meeting_nor_in_a_closed_project(tomasz, olga, group, meeting):
    actions.cancel_meeting(meeting=meeting, reason="Awaria", version=None, by=tomasz)
    with pytest.raises(ValidationError, match="odwołane"):
        name(meeting, tomasz, user=olga)
    close_project(group)
    with pytest.raises(PermissionDenied, match="zamknięty"):
        name(meeting, tomasz, user=olga)

"""A meeting added by hand, also to make up for a cancelled one."""

from datetime import date, time

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from sessions.choices import MeetingState
from sessions.models import Meeting
from sessions.running import actions
from tests.form_client import form_data, submit_form
from tests.projects.groups.helpers import make_group, page
from tests.projects.helpers import make_running
from tests.sessions.running.helpers import COMING, LATER, add, close_project, on_day, plain_text, url

FIELDS = {"starts_on": "19.10.2026", "starts_at": "9", "ends_at": "11:00", "topic": "Emocje"}


def send(client, group, **fields):
    return submit_form(client, url("meeting-add", group.pk), **FIELDS | fields)


def refusal(response) -> str:
    assert response.status_code == 422
    return " ".join(response.content.decode().split())


def test_it_is_on_the_list_with_its_number(as_tomasz, group):
    response = send(as_tomasz, group)
    assert response.status_code == 302 and response["Location"].endswith("#spotkania")
    meeting = group.scheduled_meetings.get()
    assert (meeting.starts_on, meeting.ends_on, meeting.starts_at) == (COMING, COMING, time(9))
    assert (meeting.minutes, meeting.topic, meeting.scheduled_on) == (120, "Emocje", None)
    assert meeting.history.latest("history_id").history_change_reason == "Nowe spotkanie"
    assert "Nowe spotkanie" in plain_text(as_tomasz, page("projects:history", group.edition_id))


def test_activities_without_meetings_take_none(as_tomasz, tomasz, group):
    event = make_group(group.edition, tomasz, name="Zbiórka", kind="event")
    assert as_tomasz.get(url("meeting-add", event.pk)).status_code == 404
    with pytest.raises(PermissionDenied):
        add(event, tomasz)


def test_over_several_days(as_tomasz, group):
    assert send(as_tomasz, group, ends_on="21.10.2026").status_code == 302
    assert group.scheduled_meetings.get().days_text == "19.10.2026–21.10.2026"


def test_without_a_settled_hour(as_tomasz, group):
    assert send(as_tomasz, group, starts_at="", ends_at="").status_code == 302
    assert "godzina nieustalona" not in plain_text(as_tomasz, page("groups:group", group.pk))


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"starts_on": "30.09.2026"}, "Zajęcia trwają 01.10.2026–18.12.2026. Ten dzień jest poza nimi."),
        ({"ends_on": "18.10.2026"}, "Koniec nie może poprzedzać początku."),
        ({"ends_on": "30.11.2026"}, "Jedno spotkanie trwa najwyżej 31 dni."),
        ({"ends_at": "8:00"}, "Koniec musi być po początku."),
        ({"ends_at": ""}, "Wpisz też, do której godziny."),
        ({"starts_at": ""}, "Wpisz też, od której godziny."),
        ({"starts_on": "25.10.2026", "starts_at": "1:00", "ends_at": "3:30"}, "zmienia się czas"),
        ({"starts_on": "31.02.2026"}, "Takiego dnia nie ma w kalendarzu."),
        ({"starts_on": ""}, "Wpisz datę."),
    ],
)
def test_refused_beside_the_field(as_tomasz, group, fields, sentence):
    assert sentence in refusal(send(as_tomasz, group, **fields))
    assert not group.scheduled_meetings.exists()


def test_a_public_holiday_among_its_days_is_asked(as_tomasz, group):
    response = send(as_tomasz, group, starts_on="10.11.2026", ends_on="12.11.2026")
    assert "11.11.2026 to święto: Narodowe Święto Niepodległości." in refusal(response)
    assert not group.scheduled_meetings.exists()


def test_the_same_hour_is_refused_beside_the_field(as_tomasz, tomasz, group, meeting):
    response = send(as_tomasz, group)
    assert "Ta grupa ma już spotkanie tego dnia o tej godzinie." in refusal(response)
    assert "starts_at" in response.context["form"].errors


def test_what_is_in_the_way_is_asked(as_tomasz, group, meeting):
    response = send(as_tomasz, group, starts_at="10:00", ends_at="12:00")
    assert "Ta grupa ma wtedy inne spotkanie (9:00–11:00)." in refusal(response)
    confirmed = response.context["confirmed"]
    response = send(as_tomasz, group, starts_at="10:00", ends_at="12:00", _anyway=" ".join(confirmed))
    assert response.status_code == 302 and group.scheduled_meetings.count() == 2


def test_instead_of_a_cancelled_one(as_tomasz, tomasz, group, meeting):
    actions.cancel_meeting(meeting=meeting, reason="Awaria", version=None, by=tomasz)
    address = url("meeting-add", group.pk)
    form = as_tomasz.get(address, {"za": meeting.pk}).context["form"]
    assert (form["made_up_for"].value(), form["starts_at"].value()) == (meeting.pk, time(9))
    assert send(as_tomasz, group, starts_on="26.10.2026", made_up_for=meeting.pk).status_code == 302
    made_up = group.scheduled_meetings.get(starts_on=LATER)
    assert made_up.made_up_for == meeting
    assert "zamiast odwołanego 19.10.2026" in plain_text(as_tomasz, page("groups:group", group.pk))
    assert "Odrobienie 26.10.2026" in plain_text(as_tomasz, url("meeting", meeting.pk))
    with pytest.raises(ValidationError, match="ma już odrobienie"):
        actions.add_meeting(group=group, wanted=on_day(date(2026, 11, 2)), made_up_for=meeting, by=tomasz)


def test_made_up_for_meanwhile_is_refused_and_not_left_out(as_tomasz, tomasz, group, meeting):
    actions.cancel_meeting(meeting=meeting, reason="Awaria", version=None, by=tomasz)
    address = url("meeting-add", group.pk)
    data = form_data(as_tomasz, address, **FIELDS | {"starts_on": "2.11.2026", "made_up_for": meeting.pk})
    actions.add_meeting(group=group, wanted=on_day(LATER), made_up_for=meeting, by=tomasz)
    assert "To spotkanie ma już odrobienie" in refusal(as_tomasz.post(address, data))
    assert not group.scheduled_meetings.filter(starts_on=date(2026, 11, 2)).exists()


def test_a_meeting_that_takes_place_is_not_made_up(tomasz, group, meeting):
    with pytest.raises(ValidationError, match="odwołane nie jest"):
        actions.add_meeting(group=group, wanted=on_day(LATER), made_up_for=meeting, by=tomasz)


def test_only_who_runs_the_group(as_anna, anna, group):
    assert as_anna.get(url("meeting-add", group.pk)).status_code == 403
    with pytest.raises(PermissionDenied):
        add(group, anna)


def test_a_leader_who_is_no_author(as_anna, anna, tomasz, maria):
    group = make_group(make_running(tomasz, maria), tomasz, leader=anna)
    assert send(as_anna, group).status_code == 302


def test_a_closed_project(as_tomasz, tomasz, group):
    close_project(group)
    assert as_tomasz.get(url("meeting-add", group.pk)).status_code == 302
    with pytest.raises(PermissionDenied, match="zamknięty"):
        add(group, tomasz)


def test_a_group_has_at_most_a_thousand(tomasz, group, monkeypatch):
    monkeypatch.setattr(actions, "MAX_MEETINGS", 1)
    add(group, tomasz)
    with pytest.raises(ValidationError, match="więcej mieć nie może"):
        add(group, tomasz, LATER)


def test_a_withdrawn_hour_is_free_again(tomasz, group, meeting):
    Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.WITHDRAWN)
    assert add(group, tomasz).starts_on == COMING

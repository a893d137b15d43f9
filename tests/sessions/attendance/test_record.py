"""Attendance of one meeting on its page."""

from datetime import date, time
from urllib.parse import urlencode

import pytest

from lubsko_ops.audit.history import save_with_history
from lubsko_ops.core import clock
from projects.choices import ParticipationStepKind as Step
from projects.participants.actions import move_participation, take_step
from sessions.choices import MeetingState
from sessions.models import Attendance, MeetingLeader
from sessions.running.actions import cancel_meeting
from tests.form_client import form_data, parse_form, response_text, submit_form
from tests.projects.participants.helpers import enrol_one, member, step
from tests.sessions.attendance.helpers import (
    LATER,
    MONDAY,
    TODAY,
    URLENCODED,
    enrol,
    make_group,
    make_past,
    make_workshop,
    mark,
    meeting_url,
    mother_of,
    slot_code,
)

pytestmark = pytest.mark.django_db
LEFT = "udział skończył się 12.10.2026, więc na spotkaniu 13.10.2026 nie zaznacza się obecności."


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
def meeting(group, anna):
    return make_past(group, anna)


def name_of(row, field="mark") -> str:
    return f"{field}_{slot_code(row)}"


def marks() -> list[str]:
    return list(Attendance.objects.order_by("participation").values_list("presence", flat=True))


# ---- works -------------------------------------------------------------------------------------------
def test_a_leader_records_who_came(as_anna, meeting, danuta):
    late = {name_of(danuta): "late", name_of(danuta, "late"): "10"}
    response = submit_form(as_anna, meeting_url(meeting), guest_children="3", **late)
    assert response.status_code == 302
    row = Attendance.objects.get()
    assert (row.presence, row.late_minutes, row.person_id) == ("late", 10, danuta.person_id)
    meeting.refresh_from_db()
    assert (meeting.state, meeting.version, meeting.guest_children) == (MeetingState.HELD, 2, 3)
    assert [entry.history_change_reason for entry in row.history.all()] == ["Obecność"]
    assert row.history.get().history_user.username == "anna"
    assert "Zapisano obecność 13.10.2026: 1 z 1." in response_text(as_anna.get(meeting_url(meeting)))


def test_nothing_is_marked_before_the_user_does_it(as_anna, meeting, danuta):
    data = form_data(as_anna, meeting_url(meeting))
    assert data[name_of(danuta)] == [""]


def test_one_button_marks_everybody_not_marked_yet_without_javascript(as_anna, meeting, danuta, piotr):
    data = form_data(as_anna, meeting_url(meeting), **{name_of(piotr): "excused", "_refresh": "all-present"})
    page = as_anna.post(meeting_url(meeting), data).text
    assert not Attendance.objects.exists()
    for row, presence in ((danuta, "present"), (piotr, "excused")):
        assert f'name="{name_of(row)}" value="{presence}" checked' in page


def test_only_what_changed_is_written(as_anna, meeting, danuta, piotr, anna):
    mark(meeting, {danuta: "present", piotr: "unexcused"}, by=anna)
    submit_form(
        as_anna, meeting_url(meeting), **{name_of(piotr): "excused", name_of(piotr, "reason"): "praca"}
    )
    assert marks() == ["present", "excused"]
    versions = [row.history.count() for row in Attendance.objects.order_by("participation")]
    assert versions == [1, 2]
    meeting.refresh_from_db()
    assert meeting.version == 3
    submit_form(as_anna, meeting_url(meeting))
    meeting.refresh_from_db()
    assert meeting.version == 3


def test_clearing_all_marks_is_asked_and_makes_the_meeting_planned_again(as_anna, meeting, danuta, anna):
    mark(meeting, {danuta: "present"}, by=anna)
    data = form_data(as_anna, meeting_url(meeting), **{name_of(danuta): ""})
    response = as_anna.post(meeting_url(meeting), data)
    assert response.status_code == 422
    assert "nie będzie miało żadnej zaznaczonej obecności" in response.text
    assert marks() == ["present"]
    submit_form(as_anna, meeting_url(meeting), **{name_of(danuta): "", "_anyway": confirmed(response)})
    assert marks() == []
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.PLANNED


def confirmed(response) -> str:
    return response.context["confirmed"][-1]


def test_of_a_pair_the_parent_and_the_child_are_marked_each(as_anna, tomasz, maria, anna, kowalscy):
    group = make_workshop(tomasz, maria, leader=anna, takes="pairs")
    child = member(kowalscy, "child")
    row = enrol(group, tomasz, person=mother_of(kowalscy), child=child, family=kowalscy)
    meeting = make_past(group, anna)
    submit_form(
        as_anna,
        meeting_url(meeting),
        **{f"mark_{row.pk}-{row.person_id}": "present", f"mark_{row.pk}-{child.pk}": "unexcused"},
    )
    assert set(Attendance.objects.values_list("person", "presence")) == {
        (row.person_id, "present"),
        (child.pk, "unexcused"),
    }


def test_of_a_whole_family_how_many_came(as_anna, tomasz, maria, anna, kowalscy):
    group = make_workshop(tomasz, maria, leader=anna, kind="family_work", takes="families")
    row = enrol(group, tomasz, family=kowalscy)
    meeting = make_past(group, anna)
    submit_form(as_anna, meeting_url(meeting), **{name_of(row): "present", name_of(row, "people"): "4"})
    assert Attendance.objects.values_list("person", "people").get() == (None, 4)


# ---- whose list --------------------------------------------------------------------------------------
def test_who_left_yesterday_is_refused_with_a_sentence(as_anna, meeting, danuta, piotr, tomasz):
    data = form_data(as_anna, meeting_url(meeting), **{name_of(danuta): "present", name_of(piotr): "present"})
    leave(danuta, tomasz)
    response = as_anna.post(meeting_url(meeting), data)
    assert response.status_code == 422
    assert f"Danuta Kowalska: {LEFT}" in response_text(response)
    assert not Attendance.objects.exists()
    assert f'name="{name_of(piotr)}" value="present" checked' in response.text


def leave(row, by):
    take_step(
        participation=row, kind=Step.BREAK_OFF, day=date(2026, 10, 12), reason="work", version=None, by=by
    )


def test_the_last_day_is_still_a_day_of_taking_part(as_anna, group, danuta, tomasz, anna):
    meeting = make_past(group, anna, date(2026, 10, 12))
    leave(danuta, tomasz)
    assert submit_form(as_anna, meeting_url(meeting), **{name_of(danuta): "present"}).status_code == 302


def test_who_moved_is_on_the_list_of_the_new_group_from_that_day(as_anna, group, danuta, tomasz, anna):
    other = make_group(group.edition, tomasz, name="Grupa II", leader=anna)
    move_participation(participation=danuta, group=other, day=TODAY, version=None, by=tomasz)
    old, new = make_past(group, anna), make_past(other, anna)
    assert "Kowalska Danuta" in as_anna.get(meeting_url(new)).text
    assert "Kowalska Danuta" not in as_anna.get(meeting_url(old)).text


def test_who_has_not_begun_stands_below_with_a_link(as_anna, meeting, danuta, kowalscy, group, tomasz):
    row = enrol_one(group.edition, group, kowalscy, person=member(kowalscy, "father"), by=tomasz)
    row = step(row, Step.QUALIFY, by=tomasz)
    page = response_text(as_anna.get(meeting_url(meeting)))
    assert "Jeszcze nie rozpoczęli: 1" in page
    assert f"/spotkania/{meeting.pk}/obecnosc/dopisz/?kto={row.pk}" in page
    data = form_data(as_anna, meeting_url(meeting), **{name_of(row): "present"})
    response = as_anna.post(meeting_url(meeting), data)
    assert response.status_code == 422
    assert "udział jeszcze się nie rozpoczął. Rozpocznij go" in response.text


def test_a_person_of_another_group_is_refused(as_anna, meeting, danuta, tomasz, kowalscy, group):
    other = make_group(group.edition, tomasz, name="Grupa II")
    row = enrol(other, tomasz, person=member(kowalscy, "father"), family=kowalscy)
    endless = "9" * 5000
    codes = ("999999-1", "x", "1-99999999999999999999999", f"{endless}-1", f"1-{endless}")
    for name in (name_of(row), *(f"mark_{code}" for code in codes)):
        data = form_data(as_anna, meeting_url(meeting), **{name: "present"})
        response = as_anna.post(meeting_url(meeting), urlencode(data, doseq=True), content_type=URLENCODED)
        assert response.status_code == 422
        assert "Zaznaczono kogoś, kto nie należy do tej grupy." in response.text
    assert not Attendance.objects.exists()


# ---- bad input ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"mark": "present", "late": "10"}, "Minuty wpisuje się tylko przy spóźnieniu."),
        ({"mark": "late", "late": "0"}, "Wpisz od 1 do 600 minut albo zostaw puste."),
        ({"mark": "late", "late": "99999999999"}, "Wpisz od 1 do 600 minut albo zostaw puste."),
        ({"mark": "unexcused", "reason": "praca"}, "Powód wpisuje się przy nieobecności usprawiedliwionej."),
        ({"mark": "", "reason": "praca"}, "zaznacz obecność albo wyczyść resztę."),
        ({"mark": "dancing"}, "Tego już nie można wybrać."),
    ],
)
def test_bad_input_is_answered_beside_the_field(as_anna, meeting, danuta, fields, sentence):
    typed = {name_of(danuta, name): value for name, value in fields.items()}
    response = as_anna.post(meeting_url(meeting), form_data(as_anna, meeting_url(meeting), **typed))
    assert response.status_code == 422
    assert sentence in response_text(response)
    assert not Attendance.objects.exists()


@pytest.mark.parametrize("opened", ["[" * 100_000, '{"a":' + "9" * 5000 + "}", "[]", "null", "x"])
def test_what_was_opened_is_not_readable(as_anna, meeting, danuta, opened):
    data = form_data(as_anna, meeting_url(meeting), **{name_of(danuta): "present", "opened": opened})
    assert as_anna.post(meeting_url(meeting), data).status_code == 302
    assert marks() == ["present"]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"starts_on": LATER, "ends_on": LATER}, "To spotkanie jeszcze się nie zaczęło."),
        ({"starts_at": time(18)}, "To spotkanie jeszcze się nie zaczęło."),
        ({"state": "cancelled"}, "To spotkanie jest odwołane"),
        ({"state": "withdrawn"}, "To spotkanie wycofano z harmonogramu"),
    ],
)
def test_a_coming_or_cancelled_meeting_takes_no_attendance(as_anna, meeting, danuta, fields, sentence):
    data = form_data(as_anna, meeting_url(meeting), **{name_of(danuta): "present"})
    type(meeting).objects.filter(pk=meeting.pk).update(**fields)
    response = as_anna.post(meeting_url(meeting), data)
    assert response.status_code == 422
    assert sentence in response_text(response)
    assert not Attendance.objects.exists()
    response = as_anna.get(meeting_url(meeting), follow=True)
    assert sentence in response_text(response)


def test_called_off_while_it_was_marked(as_anna, meeting, danuta, anna):
    data = form_data(as_anna, meeting_url(meeting), **{name_of(danuta): "present"})
    cancel_meeting(meeting=meeting, reason="Awaria", version=None, by=anna)
    response = as_anna.post(meeting_url(meeting), data)
    assert response.status_code == 422 and "To spotkanie jest odwołane" in response_text(response)
    assert marks() == []


def test_after_a_month_a_change_needs_a_reason_which_stands_in_the_history(as_anna, meeting, danuta, anna):
    mark(meeting, {danuta: "present"}, by=anna)
    with clock.freeze_time(date(2026, 11, 14)):
        as_anna.force_login(anna)
        data = form_data(as_anna, meeting_url(meeting), **{name_of(danuta): "unexcused"})
        response = as_anna.post(meeting_url(meeting), data)
        assert response.status_code == 422
        assert "To spotkanie było ponad miesiąc temu." in response.text
        why = {"correction_reason": "pomyłka na liście"}
        submit_form(as_anna, meeting_url(meeting), **{name_of(danuta): "unexcused"}, **why)
    assert marks() == ["unexcused"]
    entry = Attendance.objects.get().history.first()
    assert entry.history_change_reason == "Poprawka obecności: pomyłka na liście"


def test_on_the_thirty_first_day_no_reason_is_asked(as_anna, meeting, danuta, anna):
    with clock.freeze_time(date(2026, 11, 13)):
        as_anna.force_login(anna)
        assert "correction_reason" not in form_data(as_anna, meeting_url(meeting))


# ---- who may -----------------------------------------------------------------------------------------
def test_only_who_runs_the_group(client, meeting, danuta, ewa, tomasz, maria, zofia, jan):
    for user, status in ((ewa, 403), (zofia, 403), (jan, 403), (tomasz, 200), (maria, 200)):
        client.force_login(user)
        assert client.get(meeting_url(meeting)).status_code == status, user


def test_who_leads_this_single_meeting_sees_it_without_the_others(client, meeting, danuta, group, ewa, anna):
    earlier = make_past(group, anna, MONDAY)
    mark(earlier, {danuta: "unexcused"}, by=anna)
    save_with_history(MeetingLeader(meeting=meeting, user=ewa), by=anna, why="Zastępstwo")
    client.force_login(ewa)
    page = client.get(meeting_url(meeting)).text
    assert "05.10" not in page
    assert submit_form(client, meeting_url(meeting), **{name_of(danuta): "present"}).status_code == 302
    assert client.get(meeting_url(earlier)).status_code == 403


def test_the_head_names_who_leads_this_meeting(as_tomasz, meeting, danuta, group, ewa, anna):
    assert f"prowadzi {anna}" in response_text(as_tomasz.get(meeting_url(meeting)))
    leader = group.leaders.get(user=anna)
    own = MeetingLeader(meeting=meeting, user=ewa, instead_of=leader)
    save_with_history(own, by=anna, why="Zastępstwo")
    page = response_text(as_tomasz.get(meeting_url(meeting)))
    assert f"prowadzi {ewa}" in page and f"prowadzi {anna}" not in page


def test_of_a_settled_project_it_is_only_read(as_anna, meeting, danuta, group, anna):
    mark(meeting, {danuta: "present"}, by=anna)
    data = form_data(as_anna, meeting_url(meeting), **{name_of(danuta): "unexcused"})
    type(group.edition).objects.filter(pk=group.edition_id).update(state="settled")
    page = as_anna.get(meeting_url(meeting))
    assert "Ten projekt jest zamknięty" in page.text
    assert "Zapisz obecność" not in page.text
    assert as_anna.post(meeting_url(meeting), data).status_code == 403
    assert marks() == ["present"]


# ---- twice -------------------------------------------------------------------------------------------
def test_of_two_phones_the_second_sees_both_and_none_is_lost(as_anna, meeting, danuta, piotr, tomasz, anna):
    data = form_data(as_anna, meeting_url(meeting), **{name_of(danuta): "unexcused"})
    mark(meeting, {danuta: "present", piotr: "present"}, by=tomasz)
    response = as_anna.post(meeting_url(meeting), data)
    assert response.status_code == 409
    page = response_text(response)
    assert "zapisał go ktoś inny" in page
    assert "Kowalska Danuta" in page
    assert marks() == ["present", "present"]
    # The mark only the other one made is taken over; saving again changes the own one alone.
    assert f'name="{name_of(piotr)}" value="present" checked' in response.text
    assert f'name="{name_of(danuta)}" value="unexcused" checked' in response.text
    assert as_anna.post(meeting_url(meeting), parse_form(response.text)).status_code == 302
    assert marks() == ["unexcused", "present"]

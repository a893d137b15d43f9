"""Somebody new at a meeting: joins with the rules of enrolment; what was marked before comes back."""

from datetime import date

import pytest

from projects.choices import ParticipationStepKind as Step
from projects.models import Participation
from tests.form_client import form_data, parse_form, response_text, submit_form
from tests.projects.participants.helpers import enrol_one, member, sign_for_child, step
from tests.sessions.attendance.helpers import (
    enrol,
    make_group,
    make_past,
    make_workshop,
    mother_of,
    slot_code,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(tomasz, maria, anna):
    return make_workshop(tomasz, maria, leader=anna, capacity=2)


@pytest.fixture
def danuta(group, kowalscy, tomasz):
    return enrol(group, tomasz, person=mother_of(kowalscy), family=kowalscy)


@pytest.fixture
def meeting(group, anna):
    return make_past(group, anna)


def reported(group, family, kinship, by, *kinds, **who):
    row = enrol_one(group.edition, group, family, person=member(family, kinship), by=by)
    for kind in kinds:
        row = step(row, kind, by=by)
    return row


def url(meeting, more="") -> str:
    return f"/spotkania/{meeting.pk}/obecnosc/dopisz/{more}"


def carried(client, meeting, target, **marks):
    """What the button "Dopisz osobę" sends, and the form that it opens."""
    data = form_data(client, f"/spotkania/{meeting.pk}/obecnosc/", **marks, _carry="1")
    return client.post(target, data)


def test_a_reported_person_joins_and_what_was_marked_comes_back(
    as_anna, group, meeting, danuta, kowalscy, tomasz
):
    piotr = reported(group, kowalscy, "father", tomasz)
    page = carried(as_anna, meeting, url(meeting), **{f"mark_{slot_code(danuta)}": "unexcused"})
    typed = parse_form(page.text)
    response = as_anna.post(url(meeting), typed | {"who": [str(piotr.pk)]})
    assert response.status_code == 302
    piotr.refresh_from_db()
    assert (piotr.status, piotr.status_on) == ("taking_part", meeting.starts_on)
    back = as_anna.get(response.url)
    page = response_text(back)
    assert "Dopisano do listy: Piotr Kowalska." in page or "Dopisano do listy: Piotr" in page
    fields = parse_form(back.text)
    assert fields[f"mark_{slot_code(danuta)}"] == ["unexcused"]
    fields[f"mark_{slot_code(piotr)}"] = ["present"]
    assert as_anna.post(f"/spotkania/{meeting.pk}/obecnosc/", fields).status_code == 302
    assert sorted(meeting.attendances.values_list("presence", flat=True)) == ["present", "unexcused"]


def test_who_was_taken_in_is_chosen_by_the_button_beside_the_name(
    as_anna, group, meeting, danuta, kowalscy, tomasz
):
    piotr = reported(group, kowalscy, "father", tomasz, Step.QUALIFY)
    page = carried(as_anna, meeting, f"{url(meeting)}?kto={piotr.pk}")
    assert parse_form(page.text)["who"] == [str(piotr.pk)]


def test_from_the_reserve_list_into_a_free_place(as_anna, group, meeting, danuta, kowalscy, tomasz):
    piotr = reported(group, kowalscy, "father", tomasz, Step.PUT_ON_RESERVE)
    assert submit_form(as_anna, url(meeting), who=piotr.pk).status_code == 302
    assert list(piotr.steps.order_by("pk").values_list("kind", flat=True))[-3:] == [
        "offer",
        "confirm",
        "begin",
    ]


def test_a_full_group_says_so(as_anna, group, meeting, danuta, kowalscy, nowakowie, tomasz):
    enrol(group, tomasz, person=mother_of(nowakowie), family=nowakowie)
    piotr = reported(group, kowalscy, "father", tomasz)
    data = form_data(as_anna, url(meeting), who=piotr.pk)
    response = as_anna.post(url(meeting), data)
    assert response.status_code == 422
    assert "Wszystkie miejsca w grupie są zajęte: 2 z 2." in response_text(response)
    piotr.refresh_from_db()
    assert piotr.status == "reported"


def test_a_child_needs_a_consent(as_anna, group, meeting, kowalscy, tomasz):
    child = member(kowalscy, "child")
    row = reported(group, kowalscy, "child", tomasz)
    data = form_data(as_anna, url(meeting), who=row.pk)
    response = as_anna.post(url(meeting), data)
    assert response.status_code == 422
    assert "brakuje zgody opiekuna" in response.text
    row.refresh_from_db()
    assert row.status == "reported"
    sign_for_child(row, child, mother_of(kowalscy), by=tomasz)
    assert submit_form(as_anna, url(meeting), who=row.pk).status_code == 302


def test_somebody_from_outside(as_anna, group, meeting, danuta):
    type(group.edition).objects.filter(pk=group.edition_id).update(recruits_from=date(2026, 10, 1))
    page = carried(as_anna, meeting, url(meeting), **{f"mark_{slot_code(danuta)}": "late"})
    outside = as_anna.post(url(meeting, "spoza/"), parse_form(page.text) | {"_carry": ["1"]})
    typed = parse_form(outside.text) | {"first_name": ["Ewa"], "last_name": ["Lis"], "sex": ["female"]}
    response = as_anna.post(url(meeting, "spoza/"), typed)
    assert response.status_code == 302
    row = Participation.objects.get(person__last_name="Lis")
    assert (row.status, row.group, row.status_on) == ("taking_part", group, meeting.starts_on)
    fields = parse_form(as_anna.get(response.url).text)
    assert fields[f"mark_{slot_code(danuta)}"] == ["late"]
    assert f"mark_{slot_code(row)}" in fields


def test_from_another_group_of_the_project(client, group, meeting, kowalscy, tomasz):
    other = make_group(group.edition, tomasz, name="Grupa II")
    row = reported(other, kowalscy, "father", tomasz)
    client.force_login(tomasz)
    assert submit_form(client, url(meeting), who=row.pk).status_code == 302
    row.refresh_from_db()
    assert (row.group, row.status) == (group, "taking_part")


def test_not_after_the_meeting_and_not_at_a_coming_one(as_anna, group, anna, kowalscy, tomasz):
    earlier = make_past(group, anna, date(2026, 10, 12))
    piotr = reported(group, kowalscy, "father", tomasz)
    data = form_data(as_anna, url(earlier), who=piotr.pk, day="13.10.2026")
    response = as_anna.post(url(earlier), data)
    assert "Wpisz dzień spotkania albo wcześniejszy." in response.text
    coming = make_past(group, anna, date(2026, 10, 20))
    assert "jeszcze się nie zaczęło" in response_text(as_anna.get(url(coming), follow=True))


def test_only_who_runs_the_group(client, meeting, ewa, zofia, tomasz):
    for user, status in ((ewa, 403), (zofia, 403), (tomasz, 200)):
        client.force_login(user)
        assert client.get(url(meeting)).status_code == status
        assert client.get(url(meeting, "spoza/")).status_code == status

"""A group is changed, never from under what rests on it; its leaders change only its description and days."""

from datetime import date, time

import pytest
from django.core.exceptions import PermissionDenied

from projects.groups import actions
from projects.models import Consultation, GroupDay, GroupLeader, ProjectGroup
from tests.form_client import response_text, submit_form
from tests.projects.groups.helpers import enrol, make_group, make_workshop, mother_of, page
from tests.projects.helpers import make_running


@pytest.fixture
def group(tomasz, maria):
    return make_workshop(tomasz, maria)


def edit(client, group, **fields):
    return submit_form(client, page("groups:edit", group.pk), **fields)


def test_tomasz_changes_it_and_the_history_says_so(as_tomasz, group):
    assert edit(as_tomasz, group, name="Warsztaty dla rodziców", capacity="10").status_code == 302
    group.refresh_from_db()
    assert (group.name, group.capacity) == ("Warsztaty dla rodziców", 10)
    history = response_text(as_tomasz.get(page("projects:history", group.edition_id)))
    assert "Zmiana grupy" in history and "Warsztaty dla rodziców" in history


def test_not_fewer_places_than_are_taken(as_tomasz, tomasz, group, kowalscy):
    enrol(group, tomasz, person=mother_of(kowalscy), family=kowalscy)
    enrol(group, tomasz, family=kowalscy, person=kowalscy.memberships.get(kinship="child").person)
    response = edit(as_tomasz, group, capacity="1")
    assert response.status_code == 422
    assert "Zajętych miejsc jest już 2" in response_text(response)


def test_an_offered_place_is_taken(as_tomasz, tomasz, group, kowalscy):
    enrol(group, tomasz, person=mother_of(kowalscy), family=kowalscy)
    waiting = enrol(group, tomasz, status="reserve", person=kowalscy.memberships.get(kinship="child").person)
    waiting.offered_on = date(2026, 10, 12)
    waiting.save()
    assert "Zajętych miejsc jest już 2" in response_text(edit(as_tomasz, group, capacity="1"))


def test_who_takes_part_stays_once_somebody_does(as_tomasz, tomasz, group, kowalscy):
    enrol(group, tomasz, person=mother_of(kowalscy), family=kowalscy)
    assert "nie można zmienić, kto bierze udział" in response_text(edit(as_tomasz, group, takes="pairs"))
    event = edit(as_tomasz, group, kind="event", capacity="", meetings="")
    assert "nie można zmienić, kto bierze udział" in response_text(event)


def test_days_stay_within_the_group(as_tomasz, tomasz, maria):
    group = make_group(make_running(tomasz, maria), tomasz, name="Ferie", kind="children")
    day = GroupDay(starts_on=date(2026, 12, 14), starts_at=time(9), programme="Basen")
    actions.save_days(group=group, days=[day], version=None, by=tomasz)
    assert "są wpisane dni: 14.12.2026" in response_text(edit(as_tomasz, group, ends_on="10.12.2026"))
    assert "są wpisane dni: 14.12.2026" in response_text(edit(as_tomasz, group, starts_on="15.12.2026"))
    assert "ma wpisane dni (1)" in response_text(edit(as_tomasz, group, kind="workshop"))


def test_it_does_not_end_before_a_consultation(as_tomasz, tomasz, ewa, group, kowalscy):
    consultation = Consultation(
        specialist=ewa,
        group=group,
        family=kowalscy,
        day=date(2026, 12, 1),
        state="planned",
        starts_at=time(10),
        minutes=60,
    )
    actions.save_with_history(consultation, by=tomasz, why="umówiona")
    assert "jest jeszcze 1 konsultacja" in response_text(edit(as_tomasz, group, ends_on="30.11.2026"))


def test_ending_it_earlier_shows_who_is_still_in_it(as_tomasz, tomasz, group, kowalscy, nowakowie):
    enrol(group, tomasz, person=mother_of(kowalscy), family=kowalscy)
    enrol(group, tomasz, status="broken_off", person=mother_of(nowakowie), family=nowakowie)
    response = edit(as_tomasz, group, ends_on="30.11.2026")
    assert response.status_code == 422
    assert f"nie zakończyli udziału: {mother_of(kowalscy)}." in response_text(response)


def test_a_closed_place_of_the_group_stays_to_be_chosen(as_tomasz, tomasz, group, maria):
    from lubsko_ops.centre.dictionaries.actions import add_entry
    from lubsko_ops.centre.models import MeetingPlace

    place = add_entry(entry=MeetingPlace(name="Biblioteka", address="ul. Szkolna 4"), by=maria)
    edit(as_tomasz, group, place=place.pk)
    MeetingPlace.objects.filter(pk=place.pk).update(closed_from=date(2026, 10, 1))
    assert edit(as_tomasz, group, capacity="11").status_code == 302
    group = ProjectGroup.objects.get()
    assert (group.place_text, group.capacity) == ("Biblioteka, ul. Szkolna 4", 11)


def test_of_two_who_change_it_the_second_sees_both_texts(as_tomasz, tomasz, maria, group):
    from tests.form_client import form_data

    data = form_data(as_tomasz, page("groups:edit", group.pk), name="Nazwa Tomasza")
    changed = ProjectGroup.objects.get()
    changed.name = "Nazwa Marii"
    actions.update_group(group=group, data=changed, version=None, by=maria)
    response = as_tomasz.post(page("groups:edit", group.pk), data)
    assert response.status_code == 409
    assert "Nazwa Marii" in response_text(response) and "Nazwa Tomasza" in response_text(response)


# ---- leaders -----------------------------------------------------------------------------------------
@pytest.fixture
def led_by_anna(anna, tomasz, group):
    data = GroupLeader(user=anna, starts_on=date(2026, 10, 1), ends_on=date(2026, 10, 31))
    actions.add_leader(group=group, data=data, by=tomasz)
    return group


def test_anna_describes_the_group_she_leads(as_anna, led_by_anna):
    url = page("groups:describe", led_by_anna.pk)
    assert submit_form(as_anna, url, description="Weź fartuch.", other_place="Kuchnia").status_code == 302
    led_by_anna.refresh_from_db()
    assert (led_by_anna.description, led_by_anna.place_text) == ("Weź fartuch.", "Kuchnia")


def test_but_neither_its_places_nor_its_leaders(as_anna, anna, led_by_anna):
    for name in ("edit", "copy", "remove", "leader-add"):
        assert as_anna.get(page(f"groups:{name}", led_by_anna.pk)).status_code == 403
    with pytest.raises(PermissionDenied):
        actions.update_group(group=led_by_anna, data=led_by_anna, version=None, by=anna)


def test_ewa_who_does_not_lead_only_reads(client, ewa, led_by_anna):
    client.force_login(ewa)
    assert client.get(page("groups:group", led_by_anna.pk)).status_code == 200
    assert client.get(page("groups:describe", led_by_anna.pk)).status_code == 403
    with pytest.raises(PermissionDenied):
        actions.describe_group(group=led_by_anna, data=led_by_anna, version=None, by=ewa)

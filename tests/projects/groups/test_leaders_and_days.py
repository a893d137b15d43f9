"""Leaders from day to day, and the days of an event, a trip or holidays with their programme and counts."""

from datetime import date, time
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from projects.groups import actions
from projects.models import GroupDay, GroupLeader
from tests.form_client import response_text, submit_form
from tests.projects.groups.helpers import make_group, make_workshop, page
from tests.projects.helpers import make_running


@pytest.fixture
def workshop(tomasz, maria):
    return make_workshop(tomasz, maria, leader=tomasz)


def add(client, group, **fields):
    return submit_form(client, page("groups:leader-add", group.pk), **fields)


# ---- leaders -----------------------------------------------------------------------------------------
def test_olga_replaces_tomasz_from_a_day(as_tomasz, tomasz, workshop):
    first = workshop.leaders.get()
    response = add(as_tomasz, workshop, name="Olga Marzec", starts_on="20.10.2026", replaces=first.pk)
    assert response.status_code == 302
    first.refresh_from_db()
    assert first.ends_on == date(2026, 10, 19)
    leaders = response_text(as_tomasz.get(page("groups:group", workshop.pk)))
    assert "Olga Marzec" in leaders and "od 01.10.2026 do 19.10.2026" in leaders


def test_she_does_not_replace_him_from_before_he_began(as_tomasz, workshop):
    leader = workshop.leaders.get()
    response = add(as_tomasz, workshop, name="Olga Marzec", starts_on="01.10.2026", replaces=leader.pk)
    assert response.status_code == 422
    assert "prowadzi od 01.10.2026" in response_text(response)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"starts_on": "30.09.2026", "name": "Olga"}, "Ten dzień jest poza nimi"),
        ({"starts_on": "05.10.2026", "ends_on": "01.03.2027", "name": "Olga"}, "Ten dzień jest poza nimi"),
        ({"starts_on": "05.10.2026", "ends_on": "04.10.2026", "name": "Olga"}, "Koniec nie może poprzedzać"),
        ({"starts_on": "05.10.2026"}, "jedno z dwojga"),
    ],
)
def test_refused_beside_the_field(as_tomasz, workshop, fields, sentence):
    response = add(as_tomasz, workshop, **fields)
    assert response.status_code == 422
    assert sentence in response_text(response)


def test_nobody_leads_twice_on_one_day(as_tomasz, tomasz, workshop):
    response = add(as_tomasz, workshop, user=tomasz.pk, starts_on="12.10.2026")
    assert response.status_code == 422
    assert "prowadzi już tę grupę" in response_text(response)
    add(as_tomasz, workshop, name="Olga Marzec", starts_on="05.10.2026", ends_on="10.10.2026")
    assert add(as_tomasz, workshop, name="olga marzec", starts_on="10.10.2026").status_code == 422
    assert add(as_tomasz, workshop, name="Olga Marzec", starts_on="11.10.2026").status_code == 302


def test_the_database_says_so_too(workshop, tomasz):
    twice = GroupLeader(group=workshop, user=tomasz, starts_on=date(2026, 11, 1), entered_by=tomasz)
    twice.entered_at = workshop.entered_at
    with pytest.raises(IntegrityError, match="group_leader_once"), transaction.atomic():
        twice.save()


def test_an_end_is_corrected_and_a_mistake_removed(as_tomasz, workshop):
    leader = workshop.leaders.get()
    url = page("groups:leader-edit", workshop.pk, leader.pk)
    assert submit_form(as_tomasz, url, ends_on="30.11.2026").status_code == 302
    leader.refresh_from_db()
    assert leader.ends_on == date(2026, 11, 30)
    url = page("groups:leader-remove", workshop.pk, leader.pk)
    assert submit_form(as_tomasz, url, why="pomyłka").status_code == 302
    assert not workshop.leaders.exists()
    assert "pomyłka" in response_text(as_tomasz.get(page("projects:history", workshop.edition_id)))


def test_the_group_does_not_end_before_somebody_begins_to_lead(as_tomasz, tomasz, workshop):
    add(as_tomasz, workshop, name="Olga Marzec", starts_on="01.12.2026")
    response = submit_form(as_tomasz, page("groups:edit", workshop.pk), ends_on="30.11.2026")
    assert "mają zacząć prowadzić: Olga Marzec od 01.12.2026" in response_text(response)


# ---- days --------------------------------------------------------------------------------------------
@pytest.fixture
def event(tomasz, maria):
    return make_group(make_running(tomasz, maria), tomasz, name="Zbiórka", kind="event")


def enter(client, group, *days):
    fields = {"days-TOTAL_FORMS": str(len(days))}
    for number, day in enumerate(days):
        fields |= {f"days-{number}-{name}": value for name, value in day.items()}
    return submit_form(client, page("groups:days", group.pk), **fields)


def test_an_event_over_midnight_with_its_counts(as_tomasz, event):
    night = {
        "starts_on": "12.10.2026", "ends_on": "13.10.2026", "starts_at": "20:00", "ends_at": "6:00",
        "programme": "Liczenie osób bezdomnych z Policją", "volunteers": "4", "people": "7",
    }  # fmt: skip
    assert enter(as_tomasz, event, night).status_code == 302
    day = event.days.get()
    assert (day.ends_on, day.starts_at, day.people, day.kilograms) == (date(2026, 10, 13), time(20), 7, None)
    text = response_text(as_tomasz.get(page("groups:group", event.pk)))
    assert "4 wolontariuszy, 7 policzonych osób" in text and "12.10.2026–13.10.2026" in text


def test_several_days_are_summed(as_tomasz, event):
    first = {"starts_on": "10.10.2026", "parcels": "21", "kilograms": "100,5"}
    second = {"starts_on": "11.10.2026", "parcels": "1", "kilograms": "20"}
    enter(as_tomasz, event, first, second)
    assert "22 paczki, 120,5 kg" in response_text(as_tomasz.get(page("groups:group", event.pk)))


DAY = {"starts_on": "10.10.2026"}
BAD_DAYS = {
    "before the activity": ({"starts_on": "30.09.2026"}, "Ten dzień jest poza nimi"),
    "after it": ({"starts_on": "10.10.2026", "ends_on": "24.12.2026"}, "Ten dzień jest poza nimi"),
    "the end before the start": (DAY | {"ends_on": "09.10.2026"}, "Koniec nie może poprzedzać początku"),
    "over midnight on one day": (DAY | {"starts_at": "20:00", "ends_at": "6:00"}, "przez północ"),
    "an end without a start": (DAY | {"ends_at": "6:00"}, "Wpisz też, od której godziny"),
    "kilograms below zero": (DAY | {"kilograms": "-1"}, "Kilogramów nie może być mniej niż zero"),
    "people below zero": (DAY | {"people": "-1"}, "Policzone osoby"),
    "counted before it happened": ({"starts_on": "14.10.2026", "people": "5"}, "jeszcze nie nadszedł"),
    "a programme without a day": ({"starts_on": "", "programme": "Basen"}, "Wpisz dzień"),
}


@pytest.mark.parametrize("case", BAD_DAYS)
def test_a_day_is_refused_beside_the_field(as_tomasz, event, case):
    day, sentence = BAD_DAYS[case]
    response = enter(as_tomasz, event, day)
    assert response.status_code == 422
    assert sentence in response_text(response)
    assert not event.days.exists()


def test_the_same_day_and_hour_twice(as_tomasz, event):
    response = enter(as_tomasz, event, DAY, DAY)
    assert "10.10.2026 stoi dwa razy" in response_text(response)
    morning, evening = DAY | {"starts_at": "9:00"}, DAY | {"starts_at": "17:00"}
    assert enter(as_tomasz, event, morning, evening).status_code == 302


def test_an_empty_row_is_left_out(as_tomasz, event):
    assert enter(as_tomasz, event, DAY, {"starts_on": ""}).status_code == 302
    assert event.days.count() == 1


def test_a_day_removed_and_one_changed(tomasz, event):
    days = [GroupDay(starts_on=date(2026, 10, day)) for day in (10, 11)]
    actions.save_days(group=event, days=days, version=None, by=tomasz)
    kept = event.days.get(starts_on=date(2026, 10, 11))
    kept.kilograms = Decimal(5)
    actions.save_days(group=event, days=[kept], version=None, by=tomasz)
    assert [(day.pk, day.kilograms) for day in event.days.all()] == [(kept.pk, Decimal(5))]


def test_a_workshop_has_no_days(as_tomasz, tomasz, workshop):
    assert as_tomasz.get(page("groups:days", workshop.pk)).url == page("groups:group", workshop.pk)
    with pytest.raises(ValidationError, match="nie mają dni"):
        actions.save_days(group=workshop, days=[], version=None, by=tomasz)


def test_anna_enters_the_days_of_the_group_she_leads(as_anna, anna, tomasz, event):
    assert as_anna.get(page("groups:days", event.pk)).status_code == 403
    actions.add_leader(group=event, data=GroupLeader(user=anna, starts_on=date(2026, 10, 1)), by=tomasz)
    assert enter(as_anna, event, DAY).status_code == 302


def test_a_settled_project_is_only_read(tomasz, event):
    type(event.edition).objects.filter(pk=event.edition_id).update(state="settled")
    with pytest.raises(Exception, match="zamknięty"):
        actions.save_days(group=event, days=[], version=None, by=tomasz)

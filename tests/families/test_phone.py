"""Phones of a member or of the whole family: added, and ended when no longer current."""

from datetime import date, timedelta

import pytest

from families.assignments.actions import end_assignment
from families.people.actions import add_phone, end_phone
from tests.families.people_pages import last_change, member, page, plain
from tests.pages import form_data, send
from tests.stories import DAY, OPENED


@pytest.fixture
def as_anna(client, anna):
    client.force_login(anna)
    return client


@pytest.fixture
def add(kowalscy):
    return page(kowalscy, "phone-add")


@pytest.fixture
def phone(kowalscy, maria):
    return add_phone(family=kowalscy, number="600 100 200", since=OPENED, by=maria)


@pytest.fixture
def end(kowalscy, phone):
    return page(kowalscy, "phone-end", phone)


def test_a_phone_of_a_member(as_anna, kowalscy, add):
    danuta = member(kowalscy, "Danuta").person
    response = send(as_anna, add, number="600100200", person=danuta.pk, note="po 16", since="01.10.2026")
    assert response.url.endswith(f"#osoba-{danuta.pk}")
    phone = kowalscy.phones.get()
    assert (phone.number, phone.person, phone.starts_on) == ("600 100 200", danuta, date(2026, 10, 1))
    assert last_change(phone) == ("anna", "Dodanie telefonu")
    assert "Dodano telefon 600 100 200." in plain(as_anna.get(response.url))


def test_a_phone_of_the_family(as_anna, kowalscy, add):
    send(as_anna, add, number="+48 (68) 372-00-00")
    assert kowalscy.phones.get().person is None
    assert "+48 (68) 372-00-00 Nieaktualny" in plain(as_anna.get(page(kowalscy, "people")))


@pytest.mark.parametrize(
    "wrong,sentence",
    [
        ({"number": ""}, "Wpisz numer telefonu."),
        ({"number": "600 100"}, "Numer telefonu ma od 7 do 15 cyfr, np. 600 100 200."),
        ({"number": "600100200 Ania"}, "Numer telefonu ma od 7 do 15 cyfr, np. 600 100 200."),
        ({"since": "14.10.2026"}, "Ten dzień jeszcze nie nadszedł."),
    ],
)
def test_bad_input_gets_a_sentence_and_stays_typed(as_anna, kowalscy, add, wrong, sentence):
    response = send(as_anna, add, **({"number": "600 100 200", "note": "po 16"} | wrong))
    assert response.status_code == 422 and plain(response).count(sentence) == 2
    assert 'value="po 16"' in response.content.decode()
    assert not kowalscy.phones.exists()


def test_a_phone_ends(as_anna, kowalscy, phone, end):
    response = send(as_anna, end, on="30.09.2026")
    text = plain(as_anna.get(response.url))
    assert "Telefon 600 100 200 był aktualny do 30.09.2026." in text
    assert "Nieaktualne numery: 1" in text and "Nie zapisano telefonu." in text
    phone.refresh_from_db()
    assert phone.ends_on == date(2026, 9, 30)
    assert last_change(phone) == ("anna", "Telefon nieaktualny")


def test_it_does_not_end_before_it_began(as_anna, phone, end):
    response = send(as_anna, end, on="01.03.2026")
    assert response.status_code == 422 and "Koniec nie może poprzedzać początku." in plain(response)


def test_the_second_of_two_is_told(as_anna, phone, end, maria):
    data = form_data(as_anna, end, on="30.09.2026")
    end_phone(phone=phone, on=date(2026, 8, 31), version=None, by=maria)
    response = as_anna.post(end, data)
    assert response.status_code == 409 and "31.08.2026 30.09.2026" in plain(response)


def test_the_same_form_twice_adds_one(as_anna, kowalscy, add):
    data = form_data(as_anna, add, number="600 100 200")
    assert as_anna.post(add, data).url == as_anna.post(add, data).url
    assert kowalscy.phones.count() == 1


@pytest.mark.parametrize("who,status", [("ewa", 404), ("jan", 404), ("tomasz", 200), ("maria", 200)])
def test_who_may(client, request, add, end, who, status):
    client.force_login(request.getfixturevalue(who))
    assert client.get(add).status_code == client.get(end).status_code == status


def test_not_a_phone_of_another_family(client, maria, nowakowie, phone):
    client.force_login(maria)
    assert client.get(page(nowakowie, "phone-end", phone)).status_code == 404


def test_a_family_handed_over_takes_no_phone(as_anna, kowalscy, add):
    assignment = kowalscy.periods.get().assignments.get()
    yesterday = DAY - timedelta(days=1)
    end_assignment(assignment=assignment, on=yesterday, version=None, by=assignment.assistant)
    assert as_anna.post(add, {"number": "600 100 200"}).status_code == 403
    assert not kowalscy.phones.exists()

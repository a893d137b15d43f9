"""Phones of a member or of the whole family: added, corrected, and ended when no longer current."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from families.caseload.actions import end_assignment
from families.people.actions import add_phone, end_phone
from families.people.models import Phone
from lubsko_ops.audit.history import save_with_history
from tests.factories import OPENED_ON, TODAY
from tests.families.people.helpers import last_change, latest_membership, page_url
from tests.form_client import form_data, submit_form
from tests.page import page_text


@pytest.fixture
def add(kowalscy):
    return page_url(kowalscy, "phone-add")


@pytest.fixture
def phone(kowalscy, maria):
    return add_phone(family=kowalscy, number="600 100 200", starts_on=OPENED_ON, by=maria)


@pytest.fixture
def end(kowalscy, phone):
    return page_url(kowalscy, "phone-end", phone)


def test_a_phone_of_a_member(as_anna, kowalscy, add):
    danuta = latest_membership(kowalscy, "Danuta").person
    response = submit_form(
        as_anna, add, number="600100200", person=danuta.pk, note="po 16", starts_on="01.10.2026"
    )
    assert response.url.endswith(f"#osoba-{danuta.pk}")
    phone = kowalscy.phones.get()
    assert (phone.number, phone.person, phone.starts_on) == ("600 100 200", danuta, date(2026, 10, 1))
    assert last_change(phone) == ("anna", "Dodanie telefonu")
    assert "Dodano telefon 600 100 200." in page_text(as_anna.get(response.url))


def test_a_phone_of_the_family(as_anna, kowalscy, add):
    submit_form(as_anna, add, number="+48 (68) 372-11-22")
    phone = kowalscy.phones.get()
    assert (phone.person, phone.digits) == (None, "683721122")
    response = as_anna.get(page_url(kowalscy, "people"))
    assert "68 372 11 22 cała rodzina Popraw : 68 372 11 22 Oznacz jako nieaktualny" in page_text(response)
    called = '<a class="who tap" href="tel:+48683721122">68 372 11 22</a>'
    assert called in response.content.decode(), "pressed on a phone, it is called"


def test_a_phone_from_abroad(as_anna, kowalscy, add):
    submit_form(as_anna, add, number="00 380 67 123-45-67")
    phone = kowalscy.phones.get()
    assert (phone.number, phone.digits, phone.link) == (
        "+380 67 123 45 67",
        "380671234567",
        "tel:+380671234567",
    )


class TestTheSameNumberTwice:
    def test_is_refused_with_whose_it_is(self, as_anna, kowalscy, add, maria):
        danuta = latest_membership(kowalscy, "Danuta").person
        add_phone(family=kowalscy, person=danuta, number="500 600 700", starts_on=OPENED_ON, by=maria)
        response = submit_form(as_anna, add, number="+48500600700")
        assert response.status_code == 422
        sentence = "Ten numer jest już zapisany w tej teczce: Danuta Kowalska."
        assert page_text(response).count(sentence) == 2
        assert kowalscy.phones.count() == 1

    def test_is_right_once_the_first_has_ended(self, as_anna, phone, kowalscy, add, maria):
        end_phone(phone=phone, on=date(2026, 8, 31), version=None, by=maria)
        assert submit_form(as_anna, add, number="600 100 200").status_code == 302

    def test_is_right_in_two_families(self, phone, nowakowie, maria):
        add_phone(family=nowakowie, number="600 100 200", starts_on=OPENED_ON, by=maria)

    def test_of_two_at_once_the_database_takes_one(self, phone, maria):
        twin = Phone(family=phone.family, number=phone.number, starts_on=TODAY)
        with pytest.raises(ValidationError, match="Ten numer jest już zapisany w tej teczce"):
            save_with_history(twin, by=maria, why="próba")


class TestCorrected:
    @pytest.fixture
    def correct(self, kowalscy, phone):
        return page_url(kowalscy, "phone-correct", phone)

    def test_a_mistyped_number_is_written_rightly(self, as_anna, kowalscy, phone, correct):
        danuta = latest_membership(kowalscy, "Danuta").person
        response = submit_form(as_anna, correct, number="600100201", person=danuta.pk, note="po 16")
        assert response.url.endswith(f"#osoba-{danuta.pk}")
        assert "Poprawiono telefon 600 100 201." in page_text(as_anna.get(response.url))
        phone.refresh_from_db()
        assert (phone.number, phone.digits, phone.person) == ("600 100 201", "600100201", danuta)
        assert (phone.starts_on, last_change(phone)) == (OPENED_ON, ("anna", "Poprawienie telefonu"))

    def test_left_as_it_was_it_is_not_its_own_second(self, as_anna, correct):
        assert submit_form(as_anna, correct, note="po 16").status_code == 302

    def test_into_another_number_of_the_file_it_is_refused(self, as_anna, kowalscy, correct, maria):
        add_phone(family=kowalscy, number="500 600 700", starts_on=OPENED_ON, by=maria)
        response = submit_form(as_anna, correct, number="500 600 700")
        assert response.status_code == 422 and "cała rodzina." in page_text(response)

    def test_a_stale_version_is_refused(self, as_anna, phone, correct, maria):
        data = form_data(as_anna, correct, note="po 16")
        end_phone(phone=phone, on=date(2026, 8, 31), version=None, by=maria)
        assert as_anna.post(correct, data).status_code == 409


@pytest.mark.parametrize(
    "wrong,sentence",
    [
        ({"number": ""}, "Wpisz numer telefonu."),
        ({"number": "500 600 70"}, "Wpisz 9 cyfr, np. 500 600 700 albo 68 372 11 22."),
        ({"number": "600100200 Ania"}, "Wpisz 9 cyfr, np. 500 600 700 albo 68 372 11 22."),
        ({"starts_on": "14.10.2026"}, "Ten dzień jeszcze nie nadszedł."),
    ],
)
def test_bad_input_gets_a_sentence_and_stays_typed(as_anna, kowalscy, add, wrong, sentence):
    response = submit_form(as_anna, add, **({"number": "600 100 200", "note": "po 16"} | wrong))
    assert response.status_code == 422 and page_text(response).count(sentence) == 2
    assert 'value="po 16"' in response.content.decode()
    assert not kowalscy.phones.exists()


def test_a_phone_ends(as_anna, kowalscy, phone, end):
    response = submit_form(as_anna, end, on="30.09.2026")
    text = page_text(as_anna.get(response.url))
    assert "Telefon 600 100 200 jest aktualny do 30.09.2026." in text
    assert "Nieaktualne numery: 1" in text and "Nie zapisano telefonu." in text
    phone.refresh_from_db()
    assert phone.ends_on == date(2026, 9, 30)
    assert last_change(phone) == ("anna", "Telefon nieaktualny")


def test_ended_today_it_says_so_at_once(as_anna, kowalscy, phone, end):
    text = page_text(as_anna.get(submit_form(as_anna, end, on="13.10.2026").url))
    assert "600 100 200 do 13.10.2026 cała rodzina" in text
    assert "Oznacz jako nieaktualny" not in text


def test_action_links_are_hidden_in_print(as_anna, kowalscy, phone):
    html = " ".join(as_anna.get(page_url(kowalscy, "people")).content.decode().split())
    before = html.partition("Oznacz jako nieaktualny")[0]
    assert before.rfind('<span class="d-print-none">') > before.rfind("</li>")


def test_it_does_not_end_before_it_began(as_anna, phone, end):
    response = submit_form(as_anna, end, on="01.03.2026")
    assert response.status_code == 422 and "Koniec nie może poprzedzać początku." in page_text(response)


def test_a_stale_version_is_refused(as_anna, phone, end, maria):
    data = form_data(as_anna, end, on="30.09.2026")
    end_phone(phone=phone, on=date(2026, 8, 31), version=None, by=maria)
    response = as_anna.post(end, data)
    assert response.status_code == 409 and "31.08.2026 30.09.2026" in page_text(response)


def test_the_same_form_twice_adds_one(as_anna, kowalscy, add):
    data = form_data(as_anna, add, number="600 100 200")
    assert as_anna.post(add, data).url == as_anna.post(add, data).url
    assert kowalscy.phones.count() == 1


@pytest.mark.parametrize("who,status", [("ewa", 404), ("jan", 404), ("tomasz", 200), ("maria", 200)])
def test_who_may(client, request, kowalscy, phone, add, end, who, status):
    client.force_login(request.getfixturevalue(who))
    correct = page_url(kowalscy, "phone-correct", phone)
    assert {client.get(url).status_code for url in (add, end, correct)} == {status}


def test_not_a_phone_of_another_family(client, maria, nowakowie, phone):
    client.force_login(maria)
    assert client.get(page_url(nowakowie, "phone-end", phone)).status_code == 404
    assert client.get(page_url(nowakowie, "phone-correct", phone)).status_code == 404


def test_a_family_handed_over_takes_no_phone(as_anna, kowalscy, add):
    assignment = kowalscy.periods.get().assignments.get()
    yesterday = TODAY - timedelta(days=1)
    end_assignment(assignment=assignment, on=yesterday, version=None, by=assignment.assistant)
    assert as_anna.post(add, {"number": "600 100 200"}).status_code == 403
    assert not kowalscy.phones.exists()

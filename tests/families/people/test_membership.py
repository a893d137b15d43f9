"""Kinship and place of living from a day; leaving the family."""

from datetime import date, timedelta

import pytest

from families.caseload.actions import end_assignment
from families.choices import Kinship, LivingArrangement
from families.people.actions import change_membership, end_membership
from tests.factories import OPENED_ON, TODAY
from tests.families.people.helpers import last_change, latest_membership, page_url
from tests.form_client import form_data, submit_form
from tests.page import page_text


@pytest.fixture
def piotr(kowalscy):
    """The father, who lives in Chocicz."""
    return latest_membership(kowalscy, "Piotr")


@pytest.fixture
def change(kowalscy, piotr):
    return page_url(kowalscy, "membership-change", piotr)


@pytest.fixture
def leave(kowalscy, piotr):
    return page_url(kowalscy, "membership-end", piotr)


class TestAChangeFromADay:
    def test_the_father_comes_home(self, as_anna, kowalscy, piotr, change):
        response = submit_form(as_anna, change, stay="here", since="01.10.2026")
        assert response.url == f"{page_url(kowalscy, 'people')}#osoba-{piotr.person_id}"
        assert "Piotr Kowalska, od 01.10.2026: ojciec, z rodziną." in page_text(as_anna.get(response.url))
        before, after = kowalscy.memberships.filter(person=piotr.person).order_by("starts_on")
        assert (before.stay, before.ends_on) == (LivingArrangement.ELSEWHERE, date(2026, 9, 30))
        assert (after.stay, after.starts_on, after.ends_on) == (
            LivingArrangement.HERE,
            date(2026, 10, 1),
            None,
        )
        assert before.addresses.get().ends_on == date(2026, 9, 30)
        assert not after.addresses.exists(), "the address of his own ends"
        assert last_change(after) == ("anna", "Zmiana danych członka rodziny")

    def test_an_own_address_continues_while_the_person_lives_elsewhere(
        self, as_anna, kowalscy, piotr, change
    ):
        submit_form(as_anna, change, stay="alternate", since="01.10.2026")
        own = latest_membership(kowalscy, "Piotr").addresses.get()
        assert (own.locality, own.starts_on) == ("Chocicz", date(2026, 10, 1))

    def test_from_the_first_day_it_corrects(self, as_anna, kowalscy, piotr, change):
        submit_form(as_anna, change, kinship="stepfather", since="02.03.2026")
        row = kowalscy.memberships.get(person=piotr.person)
        assert (row.kinship, row.starts_on) == (Kinship.STEPFATHER, OPENED_ON)
        assert last_change(row)[1] == "Poprawienie danych członka rodziny"

    @pytest.mark.parametrize(
        "wrong,sentence",
        [
            ({}, "Nic się nie zmieniło."),
            ({"stay": "here", "since": "01.03.2026"}, "Zmiana musi przypadać w czasie"),
            ({"stay": "here", "since": "14.10.2026"}, "Ten dzień jeszcze nie nadszedł."),
            ({"stay": "here", "since": ""}, "Wpisz datę."),
            ({"kinship": ""}, "Wybierz, kim jest."),
            ({"kinship": "mother"}, "Matka to kobieta."),
        ],
    )
    def test_bad_input_gets_a_sentence(self, as_anna, kowalscy, change, wrong, sentence):
        response = submit_form(as_anna, change, **wrong)
        assert response.status_code == 422 and sentence in page_text(response)
        assert kowalscy.memberships.count() == 3

    def test_a_stale_version_is_refused(self, as_anna, piotr, change, maria):
        data = form_data(as_anna, change, kinship="stepfather", since="02.03.2026")
        since = {"stay": LivingArrangement.HERE, "since": OPENED_ON}
        change_membership(membership=piotr, kinship=Kinship.FATHER, version=None, by=maria, **since)
        response = as_anna.post(change, data)
        assert response.status_code == 409 and "Maria Bocian" in page_text(response)
        piotr.refresh_from_db()
        assert piotr.kinship == Kinship.FATHER

    def test_the_same_form_twice_is_one_change(self, as_anna, kowalscy, piotr, change):
        data = form_data(as_anna, change, stay="here")
        assert as_anna.post(change, data).url == as_anna.post(change, data).url
        assert kowalscy.memberships.filter(person=piotr.person).count() == 2


class TestLeaving:
    def test_it_works(self, as_anna, kowalscy, piotr, leave):
        response = submit_form(as_anna, leave, on="30.09.2026")
        text = page_text(as_anna.get(response.url))
        assert "Piotr Kowalska należy do rodziny do 30.09.2026." in text
        assert "Należeli do rodziny" in text and "od 02.03.2026 do 30.09.2026" in text
        piotr.refresh_from_db()
        assert piotr.ends_on == piotr.addresses.get().ends_on == date(2026, 9, 30)
        assert last_change(piotr) == ("anna", "Odejście z rodziny")

    def test_the_day_may_be_corrected(self, as_anna, piotr, leave):
        submit_form(as_anna, leave, on="30.09.2026")
        assert form_data(as_anna, leave)["on"] == ["30.09.2026"]
        submit_form(as_anna, leave, on="05.10.2026")
        piotr.refresh_from_db()
        assert piotr.ends_on == piotr.addresses.get().ends_on == date(2026, 10, 5)

    def test_who_left_may_come_back(self, as_anna, kowalscy, piotr, leave):
        submit_form(as_anna, leave, on="30.09.2026")
        who = {"first_name": "Piotr", "last_name": "Kowalska", "born_on": "20.01.1985", "kinship": "father"}
        add = page_url(kowalscy, "person-add")
        data = form_data(as_anna, add, **who)
        assert "Być może to ta sama osoba." in page_text(as_anna.post(add, data))
        assert as_anna.post(add, data | {"identity": piotr.person_id}).status_code == 302
        assert kowalscy.memberships.filter(person=piotr.person).count() == 2
        assert "3 osoby w rodzinie" in page_text(as_anna.get(page_url(kowalscy, "people")))

    @pytest.mark.parametrize(
        "day,sentence",
        [
            ("01.03.2026", "Zapisano zmianę z dnia 02.03.2026. Ostatni dzień nie może być wcześniejszy."),
            ("14.10.2026", "Ten dzień jeszcze nie nadszedł."),
            ("", "Wpisz datę."),
        ],
    )
    def test_bad_input_gets_a_sentence(self, as_anna, piotr, leave, day, sentence):
        response = submit_form(as_anna, leave, on=day)
        assert response.status_code == 422 and page_text(response).count(sentence) == 2
        piotr.refresh_from_db()
        assert piotr.ends_on is None

    def test_it_is_explained_what_leaving_is_not(self, as_anna, leave, change, kowalscy, piotr):
        response = as_anna.get(leave)
        text = response.content.decode()
        assert "nadal należy do rodziny" in page_text(response)
        assert change in text and page_url(kowalscy, "person-edit", piotr.person) in text


class TestWhoMay:
    @pytest.mark.parametrize("who,status", [("ewa", 404), ("jan", 404), ("tomasz", 200), ("maria", 200)])
    def test_by_scope(self, client, request, change, leave, who, status):
        client.force_login(request.getfixturevalue(who))
        assert client.get(change).status_code == client.get(leave).status_code == status

    def test_not_a_member_of_another_family(self, client, maria, nowakowie, piotr):
        client.force_login(maria)
        assert client.get(page_url(nowakowie, "membership-end", piotr)).status_code == 404

    def test_not_after_a_hand_over(self, as_anna, kowalscy, piotr, leave):
        assignment = kowalscy.periods.get().assignments.get()
        yesterday = TODAY - timedelta(days=1)
        end_assignment(assignment=assignment, on=yesterday, version=None, by=assignment.assistant)
        response = as_anna.post(leave, {"on": "30.09.2026"})
        assert response.status_code == 403
        piotr.refresh_from_db()
        assert piotr.ends_on is None


def test_an_address_that_begins_later_stands_in_the_way_of_leaving(kowalscy, piotr, maria):
    from django.core.exceptions import ValidationError

    from families.people.address_actions import set_address

    set_address(membership=piotr, since=date(2026, 9, 1), house="3", locality="Żary", by=maria)
    with pytest.raises(ValidationError, match=r"Od 01.09.2026 ta osoba ma tu zapisany adres"):
        end_membership(membership=piotr, on=date(2026, 8, 1), version=None, by=maria)

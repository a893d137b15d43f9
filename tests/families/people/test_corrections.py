"""Corrections: dates of a membership and rows entered in error, deleted with a reason."""

from datetime import date

import pytest

from families.choices import Kinship, LivingArrangement, Problem
from families.people.actions import add_member, add_phone, change_membership, correct_person, end_membership
from families.people.address_actions import correct_address, set_address
from families.people.duplicates.actions import dismiss_duplicate
from families.people.models import DuplicateDismissal, Membership, Person
from lubsko_ops.core import clock
from tests.factories import OPENED_ON, TODAY, person_data
from tests.families.people.helpers import last_change, latest_membership, page_url
from tests.form_client import form_data, response_text, submit_form
from tests.page import page_text

WHY = "wpisano dwa razy"


@pytest.fixture
def piotr(kowalscy):
    """The father, who lives in Chocicz."""
    return latest_membership(kowalscy, "Piotr")


@pytest.fixture
def came_home(piotr, maria):
    """From 1 October Piotr lives with the family; the address in Chocicz ended the day before."""
    since = date(2026, 10, 1)
    return change_membership(
        membership=piotr,
        kinship=Kinship.FATHER,
        stay=LivingArrangement.HERE,
        since=since,
        version=None,
        by=maria,
    )


@pytest.fixture
def double(kowalscy, maria):
    """The son entered a second time, on a later day."""
    data = person_data("Kacper", "Kowalska", "male", date(2017, 8, 30))
    return add_member(family=kowalscy, person=data, kinship=Kinship.CHILD, starts_on=TODAY, by=maria)


def days_of(person, family) -> list[tuple]:
    rows = Membership.objects.filter(person=person, family=family).order_by("starts_on")
    return list(rows.values_list("starts_on", "ends_on"))


def own_days(person) -> list[tuple]:
    rows = Membership.objects.filter(person=person).order_by("addresses__starts_on")
    days = rows.values_list("addresses__starts_on", "addresses__ends_on")
    return [pair for pair in days if pair[0]]


class TestDays:
    @pytest.mark.parametrize("day", ["01.02.2026", "10.10.2026"])
    def test_the_first_day_moves_back_and_forth_and_the_address_with_it(self, as_anna, kowalscy, piotr, day):
        response = submit_form(as_anna, page_url(kowalscy, "membership-dates", piotr), starts_on=day)
        assert f"Poprawiono daty: Piotr Kowalska, od {day}." in response_text(as_anna.get(response.url))
        piotr.refresh_from_db()
        assert f"{piotr.starts_on:%d.%m.%Y}" == day
        assert piotr.addresses.get().starts_on == piotr.starts_on
        assert last_change(piotr) == ("anna", "Poprawienie dat")

    def test_a_departure_is_withdrawn(self, as_anna, kowalscy, piotr, maria):
        end_membership(membership=piotr, on=date(2026, 9, 30), version=None, by=maria)
        people = as_anna.get(page_url(kowalscy, "people")).content.decode()
        days = page_url(kowalscy, "membership-dates", piotr)
        assert days in people, "offered where those who left are listed"
        submit_form(as_anna, days, ends_on="")
        assert days_of(piotr.person, kowalscy) == own_days(piotr.person) == [(OPENED_ON, None)]
        assert "ojciec, 41 lat" in page_text(as_anna.get(page_url(kowalscy, "people")))

    @pytest.mark.parametrize(
        "day,before", [("15.09.2026", date(2026, 9, 14)), ("05.10.2026", date(2026, 10, 4))]
    )
    def test_what_a_change_had_ended_ends_the_day_before(self, as_anna, kowalscy, came_home, day, before):
        submit_form(as_anna, page_url(kowalscy, "membership-dates", came_home), starts_on=day)
        assert [end for _, end in days_of(came_home.person, kowalscy)] == [before, None]
        assert own_days(came_home.person) == [(OPENED_ON, before)]

    @pytest.mark.parametrize(
        "days,sentence",
        [
            ({}, "Nic się nie zmieniło."),
            ({"starts_on": "14.10.2026"}, "Ten dzień jeszcze nie nadszedł."),
            ({"starts_on": "01.01.1980"}, "Nikt nie należy do rodziny przed dniem urodzenia."),
            ({"ends_on": "01.03.2026"}, "Ostatni dzień nie może poprzedzać pierwszego."),
            ({"starts_on": "", "ends_on": ""}, "Wpisz datę."),
        ],
    )
    def test_bad_input_gets_a_sentence(self, as_anna, kowalscy, piotr, days, sentence):
        response = submit_form(as_anna, page_url(kowalscy, "membership-dates", piotr), **days)
        assert response.status_code == 422 and sentence in page_text(response)
        assert days_of(piotr.person, kowalscy) == [(OPENED_ON, None)]

    def test_not_over_what_was_before(self, as_anna, kowalscy, came_home):
        response = submit_form(
            as_anna, page_url(kowalscy, "membership-dates", came_home), starts_on="02.03.2026"
        )
        assert "Wcześniejszy wpis o tej osobie zaczyna się 02.03.2026." in page_text(response)

    def test_not_over_an_earlier_stay(self, as_anna, kowalscy, piotr, maria):
        end_membership(membership=piotr, on=date(2026, 5, 31), version=None, by=maria)
        data = piotr.person
        back = add_member(family=kowalscy, person=data, kinship=Kinship.FATHER, starts_on=TODAY, by=maria)
        response = submit_form(as_anna, page_url(kowalscy, "membership-dates", back), starts_on="01.05.2026")
        assert "Ta osoba należy już do tej rodziny w tym czasie." in page_text(response)

    def test_not_past_a_change_or_a_death(self, as_anna, kowalscy, piotr, came_home, maria):
        response = submit_form(as_anna, page_url(kowalscy, "membership-dates", piotr), ends_on="")
        assert "Od 01.10.2026 zapisano zmianę." in page_text(response)
        correct_person(person=piotr.person, version=None, died_on=date(2026, 10, 10), by=maria)
        response = submit_form(as_anna, page_url(kowalscy, "membership-dates", came_home), ends_on="")
        assert "zapisano datę śmierci 10.10.2026" in page_text(response)

    def test_not_after_the_persons_own_consent(self, as_anna, kowalscy):
        danuta = latest_membership(kowalscy, "Danuta")
        url = page_url(kowalscy, "membership-dates", danuta)
        response = submit_form(as_anna, url, starts_on="05.03.2026")
        assert response.status_code == 422
        assert page_text(response).count("opiera się praca z rodziną (zgoda od 04.03.2026)") == 2
        assert submit_form(as_anna, url, starts_on="04.03.2026").status_code == 302

    def test_not_past_an_own_address(self, as_anna, kowalscy, piotr, maria):
        set_address(membership=piotr, since=date(2026, 9, 1), house="3", locality="Żary", by=maria)
        response = submit_form(as_anna, page_url(kowalscy, "membership-dates", piotr), starts_on="10.10.2026")
        assert response.status_code == 422 and "ta osoba ma tu zapisany adres" in page_text(response)
        assert days_of(piotr.person, kowalscy) == [(OPENED_ON, None)]

    def test_a_stale_version_is_refused(self, as_anna, kowalscy, piotr, maria):
        url = page_url(kowalscy, "membership-dates", piotr)
        data = form_data(as_anna, url, starts_on="01.02.2026")
        end_membership(membership=piotr, on=date(2026, 9, 30), version=None, by=maria)
        assert as_anna.post(url, data).status_code == 409


class TestPersonEnteredInError:
    def test_the_duplicate_is_deleted_and_history_says_why(self, as_anna, kowalscy, double):
        add_phone(
            family=kowalscy, person=double.person, number="600 100 200", starts_on=TODAY, by=double.entered_by
        )
        url = page_url(kowalscy, "membership-entered-in-error", double)
        assert "Z teczki zniknie: Kacper Kowalska; telefon 600 100 200." in page_text(as_anna.get(url))
        response = submit_form(as_anna, url, why=WHY)
        text = page_text(as_anna.get(response.url))
        assert "Usunięto błędny wpis: Kacper Kowalska." in text and "3 osoby w rodzinie" in text
        assert not Person.objects.filter(pk=double.person_id).exists() and not kowalscy.phones.exists()
        history = page_text(as_anna.get(page_url(kowalscy, "history")))
        for subject in ("członka rodziny: Kacper Kowalska", "osobę: Kacper Kowalska", "telefon: 600 100 200"):
            assert f"Usunięto {subject}" in history
        assert history.count(f"Wpisano przez pomyłkę: {WHY}") == 1  # saved together, shown together
        gone = Membership.history.filter(id=double.pk).latest()
        assert (gone.history_type, gone.history_user.username) == ("-", "anna")

    def test_who_belongs_elsewhere_too_stays_there(self, as_anna, kowalscy, nowakowie, double, maria):
        data = double.person
        add_member(family=nowakowie, person=data, kinship=Kinship.CHILD, starts_on=TODAY, by=maria)
        submit_form(
            as_anna, page_url(kowalscy, "membership-entered-in-error", double), why="to dziecko Nowaków"
        )
        assert Person.objects.get(pk=double.person_id).memberships.get().family == nowakowie
        correct_person(person=double.person, version=None, first_name="Tajny", by=maria)
        assert "Tajny" not in page_text(as_anna.get(page_url(kowalscy, "history"))).replace(
            "członka rodziny: Tajny", ""
        )

    def test_judged_a_different_person_he_may_still_go(self, as_anna, kowalscy, double, maria):
        dismiss_duplicate(
            person_a=latest_membership(kowalscy, "Danuta").person, person_b=double.person, by=maria
        )
        submit_form(as_anna, page_url(kowalscy, "membership-entered-in-error", double), why=WHY)
        assert not Person.objects.filter(pk=double.person_id).exists()
        assert not DuplicateDismissal.objects.exists()

    def test_not_while_the_work_depends_on_the_person(self, as_anna, kowalscy):
        danuta = latest_membership(kowalscy, "Danuta")
        response = submit_form(as_anna, page_url(kowalscy, "membership-entered-in-error", danuta), why=WHY)
        assert response.status_code == 422
        assert "opiera się praca z rodziną (zgoda od 04.03.2026). Popraw najpierw" in page_text(response)
        assert Membership.objects.filter(pk=danuta.pk).exists()

    def test_not_while_an_address_is_withheld_from_the_person(self, as_anna, kowalscy, piotr, maria):
        address = kowalscy.addresses.get()
        correct_address(address=address, version=None, withheld_from=piotr.person, by=maria)
        response = submit_form(as_anna, page_url(kowalscy, "membership-entered-in-error", piotr), why=WHY)
        assert "Przed tą osobą ukryto adres." in page_text(response)

    def test_a_reason_is_asked_for(self, as_anna, kowalscy, double):
        response = submit_form(as_anna, page_url(kowalscy, "membership-entered-in-error", double))
        assert response.status_code == 422
        assert page_text(response).count("Napisz, na czym polegała pomyłka.") == 2
        assert Membership.objects.filter(pk=double.pk).exists()

    def test_the_same_form_twice_gives_the_same_answer(self, as_anna, kowalscy, double):
        url = page_url(kowalscy, "membership-entered-in-error", double)
        data = form_data(as_anna, url, why=WHY)
        assert as_anna.post(url, data).url == as_anna.post(url, data).url == page_url(kowalscy, "people")


class TestChangeEnteredInError:
    def test_the_previous_row_continues(self, as_anna, kowalscy, piotr, came_home):
        url = page_url(kowalscy, "membership-entered-in-error", came_home)
        text = page_text(as_anna.get(url))
        assert "Tylko zmianę: od 01.10.2026 ojciec, z rodziną." in text
        assert "Gdy usuniesz całą osobę, z teczki zniknie: Piotr Kowalska" in text
        submit_form(as_anna, url, what="change", why="nie wrócił")
        assert days_of(piotr.person, kowalscy) == own_days(piotr.person) == [(OPENED_ON, None)]
        row = latest_membership(kowalscy, "Piotr")
        assert (row.pk, row.stay) == (piotr.pk, LivingArrangement.ELSEWHERE)
        assert last_change(row) == ("anna", "Wpisano przez pomyłkę: nie wrócił")

    def test_an_address_carried_over_is_one_again(self, as_anna, kowalscy, piotr, maria):
        since = date(2026, 10, 1)
        with clock.freeze_time(since):
            changed = change_membership(
                membership=piotr,
                kinship=Kinship.STEPFATHER,
                stay=LivingArrangement.ELSEWHERE,
                since=since,
                version=None,
                by=maria,
            )
            set_address(membership=changed, since=date(2026, 10, 5), house="3", locality="Żary", by=maria)
        submit_form(
            as_anna,
            page_url(kowalscy, "membership-entered-in-error", changed),
            what="change",
            why="jest ojcem",
        )
        assert own_days(piotr.person) == [(OPENED_ON, date(2026, 10, 4)), (date(2026, 10, 5), None)]
        assert days_of(piotr.person, kowalscy) == [(OPENED_ON, None)]

    def test_the_whole_person_may_be_deleted(self, as_anna, kowalscy, piotr, came_home):
        submit_form(
            as_anna, page_url(kowalscy, "membership-entered-in-error", came_home), what="person", why=WHY
        )
        assert not Person.objects.filter(pk=piotr.person_id).exists()

    def test_which_of_the_two_is_asked(self, as_anna, kowalscy, came_home):
        response = submit_form(as_anna, page_url(kowalscy, "membership-entered-in-error", came_home), why=WHY)
        assert page_text(response).count("Wybierz, co wpisano przez pomyłkę.") == 2


class TestOtherRowsEnteredInError:
    def test_the_address_before_the_deleted_one_continues(self, as_anna, kowalscy, maria):
        set_address(family=kowalscy, since=date(2026, 10, 1), house="3", locality="Żary", by=maria)
        wrong = kowalscy.addresses.get(locality="Żary")
        assert page_url(kowalscy, "address-entered-in-error", wrong) in response_text(
            as_anna.get(page_url(kowalscy, "address-correct", wrong))
        )
        url = page_url(kowalscy, "address-entered-in-error", wrong)
        assert "Dalej obowiązuje: adres ul. Długa 14 m. 2, 68-300 Lubsko" in page_text(as_anna.get(url))
        submit_form(as_anna, url, why="inna rodzina")
        address = kowalscy.addresses.get()
        assert (address.locality, address.ends_on) == ("Lubsko", None)
        assert "Usunięto adres: Żary 3" in page_text(as_anna.get(page_url(kowalscy, "history")))

    def test_a_withheld_address_is_not_printed(self, as_anna, kowalscy, piotr, maria):
        address = kowalscy.addresses.get()
        correct_address(address=address, version=None, withheld_from=piotr.person, by=maria)
        main = response_text(as_anna.get(page_url(kowalscy, "address-entered-in-error", address))).partition(
            "<main"
        )[2]
        assert "Długa" not in main and "nie ujawniać (Piotr Kowalska)" in main

    def test_a_phone(self, as_anna, kowalscy, maria):
        phone = add_phone(family=kowalscy, number="600 100 200", starts_on=OPENED_ON, by=maria)
        end = as_anna.get(page_url(kowalscy, "phone-end", phone)).content.decode()
        assert page_url(kowalscy, "phone-entered-in-error", phone) in end
        submit_form(as_anna, page_url(kowalscy, "phone-entered-in-error", phone), why="inna rodzina")
        assert not kowalscy.phones.exists()

    def test_a_problem(self, as_anna, kowalscy):
        problem = kowalscy.problems.get()
        url = page_url(kowalscy, "problem-entered-in-error", problem)
        assert url in as_anna.get(page_url(kowalscy, "family-edit")).content.decode()
        submit_form(as_anna, url, why="inna rodzina")
        assert not kowalscy.problems.exists()
        gone = problem.history.model.objects.latest("history_id")
        assert (gone.problem, gone.history_type) == (Problem.values[0], "-")

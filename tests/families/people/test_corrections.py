"""The record corrected: days as they really were, and what was entered by mistake taken back with its reason."""

from datetime import date

import pytest

from families.choices import Kinship, LivingArrangement, Problem
from families.people.actions import add_member, add_phone, change_membership, correct_person, end_membership
from families.people.address_actions import correct_address, set_address
from families.people.duplicates.actions import dismiss_duplicate
from families.people.models import DuplicateDismissal, Membership, Person
from lubsko_ops.core import clock
from tests.factories import OPENED_ON, TODAY, person_data
from tests.families.people.helpers import last_change, member, page, plain
from tests.form_client import form_data, response_text, submit_form

WHY = "wpisano dwa razy"


@pytest.fixture
def piotr(kowalscy):
    """The father, who lives in Chocicz."""
    return member(kowalscy, "Piotr")


@pytest.fixture
def came_home(piotr, maria):
    """From 1 October he lives with the family; his address in Chocicz ended the day before."""
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
    return add_member(family=kowalscy, data=data, kinship=Kinship.CHILD, starts_on=TODAY, by=maria)


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
        response = submit_form(as_anna, page(kowalscy, "membership-dates", piotr), starts_on=day)
        assert f"Poprawiono daty: Piotr Kowalska, od {day}." in response_text(as_anna.get(response.url))
        piotr.refresh_from_db()
        assert f"{piotr.starts_on:%d.%m.%Y}" == day
        assert piotr.addresses.get().starts_on == piotr.starts_on
        assert last_change(piotr) == ("anna", "Poprawienie dat")

    def test_a_departure_is_withdrawn(self, as_anna, kowalscy, piotr, maria):
        end_membership(membership=piotr, on=date(2026, 9, 30), version=None, by=maria)
        people = as_anna.get(page(kowalscy, "people")).content.decode()
        days = page(kowalscy, "membership-dates", piotr)
        assert days in people, "offered where those who left are listed"
        submit_form(as_anna, days, ends_on="")
        assert days_of(piotr.person, kowalscy) == own_days(piotr.person) == [(OPENED_ON, None)]
        assert "ojciec, 41 lat" in plain(as_anna.get(page(kowalscy, "people")))

    @pytest.mark.parametrize(
        "day,before", [("15.09.2026", date(2026, 9, 14)), ("05.10.2026", date(2026, 10, 4))]
    )
    def test_what_a_change_had_ended_ends_the_day_before(self, as_anna, kowalscy, came_home, day, before):
        submit_form(as_anna, page(kowalscy, "membership-dates", came_home), starts_on=day)
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
        response = submit_form(as_anna, page(kowalscy, "membership-dates", piotr), **days)
        assert response.status_code == 422 and sentence in plain(response)
        assert days_of(piotr.person, kowalscy) == [(OPENED_ON, None)]

    def test_not_over_what_was_before(self, as_anna, kowalscy, came_home):
        response = submit_form(as_anna, page(kowalscy, "membership-dates", came_home), starts_on="02.03.2026")
        assert "Wcześniejszy wpis o tej osobie zaczyna się 02.03.2026." in plain(response)

    def test_not_over_an_earlier_stay(self, as_anna, kowalscy, piotr, maria):
        end_membership(membership=piotr, on=date(2026, 5, 31), version=None, by=maria)
        data = person_data("", "", existing=piotr.person)
        back = add_member(family=kowalscy, data=data, kinship=Kinship.FATHER, starts_on=TODAY, by=maria)
        response = submit_form(as_anna, page(kowalscy, "membership-dates", back), starts_on="01.05.2026")
        assert "Ta osoba należy już do tej rodziny w tym czasie." in plain(response)

    def test_not_past_a_change_or_a_death(self, as_anna, kowalscy, piotr, came_home, maria):
        response = submit_form(as_anna, page(kowalscy, "membership-dates", piotr), ends_on="")
        assert "Od 01.10.2026 zapisano zmianę." in plain(response)
        correct_person(person=piotr.person, version=None, died_on=date(2026, 10, 10), by=maria)
        response = submit_form(as_anna, page(kowalscy, "membership-dates", came_home), ends_on="")
        assert "zapisano datę śmierci 10.10.2026" in plain(response)

    def test_not_after_ones_own_consent(self, as_anna, kowalscy):
        danuta = member(kowalscy, "Danuta")
        url = page(kowalscy, "membership-dates", danuta)
        response = submit_form(as_anna, url, starts_on="05.03.2026")
        assert response.status_code == 422
        assert plain(response).count("opiera się praca z rodziną (zgoda od 04.03.2026)") == 2
        assert submit_form(as_anna, url, starts_on="04.03.2026").status_code == 302

    def test_not_past_an_address_of_ones_own(self, as_anna, kowalscy, piotr, maria):
        set_address(membership=piotr, since=date(2026, 9, 1), house="3", locality="Żary", by=maria)
        response = submit_form(as_anna, page(kowalscy, "membership-dates", piotr), starts_on="10.10.2026")
        assert response.status_code == 422 and "ta osoba ma tu zapisany adres" in plain(response)
        assert days_of(piotr.person, kowalscy) == [(OPENED_ON, None)]

    def test_the_second_of_two_is_told(self, as_anna, kowalscy, piotr, maria):
        url = page(kowalscy, "membership-dates", piotr)
        data = form_data(as_anna, url, starts_on="01.02.2026")
        end_membership(membership=piotr, on=date(2026, 9, 30), version=None, by=maria)
        assert as_anna.post(url, data).status_code == 409


class TestAPersonByMistake:
    def test_the_double_goes_and_the_history_says_why(self, as_anna, kowalscy, double):
        add_phone(
            family=kowalscy, person=double.person, number="600 100 200", since=TODAY, by=double.entered_by
        )
        url = page(kowalscy, "membership-entered-in-error", double)
        assert "Z teczki zniknie: Kacper Kowalska; telefon 600 100 200." in plain(as_anna.get(url))
        response = submit_form(as_anna, url, why=WHY)
        text = plain(as_anna.get(response.url))
        assert "Usunięto błędny wpis: Kacper Kowalska." in text and "3 osoby w rodzinie" in text
        assert not Person.objects.filter(pk=double.person_id).exists() and not kowalscy.phones.exists()
        history = plain(as_anna.get(page(kowalscy, "history")))
        for subject in ("Członek rodziny: Kacper Kowalska", "Osoba: Kacper Kowalska", "Telefon: 600 100 200"):
            assert f"Wpisano przez pomyłkę: {WHY} {subject}" in history
        gone = Membership.history.filter(id=double.pk).latest()
        assert (gone.history_type, gone.history_user.username) == ("-", "anna")

    def test_who_belongs_elsewhere_too_stays_there(self, as_anna, kowalscy, nowakowie, double, maria):
        data = person_data("", "", existing=double.person)
        add_member(family=nowakowie, data=data, kinship=Kinship.CHILD, starts_on=TODAY, by=maria)
        submit_form(as_anna, page(kowalscy, "membership-entered-in-error", double), why="to dziecko Nowaków")
        assert Person.objects.get(pk=double.person_id).memberships.get().family == nowakowie
        correct_person(person=double.person, version=None, first_name="Tajny", by=maria)
        assert "Tajny" not in plain(as_anna.get(page(kowalscy, "history"))).replace(
            "Członek rodziny: Tajny", ""
        )

    def test_judged_a_different_person_he_may_still_go(self, as_anna, kowalscy, double, maria):
        dismiss_duplicate(person_a=member(kowalscy, "Danuta").person, person_b=double.person, by=maria)
        submit_form(as_anna, page(kowalscy, "membership-entered-in-error", double), why=WHY)
        assert not Person.objects.filter(pk=double.person_id).exists()
        assert not DuplicateDismissal.objects.exists()

    def test_not_while_the_work_rests_on_her(self, as_anna, kowalscy):
        danuta = member(kowalscy, "Danuta")
        response = submit_form(as_anna, page(kowalscy, "membership-entered-in-error", danuta), why=WHY)
        assert response.status_code == 422
        assert "opiera się praca z rodziną (zgoda od 04.03.2026). Popraw najpierw" in plain(response)
        assert Membership.objects.filter(pk=danuta.pk).exists()

    def test_not_while_an_address_is_kept_from_him(self, as_anna, kowalscy, piotr, maria):
        address = kowalscy.addresses.get()
        correct_address(address=address, version=None, withheld_from=piotr.person, by=maria)
        response = submit_form(as_anna, page(kowalscy, "membership-entered-in-error", piotr), why=WHY)
        assert "Przed tą osobą ukryto adres." in plain(response)

    def test_a_reason_is_asked_for(self, as_anna, kowalscy, double):
        response = submit_form(as_anna, page(kowalscy, "membership-entered-in-error", double))
        assert response.status_code == 422
        assert plain(response).count("Napisz, na czym polegała pomyłka.") == 2
        assert Membership.objects.filter(pk=double.pk).exists()

    def test_the_same_form_twice_gives_the_same_answer(self, as_anna, kowalscy, double):
        url = page(kowalscy, "membership-entered-in-error", double)
        data = form_data(as_anna, url, why=WHY)
        assert as_anna.post(url, data).url == as_anna.post(url, data).url == page(kowalscy, "people")


class TestAChangeByMistake:
    def test_what_was_before_goes_on(self, as_anna, kowalscy, piotr, came_home):
        url = page(kowalscy, "membership-entered-in-error", came_home)
        text = plain(as_anna.get(url))
        assert "Tylko zmianę: od 01.10.2026 ojciec, z rodziną." in text
        assert "Gdy usuniesz całą osobę, z teczki zniknie: Piotr Kowalska" in text
        submit_form(as_anna, url, what="change", why="nie wrócił")
        assert days_of(piotr.person, kowalscy) == own_days(piotr.person) == [(OPENED_ON, None)]
        row = member(kowalscy, "Piotr")
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
            as_anna, page(kowalscy, "membership-entered-in-error", changed), what="change", why="jest ojcem"
        )
        assert own_days(piotr.person) == [(OPENED_ON, date(2026, 10, 4)), (date(2026, 10, 5), None)]
        assert days_of(piotr.person, kowalscy) == [(OPENED_ON, None)]

    def test_the_whole_person_may_be_meant(self, as_anna, kowalscy, piotr, came_home):
        submit_form(as_anna, page(kowalscy, "membership-entered-in-error", came_home), what="person", why=WHY)
        assert not Person.objects.filter(pk=piotr.person_id).exists()

    def test_which_of_the_two_is_asked(self, as_anna, kowalscy, came_home):
        response = submit_form(as_anna, page(kowalscy, "membership-entered-in-error", came_home), why=WHY)
        assert plain(response).count("Wybierz, co wpisano przez pomyłkę.") == 2


class TestOtherRowsByMistake:
    def test_an_address_goes_and_the_one_before_it_goes_on(self, as_anna, kowalscy, maria):
        set_address(family=kowalscy, since=date(2026, 10, 1), house="3", locality="Żary", by=maria)
        wrong = kowalscy.addresses.get(locality="Żary")
        assert page(kowalscy, "address-entered-in-error", wrong) in response_text(
            as_anna.get(page(kowalscy, "address-correct", wrong))
        )
        url = page(kowalscy, "address-entered-in-error", wrong)
        assert "Dalej obowiązuje: adres ul. Długa 14 m. 2, 68-300 Lubsko" in plain(as_anna.get(url))
        submit_form(as_anna, url, why="inna rodzina")
        address = kowalscy.addresses.get()
        assert (address.locality, address.ends_on) == ("Lubsko", None)
        assert "Adres: Żary 3" in plain(as_anna.get(page(kowalscy, "history")))

    def test_a_withheld_address_is_not_printed(self, as_anna, kowalscy, piotr, maria):
        address = kowalscy.addresses.get()
        correct_address(address=address, version=None, withheld_from=piotr.person, by=maria)
        main = response_text(as_anna.get(page(kowalscy, "address-entered-in-error", address))).partition(
            "<main"
        )[2]
        assert "Długa" not in main and "nie ujawniać (Piotr Kowalska)" in main

    def test_a_phone(self, as_anna, kowalscy, maria):
        phone = add_phone(family=kowalscy, number="600 100 200", since=OPENED_ON, by=maria)
        end = as_anna.get(page(kowalscy, "phone-end", phone)).content.decode()
        assert page(kowalscy, "phone-entered-in-error", phone) in end
        submit_form(as_anna, page(kowalscy, "phone-entered-in-error", phone), why="inna rodzina")
        assert not kowalscy.phones.exists()

    def test_a_problem(self, as_anna, kowalscy):
        problem = kowalscy.problems.get()
        url = page(kowalscy, "problem-entered-in-error", problem)
        assert url in as_anna.get(page(kowalscy, "family-edit")).content.decode()
        submit_form(as_anna, url, why="inna rodzina")
        assert not kowalscy.problems.exists()
        gone = problem.history.model.objects.latest("history_id")
        assert (gone.problem, gone.history_type) == (Problem.values[0], "-")

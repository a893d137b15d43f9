"""A date of birth of which only the year, or the month and the year, is certain: form, pages, duplicates, search."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from families.choices import Kinship, Sex
from families.people.actions import add_member, correct_person
from families.people.birth import Birth, BirthPrecision
from families.people.duplicates.actions import merge_people
from families.people.duplicates.matching import find_duplicates
from families.people.forms.fields import BirthField
from families.people.identity import reconcile_identity
from families.people.models import DuplicateCandidate, Person
from tests.factories import OPENED_ON, TODAY, person_data
from tests.families.people.helpers import (
    KACPER,
    MOTHER,
    OPEN_CASE_URL,
    latest_membership,
    open_case_data,
    page_url,
    person_row,
)
from tests.form_client import form_data, submit_form
from tests.page import page_text

BORN = date(2017, 8, 30)  # Kacper, by his PESEL


@pytest.fixture
def kacper(kowalscy):
    return latest_membership(kowalscy, "Kacper").person


@pytest.fixture
def edit(kowalscy, kacper):
    return page_url(kowalscy, "person-edit", kacper)


class TestField:
    @pytest.mark.parametrize(
        ("typed", "birth"),
        [
            ("2015", Birth.in_year(2015)),
            (" 2015 ", Birth.in_year(2015)),
            ("05.2015", Birth.in_month(2015, 5)),
            ("5/2015", Birth.in_month(2015, 5)),
            ("30.08.2017", Birth(BORN)),
            ("2017-08-30", Birth(BORN)),
            ("", None),
        ],
    )
    def test_reads_a_day_a_month_or_a_year(self, typed, birth):
        assert BirthField(required=False).clean(typed) == birth

    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [
            ("13.2015", "Takiego miesiąca nie ma w kalendarzu. Sprawdź miesiąc i rok."),
            ("31.02.2015", "Takiego dnia nie ma w kalendarzu. Sprawdź dzień i miesiąc."),
            ("1799", "Sprawdź rok: data urodzenia musi leżeć między 1800 a 2100 rokiem."),
            (
                "około 2015",
                "Wpisz datę urodzenia: dzień (30.08.2015), miesiąc (05.2015) albo sam rok (2015).",
            ),
        ],
    )
    def test_refuses_anything_else(self, typed, sentence):
        with pytest.raises(ValidationError) as refusal:
            BirthField(required=False).clean(typed)
        assert refusal.value.messages == [sentence]


class TestForm:
    @pytest.mark.parametrize(
        ("typed", "text", "age"),
        [("2015", "2015 (w przybliżeniu)", "10 lat"), ("05.2015", "maj 2015", "11 lat")],
    )
    def test_is_recorded_and_shown_back(self, as_anna, kowalscy, kacper, edit, typed, text, age):
        assert submit_form(as_anna, edit, born_on=typed).status_code == 302
        kacper.refresh_from_db()
        assert str(kacper.birth) == text
        assert form_data(as_anna, edit)["born_on"] == [typed]
        household = page_text(as_anna.get(page_url(kowalscy, "people")))
        assert f"syn, {age}" in household and f"Urodzenie {text}" in household
        assert f"Kacper Kowalska syn {age}" in page_text(as_anna.get(page_url(kowalscy, "overview")))

    def test_an_exact_day_replaces_it(self, as_anna, kacper, edit):
        submit_form(as_anna, edit, born_on="2015")
        submit_form(as_anna, edit, born_on="30.08.2017")
        kacper.refresh_from_db()
        assert (kacper.born_on, kacper.birth_precision) == (BORN, "")

    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [
            ("13.2015", "Takiego miesiąca nie ma"),
            ("jesienią", "Wpisz datę urodzenia: dzień (30.08.2015)"),
            ("2027", "Ten dzień jeszcze nie nadszedł."),
        ],
    )
    def test_bad_input_is_answered_beside_the_field(self, as_anna, kacper, edit, typed, sentence):
        response = as_anna.post(edit, form_data(as_anna, edit, born_on=typed))
        assert sentence in response.context["form"].errors["born_on"][0]
        assert page_text(response).count(sentence) == 2, "in the summary and under the field"
        kacper.refresh_from_db()
        assert kacper.birth == Birth(BORN)

    def test_help_says_so(self, as_anna, edit):
        assert "miesiąc i rok (05.2015) albo sam rok (2015)" in page_text(as_anna.get(edit))

    def test_new_family(self, client, tomasz):
        client.force_login(tomasz)
        assert "miesiąc i rok (05.2015) albo sam rok (2015)" in page_text(client.get(OPEN_CASE_URL))
        child = person_row("Ola", "Kowalska", "child", sex="female", born_on="2026", pesel_missing="unknown")
        response = client.post(
            OPEN_CASE_URL, form_data(client, OPEN_CASE_URL, **open_case_data(MOTHER, child))
        )
        assert response.status_code == 302
        ola = Person.objects.get(first_name="Ola")
        assert (ola.birth, ola.age_on(TODAY)) == (Birth.in_year(2026), 0)

    def test_two_editors_see_what_each_typed(self, as_anna, kacper, edit, maria):
        data = form_data(as_anna, edit, born_on="2015")
        correct_person(
            person=kacper,
            version=None,
            born_on=date(2016, 5, 1),
            birth_precision=BirthPrecision.MONTH,
            by=maria,
        )
        assert "Data urodzenia 05.2016 2015" in page_text(as_anna.post(edit, data))

    def test_history_says_what_is_certain(self, as_anna, kowalscy, edit):
        submit_form(as_anna, edit, born_on="2015")
        text = page_text(as_anna.get(page_url(kowalscy, "history")))
        assert "Co wiadomo o dacie urodzenia: wpisano sam rok" in text


class TestPesel:
    def test_contradicts_date_and_sex_at_once(self):
        with pytest.raises(ValidationError) as refusal:
            reconcile_identity(pesel=KACPER, birth=Birth.in_year(2001), sex=Sex.FEMALE, today=TODAY)
        assert set(refusal.value.message_dict) == {"born_on", "sex"}

    def test_makes_the_date_exact(self):
        for birth in (Birth.in_year(2017), Birth.in_month(2017, 8), Birth(BORN), None):
            reconciled = reconcile_identity(pesel=KACPER, birth=birth, sex="", today=TODAY)
            assert reconciled == (KACPER, Birth(BORN), Sex.MALE)

    def test_contradicts_another_month_or_year(self):
        for birth in (Birth.in_year(2016), Birth.in_month(2017, 9)):
            with pytest.raises(ValidationError, match=r"wynika data urodzenia 30\.08\.2017"):
                reconcile_identity(pesel=KACPER, birth=birth, sex="", today=TODAY)


class TestDuplicates:
    @pytest.fixture
    def of_year(self, nowakowie, maria):
        """Kacper Kowalska again, in another family, by the year alone."""
        data = person_data("Kacper", "Kowalska", Sex.MALE, date(2017, 1, 1), birth_precision="year")
        return add_member(
            family=nowakowie, person=data, kinship=Kinship.RELATIVE, starts_on=OPENED_ON, by=maria
        ).person

    def test_an_agreeing_date_and_name_make_a_pair(self, kacper, of_year, maria):
        assert DuplicateCandidate.objects.filter(person_a=kacper, person_b=of_year).exists()
        correct_person(person=of_year, version=None, born_on=date(2016, 1, 1), by=maria)
        assert not DuplicateCandidate.objects.filter(person_b=of_year).exists()

    @pytest.mark.parametrize(
        ("typed", "asked"),
        [
            (Birth(BORN), True),
            (Birth.in_month(2017, 8), True),
            (Birth.in_year(2017), True),
            (Birth.in_year(2016), False),
        ],
    )
    def test_are_asked_about_before_a_second_record(self, kacper, kowalscy, maria, typed, asked):
        data = person_data("Kacper", "Kowalska", born_on=typed.first_day, birth_precision=typed.precision)
        matches = find_duplicates(data, user=maria, on=TODAY)
        assert [each.person for each in matches] == ([kacper] if asked else [])

    def test_merging_keeps_the_more_exact_date(self, kacper, of_year, maria):
        assert merge_people(keep=of_year, drop=kacper, by=maria).birth == Birth(BORN)


def test_search_shows_it(as_anna, kacper, edit):
    submit_form(as_anna, edit, born_on="05.2015")
    response = as_anna.get(as_anna.post("/szukaj/", {"q": "Kacper Kowalski"}).url)
    assert "ur. maj 2015" in page_text(response)


def test_member_from_any_day_of_the_year_of_birth(kowalscy, maria):
    data = person_data("Ola", "Kowalska", born_on=date(2026, 1, 1), birth_precision="year")
    row = add_member(
        family=kowalscy, person=data, kinship=Kinship.CHILD, starts_on=date(2026, 5, 1), by=maria
    )
    assert row.is_member_on(date(2026, 5, 1)) and row.person.age_on(date(2026, 5, 1)) == 0

"""Zmień dane: who the person is, in every family; the day of death; two people at one form."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from families.caseload.models import LegalBasis
from families.choices import Kinship, PeselMissing, Sex
from families.people.actions import add_member, add_phone, correct_person, end_membership
from tests.factories import TODAY
from tests.families.people.helpers import DANUTA, PIOTR, last_change, latest_membership, page_url
from tests.form_client import form_data, submit_form
from tests.page import page_text


@pytest.fixture
def danuta(kowalscy):
    return latest_membership(kowalscy, "Danuta").person


@pytest.fixture
def edit(kowalscy, danuta):
    return page_url(kowalscy, "person-edit", danuta)


def test_it_works(as_anna, kowalscy, danuta, edit):
    spellings = "Danuta Nowak\nDana Kowalska"
    response = submit_form(as_anna, edit, last_name="Kowalska-Nowak", pesel=DANUTA, other_spellings=spellings)
    assert response.url == f"{page_url(kowalscy, 'people')}#osoba-{danuta.pk}"
    danuta.refresh_from_db()
    assert (danuta.last_name, danuta.pesel, danuta.pesel_missing) == ("Kowalska-Nowak", DANUTA, "")
    assert danuta.other_spellings == ["Danuta Nowak", "Dana Kowalska"]
    assert last_change(danuta) == ("anna", "Zmiana danych osoby")
    assert danuta.history.count() == 2


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"pesel_missing": "foreigner", "other_document": "x" * 121}, "Skróć ten tekst do 120 znaków"),
        ({"pesel_missing": "zapomniał"}, "Tego już nie można wybrać"),
    ],
)
def test_an_invalid_reason_or_document_is_an_error_of_its_field(as_anna, edit, fields, sentence):
    response = submit_form(as_anna, edit, pesel="", **fields)
    assert response.status_code == 422
    assert sentence in page_text(response)


def test_pesel_may_be_taken_back_with_a_reason(as_anna, danuta, edit):
    submit_form(as_anna, edit, pesel=DANUTA)
    submit_form(as_anna, edit, pesel="", pesel_missing="declined")
    danuta.refresh_from_db()
    assert (danuta.pesel, danuta.pesel_key, danuta.pesel_missing) == ("", "", PeselMissing.DECLINED)


class TestPesel:
    """A number typed wrongly, and a person who has one: nobody becomes a foreigner by opening the form."""

    @pytest.fixture
    def numbered(self, danuta, maria):
        return correct_person(person=danuta, version=None, pesel=DANUTA, by=maria)

    def test_with_a_number_no_reason_is_chosen(self, as_anna, numbered, edit):
        assert form_data(as_anna, edit)["pesel_missing"] == [""]

    def test_a_number_may_be_cleared(self, as_anna, danuta, numbered, edit):
        assert submit_form(as_anna, edit, pesel="").status_code == 302
        danuta.refresh_from_db()
        assert (danuta.pesel, danuta.pesel_missing) == ("", PeselMissing.UNKNOWN)
        assert (danuta.born_on, danuta.sex) == (date(1988, 5, 9), Sex.FEMALE)

    def test_is_no_difference_between_two_editors_who_left_it(self, as_anna, danuta, numbered, edit, maria):
        data = form_data(as_anna, edit, last_name="Kowalska-Nowak")
        correct_person(person=danuta, version=None, last_name="Kowalska-Lis", by=maria)
        text = page_text(as_anna.post(edit, data))
        assert "Nazwisko Kowalska-Lis Kowalska-Nowak" in text
        assert text.count("Gdy nie ma numeru PESEL") == 1, "in the form alone, not in the table"


class TestTwoAtOneForm:
    def test_the_second_gets_both_texts(self, as_anna, client, danuta, edit, maria):
        data = form_data(as_anna, edit, last_name="Kowalska-Nowak")
        correct_person(person=danuta, version=danuta.version, last_name="Kowalska-Lis", by=maria)
        response = as_anna.post(edit, data)
        assert response.status_code == 409
        text = page_text(response)
        assert "zapisał go ktoś inny: Maria Bocian" in text
        assert "Nazwisko Kowalska-Lis Kowalska-Nowak" in text
        danuta.refresh_from_db()
        assert danuta.last_name == "Kowalska-Lis"

    def test_of_their_own_other_tab_they_are_told_so(self, as_anna, danuta, edit, anna):
        data = form_data(as_anna, edit, last_name="Kowalska-Nowak")
        correct_person(person=danuta, version=danuta.version, last_name="Kowalska-Lis", by=anna)
        text = page_text(as_anna.post(edit, data))
        assert "Te dane zapisano z Twojego konta w innej karcie o 12:00." in text
        assert "ktoś inny" not in text
        assert "Zapisane w innej karcie W tej karcie Nazwisko Kowalska-Lis Kowalska-Nowak" in text

    def test_saving_again_saves_the_users_own_text(self, as_anna, danuta, edit, maria):
        data = form_data(as_anna, edit, last_name="Kowalska-Nowak")
        correct_person(person=danuta, version=None, last_name="Kowalska-Lis", by=maria)
        as_anna.post(edit, data)
        danuta.refresh_from_db()
        assert as_anna.post(edit, data | {"_version": danuta.version}).status_code == 302
        danuta.refresh_from_db()
        assert danuta.last_name == "Kowalska-Nowak"


class TestDeath:
    def test_ends_the_memberships_in_every_family(self, as_anna, kowalscy, nowakowie, maria):
        piotr = latest_membership(kowalscy, "Piotr").person
        add_member(
            family=nowakowie,
            person=piotr,
            kinship=Kinship.RELATIVE,
            starts_on=date(2026, 5, 1),
            by=maria,
        )
        submit_form(as_anna, page_url(kowalscy, "person-edit", piotr), died_on="01.06.2026")
        rows = piotr.memberships.all()
        assert {row.ends_on for row in rows} == {date(2026, 6, 1)} and len(rows) == 2
        assert last_change(rows[0]) == ("anna", "Śmierć osoby")
        own = rows.get(family=kowalscy).addresses.get()
        assert own.ends_on == date(2026, 6, 1)

    @pytest.fixture
    def piotr(self, kowalscy, nowakowie, maria):
        """Piotr of the Kowalscy, who had left the Nowakowie in September."""
        piotr = latest_membership(kowalscy, "Piotr").person
        other = add_member(
            family=nowakowie,
            person=piotr,
            kinship=Kinship.RELATIVE,
            starts_on=date(2026, 5, 1),
            by=maria,
        )
        end_membership(membership=other, on=date(2026, 9, 15), version=None, by=maria)
        return piotr

    def test_taken_away_lets_go_on_what_it_had_ended(self, as_anna, kowalscy, nowakowie, piotr):
        edit = page_url(kowalscy, "person-edit", piotr)
        submit_form(as_anna, edit, died_on="01.06.2026")
        assert set(piotr.memberships.values_list("ends_on", flat=True)) == {date(2026, 6, 1)}
        submit_form(as_anna, edit, died_on="")
        here, there = piotr.memberships.get(family=kowalscy), piotr.memberships.get(family=nowakowie)
        assert here.ends_on is None and here.addresses.get().ends_on is None
        assert there.ends_on == date(2026, 9, 15), "that he had left the Nowakowie stands"
        assert last_change(here) == ("anna", "Cofnięcie daty śmierci")
        assert "Piotr Kowalska ojciec, 41 lat" in page_text(as_anna.get(page_url(kowalscy, "people")))

    def test_corrected_moves_the_last_days(self, as_anna, kowalscy, piotr):
        edit = page_url(kowalscy, "person-edit", piotr)
        submit_form(as_anna, edit, died_on="01.06.2026")
        submit_form(as_anna, edit, died_on="20.09.2026")
        ends = dict(piotr.memberships.values_list("family__name", "ends_on"))
        assert ends == {"Kowalscy": date(2026, 9, 20), "Nowakowie": date(2026, 9, 15)}
        assert piotr.memberships.get(family=kowalscy).addresses.get().ends_on == date(2026, 9, 20)

    def test_a_consent_ends_with_the_death_and_continues_without_it(self, as_anna, kowalscy):
        danuta = latest_membership(kowalscy, "Danuta").person
        edit, work = page_url(kowalscy, "person-edit", danuta), page_url(kowalscy, "overview")
        consent = LegalBasis.objects.get(person=danuta)
        submit_form(as_anna, edit, died_on="01.10.2026")
        consent.refresh_from_db()
        assert (consent.ends_on, consent.end_reason) == (date(2026, 10, 1), "śmierć")
        assert "Bez podstawy pracy od 02.10.2026" in page_text(as_anna.get(work))
        submit_form(as_anna, edit, died_on="")
        consent.refresh_from_db()
        assert (consent.ends_on, consent.end_reason) == (None, "")
        assert "Bez podstawy pracy" not in page_text(as_anna.get(work))

    def test_a_death_before_the_consent_is_refused(self, as_anna, kowalscy):
        """The file begins on 2 March, the consent is of the 4th."""
        danuta = latest_membership(kowalscy, "Danuta").person
        response = submit_form(as_anna, page_url(kowalscy, "person-edit", danuta), died_on="03.03.2026")
        assert response.status_code == 422
        assert "Popraw najpierw podstawę." in page_text(response)
        assert LegalBasis.objects.get(person=danuta).ends_on is None

    def test_the_phone_is_no_longer_current(self, as_anna, kowalscy, piotr, anna):
        phone = add_phone(
            family=kowalscy, number="600 100 200", person=piotr, starts_on=date(2026, 5, 1), by=anna
        )
        edit = page_url(kowalscy, "person-edit", piotr)
        submit_form(as_anna, edit, died_on="01.10.2026")
        phone.refresh_from_db()
        assert phone.ends_on == date(2026, 10, 1)
        submit_form(as_anna, edit, died_on="")
        phone.refresh_from_db()
        assert phone.ends_on is None

    def test_who_had_left_on_that_day_anyway_stays_away(self, client, kowalscy, piotr, maria):
        end_membership(
            membership=latest_membership(kowalscy, "Piotr"), on=date(2026, 6, 1), version=None, by=maria
        )
        edit = page_url(kowalscy, "person-edit", piotr)
        client.force_login(maria)
        submit_form(client, edit, died_on="01.06.2026")
        submit_form(client, edit, died_on="")
        assert latest_membership(kowalscy, "Piotr").ends_on == date(2026, 6, 1)

    @pytest.mark.parametrize(
        "day,sentence",
        [
            ("14.10.2026", "Ten dzień jeszcze nie nadszedł."),
            ("01.01.1980", "Data śmierci nie może poprzedzać daty urodzenia."),
            ("01.03.2026", "Ta osoba jest zapisana w rodzinie także po tym dniu."),
        ],
    )
    def test_a_day_that_cannot_be(self, as_anna, danuta, edit, day, sentence):
        response = submit_form(as_anna, edit, died_on=day)
        assert response.status_code == 422 and sentence in page_text(response)
        danuta.refresh_from_db()
        assert danuta.died_on is None

    def test_the_dead_join_no_family(self, kowalscy, nowakowie, danuta, maria):
        correct_person(person=danuta, version=None, died_on=date(2026, 6, 1), by=maria)
        with pytest.raises(ValidationError, match="Ta osoba zmarła przed tym dniem"):
            add_member(
                family=nowakowie,
                person=danuta,
                kinship=Kinship.RELATIVE,
                starts_on=TODAY,
                by=maria,
            )


@pytest.mark.parametrize(
    "wrong,sentence",
    [
        ({"first_name": "  "}, "Wpisz imię."),
        ({"pesel": PIOTR}, "Z numeru PESEL wynika data urodzenia 20.01.1985."),
        ({"pesel": PIOTR, "born_on": ""}, "Z numeru PESEL wynika inna płeć."),
        ({"pesel_missing": "foreigner"}, "Wpisz rodzaj i numer innego dokumentu"),
        ({"sex": "male"}, "Matka to kobieta. Popraw płeć"),
        ({"born_on": "01.02.2020"}, "To nie może być matka: 6 lat."),
    ],
)
def test_bad_input_gets_a_sentence_and_stays_typed(as_anna, danuta, edit, wrong, sentence):
    response = submit_form(as_anna, edit, last_name="Inna", **wrong)
    assert response.status_code == 422
    assert page_text(response).count(sentence) == 2 and 'value="Inna"' in response.content.decode()
    danuta.refresh_from_db()
    assert (danuta.last_name, danuta.sex) == ("Kowalska", Sex.FEMALE)


class TestWhoMay:
    @pytest.mark.parametrize("who,status", [("ewa", 404), ("jan", 404), ("tomasz", 200), ("maria", 200)])
    def test_by_scope(self, client, request, edit, who, status):
        client.force_login(request.getfixturevalue(who))
        assert client.get(edit).status_code == status

    def test_only_within_a_family_of_the_person(self, client, maria, nowakowie, danuta):
        client.force_login(maria)
        assert client.get(page_url(nowakowie, "person-edit", danuta)).status_code == 404

    def test_who_left_is_corrected_by_the_manager_only(self, client, anna, maria, kowalscy):
        """The former family may neither change a person who left nor learn where they went."""
        piotr = latest_membership(kowalscy, "Piotr")
        end_membership(membership=piotr, on=date(2026, 6, 1), version=None, by=maria, why="Wyprowadzka")
        edit = page_url(kowalscy, "person-edit", piotr.person)
        client.force_login(anna)
        response = client.get(edit)
        assert response.status_code == 403
        assert "Jej dane może poprawić kierownik" in response.content.decode()
        assert edit not in client.get(page_url(kowalscy, "people")).content.decode()
        client.force_login(maria)
        assert client.get(edit).status_code == 200
        assert edit in client.get(page_url(kowalscy, "people")).content.decode()

    def test_somebody_who_died_may_still_be_corrected(self, as_anna, kowalscy, maria):
        piotr = latest_membership(kowalscy, "Piotr")
        correct_person(person=piotr.person, version=None, died_on=date(2026, 6, 1), by=maria)
        assert (
            submit_form(
                as_anna, page_url(kowalscy, "person-edit", piotr.person), first_name="Piotr Jan"
            ).status_code
            == 302
        )


def test_the_same_form_twice_is_one_change(as_anna, danuta, edit):
    data = form_data(as_anna, edit, last_name="Nowa")
    assert as_anna.post(edit, data).url == as_anna.post(edit, data).url
    assert danuta.history.count() == 2

"""Adding a person: a new one, a probable duplicate, a duplicate outside the user's scope."""

from datetime import date, timedelta

import pytest

from families.choices import Kinship, LivingArrangement, PeselMissing, Sex
from families.people.actions import correct_person, end_membership
from families.people.models import Membership, Person
from lubsko_ops.audit.models import AccessLogEntry
from lubsko_ops.submissions.models import Draft
from tests.factories import TODAY
from tests.families.people.helpers import KACPER, OLIWIA, last_change, latest_membership, page_url
from tests.form_client import form_data, submit_form
from tests.page import page_text

ZOFIA = {
    "first_name": "Zofia",
    "last_name": "Kowalska",
    "born_on": "01.02.2020",
    "sex": "female",
    "kinship": "child",
}
# The fixtures give both families the same people, so this son exists in each of them.
SON = {
    "first_name": "kacper",
    "last_name": "Nowak",
    "born_on": "30.08.2017",
    "sex": "male",
    "kinship": "child",
}


@pytest.fixture
def add(kowalscy):
    return page_url(kowalscy, "person-add")


def test_it_works(as_anna, kowalscy, add):
    response = submit_form(as_anna, add, **ZOFIA, stay="alternate", starts_on="01.09.2026")
    row = latest_membership(kowalscy, "Zofia")
    assert response.url == f"{page_url(kowalscy, 'people')}#osoba-{row.person_id}"
    assert "Dodano: Zofia Kowalska, córka." in page_text(as_anna.get(page_url(kowalscy, "people")))
    assert (row.kinship, row.stay, row.starts_on) == (
        Kinship.CHILD,
        LivingArrangement.ALTERNATE,
        date(2026, 9, 1),
    )
    assert (row.person.born_on, row.person.pesel_missing) == (date(2020, 2, 1), PeselMissing.UNKNOWN)
    assert last_change(row) == ("anna", "Dodanie osoby do rodziny")
    assert last_change(row.person) == ("anna", "Wpisanie osoby")


def test_birth_and_sex_are_read_from_pesel(as_anna, kowalscy, add):
    fields = {"first_name": "Oliwia", "last_name": "Lis", "kinship": "unrelated", "pesel": "0924 0200 205"}
    submit_form(as_anna, add, **fields)
    oliwia = latest_membership(kowalscy, "Oliwia").person
    assert (oliwia.pesel, oliwia.born_on, oliwia.sex) == (OLIWIA, date(2009, 4, 2), Sex.FEMALE)
    assert oliwia.pesel_missing == ""
    assert OLIWIA not in str(Person.history.filter(id=oliwia.pk).values("pesel_key"))


def test_a_ukrainian_with_several_spellings(as_anna, kowalscy, add):
    spellings = "Олена Шевченко\n\n Olena   Shevchenko \nOlena Shevchenko"
    submit_form(
        as_anna,
        add,
        first_name="Ołena",
        last_name="Szewczenko",
        sex="female",
        kinship="relative",
        pesel_missing="foreigner",
        other_document="paszport FE123456",
        other_spellings=spellings,
    )
    olena = latest_membership(kowalscy, "Ołena").person
    assert olena.other_spellings == ["Олена Шевченко", "Olena Shevchenko"]
    assert " shewchenko " in olena.search_key, "found by every spelling"


def test_twins_are_normal(as_anna, kowalscy, add):
    for name in ("Jan", "Adam"):
        fields = ZOFIA | {"first_name": name, "sex": "male"}
        assert submit_form(as_anna, add, **fields).status_code == 302
    assert kowalscy.memberships.filter(person__born_on=date(2020, 2, 1)).count() == 2


@pytest.mark.parametrize(
    "wrong,sentence",
    [
        ({"first_name": ""}, "Wpisz imię."),
        ({"kinship": ""}, "Wybierz, kim jest."),
        ({"sex": ""}, "Wybierz płeć."),
        ({"pesel": "17283000017"}, "Ten PESEL ma błąd w cyfrach."),
        ({"pesel": KACPER}, "Z numeru PESEL wynika data urodzenia 30.08.2017."),
        ({"pesel": KACPER, "born_on": ""}, "Z numeru PESEL wynika inna płeć."),
        ({"born_on": "14.10.2026"}, "Ten dzień jeszcze nie nadszedł."),
        ({"starts_on": "14.10.2026"}, "Ten dzień jeszcze nie nadszedł."),
        ({"starts_on": "31.01.2020"}, "Nikt nie należy do rodziny przed dniem urodzenia."),
        ({"kinship": "father", "born_on": "01.02.1990"}, "Ojciec to mężczyzna. Popraw płeć"),
        ({"kinship": "mother"}, "To nie może być matka: 6 lat."),
        ({"born_on": "12.10.2025", "pesel_missing": "newborn"}, "Noworodek to dziecko do roku."),
        ({"pesel_missing": "foreigner"}, "Wpisz rodzaj i numer innego dokumentu"),
        ({"other_spellings": "x" * 161}, "Jedna pisownia może mieć najwyżej 160 znaków."),
    ],
)
def test_bad_input_gets_a_sentence_and_stays_typed(as_anna, add, wrong, sentence):
    before = Person.objects.count()
    response = submit_form(as_anna, add, **(ZOFIA | wrong))
    assert response.status_code == 422
    assert page_text(response).count(sentence) == 2, "in the summary and beside the field"
    assert 'value="Kowalska"' in response.content.decode()
    assert Person.objects.count() == before


class TestSecondMother:
    EWA = {"first_name": "Ewa", "last_name": "Lis", "born_on": "01.02.1990", "kinship": "mother"}

    def test_is_asked_about_and_may_be_so(self, as_anna, kowalscy, add):
        danuta = latest_membership(kowalscy, "Danuta").person
        data = form_data(as_anna, add, **self.EWA)
        response = as_anna.post(add, data)
        sentence = "W rodzinie jest już matka: Danuta Kowalska. Popraw albo potwierdź."
        assert response.status_code == 422 and page_text(response).count(sentence) == 2
        assert not Person.objects.filter(first_name="Ewa").exists()
        assert as_anna.post(add, data | {"sure": "mother:0"}).status_code == 422
        assert as_anna.post(add, data | {"sure": f"mother:{danuta.pk}"}).status_code == 302

    def test_after_the_first_has_left_is_the_only_one(self, as_anna, kowalscy, add, maria):
        danuta = latest_membership(kowalscy, "Danuta")
        end_membership(membership=danuta, on=TODAY - timedelta(days=1), version=None, by=maria)
        assert submit_form(as_anna, add, **self.EWA).status_code == 302

    def test_the_question_shows_a_name_as_it_was_typed(self, as_anna, kowalscy, maria, add):
        danuta = latest_membership(kowalscy, "Danuta").person
        correct_person(person=danuta, version=None, last_name="<b>Kowalska</b>", by=maria)
        response = submit_form(as_anna, add, **self.EWA)
        page = response.content.decode()
        assert "W rodzinie jest już matka: Danuta &lt;b&gt;Kowalska&lt;/b&gt;." in page
        assert "<b>Kowalska" not in page


class TestProbableDuplicate:
    @pytest.fixture
    def question(self, as_maria, kowalscy, nowakowie, add):
        """Maria, whose scope covers both families, adds the son of the Nowakowie to the Kowalscy."""
        data = form_data(as_maria, add, **SON)
        return data, as_maria.post(add, data)

    def test_is_asked_about_and_nothing_is_saved_yet(self, question, kowalscy, nowakowie):
        _, response = question
        text = page_text(response)
        assert response.status_code == 200
        assert "Być może to ta sama osoba. Nic jeszcze nie zapisano." in text
        assert "Kacper Nowak, ur. 30.08.2017, rodzina Nowakowie" in text
        assert AccessLogEntry.objects.latest("pk").families == sorted([kowalscy.pk, nowakowie.pk])
        assert Draft.objects.get().content["first_name"] == ["kacper"], "what was typed is kept"
        assert Person.objects.filter(first_name__iexact="kacper").count() == 2

    def test_a_namesake_in_the_same_family_is_asked_about_without_a_birth(self, as_anna, kowalscy, add):
        jan = {"first_name": "Jan", "last_name": "Bliźniak", "sex": "male", "kinship": "relative"}
        assert submit_form(as_anna, add, **jan).status_code == 302
        data = form_data(as_anna, add, **jan, starts_on="12.10.2026")
        response = as_anna.post(add, data)
        assert "Być może to ta sama osoba." in page_text(response)
        assert "Jan Bliźniak, rodzina Kowalscy" in page_text(response)
        assert Person.objects.filter(last_name="Bliźniak").count() == 1
        born = form_data(as_anna, add, **jan | {"born_on": "01.02.2000"})
        assert "Być może to ta sama osoba." in page_text(as_anna.post(add, born)), "one birth is not known"
        someone_else = f"inna:{Person.objects.get(last_name='Bliźniak').pk}"
        assert as_anna.post(add, data | {"identity": someone_else}).status_code == 302

    def test_the_same_person_is_added_here(self, as_maria, question, kowalscy, nowakowie, add):
        data, _ = question
        kacper = latest_membership(nowakowie, "Kacper").person
        assert as_maria.post(add, data | {"identity": kacper.pk}).status_code == 302
        assert set(kacper.memberships.values_list("family", flat=True)) == {kowalscy.pk, nowakowie.pk}
        assert not Draft.objects.exists()

    def test_somebody_else_is_a_new_person(self, as_maria, question, kowalscy, nowakowie, add):
        data, response = question
        answer = f"inna:{latest_membership(nowakowie, 'Kacper').person_id}"
        assert f'value="{answer}"' in response.content.decode()
        assert as_maria.post(add, data | {"identity": answer}).status_code == 302
        assert Person.objects.filter(last_name="Nowak", first_name__iexact="kacper").count() == 2

    def test_an_answer_covers_only_the_listed_people(self, as_maria, question, kowalscy, nowakowie, add):
        data, _ = question
        other = {
            "last_name": "Kowalska",
            "identity": f"inna:{latest_membership(nowakowie, 'Kacper').person_id}",
        }
        response = as_maria.post(add, data | other)
        assert "Kacper Kowalska, ur. 30.08.2017, rodzina Kowalscy" in page_text(response)
        stranger = latest_membership(nowakowie, "Danuta").person_id
        assert "Być może to ta sama osoba." in page_text(as_maria.post(add, data | {"identity": stranger}))

    def test_who_belongs_here_already_is_not_added_twice(self, as_maria, kowalscy, add):
        data = form_data(as_maria, add, **(SON | {"last_name": "Kowalska"}))
        response = as_maria.post(add, data | {"identity": latest_membership(kowalscy, "Kacper").person_id})
        assert response.status_code == 422
        assert "Ta osoba należy już do tej rodziny w tym czasie." in page_text(response)

    def test_is_found_by_pesel_under_another_name(self, as_maria, kowalscy, nowakowie, add, maria):
        kacper = latest_membership(nowakowie, "Kacper").person
        correct_person(person=kacper, version=None, pesel=KACPER, by=maria)
        fields = {"first_name": "Kacperek", "last_name": "Lis", "pesel": KACPER, "kinship": "child"}
        assert "Kacper Nowak, ur. 30.08.2017, rodzina Nowakowie" in page_text(
            submit_form(as_maria, add, **fields)
        )

    def test_two_different_numbers_are_two_persons(self, as_maria, kowalscy, nowakowie, add, maria):
        correct_person(
            person=latest_membership(nowakowie, "Kacper").person, version=None, pesel=KACPER, by=maria
        )
        assert submit_form(as_maria, add, **SON, pesel="17283000115").status_code == 302

    def test_is_found_by_another_spelling(self, as_maria, nowakowie, add, maria):
        kacper = latest_membership(nowakowie, "Kacper").person
        correct_person(person=kacper, version=None, other_spellings=["Casper Nowack"], by=maria)
        fields = SON | {"first_name": "Casper", "last_name": "NOWACK"}
        assert "Kacper Nowak" in page_text(submit_form(as_maria, add, **fields))

    def test_another_day_of_birth_is_another_person(self, as_maria, nowakowie, add):
        assert submit_form(as_maria, add, **(SON | {"born_on": "29.08.2017"})).status_code == 302

    def test_outside_the_scope_is_neither_refused_nor_linked_nor_disclosed(
        self, as_anna, nowakowie, add, maria
    ):
        correct_person(
            person=latest_membership(nowakowie, "Kacper").person, version=None, pesel=KACPER, by=maria
        )
        response = submit_form(as_anna, add, **SON, pesel=KACPER)
        assert response.status_code == 302
        assert Person.objects.filter(last_name="Nowak", born_on=date(2017, 8, 30)).count() == 2


def test_the_same_form_twice_adds_one_person(as_anna, add):
    data = form_data(as_anna, add, **ZOFIA)
    assert as_anna.post(add, data).url == as_anna.post(add, data).url
    assert Person.objects.filter(first_name="Zofia").count() == 1


@pytest.mark.parametrize("who,status", [("ewa", 404), ("jan", 404), ("tomasz", 200), ("maria", 200)])
def test_who_may(client, request, add, who, status):
    client.force_login(request.getfixturevalue(who))
    assert client.get(add).status_code == status


def test_a_family_handed_over_takes_nobody(as_anna, kowalscy, add):
    from families.caseload.actions import end_assignment

    assignment = kowalscy.periods.get().assignments.get()
    end_assignment(assignment=assignment, on=TODAY - timedelta(days=1), version=None, by=assignment.assistant)
    response = as_anna.post(add, ZOFIA)
    assert response.status_code == 403
    assert not Membership.objects.filter(person__first_name="Zofia").exists()

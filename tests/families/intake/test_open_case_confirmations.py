"""Opening a case: impossible data is refused, unlikely data needs confirmation, rows are prefilled."""

import pytest

from families.people.models import Family, Person
from lubsko_ops.audit.models import AccessLogEntry
from tests.families.people.helpers import MOTHER, OLIWIA, OPEN_CASE_URL, open_case_data, person_row
from tests.form_client import form_data, parse_form, submit_form
from tests.page import Page, page_text


class TestSimilarFamily:
    """Kowalscy from Lubsko are entered once more."""

    TWIN = person_row("Ewa", "Kowalska", "mother", born_on="01.02.1990")

    def test_is_asked_about_with_a_way_to_it(self, as_maria, kowalscy):
        AccessLogEntry.objects.all().delete()
        data = form_data(as_maria, OPEN_CASE_URL, **open_case_data(self.TWIN, locality="LUBSKO"))
        response = as_maria.post(OPEN_CASE_URL, data)
        text = page_text(response)
        assert response.status_code == 422
        assert "Sprawdź, czy Kowalscy w tej miejscowości to nie ta sama rodzina." in text
        assert "Kowalscy: Piotr, Danuta i Kacper" in text
        assert f"/rodziny/{kowalscy.pk}/" in Page(response).urls
        assert AccessLogEntry.objects.latest("pk").families == [kowalscy.pk]
        answer = f"inna:{kowalscy.pk}"
        assert f'value="{answer}"' in response.content.decode()
        assert as_maria.post(OPEN_CASE_URL, data | {"other_family": answer}).status_code == 302
        assert Family.objects.filter(name="Kowalscy").count() == 2

    def test_an_answer_covers_only_the_listed_families(self, as_maria, kowalscy):
        data = form_data(as_maria, OPEN_CASE_URL, **open_case_data(self.TWIN))
        assert as_maria.post(OPEN_CASE_URL, data | {"other_family": "inna:0"}).status_code == 422

    def test_elsewhere_it_is_another_family(self, as_maria, kowalscy):
        assert (
            submit_form(as_maria, OPEN_CASE_URL, **open_case_data(self.TWIN, locality="Żary")).status_code
            == 302
        )

    def test_outside_the_scope_nothing_is_asked_or_disclosed(self, client, zofia, kowalscy):
        client.force_login(zofia)
        AccessLogEntry.objects.all().delete()
        assert submit_form(client, OPEN_CASE_URL, **open_case_data(self.TWIN)).status_code == 302
        assert not AccessLogEntry.objects.filter(families__contains=[kowalscy.pk]).exists()


class TestWhatCannotBe:
    @pytest.mark.parametrize(
        "somebody,sentence",
        [
            (person_row("Jan", "Lis", "mother", sex="male"), "Matka to kobieta. Popraw płeć"),
            (person_row("Ewa", "Lis", "father", sex="female"), "Ojciec to mężczyzna. Popraw płeć"),
            (
                person_row("Ewa", "Lis", "mother", born_on="13.10.2020"),
                "To nie może być matka: 6 lat. Sprawdź datę urodzenia",
            ),
            (
                person_row("Ewa", "Lis", "grandparent", born_on="13.10.2010", sex="female"),
                "To nie może być babcia: 16 lat. Sprawdź datę urodzenia",
            ),
            (
                person_row("Jan", "Lis", "child", born_on="12.10.2025", sex="male", pesel_missing="newborn"),
                "Noworodek to dziecko do roku. Wybierz inny powód braku numeru.",
            ),
        ],
    )
    def test_is_refused_with_a_sentence(self, as_maria, somebody, sentence):
        response = submit_form(as_maria, OPEN_CASE_URL, **open_case_data(somebody))
        assert response.status_code == 422 and page_text(response).count(sentence) == 2
        assert not Person.objects.exists()

    def test_a_mother_of_seventeen_and_a_newborn_can(self, as_maria):
        mother = person_row("Oliwia", "Lis", "mother", pesel=OLIWIA)
        baby = person_row("Jan", "Lis", "child", born_on="13.10.2025", sex="male", pesel_missing="newborn")
        assert submit_form(as_maria, OPEN_CASE_URL, **open_case_data(mother, baby)).status_code == 302

    def test_the_age_is_that_of_the_first_day(self, as_maria):
        mother = person_row("Ewa", "Lis", "mother", born_on="01.01.2016")
        response = submit_form(as_maria, OPEN_CASE_URL, **open_case_data(mother, since="01.06.2025"))
        assert "Ewa Lis: To nie może być matka: 9 lat." in page_text(response)


class TestWhatIsUnlikely:
    @pytest.mark.parametrize(
        "people,text",
        [
            ((MOTHER, person_row("Ewa", "Lis", "mother")), "w rodzinie są dwie matki"),
            (
                (person_row("Jan", "Lis", "father"), person_row("Adam", "Lis", "father")),
                "w rodzinie jest dwóch ojców",
            ),
            (
                [person_row("Jan", "Bliźniak", "child", born_on="01.06.2020", sex="male")] * 2,
                "Jan Bliźniak jest na liście dwa razy",
            ),
        ],
    )
    def test_is_asked_and_may_be_so(self, as_maria, people, text):
        data = form_data(as_maria, OPEN_CASE_URL, **open_case_data(*people))
        response = as_maria.post(OPEN_CASE_URL, data)
        assert response.status_code == 422
        assert page_text(response).count(f"Sprawdź: {text}. Popraw albo potwierdź.") == 2
        assert not Person.objects.exists()
        assert as_maria.post(OPEN_CASE_URL, data | {"sure": "coś innego"}).status_code == 422
        assert as_maria.post(OPEN_CASE_URL, data | {"sure": text}).status_code == 302
        assert Person.objects.count() == 2


class TestTheNextRow:
    """Without a script the server adds the row; with one, static/js/people-rows.js does the same."""

    def added(self, client, *people):
        data = form_data(client, OPEN_CASE_URL, **open_case_data(*people))
        return parse_form(client.post(OPEN_CASE_URL, data | {"_add": "people"}).content.decode())

    def test_begins_with_the_surname_of_the_one_before(self, as_maria):
        controls = self.added(as_maria, MOTHER)
        assert (controls["people-1-last_name"], controls["people-1-kinship"]) == (["Kowalska"], [""])

    def test_is_a_child_after_a_child_and_after_both_parents(self, as_maria):
        father, son = person_row("Jan", "Kowalski", "father"), person_row("Jaś", "Kowalski", "stepchild")
        assert self.added(as_maria, MOTHER, father)["people-2-kinship"] == ["child"]
        assert self.added(as_maria, MOTHER, son)["people-2-kinship"] == ["stepchild"]

    def test_left_as_it_began_is_no_person(self, as_maria):
        controls = self.added(as_maria, MOTHER, person_row("Jan", "Kowalski", "child", sex="male"))
        assert as_maria.post(OPEN_CASE_URL, controls).status_code == 302
        assert Person.objects.count() == 2

    def test_with_anything_typed_is_one(self, as_maria):
        controls = self.added(as_maria, MOTHER) | {"people-1-sex": "male"}
        assert "Osoba 2: Wpisz imię." in page_text(as_maria.post(OPEN_CASE_URL, controls))


def test_people_come_before_problems_and_the_first_question_is_the_number(as_maria):
    text = as_maria.get(OPEN_CASE_URL).content.decode()
    order = ["Adres zamieszkania", ">Osoby<", "people-0-pesel", "people-0-first_name", "people-0-born_on"]
    order += ["Drugie gospodarstwo", "Prowadzenie", ">Problemy<"]
    assert [text.index(each) for each in order] == sorted(text.index(each) for each in order)


def test_the_summary_follows_the_page(as_maria):
    wrong = open_case_data(person_row("", "Lis", "mother"), locality="", second_street="Polna")
    text = page_text(submit_form(as_maria, OPEN_CASE_URL, **wrong)).partition("Rodziny nie zapisano.")[2]
    order = ["Wpisz miejscowość albo", "Osoba 1: Wpisz imię.", "Wpisz miejscowość drugiego"]
    assert [text.index(each) for each in order] == sorted(text.index(each) for each in order)

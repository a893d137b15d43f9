"""Opening a case: all data at once, two homes, the social worker of the region, refusals."""

from datetime import date

import pytest

from families.choices import Category, Kinship, PeselMissing, Sex
from families.intake.actions import CaseData, MemberData, open_case
from families.people.models import Address, Family, Membership, Person
from lubsko_ops.accounts.actions import grant_region
from lubsko_ops.audit.models import AccessLogEntry
from lubsko_ops.submissions.models import Draft
from tests.factories import TODAY
from tests.families.people.helpers import (
    DANUTA,
    KACPER,
    MOTHER,
    OLIWIA,
    OPEN_CASE_URL,
    open_case_data,
    person_row,
)
from tests.form_client import form_data, parse_form, response_text, submit_form
from tests.page import page_text


def test_maria_enters_a_family_with_two_homes(as_maria, maria, tomasz, town):
    response = submit_form(
        as_maria,
        OPEN_CASE_URL,
        **open_case_data(
            MOTHER,
            person_row("Piotr", "Kowalski", "father", born_on="20.01.1985", stay="elsewhere"),
            person_row("Kacper", "Kowalski", "child", pesel=KACPER, stay="alternate"),
            person_row("Zofia", "Kowalska", "child", born_on="01.02.2020", sex="female"),
            region=town.pk,
            second_house="21",
            second_postal_code="68-300",
            second_locality="Chocicz",
            category=Category.AT_RISK,
            problems=["poverty", "alcohol"],
        ),
    )
    family = Family.objects.get()
    assert (response.status_code, response.url) == (302, f"/rodziny/{family.pk}/osoby/")
    assert family.name == "Kowalscy"
    page = response_text(as_maria.get(response.url))
    assert "Założono teczkę rodziny Kowalscy: 4 osoby." in page
    residence = family.addresses.get()
    assert (residence.line, residence.region) == ("ul. Długa 14 m. 2, 68-300 Lubsko", town)
    own = Address.objects.filter(membership__family=family)
    assert {address.membership.person.first_name for address in own} == {"Piotr", "Kacper"}
    assert {address.line for address in own} == {"Chocicz 21, 68-300"}
    assert family.leads.get().social_worker == tomasz, "the one social worker of the region"
    assert family.categories.get().category == Category.AT_RISK
    assert set(family.problems.values_list("problem", flat=True)) == {"poverty", "alcohol"}
    entry = family.history.get()
    assert (entry.history_user, entry.history_change_reason) == (maria, "Założenie teczki z dniem 13.10.2026")


def test_what_pesel_and_kinship_tell_need_not_be_typed(as_maria):
    people = (
        MOTHER,
        person_row("Jan", "Kowalski", "father"),
        person_row("Kacper", "Kowalski", "child", pesel=KACPER),
    )
    submit_form(as_maria, OPEN_CASE_URL, **open_case_data(*people))
    danuta, jan, kacper = Person.objects.order_by("pk")
    assert (danuta.born_on, danuta.sex) == (date(1988, 5, 9), Sex.FEMALE)
    assert (jan.sex, jan.pesel_missing) == (Sex.MALE, PeselMissing.UNKNOWN)
    assert (kacper.born_on, kacper.sex, kacper.pesel_missing) == (date(2017, 8, 30), Sex.MALE, "")


def test_the_name_may_be_given_by_hand(as_maria):
    submit_form(as_maria, OPEN_CASE_URL, **open_case_data(MOTHER, name="Kowalscy z Chocicza"))
    assert Family.objects.get().name == "Kowalscy z Chocicza"


@pytest.mark.parametrize(
    "surname,sex,name",
    [
        ("Kowalska", "female", "Kowalscy"),
        ("Nowak", "female", "Nowakowie"),
        ("Brzęczyszczykiewicz-Niewiadomska", "female", "Brzęczyszczykiewiczowie-Niewiadomscy"),
        ("Szewczenko", "male", "Szewczenkowie"),
    ],
)
def test_the_name_comes_from_the_first_person(as_maria, surname, sex, name):
    submit_form(as_maria, OPEN_CASE_URL, **open_case_data(person_row("Alex", surname, "guardian", sex=sex)))
    assert Family.objects.get().name == name


def test_a_village_without_streets_and_a_family_without_an_address(as_maria):
    submit_form(
        as_maria, OPEN_CASE_URL, **open_case_data(MOTHER, street="", flat="", house="7", locality="Chocicz")
    )
    assert Address.objects.get().line == "Chocicz 7, 68-300"
    nowhere = dict.fromkeys(("street", "house", "flat", "postal_code", "locality"), "")
    submit_form(
        as_maria,
        OPEN_CASE_URL,
        **open_case_data(person_row("Ewa", "Bez", "mother"), **nowhere, homeless="on"),
    )
    assert Family.objects.count() == 2 and Address.objects.count() == 1


def test_a_flat_beside_the_number_of_its_house(as_maria):
    home = {"street": "Rynek", "house": "8/2", "flat": "", "locality": "Lubsko"}
    other = {f"second_{name}": value for name, value in (home | {"house": "7/1"}).items()}
    elsewhere = person_row("Piotr", "Kowalski", "father", stay="elsewhere")
    submit_form(as_maria, OPEN_CASE_URL, **open_case_data(MOTHER, elsewhere, **home, **other))
    assert {each.street_line for each in Address.objects.all()} == {"Rynek 8 m. 2", "Rynek 7 m. 1"}


def test_an_address_typed_is_never_thrown_away(as_maria):
    response = submit_form(
        as_maria, OPEN_CASE_URL, **open_case_data(MOTHER, house="7", locality="Chocicz", homeless="on")
    )
    assert response.status_code == 422
    assert "Wpisano adres i zaznaczono, że rodzina go nie ma." in response_text(response)
    assert not Family.objects.exists()


def test_nine_children_twins_among_them_and_a_minor_mother(as_maria):
    mother = person_row("Oliwia", "Lis", "mother", pesel=OLIWIA)
    twins = [person_row(name, "Lis", "child", born_on="01.06.2026", sex="male") for name in ("Jan", "Adam")]
    others = [
        person_row(f"Ewa {number}", "Lis", "child", born_on=f"0{number}.02.2020", sex="female")
        for number in range(1, 8)
    ]
    response = submit_form(as_maria, OPEN_CASE_URL, **open_case_data(mother, *twins, *others))
    page = response_text(as_maria.get(response.url))
    assert "10 osób w rodzinie" in page and "małoletni rodzic" in page


def test_a_child_born_after_the_first_day_belongs_from_birth(as_maria):
    baby = person_row("Iga", "Kowalska", "child", born_on="01.10.2026", sex="female")
    submit_form(as_maria, OPEN_CASE_URL, **open_case_data(MOTHER, baby, since="01.09.2026"))
    assert Membership.objects.get(person__first_name="Iga").starts_on == date(2026, 10, 1)


class TestTheLeadingSocialWorker:
    def test_is_nobody_when_the_region_has_two(self, as_maria, tomasz, zofia, town, system_user):
        grant_region(user=zofia, region=town, starts_on=date(2024, 1, 1), by=system_user)
        assert "sprawę poprowadzi pracownik socjalny rejonu; gdy nie da się go ustalić" in response_text(
            as_maria.get(OPEN_CASE_URL)
        )
        response = submit_form(as_maria, OPEN_CASE_URL, **open_case_data(MOTHER, region=town.pk))
        assert not Family.objects.get().leads.exists()
        assert "1 osoba. Nie wskazano jeszcze, kto prowadzi." in response_text(as_maria.get(response.url))

    def test_is_named_when_the_file_is_open(self, as_maria, tomasz, town):
        response = submit_form(as_maria, OPEN_CASE_URL, **open_case_data(MOTHER, region=town.pk))
        assert "1 osoba. Prowadzi Tomasz Lis." in response_text(as_maria.get(response.url))

    def test_may_be_chosen(self, as_maria, tomasz, zofia, town):
        submit_form(as_maria, OPEN_CASE_URL, **open_case_data(MOTHER, region=town.pk, social_worker=zofia.pk))
        assert Family.objects.get().leads.get().social_worker == zofia

    def test_is_the_one_who_enters_the_family(self, client, tomasz, town):
        client.force_login(tomasz)
        page = form_data(client, OPEN_CASE_URL)
        assert (page["social_worker"], page["region"]) == ([str(tomasz.pk)], [str(town.pk)])
        submit_form(client, OPEN_CASE_URL, **open_case_data(MOTHER, social_worker="", region=""))
        assert Family.objects.get().leads.get().social_worker == tomasz

    def test_a_family_led_by_somebody_else_is_not_shown_to_the_one_who_entered_it(
        self, client, tomasz, zofia, villages
    ):
        client.force_login(tomasz)
        response = submit_form(
            client, OPEN_CASE_URL, **open_case_data(MOTHER, region=villages.pk, social_worker=zofia.pk)
        )
        assert response.url == "/rodziny/"
        assert "Założono teczkę rodziny Kowalscy: 1 osoba. Prowadzi ją ktoś inny" in response_text(
            client.get(response.url)
        )
        assert client.get(f"/rodziny/{Family.objects.get().pk}/osoby/").status_code == 404


class TestRefused:
    @pytest.mark.parametrize("who,status", [("anna", 403), ("jan", 403), ("tomasz", 200), ("maria", 200)])
    def test_only_social_workers_and_the_manager_enter_families(self, client, request, who, status):
        client.force_login(request.getfixturevalue(who))
        assert client.get(OPEN_CASE_URL).status_code == status

    def test_bad_rows_each_with_its_sentence_and_nothing_saved(self, as_maria):
        response = submit_form(
            as_maria,
            OPEN_CASE_URL,
            **open_case_data(
                person_row("Danuta", "", "mother"),
                person_row("Jan", "Kowalski", "father", pesel="123"),
                person_row("Olena", "Kowalenko", "child", sex="female", pesel_missing="foreigner"),
                person_row("Kacper", "Kowalski", "child", pesel=KACPER, born_on="31.08.2017"),
                person_row("Adam", "Kowalski", "child", born_on="14.10.2026", sex="male"),
                person_row("Ewa", "Kowalska", "child"),
                locality="",
                since="14.10.2026",
                second_street="Polna",
            ),
        )
        page = page_text(response)
        assert response.status_code == 422
        for where, sentence in (
            ("", "Wpisz miejscowość albo zaznacz, że rodzina nie ma stałego adresu."),
            ("", "Wpisz miejscowość drugiego gospodarstwa."),
            ("", "Ten dzień jeszcze nie nadszedł. Wpisz datę nie późniejszą niż dziś."),
            ("Osoba 1: ", "Wpisz nazwisko."),
            ("Osoba 2: ", "PESEL ma 11 cyfr. Sprawdź, czy żadnej nie brakuje."),
            ("Osoba 3: Inny dokument: ", "Wpisz rodzaj i numer innego dokumentu, np. „paszport FE123456”."),
            ("Osoba 4: ", "Z numeru PESEL wynika data urodzenia 30.08.2017. Sprawdź numer i datę."),
            (
                "Osoba 5: Data urodzenia: ",
                "Ten dzień jeszcze nie nadszedł. Wpisz datę nie późniejszą niż dziś.",
            ),
            ("Osoba 6: ", "Wybierz płeć."),
        ):
            assert where + sentence in page
            assert page.count(sentence) >= 2, "in the summary and beside the field"
        page = response_text(response)
        assert "Olena" in page and "Polna" in page, "what was typed stays"
        assert not Family.objects.exists() and not Person.objects.exists()
        assert Draft.objects.get().content["people-2-first_name"] == ["Olena"]

    def test_one_pesel_twice(self, as_maria):
        response = submit_form(
            as_maria,
            OPEN_CASE_URL,
            **open_case_data(MOTHER, person_row("Anna", "Kowalska", "child", pesel=DANUTA)),
        )
        assert response.status_code == 422
        assert "Dwie osoby mają ten sam PESEL. Popraw jeden z numerów." in response_text(response)

    def test_nobody_at_all(self, as_maria):
        response = submit_form(as_maria, OPEN_CASE_URL, **open_case_data(MOTHER | {"DELETE": "on"}))
        assert response.status_code == 422
        assert "Wpisz co najmniej jedną osobę." in response_text(response)

    def test_a_second_home_where_nobody_lives(self, as_maria):
        response = submit_form(as_maria, OPEN_CASE_URL, **open_case_data(MOTHER, second_locality="Chocicz"))
        assert "Nikt tam nie mieszka. Zaznacz przy osobie" in response_text(response)

    def test_a_row_taken_away_is_neither_checked_nor_saved(self, as_maria):
        wrong = person_row("Jan", "", "father", pesel="123", DELETE="on")
        assert submit_form(as_maria, OPEN_CASE_URL, **open_case_data(MOTHER, wrong)).status_code == 302
        assert Person.objects.count() == 1


def test_the_same_form_twice_makes_one_family(as_maria):
    data = form_data(as_maria, OPEN_CASE_URL, **open_case_data(MOTHER))
    first, second = as_maria.post(OPEN_CASE_URL, data), as_maria.post(OPEN_CASE_URL, data)
    assert first.url == second.url
    assert Family.objects.count() == Person.objects.count() == 1


def test_rows_are_added_without_a_script(as_maria):
    data = form_data(as_maria, OPEN_CASE_URL, **open_case_data(MOTHER))
    response = as_maria.post(OPEN_CASE_URL, data | {"_add": "people"})
    assert response.status_code == 200
    assert 'name="people-1-first_name"' in response.content.decode()
    assert "Danuta" in response_text(response) and "Popraw" not in response_text(response)


def test_a_draft_comes_back_with_its_rows_and_unscolded(as_maria):
    data = form_data(
        as_maria,
        OPEN_CASE_URL,
        **open_case_data(MOTHER, person_row("Kacper", "", "child"), second_street="Polna"),
    )
    away = as_maria.post(OPEN_CASE_URL, data | {"_draft": "1"})
    response = as_maria.get(away.url)
    kept = parse_form(response.content.decode())
    assert (kept["people-0-pesel"], kept["people-1-first_name"]) == ([DANUTA], ["Kacper"])
    assert kept["second_street"] == ["Polna"] and "Popraw" not in page_text(response)
    assert (
        as_maria.post(OPEN_CASE_URL, kept | {"people-1-DELETE": "on", "second_street": ""}).status_code == 302
    )
    assert Family.objects.count() == 1 and not Draft.objects.exists()


def test_the_empty_form_shows_no_family_and_leaves_no_trace(as_maria, kowalscy):
    AccessLogEntry.objects.all().delete()
    page = response_text(as_maria.get(OPEN_CASE_URL))
    assert "Kowalscy" not in page.replace("np. Kowalscy", "")
    assert not AccessLogEntry.objects.exists()


class TestProbableDuplicate:
    """Separated parents: Kacper lives with his mother, and is entered again with his father's new family."""

    FATHER = person_row("Piotr", "Kowalska", "father", born_on="20.01.1985")
    SON = person_row("Kacper", "KOWALSKA", "child", born_on="30.08.2017", sex="male", stay="alternate")

    def test_is_asked_about_and_linked(self, as_maria, kowalscy):
        AccessLogEntry.objects.all().delete()
        data = form_data(
            as_maria, OPEN_CASE_URL, **open_case_data(self.FATHER, self.SON, name="Piotr i Kacper")
        )
        response = as_maria.post(OPEN_CASE_URL, data)
        page = response_text(response)
        assert response.status_code == 422
        assert "Osoba 2: Sprawdź, czy Kacper Kowalska to nie ta sama osoba." in page
        assert "To ta sama osoba: Piotr Kowalska, ur. 20.01.1985, rodzina Kowalscy" in page
        read = AccessLogEntry.objects.latest("pk")
        assert (read.access_area, read.families) == ("duplicates", [kowalscy.pk])
        piotr, kacper = (Person.objects.get(first_name=name) for name in ("Piotr", "Kacper"))
        chosen = {"people-0-identity": piotr.pk, "people-1-identity": kacper.pk}
        response = as_maria.post(OPEN_CASE_URL, data | chosen)
        family = Family.objects.latest("pk")
        assert response.url == f"/rodziny/{family.pk}/osoby/"
        assert {member.person for member in family.memberships.all()} == {piotr, kacper}
        assert Person.objects.count() == 3, "nobody was entered twice"
        assert "Także w rodzinie Kowalscy" in page_text(as_maria.get(response.url))

    def test_may_be_somebody_else(self, as_maria, kowalscy):
        data = form_data(as_maria, OPEN_CASE_URL, **open_case_data(self.SON, name="Kacper u babci"))
        as_maria.post(OPEN_CASE_URL, data)
        kacper = Person.objects.get(first_name="Kacper")
        assert (
            as_maria.post(OPEN_CASE_URL, data | {"people-0-identity": f"inna:{kacper.pk}"}).status_code == 302
        )
        assert Person.objects.filter(born_on=date(2017, 8, 30)).count() == 2

    def test_outside_the_scope_is_neither_refused_nor_disclosed(self, client, zofia, kowalscy):
        client.force_login(zofia)
        response = submit_form(client, OPEN_CASE_URL, **open_case_data(self.SON))
        assert response.status_code == 302
        assert Person.objects.filter(first_name__iexact="kacper").count() == 2


def test_the_action_is_atomic(maria, town):
    people = [
        MemberData(
            person=Person(first_name="Danuta", last_name="Lis", sex=Sex.FEMALE), kinship=Kinship.MOTHER
        ),
        MemberData(
            person=Person(first_name="Jan", last_name="Lis", sex=Sex.FEMALE, pesel=KACPER),
            kinship=Kinship.CHILD,
        ),
    ]
    with pytest.raises(Exception, match="Jan Lis: Z numeru PESEL wynika inna płeć"):
        open_case(data=CaseData(name="Lisowie", since=TODAY, people=people), by=maria)
    assert not Family.objects.exists()

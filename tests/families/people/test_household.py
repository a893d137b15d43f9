"""Osoby: the household on a day, other homes, who left, what each card says and what it keeps to itself."""

from datetime import date, timedelta

import pytest

from families.caseload.actions import assign_assistant
from families.choices import AddressKind, Kinship, LivingArrangement, PeselMissing, Sex
from families.people.actions import add_member, add_phone, change_membership, correct_person, end_membership
from families.people.address_actions import correct_address, set_address
from families.people.birth import Birth
from families.people.identity import age_text
from families.people.queries import get_household
from lubsko_ops.audit.models import AccessLogEntry
from lubsko_ops.core import clock
from tests.factories import OPENED_ON, TODAY, create_family, person_data
from tests.families.people.helpers import DANUTA, latest_membership, page_url
from tests.page import Page, page_text
from tests.statement_counts import page_statements


def names(members) -> list[str]:
    return [each.person.first_name for each in members]


def offered(response, family) -> set[str]:
    """Actions the page offers, by the last part of their URLs."""
    [main] = Page(response).all("main")
    urls = [url for url in main.urls if url.startswith(f"/rodziny/{family.pk}/") and url.endswith("/")]
    return {url.rstrip("/").split("/")[-1] for url in urls} - {"osoby", str(family.pk)}


class TestTheDay:
    def test_what_is_offered_today(self, as_anna, kowalscy, maria):
        add_phone(family=kowalscy, number="600 100 200", starts_on=OPENED_ON, by=maria)
        response = as_anna.get(page_url(kowalscy, "people"))
        assert offered(response, kowalscy) == {
            "dane", "zmiana", "daty", "odejscie", "adres", "nowy", "popraw", "dodaj", "koniec",
        }  # fmt: skip

    def test_today_mother_and_son_live_together_and_the_father_apart(self, as_anna, kowalscy, anna):
        text = page_text(as_anna.get(page_url(kowalscy, "people")))
        assert "3 osoby w rodzinie, pod adresem rodziny: 2." in text
        home, other = (
            text.index("ul. Długa 14 m. 2, Lubsko Rejon I"),
            text.index("Chocicz 21 inne gospodarstwo"),
        )
        assert home < text.index("Danuta Kowalska matka, 38 lat") < text.index("syn, 9 lat") < other
        assert other < text.index("ojciec, 41 lat")

    def test_a_past_day_shows_who_lived_there_then(self, as_anna, kowalscy, maria):
        set_address(family=kowalscy, since=date(2026, 9, 1), house="7", locality="Górzyn", by=maria)
        kacper, piotr = latest_membership(kowalscy, "Kacper"), latest_membership(kowalscy, "Piotr")
        end_membership(membership=kacper, on=date(2026, 8, 31), version=None, by=maria)
        change_membership(
            membership=piotr,
            kinship=Kinship.FATHER,
            stay=LivingArrangement.HERE,
            since=date(2026, 10, 1),
            version=None,
            by=maria,
        )
        today = get_household(kowalscy, user=maria, on=TODAY)
        assert (today.residence.line, names(today.residents)) == ("Górzyn 7", ["Piotr", "Danuta"])
        assert not today.other_homes and [row.person.first_name for row in today.former_members] == ["Kacper"]
        before = get_household(kowalscy, user=maria, on=date(2026, 8, 31))
        assert (before.residence.street, names(before.residents)) == ("Długa", ["Danuta", "Kacper"])
        assert [home.address.line for home in before.other_homes] == ["Chocicz 21, 68-300"]
        assert not before.former_members
        response = as_anna.get(page_url(kowalscy, "people") + "?dzien=31.08.2026")
        text = page_text(response)
        assert "Stan na 31 sierpnia 2026 r." in text and "Kacper Kowalska syn, 9 lat" in text
        assert not offered(response, kowalscy), "the past is read, not changed"

    def test_a_day_before_the_first_data_is_empty(self, as_anna, kowalscy):
        text = page_text(as_anna.get(page_url(kowalscy, "people") + "?dzien=01.01.2020"))
        assert "Bez stałego adresu" in text
        assert "Teczka istnieje od 02.03.2026." in text and "0 osób" not in text
        assert "Na dzień 1 stycznia 2020 r. nic nie zapisano." in text

    def test_on_its_first_day_the_file_is_there(self, as_anna, kowalscy):
        text = page_text(as_anna.get(page_url(kowalscy, "people") + "?dzien=02.03.2026"))
        assert "3 osoby w rodzinie" in text and "Teczka istnieje" not in text

    def test_a_day_to_come_is_no_fact(self, as_anna, kowalscy):
        text = page_text(as_anna.get(page_url(kowalscy, "people") + "?dzien=01.01.2030"))
        assert "Ten dzień jeszcze nie nadszedł: tak będzie, jeśli nic się nie zmieni." in text

    @pytest.mark.parametrize(
        "day,sentence",
        [
            ("31.13.2026", "Takiego dnia nie ma w kalendarzu"),
            ("wczoraj", "Wpisz datę jako dzień.miesiąc.rok"),
            ("01.01.0001", "data musi leżeć między 1900"),
        ],
    )
    def test_a_bad_day_gets_a_sentence_and_todays_household(self, as_anna, kowalscy, day, sentence):
        response = as_anna.get(page_url(kowalscy, "people"), {"dzien": day})
        assert response.status_code == 200
        assert sentence in page_text(response) and "3 osoby w rodzinie" in page_text(response)


class TestWhoIsShownWhere:
    def test_parents_then_who_brings_up_then_children_from_the_eldest_then_others(self, kowalscy, maria):
        for name, kinship, born in (
            ("Helena", Kinship.GRANDPARENT, date(1950, 1, 1)),
            ("Zofia", Kinship.CHILD, date(2012, 1, 1)),
            ("Marek", Kinship.PARTNER, date(1990, 1, 1)),
            ("Bez", Kinship.CHILD, None),
        ):
            add_member(
                family=kowalscy,
                person=person_data(name, "Lis", born_on=born),
                kinship=kinship,
                starts_on=TODAY,
                by=maria,
            )
        household = get_household(kowalscy, user=maria, on=TODAY)
        assert names(household.members) == ["Piotr", "Danuta", "Marek", "Zofia", "Kacper", "Bez", "Helena"]

    def test_who_lives_in_turn_has_one_card_and_is_named_in_the_other_home(self, as_anna, kowalscy, maria):
        kacper = change_membership(
            membership=latest_membership(kowalscy, "Kacper"),
            kinship=Kinship.CHILD,
            stay=LivingArrangement.ALTERNATE,
            since=TODAY,
            version=None,
            by=maria,
        )
        set_address(
            membership=kacper, since=TODAY, house="21", postal_code="68-300", locality="CHOCICZ", by=maria
        )
        household = get_household(kowalscy, user=maria, on=TODAY)
        (home,) = household.other_homes
        assert (names(home.members), names(home.alternating_members)) == (["Piotr"], ["Kacper"])
        response = as_anna.get(page_url(kowalscy, "people"))
        assert response.content.decode().count(f'id="osoba-{kacper.person_id}"') == 1
        assert "Na przemian tutaj i z rodziną: Kacper Kowalska." in page_text(response).replace(" .", ".")

    def test_somebody_elsewhere_without_an_address(self, as_anna, kowalscy, maria):
        add_member(
            family=kowalscy,
            person=person_data("Jan", "Lis", Sex.MALE),
            kinship=Kinship.RELATIVE,
            stay=LivingArrangement.ELSEWHERE,
            starts_on=TODAY,
            by=maria,
        )
        text = page_text(as_anna.get(page_url(kowalscy, "people")))
        assert "Gdzie indziej, adres nieznany" in text and "dopisz adres: Jan Lis" in text

    def test_who_died_is_no_longer_in_the_household(self, as_anna, kowalscy, maria):
        piotr = latest_membership(kowalscy, "Piotr").person
        correct_person(person=piotr, version=None, died_on=date(2026, 6, 1), by=maria)
        assert names(get_household(kowalscy, user=maria, on=TODAY).members) == ["Danuta", "Kacper"]
        assert "Piotr" in names(get_household(kowalscy, user=maria, on=date(2026, 6, 1)).members)
        text = page_text(as_anna.get(page_url(kowalscy, "people")))
        assert "od 02.03.2026 do 01.06.2026; data śmierci: 01.06.2026" in text


class TestACard:
    def test_only_the_last_digits_of_pesel(self, as_anna, kowalscy, maria):
        danuta = latest_membership(kowalscy, "Danuta").person
        correct_person(person=danuta, version=None, pesel=DANUTA, by=maria)
        text = page_text(as_anna.get(page_url(kowalscy, "people")))
        assert "PESEL …2346" in text and DANUTA not in text
        assert DANUTA in as_anna.get(page_url(kowalscy, "person-edit", danuta)).content.decode()

    def test_a_foreigner_with_another_document_and_spellings(self, as_anna, kowalscy, maria):
        olena = person_data(
            "Olena",
            "Szewczenko",
            born_on=date(1990, 5, 5),
            pesel_missing=PeselMissing.FOREIGNER,
            other_document="paszport FE123456",
            other_spellings=["Олена Шевченко", "Olena Shevchenko"],
        )
        add_member(family=kowalscy, person=olena, kinship=Kinship.RELATIVE, starts_on=TODAY, by=maria)
        text = page_text(as_anna.get(page_url(kowalscy, "people")))
        assert "PESEL brak: cudzoziemiec bez numeru PESEL Dokument paszport …3456" in text
        assert "FE123456" not in text
        olena = latest_membership(kowalscy, "Olena").person
        assert "FE123456" in as_anna.get(page_url(kowalscy, "person-edit", olena)).content.decode()
        assert "Inna pisownia Олена Шевченко, Olena Shevchenko" in text

    def test_a_minor_parent_is_marked_on_the_days_of_minority(self, kowalscy, maria):
        young = person_data("Oliwia", "Lis", born_on=date(2009, 4, 2))
        add_member(family=kowalscy, person=young, kinship=Kinship.MOTHER, starts_on=TODAY, by=maria)
        on = {day: get_household(kowalscy, user=maria, on=day) for day in (TODAY, date(2027, 4, 2))}
        marked = {day: [each.is_minor_parent for each in household.members] for day, household in on.items()}
        assert (sum(marked[TODAY]), sum(marked[date(2027, 4, 2)])) == (1, 0)

    @pytest.mark.parametrize(
        "born_on,text",
        [
            (None, ""),
            (date(2026, 10, 14), ""),
            (date(2026, 10, 13), "0 dni"),
            (date(2025, 10, 14), "11 miesięcy"),
            (date(2025, 10, 13), "1 rok"),
            (date(2004, 10, 13), "22 lata"),
        ],
    )
    def test_age(self, born_on, text):
        assert age_text(Birth(born_on) if born_on else None, TODAY).replace("\u00a0", " ") == text

    def test_phones_of_today(self, as_anna, kowalscy, maria):
        danuta = latest_membership(kowalscy, "Danuta").person
        add_phone(
            family=kowalscy, person=danuta, number="600 100 200", note="po 16", starts_on=OPENED_ON, by=maria
        )
        add_phone(family=kowalscy, number="68 372 00 00", starts_on=TODAY + timedelta(days=1), by=maria)
        text = page_text(as_anna.get(page_url(kowalscy, "people")))
        assert "Telefon 600 100 200 po 16" in text and "68 372 00 00" not in text


class TestAnAddressWithheld:
    def test_is_marked_on_the_screen_and_hidden_in_print(self, as_anna, kowalscy, maria):
        danuta, piotr = (latest_membership(kowalscy, name).person for name in ("Danuta", "Piotr"))
        correct_address(address=kowalscy.addresses.get(), version=None, withheld_from=piotr, by=maria)
        own = latest_membership(kowalscy, "Piotr").addresses.get()
        correct_address(address=own, version=None, withheld_from=danuta, by=maria)
        response = as_anna.get(page_url(kowalscy, "people"))
        text = page_text(response)
        assert "nie ujawniać: Piotr Kowalska" in text and "nie ujawniać: Danuta Kowalska" in text
        [main] = Page(response).all("main")
        headings = " ".join(heading.text for heading in main.all("h2"))
        for name in ("Piotr", "Danuta"):
            assert f"nie ujawniać: {name} Kowalska" in headings, (
                "the red tag stands in the heading of the home"
            )
        # Every visible occurrence of the street or the village is hidden in print.
        for line in ("ul. Długa 14 m. 2", "Chocicz 21"):
            assert line in main.text and line not in main.printed_text
        own.refresh_from_db()
        assert not own.is_printable


class TestOtherFamiliesOfThePerson:
    @pytest.fixture
    def shared(self, kowalscy, nowakowie, maria):
        """Kacper belongs to the Kowalscy and to the Nowakowie."""
        kacper = latest_membership(kowalscy, "Kacper").person
        data = kacper
        add_member(
            family=nowakowie,
            person=data,
            kinship=Kinship.CHILD,
            stay=LivingArrangement.ALTERNATE,
            starts_on=TODAY,
            by=maria,
        )
        return kacper

    def test_are_named_within_the_scope_and_logged(self, client, maria, kowalscy, nowakowie, shared):
        client.force_login(maria)
        assert "Także w rodzinie Nowakowie" in page_text(client.get(page_url(kowalscy, "people")))
        read = AccessLogEntry.objects.latest("pk")
        assert (read.access_area, read.families) == ("people", sorted([kowalscy.pk, nowakowie.pk]))

    def test_are_not_named_outside_the_scope(self, as_anna, kowalscy, shared):
        text = page_text(as_anna.get(page_url(kowalscy, "people")))
        assert "Nowakowie" not in text and "Także w rodzinie" not in text
        assert AccessLogEntry.objects.latest("pk").families == [kowalscy.pk]


class TestWhoMayLook:
    def test_a_stranger_sees_nothing(self, client, ewa, kowalscy):
        client.force_login(ewa)
        assert client.get(page_url(kowalscy, "people")).status_code == 404

    def test_after_a_hand_over_it_is_read_only(self, as_anna, anna, ewa, kowalscy, maria):
        period = kowalscy.periods.get()
        assign_assistant(period=period, assistant=ewa, starts_on=TODAY, by=maria)
        response = as_anna.get(page_url(kowalscy, "people"))
        assert "Danuta Kowalska" in page_text(response)
        assert not offered(response, kowalscy)

    def test_statements_do_not_grow_with_the_family(self, as_anna, kowalscy, maria):
        before = len(page_statements(as_anna, page_url(kowalscy, "people")))
        for number in range(9):
            data = person_data(f"Dziecko {number}", "Kowalska", born_on=date(2015, 1, 1))
            add_member(family=kowalscy, person=data, kinship=Kinship.CHILD, starts_on=TODAY, by=maria)
        assert len(page_statements(as_anna, page_url(kowalscy, "people"))) == before <= 16


def test_an_address_of_registration_stays_with_who_comes_home(kowalscy, maria):
    piotr = latest_membership(kowalscy, "Piotr")
    with clock.freeze_time(OPENED_ON):
        set_address(
            membership=piotr,
            kind=AddressKind.REGISTERED,
            since=OPENED_ON,
            house="3",
            locality="Żary",
            by=maria,
        )
    change_membership(
        membership=piotr,
        kinship=Kinship.FATHER,
        stay=LivingArrangement.HERE,
        since=TODAY,
        version=None,
        by=maria,
    )
    household = get_household(kowalscy, user=maria, on=TODAY)
    card = next(each for each in household.members if each.person.first_name == "Piotr")
    assert card.residence is None
    assert [address.line for address in card.formal_addresses] == ["Żary 3"]


def test_a_household_of_nobody(maria, town):
    family = create_family("Lisowie", region=town, by=maria)
    for row in family.memberships.all():
        end_membership(membership=row, on=TODAY - timedelta(days=1), version=None, by=maria)
    household = get_household(family, user=maria, on=TODAY)
    assert not household.members and len(household.former_members) == 3

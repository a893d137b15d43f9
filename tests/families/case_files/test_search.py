"""Search of families: matching, order, privacy, limits."""

import re
from datetime import date, timedelta

import pytest
from stdnum.pl import pesel as pesel_number

from families.case_files.search import SearchTerms
from families.caseload.actions import assign_assistant, end_work
from families.caseload.references import record_reference
from families.choices import Kinship, LivingArrangement
from families.people.actions import (
    add_member,
    add_phone,
    end_membership,
    end_phone,
    open_family,
)
from families.people.address_actions import correct_address, set_address
from lubsko_ops.audit.models import AccessLogEntry
from lubsko_ops.core import clock
from lubsko_ops.search.models import QUERY_LIFETIME, SearchQuery
from tests.factories import TODAY, WORK_STARTED_ON, create_family, person_data
from tests.form_client import response_text
from tests.page import Page, page_text
from tests.statement_counts import page_statements

PESEL = "8805091226" + pesel_number.calc_check_digit("8805091226")


def search(client, text: str):
    """Submit the search and follow to the results."""
    response = client.post("/szukaj/", {"q": text})
    assert response.status_code == 302
    return client.get(response.url)


def result_names(response) -> list[str]:
    return [link.text for link in Page(response).all("a", "who")]


# ---- matching -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        "zolkiewskiej",
        "Żółkiewska",
        "ŻÓŁKIEWSKICH",
        "żółkiewscy",
        "zolk",
        "danuta zolkiewska",
        "Żółkiewskim Kacprem",
    ],
)
def test_a_surname_is_found_in_any_case_without_diacritics(client, anna, zolkiewscy, kowalscy, query):
    client.force_login(anna)
    assert result_names(search(client, query)) == ["Żółkiewscy"]


def test_every_word_must_match_one_family(client, maria, kowalscy, zolkiewscy):
    set_address(family=zolkiewscy, since=TODAY, street="Polna", house="3", locality="Lubsko", by=maria)
    client.force_login(maria)
    assert result_names(search(client, "kowalska długa")) == ["Kowalscy"]
    assert result_names(search(client, "żółkiewska polnej 3")) == ["Żółkiewscy"]
    assert result_names(search(client, "kowalska polna")) == []


@pytest.mark.parametrize(
    "query",
    [
        "2026/001",
        "2026/1",
        "1/2026",
        "001/2026",
        "kowalska 2026/001",
        "2026-001",
        "2026-1",
        "1-2026",
        "2026–001",
    ],
)
def test_a_case_number_is_found_as_people_write_it(client, maria, kowalscy, zolkiewscy, query):
    client.force_login(maria)
    assert result_names(search(client, query)) == ["Kowalscy"]


def test_a_date_is_no_case_number(client, maria, kowalscy):
    client.force_login(maria)
    assert result_names(search(client, "2026-1-12")) == []


@pytest.mark.parametrize("query", ["ABC.DS.1234.5.2026", "abc.ds.1234.5.2026", "kowalska ABC.DS.1234.5.2026"])
@pytest.mark.parametrize("reference", ["ABC.DS.1234.5.2026", "Abc.DS.1234.5.2026"])
def test_a_case_reference_leads_to_its_family(client, maria, kowalscy, zolkiewscy, query, reference):
    period = kowalscy.periods.get()
    record_reference(period=period, case_reference=reference, version=None, by=maria)
    client.force_login(maria)
    assert result_names(search(client, query)) == ["Kowalscy"]
    assert result_names(search(client, "ABC.DS.1234.6.2026")) == []


def test_a_case_reference_of_a_foreign_family_shows_nothing(client, maria, anna, nowakowie):
    period = nowakowie.periods.get()
    record_reference(period=period, case_reference="ABC.1234.5.2026", version=None, by=maria)
    client.force_login(anna)
    assert result_names(search(client, "ABC.1234.5.2026")) == []


def test_a_day_after_a_word_is_no_case_reference():
    assert not SearchTerms.of(SearchQuery(text="ur.13.10.2026")).references


def test_a_case_number_of_an_earlier_period_still_leads_to_the_family(client, maria, kowalscy):
    end_work(period=kowalscy.periods.get(), on=TODAY, reason="goals_reached", by=maria)
    client.force_login(maria)
    assert result_names(search(client, "2026/001")) == ["Kowalscy"]
    assert result_names(search(client, "2025/001")) == []


@pytest.mark.parametrize(
    "query", ["ul. Długa 14", "dluga", "rodzina Kowalskich, ul. Długa", "Chocicz", "chocicz 21"]
)
def test_an_address_is_found_also_of_who_lives_elsewhere(client, anna, kowalscy, query):
    client.force_login(anna)
    assert result_names(search(client, query)) == ["Kowalscy"]


def test_an_old_address_shows_until_when(client, anna, kowalscy):
    set_address(family=kowalscy, since=TODAY, street="Polna", house="3", locality="Lubsko", by=anna)
    client.force_login(anna)
    assert "adres: ul. Długa 14 m. 2, 68-300 Lubsko, do 12.10.2026" in page_text(search(client, "długa"))


def test_the_address_of_a_member_shows_whose_it_is(client, anna, kowalscy):
    client.force_login(anna)
    assert "adres (Piotr): Chocicz 21, 68-300" in page_text(search(client, "chocicz"))


def test_another_spelling_is_found_and_named(client, anna, kowalscy):
    data = person_data("Olga", "Szewczenko", other_spellings=["Olha", "Shevchenko"])
    add_member(family=kowalscy, person=data, kinship=Kinship.MOTHER, starts_on=TODAY, by=anna)
    client.force_login(anna)
    assert "Olga Szewczenko matka; inna pisownia: Olha" in page_text(search(client, "olha"))
    assert "inna pisownia: Shevchenko" in page_text(search(client, "szewczenko shevchenko"))
    assert "inna pisownia" not in page_text(search(client, "olga"))


def test_former_member_is_found_with_the_last_day(client, anna, kowalscy):
    father = kowalscy.memberships.get(kinship=Kinship.FATHER)
    end_membership(membership=father, on=date(2026, 9, 1), version=None, by=anna)
    client.force_login(anna)
    assert "Piotr Kowalska ojciec, ur. 20.01.1985, dawniej, do 01.09.2026" in page_text(
        search(client, "piotr")
    )


def test_a_person_of_two_families_leads_to_both_in_scope(client, anna, maria, kowalscy, nowakowie):
    child = kowalscy.memberships.get(kinship=Kinship.CHILD).person
    add_member(
        family=nowakowie, person=child, kinship=Kinship.CHILD, stay=LivingArrangement.ELSEWHERE,
        starts_on=TODAY, by=maria,
    )  # fmt: skip
    client.force_login(maria)
    assert result_names(search(client, "kacper kowalska")) == ["Kowalscy", "Nowakowie"]
    client.force_login(anna)
    assert result_names(search(client, "kacper kowalska")) == ["Kowalscy"]


def test_the_exact_surname_comes_before_those_that_begin_alike(client, maria, town):
    for name, surname in (("Nowakowscy", "Nowakowska"), ("Adamscy", "Nowak"), ("Nowakowie", "Nowak")):
        create_family(name, region=town, by=maria, surname=surname)
    client.force_login(maria)
    assert result_names(search(client, "nowak")) == ["Nowakowie", "Adamscy", "Nowakowscy"]


def test_the_whole_name_comes_before_those_that_only_begin_so(client, maria, town):
    """ "grazyna bak": Grażyna Bąk first, although words of three more families start so."""
    for name, first, last in (
        ("Adamscy", "Grażyna", "Bąkowska"),
        ("Bąkowie", "Grażynka", "Bąk"),
        ("Bąkowscy", "Grażyna", "Bakuła"),
        ("Zielińscy", "Grażyna", "Bąk"),
    ):
        family = open_family(name=name, on=WORK_STARTED_ON, by=maria)
        add_member(
            family=family, person=person_data(first, last), kinship=Kinship.MOTHER, starts_on=TODAY, by=maria
        )
    client.force_login(maria)
    response = search(client, "grazyna bak")
    assert result_names(response)[0] == "Zielińscy"
    assert "<b>Grażyna Bąk</b>" in response.content.decode()
    assert "<b>Grażyna Bąkowska</b>" not in response.content.decode()


def test_within_a_family_the_person_meant_comes_first(client, anna, kowalscy):
    data = person_data("Danka", "Kowalska-Lis", born_on=date(1950, 1, 1))
    add_member(family=kowalscy, person=data, kinship=Kinship.GRANDPARENT, starts_on=TODAY, by=anna)
    client.force_login(anna)
    text = page_text(search(client, "danuta kowalska"))
    assert text.index("Danuta Kowalska matka") < text.index("Danka Kowalska-Lis babcia")


# ---- telephone ---------------------------------------------------------------------------------------


@pytest.fixture
def with_phone(anna, kowalscy):
    mother = kowalscy.memberships.get(kinship=Kinship.MOTHER).person
    return add_phone(family=kowalscy, number="600 100-200", person=mother, starts_on=TODAY, by=anna)


@pytest.mark.parametrize(
    "typed",
    ["600100200", "600 100 200", "+48 600 100 200", "0048600100200", "100200", "kowalska 600-100-200"],
)
def test_a_phone_is_found_whole_or_by_its_end(client, maria, with_phone, zolkiewscy, typed):
    client.force_login(maria)
    response = search(client, typed)
    assert result_names(response) == ["Kowalscy"]
    assert "telefon (Danuta): 600 100 200" in page_text(response)


@pytest.mark.parametrize("typed", ["00200", "600100", "600100201", "żółkiewska 600100200"])
def test_less_than_six_digits_or_the_beginning_finds_nobody(client, maria, with_phone, zolkiewscy, typed):
    client.force_login(maria)
    assert result_names(search(client, typed)) == []


def test_a_number_given_with_the_prefix_of_the_country_is_found_without_it(client, maria, anna, kowalscy):
    add_phone(family=kowalscy, number="+48 68 372 11 22", starts_on=TODAY, by=anna)
    client.force_login(maria)
    assert result_names(search(client, "683721122")) == ["Kowalscy"]


def test_a_phone_no_longer_current_shows_until_when(client, anna, with_phone):
    with clock.freeze_time(TODAY + timedelta(days=1)):
        end_phone(phone=with_phone, on=TODAY, version=None, by=anna)
        client.force_login(anna)
        assert "telefon (Danuta): 600 100 200, do 13.10.2026" in page_text(search(client, "600100200"))


def test_a_phone_out_of_scope_is_not_shown(client, ewa, with_phone):
    client.force_login(ewa)
    assert result_names(search(client, "600100200")) == []


def test_a_house_and_a_flat_in_a_row_are_still_an_address(client, anna, kowalscy):
    """ "14 2 68 300" may be a phone number; the address is found too."""
    set_address(
        family=kowalscy, since=TODAY, street="Polna", house="1234", flat="56", locality="Lubsko", by=anna
    )
    client.force_login(anna)
    assert result_names(search(client, "polna 1234 56")) == ["Kowalscy"]


# ---- a withheld address ------------------------------------------------------------------------------


def test_withheld_address_is_marked_and_not_printed(client, anna, kowalscy):
    father = kowalscy.memberships.get(kinship=Kinship.FATHER).person
    correct_address(address=kowalscy.addresses.get(), version=None, by=anna, withheld_from=father)
    client.force_login(anna)
    page = Page(search(client, "długa"))
    assert "adres: ul. Długa 14 m. 2, 68-300 Lubsko" in page.text
    assert "nie ujawniać: Piotr Kowalska" in page.printed_text
    assert "Lubsko" not in page.printed_text.replace("Lubsko OPS", "")


# ---- scope, access log, URLs ------------------------------------------------------------------------


def test_families_out_of_scope_are_neither_shown_nor_counted(client, ewa, jan, kowalscy, nowakowie):
    client.force_login(ewa)
    assert result_names(search(client, "danuta")) == ["Nowakowie"]
    client.force_login(jan)
    assert client.post("/szukaj/", {"q": "danuta"}).status_code == 403


def test_a_family_handed_over_is_found_until_its_last_day(client, anna, ewa, maria, kowalscy):
    with clock.freeze_time(date(2026, 10, 1)):
        assign_assistant(period=kowalscy.periods.get(), assistant=ewa, starts_on=date(2026, 10, 1), by=maria)
    client.force_login(anna)
    assert "przekazana, odczyt do 30.10.2026" in page_text(search(client, "kowalska"))
    with clock.freeze_time(date(2026, 10, 31)):
        client.force_login(anna)
        assert result_names(search(client, "kowalska")) == []


def test_found_families_are_logged(client, anna, kowalscy):
    client.force_login(anna)
    search(client, "kowalska")
    entry = AccessLogEntry.objects.get()
    assert (entry.access_area, entry.families) == ("search", [kowalscy.pk])


def test_urls_do_not_contain_the_query(client, anna, kowalscy):
    client.force_login(anna)
    response = client.post("/szukaj/", {"q": "kowalska długa"})
    assert re.fullmatch(r"/szukaj/[0-9a-f-]{36}/", response.url)


def test_results_belong_to_their_author(client, anna, ewa, kowalscy):
    client.force_login(anna)
    address = client.post("/szukaj/", {"q": "kowalska"}).url
    assert result_names(client.get(address)) == ["Kowalscy"]
    client.force_login(ewa)
    assert client.get(address).status_code == 404


def test_results_expire_after_an_hour(client, anna, kowalscy):
    client.force_login(anna)
    address = client.post("/szukaj/", {"q": "kowalska"}).url
    with clock.freeze_time(clock.now() + QUERY_LIFETIME + timedelta(minutes=1)):
        client.force_login(anna)
        response = client.get(address, follow=True)
        assert "Wyniki wyszukiwania trzymamy godzinę." in response_text(response)
        client.post("/szukaj/", {"q": "lis"})
        assert SearchQuery.objects.count() == 1


# ---- empty and long results --------------------------------------------------------------------------


def test_empty_result_shows_help(client, anna, kowalscy):
    client.force_login(anna)
    text = page_text(search(client, "Brzęczyszczykiewicz"))
    assert "0 wyników Nic nie pasuje do: „Brzęczyszczykiewicz”. Sprawdź pisownię" in text
    assert "Rodzin, do których nie masz dostępu, tu nie widać." in text


@pytest.mark.parametrize(
    "query",
    ["%", "_", "100%", "'; DROP TABLE", "\\", "...", "a\x00b", "” OR 1=1", "x" * 500, "ß ﬁ 漢字 Ωмега"],
)
def test_special_characters_match_nothing(client, anna, kowalscy, query):
    client.force_login(anna)
    assert result_names(search(client, query)) == []


def test_empty_query(client, anna):
    client.force_login(anna)
    assert client.post("/szukaj/", {"q": "   "}).url == "/szukaj/"
    assert not SearchQuery.objects.exists()


def test_at_most_twenty_five_results(client, maria, kowalscy):
    for number in range(30):
        open_family(name=f"Kowalscy {number:02}", on=WORK_STARTED_ON, by=maria)
    client.force_login(maria)
    response = search(client, "kowalscy")
    assert len(result_names(response)) == 25
    assert "Więcej niż 25 rodzin, pokazujemy pierwsze 25. Dopisz imię" in page_text(response)


def test_statements_do_not_grow_with_results(client, maria, kowalscy):
    client.force_login(maria)
    address = client.post("/szukaj/", {"q": "danuta kowalska długa"}).url
    few = page_statements(client, address)
    for number in range(20):
        create_family(f"Kowalscy {number}", by=maria, surname="Kowalska")
    assert len(result_names(client.get(address))) == 21
    assert len(page_statements(client, address)) == len(few) <= 8

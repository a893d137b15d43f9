"""Search by names as people say and write them: apostrophes, earlier surnames, diminutives, one letter off."""

from importlib import import_module

import pytest
from django.apps import apps

from families.case_files.search import MAX_NUMBERS, SearchTerms
from families.choices import Kinship
from families.people.actions import add_member, correct_person
from families.people.models import Person
from lubsko_ops.audit.models import AccessLogEntry
from lubsko_ops.search.models import SearchQuery
from tests.factories import TODAY, create_family, person_data
from tests.families.case_files.test_search import result_names, search
from tests.page import page_text

# ---- as people say and write names ---------------------------------------------------------------------


def add_person(family, first, last, *, by, **data):
    person = person_data(first, last, **data)
    add_member(family=family, person=person, kinship=Kinship.RELATIVE, starts_on=TODAY, by=by)
    return family.memberships.get(person__first_name=first, person__last_name=last).person


@pytest.mark.parametrize("query", ["O'Neill", "O’Neill", "ONeill", "O Neill", "o'neilla"])
@pytest.mark.parametrize("stored", ["O'Neill", "ONeill", "O Neill"])
def test_an_apostrophe_makes_no_difference(client, anna, kowalscy, stored, query):
    add_person(kowalscy, "Sean", stored, by=anna)
    client.force_login(anna)
    response = search(client, query)
    assert result_names(response) == ["Kowalscy"]
    assert "Nic nie pasuje dokładnie" not in page_text(response)


@pytest.mark.parametrize("query", ["Лук'яненко", "Лукʼяненко", "Лук’яненка", "Лукяненко"])
def test_a_ukrainian_apostrophe_makes_no_difference(client, anna, kowalscy, query):
    add_person(kowalscy, "Олена", "Лукʼяненко", by=anna)
    client.force_login(anna)
    assert result_names(search(client, query)) == ["Kowalscy"]


def test_an_earlier_surname_leads_to_the_person(client, anna, kowalscy):
    mother = kowalscy.memberships.get(kinship=Kinship.MOTHER).person
    correct_person(person=mother, version=None, by=anna, last_name="Zawadzka")
    client.force_login(anna)
    text = page_text(search(client, "danuta kowalska"))
    assert "Danuta Zawadzka matka" in text and "wcześniejsze nazwisko: Kowalska" in text
    assert "wcześniejsze nazwisko:" not in page_text(search(client, "zawadzka"))


def test_keys_of_before_are_made_anew(client, anna, kowalscy):
    """The migration finds what was entered before: earlier surnames, apostrophes."""
    person = add_person(kowalscy, "Sean", "O'Neill", by=anna)
    mother = kowalscy.memberships.get(kinship=Kinship.MOTHER).person
    correct_person(person=mother, version=None, by=anna, last_name="Zawadzka")
    keys = dict(Person.objects.values_list("pk", "search_key"))
    Person.objects.update(search_key="")
    migration = import_module("families.people.migrations.0005_search_keys")
    migration.rebuild_keys(apps, None)
    assert dict(Person.objects.values_list("pk", "search_key")) == keys
    assert " oneill " in keys[person.pk] and " kowalsk " in keys[mother.pk]


@pytest.mark.parametrize("query", ["Kasia Kowalska", "kasię", "Kaśki Kowalskiej", "o Kaśce"])
def test_a_diminutive_finds_the_full_name(client, anna, kowalscy, query):
    add_person(kowalscy, "Katarzyna", "Kowalska", by=anna)
    client.force_login(anna)
    response = search(client, query)
    assert result_names(response) == ["Kowalscy"]
    assert "<b>Katarzyna Kowalska</b>" in response.content.decode()


@pytest.mark.parametrize(
    "query", ["u Kowalskich", "do Kowalskich na Długą", "przy ul. Długiej", "o Kowalskich", "Danuta z Lubska"]
)
def test_words_that_lead_to_a_name_or_an_address_are_skipped(client, anna, kowalscy, query):
    client.force_login(anna)
    assert result_names(search(client, query)) == ["Kowalscy"]


@pytest.mark.parametrize("query", ["rodzina 2026/001", "u 2026-001", "rodzina nr 2026/1"])
def test_nor_do_they_hide_a_case_number(client, anna, kowalscy, query):
    client.force_login(anna)
    assert result_names(search(client, query)) == ["Kowalscy"]


def test_at_the_end_such_a_word_begins_a_name(client, maria, kowalscy, zolkiewscy):
    client.force_login(maria)
    assert result_names(search(client, "danuta z")) == ["Żółkiewscy"]


# ---- similar words -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        "Kowlaska",
        "Kowalsak",
        "Kowakska",
        "Kowaska",
        "Kowallska",
        "kowlaskich",
        "o Kowlaskich",
        "Danuta Kowlaska",
        "Dnauta",
    ],
)
def test_a_word_one_letter_off_is_offered_when_nothing_matches(client, anna, kowalscy, query):
    client.force_login(anna)
    response = search(client, query)
    assert result_names(response) == ["Kowalscy"]
    assert "Nic nie pasuje dokładnie. Być może chodziło o:" in page_text(response)
    assert "0 wyników" not in page_text(response)


def test_nothing_similar_is_offered_beside_an_exact_match(client, maria, kowalscy, town):
    create_family("Kowolscy", region=town, by=maria, surname="Kowolska")
    client.force_login(maria)
    response = search(client, "Kowalska")
    assert result_names(response) == ["Kowalscy"]
    assert "Być może" not in page_text(response)


@pytest.mark.parametrize("query", ["Lsi", "Kxwxlska", "2026", "Kowlaska Ogrodowa", "2031-041 Kowlaska"])
def test_short_words_numbers_and_two_letters_off_offer_nothing(client, anna, kowalscy, query):
    client.force_login(anna)
    assert result_names(search(client, query)) == []


def test_similar_names_out_of_scope_leave_no_trace(client, ewa, kowalscy, nowakowie):
    """The page is that of a word nobody has; neither a name nor a number distinguishes them."""
    client.force_login(ewa)
    texts = [page_text(search(client, query)) for query in ("Kowlaska", "Xyqwvska")]
    assert texts[0].replace("Kowlaska", "…") == texts[1].replace("Xyqwvska", "…")
    assert "0 wyników" in texts[0] and "Być może" not in texts[0]


def test_similar_families_are_logged_like_others(client, anna, kowalscy):
    client.force_login(anna)
    search(client, "Kowlaska")
    assert AccessLogEntry.objects.get().families == [kowalscy.pk]


# ---- long queries --------------------------------------------------------------------------------------


def test_case_numbers_are_sought_once_and_not_without_end():
    """Each is a condition of the statement: twenty of them took a second to compile."""
    assert SearchTerms.of(SearchQuery(text="2024/041 41/2024 2024-41")).numbers == ((2024, 41),)
    many = " ".join(f"{serial}/2024" for serial in range(1, 25))
    assert len(SearchTerms.of(SearchQuery(text=many)).numbers) == MAX_NUMBERS

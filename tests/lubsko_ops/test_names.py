"""Polish sort order of names; suggested family names."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lubsko_ops.core.collation import sort_key
from lubsko_ops.core.search_keys import build_search_key, fold, key_matches_query
from lubsko_ops.core.surnames import suggest_family_name

# As PostgreSQL 15 orders them: select … order by x collate "pl-PL-x-icu"
IN_ORDER = [
    "2024/041",
    "Cud",
    "Ćma",
    "d'Arc",
    "D'Arc",
    "Darc",
    "Dorde",
    "Đorđe",
    "Gross",
    "Groß",
    "Grossa",
    "kowalska",
    "Kowalska",
    "KOWALSKA",
    "Kowalska Nowak",
    "Kowalska-Nowak",
    "Kowalskaa",
    "Lis",
    "Lisiecka",
    "Łapa",
    "Muller",
    "Müller",
    "Mullerowa",
    "Nowak",
    "Ó",
    "Simon",
    "Šimon",
    "von Berg",
    "Von Berg",
    "Vonberg",
    "Zając",
    "Zolkiewski",
    "Źrebak",
    "Żak",
    "Żółkiewski",
]


@given(st.randoms(use_true_random=False))
def test_names_sort_as_the_database_sorts_them(random: Random):
    mixed = random.sample(IN_ORDER, len(IN_ORDER))
    assert sorted(mixed, key=sort_key) == IN_ORDER


@pytest.mark.parametrize("text", ["", "\u0301", "Шевченко", "\U0001f600", "ǅ"])
def test_any_text_can_be_sorted(text):
    assert sorted(["Lis", text, "Łapa"], key=sort_key).index("Lis") < 2


def test_composed_and_decomposed_letters_are_equal():
    assert sort_key("Z\u0301rebak")[:2] == sort_key("Źrebak")[:2]
    assert fold("Z\u0301rebak") == fold("Źrebak") == "zrebak"


@pytest.mark.parametrize(
    ("surname", "family"),
    [
        ("Kowalski", "Kowalscy"),
        ("Kowalska", "Kowalscy"),
        ("Nowicka", "Nowiccy"),
        ("Zawadzki", "Zawadzcy"),
        ("Żółkiewska", "Żółkiewscy"),
        ("Nowak", "Nowakowie"),
        ("Wójcik", "Wójcikowie"),
        ("Mazur", "Mazurowie"),
        ("Zięba", "Ziębowie"),
        ("Sroka", "Srokowie"),
        ("Kania", "Kaniowie"),
        ("Kaczmarek", "Kaczmarkowie"),
        ("Marzec", "Marcowie"),
        ("Bieniek", "Bieńkowie"),
        ("Marciniec", "Marcińcowie"),
        ("Krawiec", "Krawcowie"),
        ("Wróbel", "Wróblowie"),
        ("Gołąb", "Gołębiowie"),
        ("Kwiecień", "Kwietniowie"),
        ("Jeleń", "Jeleniowie"),
        ("Banaś", "Banasiowie"),
        ("Kowalenko", "Kowalenkowie"),
        ("Czarny", "Czarni"),
        ("Konieczny", "Konieczni"),
        ("Długi", "Dłudzy"),
        ("Cichy", "Cisi"),
        ("Rozłączny", "Rozłączni"),
        ("Pożyczny-Lis", "Pożyczni-Lisowie"),
        ("Chudy", "Chudzi"),
        ("Kudłaty", "Kudłaci"),
        ("Bystry", "Bystrzy"),
        ("Łysy", "Łysi"),
        ("Gruby", "Grubi"),
        ("Gładki", "Gładcy"),
        ("Ubogi", "Ubodzy"),
        ("Kowalska-Nowak", "Kowalscy-Nowakowie"),
        ("  KOWALSKI ", "Kowalscy"),
        ("Zaluzhnyi", "Zaluzhnyi"),  # no known shape: the worker writes it
        ("Rossi", "Rossi"),
        ("", ""),
    ],
)
def test_suggested_family_name(surname, family):
    assert suggest_family_name(surname) == family


@pytest.mark.parametrize(
    ("surname", "family"),
    [
        ("Czarna", "Czarni"),
        ("Wielka", "Wielcy"),
        ("Długa", "Dłudzy"),
        ("Rozłączna", "Rozłączni"),
        ("Wrona", "Wronowie"),
        ("Sosna", "Sosnowie"),
        ("Sarna", "Sarnowie"),
        ("Wojna", "Wojnowie"),
        ("Malina", "Malinowie"),
        ("Nowak", "Nowakowie"),
        ("Wilczyńska-Mała", "Wilczyńscy-Mali"),
    ],
)
def test_suggested_family_name_from_a_feminine_surname(surname, family):
    assert suggest_family_name(surname, masculine=False) == family


BEGINNINGS = st.text("abdeklmoprstuwz", min_size=2, max_size=8).map(str.capitalize)
# Endings of adjectives: masculine, plural of persons, and the feminine where it cannot be taken for a noun.
ADJECTIVAL = [
    ("czny", "czni", "czna"),
    ("żny", "żni", "żna"),
    ("lny", "lni", "lna"),
    ("dny", "dni", "dna"),
    ("tny", "tni", "tna"),
    ("ski", "scy", "ska"),
    ("cki", "ccy", "cka"),
    ("dzki", "dzcy", "dzka"),
    ("owy", "owi", ""),
    ("ały", "ali", ""),
    ("aty", "aci", ""),
]


@given(BEGINNINGS, st.sampled_from(ADJECTIVAL))
def test_adjectival_surnames_take_adjective_plurals(beginning, endings):
    masculine, plural, feminine = endings
    assert suggest_family_name(beginning + masculine) == beginning + plural
    if feminine:
        assert suggest_family_name(beginning + feminine, masculine=False) == beginning + plural


@pytest.mark.parametrize(
    "surname",
    [
        *(
            "Nowak",
            "Kowalska",
            "Wiśniewski",
            "Wójcik",
            "Kowalczyk",
            "Kamińska",
            "Woźniak",
            "Mazur",
            "Krawczyk",
        ),
        *(
            "Kaczmarek",
            "Zając",
            "Król",
            "Wieczorek",
            "Wróbel",
            "Stępień",
            "Dudek",
            "Sikora",
            "Szewczyk",
            "Duda",
        ),
        *("Bąk", "Wilk", "Lis", "Kołodziej", "Mróz", "Zięba", "Musiał", "Kopeć", "Kozioł", "Kurek", "Kot"),
        *(
            "Sowa",
            "Marek",
            "Kwiecień",
            "Urban",
            "Kania",
            "Marzec",
            "Mucha",
            "Góra",
            "Bieniek",
            "Gołąb",
            "Niemiec",
        ),
        *(
            "Szczygieł",
            "Konieczny",
            "Biały",
            "Suchy",
            "Cichy",
            "Długi",
            "Majewska-Góra",
            "Bondarenko",
            "Rysiek",
            "Rozłączny",
            "Chudy",
            "Kudłaty",
            "Bystry",
            "Łysy",
            "Gruby",
        ),
    ],
)
def test_family_name_finds_the_person(surname):
    assert key_matches_query(build_search_key("Anna", surname), suggest_family_name(surname))

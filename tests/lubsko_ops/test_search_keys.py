"""Search keys: surnames match in any case form, with and without diacritics."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lubsko_ops.core.search_keys import build_search_key, fold, key_matches_query, query_terms, stem

# Every form in a line gives the same stem: masculine, feminine and plural case forms.
FORMS = """
Żółkiewski Żółkiewska Żółkiewskiego Żółkiewskiej Żółkiewskiemu Żółkiewskim Żółkiewską \
Żółkiewscy Żółkiewskich Żółkiewskimi
Nowicki Nowicka Nowickiego Nowickiej Nowiccy Nowickich Nowicką Nowickimi
Zawadzki Zawadzka Zawadzcy Zawadzkiej Zawadzkich
Nowak Nowaka Nowakowi Nowakiem Nowaku Nowakowie Nowaków Nowakom Nowakami \
Nowakach Nowakowa Nowakowej Nowakówna Nowakówny
Kaczmarek Kaczmarka Kaczmarkowi Kaczmarkiem Kaczmarku Kaczmarkowie Kaczmarków Kaczmarkowa
Wójcik Wójcika Wójcikowi Wójcikiem Wójcikowie Wójcików
Mazur Mazura Mazurem Mazurze Mazurowie Mazurów
Mazurek Mazurka Mazurkowie
Zając Zająca Zającem Zającu Zającowie
Marzec Marca Marcowi Marcem Marcu Marcowie Marców
Krawiec Krawca Krawcem Krawcowie
Zięba Zięby Ziębie Ziębę Ziębą Ziębo Ziębowie Ziębów Ziębami
Sroka Sroki Sroce Srokę Sroką Srokowie
Duda Dudy Dudzie Dudę Dudą Dudowie Dudów
Mucha Muchy Musze Muchę Muchowie
Sikora Sikory Sikorze Sikorę Sikorowie
Kapusta Kapusty Kapuście Kapustowie
Gwiazda Gwiazdy Gwieździe Gwiazdowie
Wrona Wrony Wronie Wronę Wronowie
Sowa Sowy Sowie Sowę Sową Sowowie Sowów
Dąbrowa Dąbrowy Dąbrowie Dąbrowę Dąbrowowie Dąbrowów
Kania Kani Kanię Kanią Kaniowie
Kozioł Kozła Kozłem Koźle Kozłowie
Wróbel Wróbla Wróblowi Wróblem Wróblowie Wróblów
Szczygieł Szczygła Szczygle
Orzeł Orła Orle Orłowie
Kwiecień Kwietnia Kwietniem Kwietniowie Kwietniów
Grudzień Grudnia Grudniowie
Stępień Stępnia Stępniowie
Gołąb Gołębia Gołębiem Gołębiu Gołębiowie Gołębiów
Dąb Dęba Dębem Dębowie
Banaś Banasia Banasiem Banasiowie
Bednarz Bednarza Bednarzowie
Lis Lisa Lisie Lisowie Lisów
Kowal Kowala Kowalem Kowalowie
Kubiak Kubiaka Kubiakowie
Szewczyk Szewczyka Szewczykowie
Sienkiewicz Sienkiewicza Sienkiewiczowie
Czarny Czarnego Czarnemu Czarnym Czarna Czarnej Czarną Czarni Czarnych
Długi Długiego Długa Dłudzy Długich
Cichy Cichego Cicha Cisi
Młody Młodego Młodzi
Kovalenko Kowalenko Kowalenki Kowalence Kowalenkę Kowalenkowie
Matejko Matejki Matejce Matejkowie
Anna Anny Annie Annę Anną Anno
Ewa Ewy Ewie Ewę Ewą
Iga Igi Idze Igę
Maja Mai Maję
Maria Marii Marię Mario
Monika Moniki Monice Monikę
Jadwiga Jadwigi Jadwidze
Marta Marty Marcie
Barbara Barbary Barbarze
Tomasz Tomasza Tomaszowi Tomaszem
Paweł Pawła Pawłem Pawle
Piotr Piotra Piotrze
Andrzej Andrzeja Andrzejem
Jerzy Jerzego Jerzym
Maciej Macieja Maciejem
Joachim Joachima Joachimem
Ogrodowa Ogrodowej Ogrodową
Lubsko Lubska Lubsku
""".strip().splitlines()

DIFFERENT = [
    "Nowak Nowacki Nowakowski Nowaczyk Nowicki Nowik",
    "Kowal Kowalski Kowalczyk Kowalik Kowalewski Kowalenko",
    "Mazur Mazurek Mazurkiewicz Mazurowski",
    "Marzec Marek Marciniak Marczak Marcinek Maria Marta Martyna",
    "Lis Lisowski Lisiecki Lisek",
    "Duda Dudek Dudziak Dudzik",
    "Wójcik Wójcicki Wójtowicz Wojciechowski",
    "Góra Górka Górski Górecki Góral",
    "Sowa Sowiński Sokół Socha",
    "Kozioł Koza Kozak Kozłowski",
    "Kwiecień Kwiatek Kwiatkowski Kwietniewski",
    "Stępień Stępniak Stępniewski",
    "Piotr Piotrowski Pietrzak",
    "Adam Adamek Adamczyk Adamski",
    "Jan Janik Janiak Jankowski",
    "Zięba Ziębiński Żaba",
    "Wilk Wilczek Wilczyński",
    "Urban Urbański Urbaniak Urbanek",
    "Kubica Kubicka Kubik Kubiak",
    "Zieliński Zielonka Ziółkowski",
]


@pytest.mark.parametrize("forms", FORMS, ids=lambda forms: forms.split()[0])
def test_all_forms_of_a_name_share_one_stem(forms):
    stems = {form: stem(form) for form in forms.split()}
    assert set(stems.values()) == {stem(forms.split()[0])}, stems


@pytest.mark.parametrize("forms", FORMS, ids=lambda forms: forms.split()[0])
def test_diacritics_and_capitals_make_no_difference(forms):
    assert {stem(fold(form)) for form in forms.split()} == {stem(forms.split()[0])}
    assert {stem(form.upper()) for form in forms.split()} == {stem(forms.split()[0])}


@pytest.mark.parametrize("names", DIFFERENT)
def test_different_surnames_keep_different_stems(names):
    stems = [stem(name) for name in names.split()]
    assert len(set(stems)) == len(stems), dict(zip(names.split(), stems, strict=True))


def test_different_names_in_the_table_have_different_stems():
    assert len({stem(forms.split()[0]) for forms in FORMS}) == len(FORMS)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ŻÓŁKIEWSKA", "zolkiewska"),
        ("Zażółć gęślą jaźń", "zazolc gesla jazn"),
        ("Kowalska-Nowak", "kowalska nowak"),
        ("  Anna\u00a0 Maria ", "anna maria"),
        ("d'Arc O’Neil", "d arc o neil"),
        ("Müller Groß Søren Đorđe Ærø", "muller gross soren dorde aero"),
        ("Kovalenko Xawery", "kowalenko ksawery"),
        ("Nguyễn Šimon", "nguyen simon"),
        ("Шевченко", "шевченко"),
        ("", ""),
    ],
)
def test_folding(text, folded):
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=30))
def test_stored_text_matches_itself(text):
    key = build_search_key(text)
    assert key_matches_query(key, text) == bool(key)
    assert not set(key) & set("%_\\'\"")


@given(st.text("aąbcćdeęghiklłmnńoóprsśtuwyzźż", min_size=3, max_size=14))
@example("dzi")
@example("rze")
def test_a_stem_has_at_least_three_letters(word):
    assert len(stem(word)) >= 3


def test_the_key_holds_each_word_and_its_stem_once():
    assert build_search_key("Anna", "Żółkiewska") == " anna ann zolkiewska zolkiewsk "
    assert build_search_key("Lis", "LIS", "lis") == " lis "
    assert build_search_key("Kowalska-Nowak") == " kowalska kowalsk nowak "
    assert build_search_key("", "  ", "-") == ""


def test_query_terms():
    assert query_terms("Annie Żółkiewskiej") == [("annie", "ann "), ("zolkiewskiej", "zolkiewsk ")]
    assert query_terms(" - %_ ") == []
    # The word itself stands first: by it diminutives, families of that name and similar words are found.
    assert query_terms("o Kasi") == [("kasi", "kas ", "okasi", "okas ")]
    assert query_terms("Pedro Ross o Ross")[:2] == [("pedro", "pedr "), ("ross", "ross ")]


ANNA = build_search_key("Anna Maria", "Żółkiewska-Nowak", "ul. Ogrodowa 7 m. 3", "2024/041", "Ганна")


@pytest.mark.parametrize(
    "query",
    [
        "zolkiewskiej",
        "Żółkiewscy",
        "żółk",
        "zolkiewska nowak",
        "nowakowej",
        "Annie Marii",
        "ogrodowej 7",
        "2024/041",
        "041",
        "Ганна",
    ],
)
def test_anna_is_found(query):
    assert key_matches_query(ANNA, query)


@pytest.mark.parametrize(
    "query", ["zolkiewskiej ewa", "Nowacki", "Nowakowska", "Marek", "ółkiewska", "2023/041", "", "%"]
)
def test_anna_is_not_found(query):
    assert not key_matches_query(ANNA, query)


def test_a_first_name_does_not_match_longer_names():
    assert key_matches_query(build_search_key("Maria Lis"), "Marii")
    assert not key_matches_query(build_search_key("Marek Lis"), "Marii")
    assert not key_matches_query(build_search_key("Marcin Lisowski"), "Maria")


@pytest.mark.parametrize(
    ("stored", "queries"),
    [
        ("O'Neill", "O'Neill|ONeill|O Neill|o’neill|neill|oneill"),
        ("ONeill", "O'Neill|ONeill|O`Neill|O Neill"),
        ("O Neill", "O'Neill|ONeill|O Neill"),
        ("Лук'яненко", "Лук'яненко|Лукʼяненко|Лук’яненко|Лукяненко|Лук яненко"),
        ("Лукяненко", "Лук'яненко|Лукʼяненко|Лукяненко"),
        ("d’Arc", "D'Arc|darc|Arc"),
    ],
)
def test_an_apostrophe_splits_and_joins(stored, queries):
    key = build_search_key("Anna", stored)
    assert [each for each in queries.split("|") if not key_matches_query(key, f"Anna {each}")] == []


def test_a_word_after_a_single_letter_is_still_sought_alone():
    """ "o Kowalskich" is no O'Kowalski."""
    assert key_matches_query(build_search_key("Kowalski"), "o Kowalskich")
    assert not key_matches_query(build_search_key("Kowalski"), "M Kowalskich")


def test_digits_have_no_endings():
    assert stem("14a") == "14a" and stem("2024") == "2024"
    assert stem("Kowalskiej-Nowak") == "kowalsk nowak"

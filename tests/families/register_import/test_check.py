"""Every problem of a register is named by sheet, row and column; nothing of it is imported before."""

from datetime import date, datetime

import pytest

from families.people.models import Family
from families.register_import.models import ImportState
from families.register_import.storage import load_report
from lubsko_ops.accounts.actions import create_account, grant_role
from lubsko_ops.core.permissions import Role
from tests.families.register_import.clerk import clerks_register
from tests.families.register_import.test_import import checked, imported
from tests.families.register_import.workbooks import KEYS, MALINOWSCY, rows_of, workbook


def problems_of(sheets: dict, by, *, errors: bool = True) -> list[tuple[str, str]]:
    """Place and text of the errors, or of the remarks."""
    report = load_report(checked(workbook(sheets), by=by))
    return [(each.place, each.text) for each in (report.errors if errors else report.remarks)]


def with_row(title: str, number: int = 0, **values) -> dict:
    """The register of the Malinowscy with other values in one row of a sheet."""
    rows = [list(row) for row in MALINOWSCY[title]]
    for key, value in values.items():
        rows[number][KEYS[title].index(key)] = value
    return MALINOWSCY | {title: rows}


# ---- a register of forty families --------------------------------------------------------------------
def test_a_clerks_register_with_mistakes_names_each_of_them(maria):
    row = checked(clerks_register(with_mistakes=True), by=maria)
    assert row.state == ImportState.HAS_ERRORS
    places = {each.place for each in load_report(row).errors}
    assert places >= {
        "Rodziny 2026, wiersz 5, kolumna „Nazwa rodziny”",
        "Rodziny 2026, wiersz 7, kolumna „Nr rodziny”",
        "Rodziny 2026, wiersz 8, kolumna „Początek pracy”",
        "Rodziny 2026, wiersz 9, kolumna „Kod pocztowy”",
        "Rodziny 2026, wiersz 10, kolumna „Początek pracy”",
        "Rodziny 2026, wiersz 11, kolumna „Telefon”",
        "Osoby, wiersz 5, kolumna „PESEL”",
        "Osoby, wiersz 8, kolumna „Data urodzenia”",
        "Osoby, wiersz 9, kolumna „Kim jest w rodzinie”",
        "Przydzielenia, wiersz 4, kolumna „Asystent”",
        "Przydzielenia, wiersz 5, kolumna „Nr rodziny”",
        "Podstawy, wiersz 7, kolumna „Osoba”",
        "Podstawy, wiersz 8, kolumna „Podstawa”",
    }
    assert not Family.objects.exists()


def test_the_mended_register_is_imported(maria):
    row = imported(clerks_register(with_mistakes=False), by=maria)
    assert (row.families, row.people) == (40, 120)


# ---- single mistakes ---------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("title", "values", "place", "text"),
    [
        ("Rodziny", {"ends_on": "1.01.2024", "closing_reason": "osiągnięcie celów"},
         "kolumna „Koniec pracy”", "Koniec pracy jest wcześniej niż początek."),
        ("Rodziny", {"ends_on": "1.11.2025"}, "kolumna „Powód zakończenia”", "Praca zakończyła się bez powodu."),
        ("Rodziny", {"starts_on": datetime(1900, 1, 1)}, "kolumna „Początek pracy”",
         "Data 01.01.1900 wygląda na pustą albo źle sformatowaną komórkę, nie na prawdziwy dzień."),
        ("Rodziny", {"region": "Rejon 7"}, "kolumna „Rejon”", "Nie ma takiego rejonu: „Rejon 7”."),
        ("Rodziny", {"locality": None}, "kolumna „Miejscowość”", "Adres nie ma miejscowości."),
        ("Rodziny", {"name": "x" * 200}, "kolumna „Nazwa rodziny”",
         "Upewnij się, że ta wartość ma co najwyżej 160 znaków (obecnie ma 200)."),
        ("Osoby", {"pesel": "88050912347"}, "kolumna „PESEL”",
         "Ten PESEL ma błąd w cyfrach. Przepisz go jeszcze raz z dokumentu."),
        ("Osoby", {"born_on": "10.05.1988"}, "kolumna „Data urodzenia”",
         "Z numeru PESEL wynika data urodzenia 09.05.1988. Sprawdź numer i datę."),
        ("Osoby", {"kinship": "ojciec"}, "kolumna „Płeć”",
         "Ojciec to mężczyzna. Popraw płeć albo wybierz, kim ta osoba jest."),
        ("Osoby", {"first_name": None}, "kolumna „Imię”", "Brakuje: imię."),
        ("Przydzielenia", {"assistant": "Nowak Karol"}, "kolumna „Asystent”",
         "Nie ma takiej osoby wśród kont (asystent rodziny): „Nowak Karol”."),
        ("Przydzielenia", {"starts_on": "1.01.2024"}, "kolumna „Od”",
         "Asystent jest przydzielony przed początkiem pracy (01.02.2024)."),
        ("Podstawy", {"person": None}, "kolumna „Osoba”", "Ta podstawa wymaga osoby, której dotyczy."),
        ("Plany", {"covers_to": "1.02.2024"}, "kolumna „Okres do”", "Koniec okresu planu jest wcześniej niż początek."),
        ("Plany", {"accepted_on": "1.12.2026"}, "kolumna „Data akceptacji”", "Plan jest zaakceptowany w przyszłości."),
    ],
)  # fmt: skip
def test_a_mistake_is_named_in_a_sentence(maria, title, values, place, text):
    assert (f"{title}, wiersz 2, {place}", text) in problems_of(with_row(title, **values), maria)


def test_a_formula_is_refused_by_its_cell(maria):
    errors = problems_of(with_row("Rodziny", phone="=A1"), maria)
    assert errors == [
        (
            "Rodziny, wiersz 2, kolumna „Telefon”",
            "W komórce I2 jest formuła. Jej wyniku nie da się sprawdzić.",
        )
    ]


def test_two_rows_of_one_person_are_refused(maria):
    again = rows_of("Osoby", {"number": 1, "last_name": "MALINOWSKI", "first_name": "adaś", "kinship": "syn"})
    errors = problems_of(MALINOWSCY | {"Osoby": MALINOWSCY["Osoby"] + again}, maria)
    text = "Ta osoba jest już wpisana w tej rodzinie, w wierszu 3."
    assert errors == [("Osoby, wiersz 4, kolumna „Nazwisko”", text)]


def test_one_pesel_of_two_people_is_refused(maria):
    families = MALINOWSCY["Rodziny"] + rows_of("Rodziny", {"number": 2, "name": "Inni"})
    other = {
        "number": 2,
        "last_name": "Inna",
        "first_name": "Ola",
        "pesel": "88050912346",
        "kinship": "matka",
    }
    people = MALINOWSCY["Osoby"] + rows_of("Osoby", other)
    errors = problems_of(MALINOWSCY | {"Rodziny": families, "Osoby": people}, maria)
    text = "Ten sam PESEL ma inna osoba (rodzina Malinowscy, wiersz 2). Jeden z numerów jest zły."
    assert errors == [("Osoby, wiersz 4, kolumna „PESEL”", text)]


@pytest.mark.parametrize("reference", ["OPS.522.14.2024", "ops.522.14.2024"])
def test_a_znak_sprawy_belongs_to_one_period(maria, reference):
    second = {"number": 2, "name": "Lisowie", "starts_on": "1.02.2024", "case_reference": reference}
    families = MALINOWSCY["Rodziny"] + rows_of("Rodziny", second)
    errors = problems_of(MALINOWSCY | {"Rodziny": families}, maria)
    text = "Ten znak sprawy nosi już rodzina z wiersza 2."
    assert errors == [("Rodziny, wiersz 3, kolumna „Znak sprawy”", text)]
    imported(workbook(MALINOWSCY), by=maria)
    taken = "Ten znak sprawy nosi już inny okres pracy w programie."
    again = {"Rodziny": rows_of("Rodziny", second)}
    assert taken in [each for _, each in problems_of(MALINOWSCY | again, maria)]


def test_an_ambiguous_name_is_refused_with_the_user_names(maria, system_user):
    for username in ("anna2", "anna3"):
        user = create_account(
            username=username, first_name="Ola", last_name="Lipa", password="Lubsko-demo-2026"
        )
        grant_role(user=user, role=Role.ASSISTANT, starts_on=date(2024, 1, 1), by=system_user)
    report = load_report(checked(workbook(with_row("Przydzielenia", assistant="Lipa Ola")), by=maria))
    (error,) = report.errors
    assert (error.text, error.todo) == (
        "„Lipa Ola” to kilka kont.",
        "wpisz nazwę użytkownika: anna2 albo anna3",
    )


# ---- what is mended or listed ------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("title", "values", "text"),
    [
        ("Osoby", {"pesel": 2210512346, "kinship": "córka"},
         "Arkusz uciął zera na początku numeru PESEL. Wczytamy go z zerami."),
        ("Rodziny", {"postal_code": 8300}, "Arkusz uciął zero na początku kodu pocztowego. Wczytamy go z zerem."),
        ("Rodziny", {"starts_on": 45323}, "Liczbę 45323 odczytaliśmy jako dzień 01.02.2024."),
        ("Przydzielenia", {"ends_on": "1.03.2025"},
         "Od 01.03.2025 asystentem jest następna osoba. Skrócimy do 28.02.2025."),
        ("Plany", {"covers_to": "1.09.2026"}, "Okres tego planu już minął."),
    ],
)  # fmt: skip
def test_what_can_only_mean_one_thing_is_mended_with_a_remark(maria, title, values, text):
    sheets = with_row(title, **values)
    if title == "Osoby":
        sheets |= {"Podstawy": []}
    assert not problems_of(sheets, maria)
    assert text in [each for _, each in problems_of(sheets, maria, errors=False)]


def test_somebody_who_may_be_here_already_is_shown_with_the_file(kowalscy, maria):
    other = {
        "number": 1,
        "last_name": "Kowalska",
        "first_name": "Danuta",
        "born_on": "9.05.1988",
        "kinship": "matka",
    }
    sheets = MALINOWSCY | {"Osoby": MALINOWSCY["Osoby"] + rows_of("Osoby", other)}
    remark = next(each for each in load_report(checked(workbook(sheets), by=maria)).remarks if each.files)
    assert (remark.row, remark.files) == (4, [kowalscy.pk])
    assert (
        remark.text == "Danuta Kowalska może już być w programie: ma to samo imię, nazwisko i datę urodzenia."
    )


def test_the_same_file_a_second_time_is_a_remark(maria):
    imported(workbook(MALINOWSCY), by=maria)
    assert "Rodzina o tej nazwie i adresie ma już teczkę." in [
        text for _, text in problems_of(MALINOWSCY, maria, errors=False)
    ]


def test_examples_of_the_template_are_not_read(maria):
    example = rows_of("Rodziny", {"number": "Przykład 1", "name": "Przykładowscy"})
    sheets = MALINOWSCY | {"Rodziny": example + MALINOWSCY["Rodziny"]}
    assert checked(workbook(sheets), by=maria).families == 1

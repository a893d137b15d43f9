"""A register of 40 families as a real clerk keeps it: a title, other headings, merged cells, mistakes."""

from datetime import date, datetime, timedelta

from openpyxl import Workbook

from tests.families.register_import.workbooks import to_bytes

SURNAMES = ("Nowicki", "Zieliński", "Król", "Wróbel", "Pawlak", "Duda", "Baran", "Sroka", "Gajda", "Wilk")
STREETS = ("Długa", "Krótka", "Leśna", "")
FAMILIES, PEOPLE, ASSIGNMENTS, BASES = "Rodziny 2026", "Osoby", "Przydzielenia", "Podstawy"
DAY_ONE = date(2024, 1, 8)


def clerks_register(*, with_mistakes: bool) -> bytes:
    """40 families with three people each; with some fifteen mistakes, of which ten are errors."""
    book = Workbook()
    families = book.active
    families.title = FAMILIES
    families.append(["Rejestr rodzin objętych asystenturą"])
    families.merge_cells("A1:F1")
    families.append([])
    families.append(
        [
            "Numer rodziny",
            "Rodzina",
            "Ulica",
            "Nr domu",
            "Kod",
            "Miasto",
            "Tel.",
            "Objęta od",
            "Nr rejestru",
            "Uwagi",
        ]
    )
    people, assignments, bases = (book.create_sheet(name) for name in (PEOPLE, ASSIGNMENTS, BASES))
    people.append(["Nr rodziny", "Imię", "Nazwisko", "PESEL", "Data urodzenia", "Pokrewieństwo", "Płeć"])
    assignments.append(["Nr rodziny", "Asystent rodziny", "Od kiedy", "Do kiedy"])
    bases.append(["Nr rodziny", "Podstawa pracy", "Od", "Osoba"])
    for number in range(1, 41):
        surname, street = SURNAMES[number % 10], STREETS[number % 4]
        began = DAY_ONE + timedelta(days=number)
        families.append(
            [number, f"{surname} ({number})", street, f"{number}/2", 68300, "Lubsko" if street else "Chocicz",
             600100200 + number, _day(began, number), f"{number}/2024", "do teczki" if number == 3 else None]
        )  # fmt: skip
        people.append([number, "Ewa", surname, None, datetime(1985, 3, 1) + timedelta(number), "matka"])
        people.append([None, "Jan", surname, None, 1980 + number % 10, "ojciec"])
        people.append([None, "Zosia", surname, None, f"5.{number % 12 + 1}.2015 r.", "córka"])
        first = 3 * number - 1
        people.merge_cells(start_row=first, end_row=first + 2, start_column=1, end_column=1)
        assignments.append([number, "Sikora Anna" if number % 2 else "Ewa Czyż", _day(began, number)])
        bases.append([number, "Zgoda", _day(began, number), f"Ewa {surname}"])
    people.append([])
    if with_mistakes:
        _make_mistakes(families, people, assignments, bases)
    return to_bytes(book)


def _day(day: date, number: int):
    """Days as clerks write them: of Excel, and in words of several kinds."""
    return (day, f"{day:%d.%m.%Y}", f"{day.day}.{day.month:02}.{day.year} r.", f"{day:%Y-%m-%d}")[number % 4]


def _make_mistakes(families, people, assignments, bases) -> None:
    families["B5"] = None  # a family without a name
    families["A7"] = 3  # a number used twice
    families["H8"] = "30.02.2024"
    families["E9"] = "6830"
    families["H10"] = 0  # what an empty cell becomes as a date
    families["G11"] = "brak"
    people["D5"] = "88050912347"  # the last digit is wrong
    people["E8"] = "=TODAY()"
    people["F9"] = "kuzynka"
    people["E10"] = None  # a child of unknown birth: a remark
    assignments["B4"] = "K. Nowak"
    assignments["A5"] = 99  # no such family
    assignments["C6"] = "8.01.2023"  # before the work
    bases["D7"] = "Ewa Inna"
    bases["B8"] = "ustalenie"

"""Workbooks as a clerk types them: good ones, with mistakes, and files that are none."""

from io import BytesIO

from openpyxl import Workbook, load_workbook

from families.register_import.columns import LAYOUTS

HEADINGS = {layout.title: [column.heading for column in layout.columns] for layout in LAYOUTS}
KEYS = {layout.title: [column.key for column in layout.columns] for layout in LAYOUTS}


def rows_of(title: str, *rows: dict) -> list[list]:
    """Rows of a sheet from the values of their columns by key."""
    return [[row.get(key) for key in KEYS[title]] for row in rows]


def workbook(sheets: dict[str, list[list]], *, headings: dict[str, list] | None = None) -> bytes:
    """An XLSX file with these rows under the headings of the template."""
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in [(headings or HEADINGS).get(title, []), *rows]:
            sheet.append(row)
    return to_bytes(book)


def to_bytes(book: Workbook) -> bytes:
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def changed(content: bytes, change) -> bytes:
    """The workbook after ``change(book)``."""
    book = load_workbook(BytesIO(content))
    change(book)
    return to_bytes(book)


MALINOWSCY = {
    "Rodziny": rows_of(
        "Rodziny",
        {
            "number": 1, "name": "Malinowscy", "street": "Krótka", "house": "5/3", "postal_code": 68300,
            "locality": "Lubsko", "region": "rejon I, miasto", "phone": 600100200,
            "category": "okresowe trudności opiekuńczo-wychowawcze", "starts_on": "1.02.2024 r.",
            "case_reference": "OPS.522.14.2024", "register_number": "14/2024", "assessed_on": "1.08.2026",
        },
    ),
    "Osoby": rows_of(
        "Osoby",
        {"number": 1, "last_name": "Malinowska", "first_name": "Julia", "pesel": 88050912346,
         "kinship": "matka", "phone": "600 100 201"},
        {"number": "1", "last_name": "Malinowski", "first_name": "Adaś", "born_on": 2019, "kinship": "syn"},
    ),
    "Przydzielenia": rows_of(
        "Przydzielenia",
        {"number": 1, "assistant": "Czyż Ewa", "social_worker": "tomasz", "starts_on": "1.02.2024"},
        {"number": 1, "assistant": "Sikora Anna", "starts_on": "1.03.2025"},
    ),
    "Podstawy": rows_of(
        "Podstawy",
        {"number": 1, "kind": "zgoda", "starts_on": "28.01.2024", "person": "Malinowska Julia"},
    ),
    "Plany": rows_of(
        "Plany",
        {"number": 1, "covers_from": "1.03.2024", "covers_to": "28.02.2025", "accepted_on": "20.02.2024",
         "main_goal": "Spokojny dom."},
        {"number": 1, "covers_from": "1.03.2026", "covers_to": "28.02.2027", "accepted_on": "5.03.2026"},
    ),
}  # fmt: skip

"""Workbooks, read back with openpyxl: types, no formulas, names, layout."""

import re
import zipfile
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from lubsko_ops.core import clock
from lubsko_ops.output.documents import plain_sheet, xlsx_response
from lubsko_ops.output.xlsx import MAX_TEXT_LENGTH, Sheet, SheetColumn, write_workbook

COLUMNS = [
    SheetColumn("Rodzina"),
    SheetColumn("Wizyty", "integer"),
    SheetColumn("Kwota, w zł", "decimal"),
    SheetColumn("Dnia", "date"),
    SheetColumn("Czas", "hours", width=9),
]
HOSTILE = [
    "=1+1",
    "+48 600 000 000",
    "-5",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "=HYPERLINK(\"http://x.example\",\"tu\")",
    "http://x.example/a",
    "mailto:a@b.example",
    "internal:Arkusz1!A1",
    "{=1+1}",
    "=cmd|' /C calc'!A0",
    "0012",
]  # fmt: skip


CREATED = datetime(2026, 3, 12, 11)


def reload_workbook(*sheets: Sheet):
    return load_workbook(BytesIO(write_workbook([plain_sheet(sheet) for sheet in sheets], CREATED)))


def test_column_kinds_round_trip():
    row = ["Żółkiewscy", 1234, Decimal("4318.60"), date(2026, 10, 13), timedelta(hours=37, minutes=30)]
    book = reload_workbook(Sheet("Wizyty", COLUMNS, [row]))
    name, visits, money, day, time = book["Wizyty"][2]
    assert (name.value, name.data_type) == ("Żółkiewscy", "s")
    assert (visits.value, visits.data_type) == (1234, "n")
    assert (money.value, money.number_format) == (4318.6, "#,##0.00")
    assert (day.value, day.number_format, day.is_date) == (datetime(2026, 10, 13), "dd.mm.yyyy", True)
    assert (time.value, time.number_format) == (timedelta(hours=37, minutes=30), "[h]:mm")


def test_unusual_values():
    rows = [
        [None, "x", "–", date(1899, 5, 1), 90],
        [True, 0, Decimal("-0.5"), datetime(2026, 7, 31, 22, 30, tzinfo=UTC), None],
    ]
    page = reload_workbook(Sheet("Różne", COLUMNS, rows))["Różne"]
    first, second = ([cell.value for cell in line] for line in page.iter_rows(min_row=2))
    assert first == [None, "x", "–", "01.05.1899", timedelta(minutes=90)]
    assert second == ["tak", 0, -0.5, datetime(2026, 8, 1), None]  # it was August in Poland already


@pytest.mark.parametrize("text", HOSTILE)
def test_text_never_becomes_a_formula_or_link(text):
    everywhere = [text] * len(COLUMNS)
    columns = [SheetColumn(text), *COLUMNS[1:]]
    content = write_workbook([Sheet(text, columns, [everywhere], notes=[text])], CREATED)
    book = load_workbook(BytesIO(content))
    page = book.worksheets[0]
    cells = [cell for line in page.iter_rows() for cell in line if cell.value is not None]
    assert [cell.data_type for cell in cells] == ["s"] * len(cells)
    assert page["A2"].value == text.replace("\r", "\n")
    assert not any(cell.hyperlink for cell in cells)
    with zipfile.ZipFile(BytesIO(content)) as parts:
        assert not any(b"<f>" in parts.read(name) or b"<f " in parts.read(name) for name in parts.namelist())
    if re.match(r"\s*[=+\-@]", text):
        assert all(page.cell(2, index).quotePrefix for index in range(1, 6))


def test_unsupported_characters_are_removed_and_long_text_truncated():
    long = "ż" * 40_000
    emoji = "😀" * 20_000
    rows = [["a\x00b\x0bc\ud800d\ufffee\r\nf"], [long], [emoji]]
    page = reload_workbook(Sheet("Teksty", [SheetColumn("Tekst")], rows))["Teksty"]
    assert page["A2"].value == "abcde\nf"
    assert len(page["A3"].value) == MAX_TEXT_LENGTH
    assert page["A3"].value.endswith("ż […]")
    assert len(page["A4"].value.encode("utf-16-le")) // 2 <= MAX_TEXT_LENGTH
    assert page["A4"].value.endswith("😀 […]")


def test_sheet_names_are_valid_and_unique():
    titles = [
        "Rodziny: 2026/27 [próba]?*\\",
        "",
        "'",
        "RandomHistory",
        "A" * 40,
        "a" * 40,
        "A" * 40,
        "Arkusz",
    ]
    names = reload_workbook(*[Sheet(title, COLUMNS, []) for title in titles]).sheetnames
    assert names[0] == "Rodziny 2026 27 próba"
    assert reload_workbook(Sheet("Nowe rodziny, bez rozpoczętej pracy", COLUMNS, [])).sheetnames == [
        "Nowe rodziny, bez rozpoczętej"
    ]
    assert len({name.casefold() for name in names}) == len(titles)
    assert all(0 < len(name) <= 31 and not re.search(r"[\[\]:*?/\\]", name) for name in names)


def test_sheet_has_filter_and_print_layout():
    sheet = Sheet("Wizyty & spotkania", COLUMNS, [["a", 1, 1, None, None]] * 30, notes=["Bez odwołanych."])
    page = reload_workbook(sheet).worksheets[0]
    assert page.freeze_panes == "A2"
    assert page.auto_filter.ref == "A1:E31"
    assert page["A33"].value == "Bez odwołanych."
    assert page.page_setup.orientation == "landscape"
    assert page.page_setup.paperSize == 9
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.page_setup.fitToWidth in (None, 1)  # one is what the format takes for granted
    assert page.page_setup.fitToHeight == 0
    assert page.print_title_rows == "$1:$1"
    assert page.oddHeader.left.text == "Wizyty && spotkania"
    assert page.oddFooter.right.text == "Strona &P z &N"
    assert page.column_dimensions["E"].width == pytest.approx(9, abs=1)


def test_creation_time_uses_the_application_clock():
    with clock.freeze_time(date(2026, 3, 12)):
        response = xlsx_response([Sheet("Wizyty", COLUMNS, [])], "wizyty.xlsx")
    response.make_content()
    assert load_workbook(BytesIO(response.content)).properties.created == CREATED


@pytest.mark.parametrize(
    "sheets",
    [
        [],
        [Sheet("Krótki wiersz", COLUMNS, [["a", 1]])],
    ],
)
def test_invalid_sheets_raise_value_error(sheets):
    with pytest.raises(ValueError, match=r"at least one sheet|2 values for 5 columns"):
        write_workbook(sheets, CREATED)


def test_too_many_rows_raise_value_error(monkeypatch):
    monkeypatch.setattr("lubsko_ops.output.xlsx.MAX_ROWS", 10)
    with pytest.raises(ValueError, match="no more than"):
        write_workbook([Sheet("Za długi", [SheetColumn("x")], [["a"]] * 10)], CREATED)


def test_unknown_column_kind_raises_value_error():
    with pytest.raises(ValueError, match="No such kind"):
        SheetColumn("x", "money")


def long_response(monkeypatch, rows):
    """A workbook of rows from an iterator, in batches of two."""
    monkeypatch.setattr("lubsko_ops.output.xlsx.STORED_BATCH", 2)
    return xlsx_response(
        [Sheet("Długa", [SheetColumn("x"), SheetColumn("n", "integer")], rows)], "dluga.xlsx"
    )


@pytest.mark.parametrize("number", [0, 1, 2, 5])
def test_rows_of_an_iterator_go_through_a_file_that_is_removed(monkeypatch, number):
    response = long_response(monkeypatch, ([f"wiersz {index}", index] for index in range(number)))
    [file] = response.files
    assert Path(file.name).stat().st_mode & 0o077 == 0
    response.make_content()
    assert not Path(file.name).exists()
    page = load_workbook(BytesIO(response.content)).active
    rows = [tuple(cell.value for cell in row) for row in page.iter_rows(min_row=2) if row[0].value]
    assert rows == [(f"wiersz {index}", index) for index in range(number)]


@pytest.mark.django_db  # the end of a response lets connections go
def test_file_of_rows_is_removed_with_a_response_that_is_not_made(monkeypatch):
    response = long_response(monkeypatch, iter([["a", 1]]))
    path = Path(response.files[0].name)
    response.close()
    assert not path.exists()
    path = Path(long_response(monkeypatch, iter([["a", 1]])).files[0].name)  # nobody holds it any more
    assert not path.exists()


def test_failed_document_removes_the_file_of_its_rows(monkeypatch):
    response = long_response(monkeypatch, iter([["a"]]))
    path = Path(response.files[0].name)
    with pytest.raises(ValueError, match="1 values for 2 columns"):
        response.make_content()
    assert not path.exists()


def test_xlsx_response_is_a_download():
    response = xlsx_response([], "wizyty-2026.xlsx")
    assert response["Content-Disposition"] == 'attachment; filename="wizyty-2026.xlsx"'
    assert response["Content-Type"].endswith("spreadsheetml.sheet")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"

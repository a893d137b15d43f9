"""What kinds of files are read, and in what sentence the others are refused."""

import time
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from families.register_import import reading
from families.register_import.reading import UnreadableFile, read_sheets
from families.register_import.tables import NOT_A_REGISTER, Findings, recognize
from tests.families.register_import.workbooks import MALINOWSCY, changed, to_bytes, workbook

CSV = "Nr rodziny;Nazwa rodziny;Miejscowość\n1;Żółcińscy;Łęknica\n"


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    buffer = BytesIO(content)
    with ZipFile(buffer, "a", ZIP_DEFLATED) as archive:
        archive.writestr(name, part)
    return buffer.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1250", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_csv_file_is_read_in_every_usual_form(encoding, separator):
    (sheet,) = read_sheets([CSV.replace(";", separator).encode(encoding)])
    assert sheet.rows[2] == ["1", "Żółcińscy", "Łęknica"]


def test_a_csv_file_is_the_sheet_its_headings_say():
    people = "Nr rodziny;Nazwisko;Imię;Kim jest w rodzinie\n1;Lis;Ola;matka\n"
    tables = recognize(read_sheets([people.encode(), CSV.encode()]), Findings())
    assert [len(tables[key]) for key in ("families", "people", "plans")] == [1, 1, 0]


def test_columns_may_stand_anywhere_under_a_title():
    book = Workbook()
    for row in (
        ["Nasz rejestr"],
        [],
        ["Miasto", "ID rodziny", "RODZINA *", "Kolor"],
        ["Lubsko", 7, "Lisowie", "x"],
    ):
        book.active.append(row)
    findings = Findings()
    (table,) = recognize(read_sheets([to_bytes(book)]), findings)["families"]
    assert table.rows[0].cells == {"locality": "Lubsko", "number": 7, "name": "Lisowie"}
    assert [each.text for each in findings.problems] == ["Tych kolumn nie wczytujemy: „Kolor”."]


def test_merged_cells_count_for_every_row_they_cover():
    def merge(book):
        book["Osoby"]["A3"] = None
        book["Osoby"].merge_cells("A2:A3")

    sheets = read_sheets([changed(workbook(MALINOWSCY), merge)])
    people = next(sheet for sheet in sheets if sheet.title == "Osoby")
    assert [people.rows[number][0] for number in (2, 3)] == [1, 1]


def test_columns_of_another_register_are_one_plain_refusal():
    book = Workbook()
    for row in (["Faktura", "Kwota", "Data"], ["FV 1", 120, "1.02.2024"]):
        book.active.append(row)
    with pytest.raises(UnreadableFile, match="nie ma kolumn rejestru rodzin") as refusal:
        recognize(read_sheets([to_bytes(book)]), Findings())
    assert str(refusal.value) == NOT_A_REGISTER


def test_a_workbook_with_macros_is_refused():
    with pytest.raises(UnreadableFile, match="zawiera makra"):
        read_sheets([with_part(workbook(MALINOWSCY), "xl/vbaProject.bin", b"x")])


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch):
    monkeypatch.setattr(reading, "load_workbook", None)
    bomb = with_part(workbook(MALINOWSCY), "xl/media/a.bin", bytes(reading.MAX_OTHER_XML + 1))
    assert len(bomb) < 100_000
    with pytest.raises(UnreadableFile, match="o wiele za duży"):
        read_sheets([bomb])


def test_a_part_of_which_openpyxl_would_make_a_million_objects_is_refused(monkeypatch):
    monkeypatch.setattr(reading, "load_workbook", None)
    styles = b"<styleSheet><cellXfs>" + b"<xf/>" * 2**20 + b"</cellXfs></styleSheet>"
    with pytest.raises(UnreadableFile, match="o wiele za duży"):
        read_sheets([with_part(workbook(MALINOWSCY), "xl/tables/a.xml", styles)])


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "stary format Excela"),
        (b"%PDF-1.7 x", "nie da się odczytać"),
        (b"PK\x03\x04 not a zip at all", "nie da się odczytać"),
        (b"\x00\x01\x02" * 100, "nie da się odczytać"),
        (b" \n", "nie da się odczytać"),
    ],
)
def test_what_is_no_table_is_refused(content, sentence):
    with pytest.raises(UnreadableFile, match=sentence):
        read_sheets([content])


def test_a_spreadsheet_of_another_format_is_refused_by_its_name():
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    with pytest.raises(UnreadableFile, match="formacie ODS"):
        read_sheets([buffer.getvalue()])


def test_an_entity_in_a_sheet_is_not_expanded():
    content = workbook(MALINOWSCY)
    with ZipFile(BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + sheet
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    with pytest.raises(UnreadableFile, match="nie da się odczytać"):
        read_sheets([buffer.getvalue()])


def test_a_million_empty_rows_are_passed_over_and_said():
    """They are written as Excel writes rows that were only formatted."""
    content = workbook({"Rodziny": MALINOWSCY["Rodziny"]})
    rows = b"".join(b'<row r="%d" ht="20" customHeight="1"/>' % number for number in range(3, 1_048_577))
    with ZipFile(BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    parts[name] = parts[name].replace(b"</sheetData>", rows + b"</sheetData>")
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED, compresslevel=1) as archive:
        for each, part in parts.items():
            archive.writestr(each, part)
    begun = time.monotonic()
    findings = Findings()
    (table,) = recognize(read_sheets([buffer.getvalue()]), findings)["families"]
    assert time.monotonic() - begun < 5
    assert len(table.rows) == 1
    assert "Po wierszu 2 jest co najmniej tysiąc pustych wierszy. Niżej nie czytamy." in [
        each.text for each in findings.problems
    ]

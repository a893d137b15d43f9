"""Reads the uploaded workbook or CSV files into sheets of plain rows, within limits of size and time.

Nothing of a file is trusted: neither its stated dimensions nor the sizes of its parts, and of a formula nothing but
that it is one.
"""

import csv
import re
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from io import BytesIO, StringIO
from itertools import islice
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

MAX_FILE = 10 * 2**20
MAX_FILES = 6
# Uncompressed: sheets are read as a stream, the rest is not; of styles and the like openpyxl makes objects, for 2 MB
# about 300 MB of them within ten seconds.
MAX_SHEET_XML, MAX_OTHER_XML, MAX_STYLES_XML = 400 * 2**20, 40 * 2**20, 2 * 2**20
READ_AS_TEXT = ("xl/worksheets/", "xl/sharedstrings.xml", "xl/media/")
MAX_PARTS = 1_000
MAX_SHEETS = 30
MAX_ROWS = 20_000  # of one sheet, with anything in them
MAX_COLUMNS = 60
MAX_EMPTY_ROWS = 1_000  # one after another: what stands below is not read
MAX_CELL = 2_000  # characters
OLD_EXCEL, PDF = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF"
MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*?\bref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
MERGED_AT_MOST = 5_000
CHUNK = 2**20
NOT_A_TABLE = (
    "Tego pliku nie da się odczytać jako arkusza. Otwórz go w programie, w którym powstał, i zapisz jako XLSX "
    "albo CSV."
)


class UnreadableFile(Exception):
    """The file cannot be read as a register; its text is a sentence for the user."""


@dataclass(frozen=True)
class Formula:
    """A cell that is computed: its value is what some program stored last, so it is not read."""

    text: str

    def __str__(self):
        return self.text


CellValue = None | str | int | float | bool | date | time | timedelta | Formula  # a datetime is a date


@dataclass
class RawSheet:
    """A sheet as it was written: the rows that are not empty, by their number in the sheet."""

    title: str
    rows: dict[int, list[CellValue]] = field(default_factory=dict)
    unread_below: int = 0  # the last row that was read, when more may stand below


def pack_files(files: Iterable[bytes]) -> bytes:
    """The uploaded files as one ZIP, without their names."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for number, content in enumerate(files):
            archive.writestr(str(number), content)
    return buffer.getvalue()


def unpack_files(packed: bytes) -> list[bytes]:
    with ZipFile(BytesIO(packed)) as archive:
        return [archive.read(name) for name in archive.namelist()]


def read_sheets(files: list[bytes]) -> list[RawSheet]:
    """All sheets of the files. Raises UnreadableFile."""
    sheets: list[RawSheet] = []
    for number, content in enumerate(files, start=1):
        if len(content) > MAX_FILE:
            raise UnreadableFile("Plik jest za duży.")
        if content.startswith(b"PK"):
            sheets += _read_workbook(content)
        else:
            sheets.append(_read_csv(content, f"Plik {number}"))
    return sheets


# ---- XLSX ------------------------------------------------------------------------------------------
def _read_workbook(content: bytes) -> list[RawSheet]:
    try:
        with ZipFile(BytesIO(content)) as archive:
            _check_parts(archive)
            with warnings.catch_warnings():
                warnings.simplefilter(
                    "ignore"
                )  # of what openpyxl does not read: pictures, conditional formats
                book = load_workbook(BytesIO(content), read_only=True, keep_links=False)
                sheets = [_read_sheet(each, archive) for each in book.worksheets[:MAX_SHEETS]]
                book.close()
            return sheets
    except UnreadableFile:
        raise
    except Exception:
        # A damaged or made-up file fails anywhere in zlib, the XML parser or openpyxl, with any class of error.
        raise UnreadableFile(NOT_A_TABLE) from None


def _check_parts(archive: ZipFile) -> None:
    """Refuse macros, other formats and bombs by the directory of the ZIP, before anything is unpacked."""
    parts = archive.infolist()
    names = [part.filename.lower() for part in parts]
    if any(name.endswith("vbaproject.bin") for name in names):
        raise UnreadableFile("Ten arkusz zawiera makra. Zapisz go jako zwykły skoroszyt XLSX, bez makr.")
    if "mimetype" in names:
        raise UnreadableFile("To arkusz w formacie ODS. Zapisz go jako XLSX albo CSV.")
    if "[content_types].xml" not in names or "xl/workbook.xml" not in names:
        raise UnreadableFile(NOT_A_TABLE)
    if len(parts) > MAX_PARTS or any(part.flag_bits & 0x1 for part in parts):
        raise UnreadableFile(NOT_A_TABLE)
    in_sheets = sum(part.file_size for part in parts if part.filename.startswith("xl/worksheets/"))
    in_all = sum(part.file_size for part in parts)
    others = (part.file_size for part in parts if not part.filename.lower().startswith(READ_AS_TEXT))
    if (
        in_sheets > MAX_SHEET_XML
        or in_all - in_sheets > MAX_OTHER_XML
        or max(others, default=0) > MAX_STYLES_XML
    ):
        raise UnreadableFile(
            "Ten arkusz po rozpakowaniu jest o wiele za duży. Skopiuj same wiersze rejestru do pustego szablonu."
        )


def _read_sheet(sheet: Any, archive: ZipFile) -> RawSheet:
    raw = RawSheet(sheet.title)
    sheet.reset_dimensions()
    empty = 0
    for number, cells in enumerate(sheet.iter_rows(min_row=1, max_col=MAX_COLUMNS), start=1):
        values = [_cell_value(cell) for cell in cells]
        if all(value is None for value in values):
            empty += 1
            if empty >= MAX_EMPTY_ROWS:
                raw.unread_below = number
                break
            continue
        empty = 0
        _add_row(raw, number, values)
    _spread_merged(raw, _merged_ranges(archive, sheet._worksheet_path))
    return raw


def _cell_value(cell: Any) -> CellValue:
    value = cell.value
    if value is None or cell.data_type == "e":  # #N/A and the like come from formulas
        return None if value is None else Formula(str(value))
    if cell.data_type == "f":
        return Formula(str(getattr(value, "text", value))[:MAX_CELL])
    if isinstance(value, str):
        return value[:MAX_CELL] if value.strip() else None
    if isinstance(value, bool | int | float | date | time | timedelta):
        return value
    return str(value)[:MAX_CELL]


def _add_row(raw: RawSheet, number: int, values: list[CellValue]) -> None:
    if len(raw.rows) >= MAX_ROWS:
        raise UnreadableFile(
            f"Arkusz „{raw.title}” ma więcej niż {MAX_ROWS} wierszy. Podziel go na mniejsze."
        )
    while values and values[-1] is None:
        values.pop()
    raw.rows[number] = values


def _merged_ranges(archive: ZipFile, path: str) -> Iterator[str]:
    """The merged ranges of a sheet, which stand after its rows and which openpyxl does not read from a stream."""
    with archive.open(path.removeprefix("/")) as file:
        return iter(list(islice(_find_merged(iter(lambda: file.read(CHUNK), b"")), MERGED_AT_MOST)))


def _find_merged(chunks: Iterator[bytes]) -> Iterator[str]:
    rest = b""
    for chunk in chunks:
        text, end = rest + chunk, 0
        for match in MERGED.finditer(text):
            end = match.end()
            yield match[1].decode()
        rest = text[max(end, len(text) - 200) :]


def _spread_merged(raw: RawSheet, ranges: Iterator[str]) -> None:
    """Repeat the value of a merged cell in the rows below that it covers, as far as they hold anything else."""
    for ref in ranges:
        column, first, _, last = range_boundaries(ref)
        values = raw.rows.get(first, [])
        value = values[column - 1] if column <= len(values) else None
        if value is None or last - first > MAX_ROWS:
            continue
        for number in range(first + 1, last + 1):
            if number in raw.rows and column <= MAX_COLUMNS:
                row = raw.rows[number]
                row += [None] * (column - len(row))
                row[column - 1] = value if row[column - 1] is None else row[column - 1]


# ---- CSV -------------------------------------------------------------------------------------------
def _read_csv(content: bytes, title: str) -> RawSheet:
    if content.startswith(OLD_EXCEL):
        raise UnreadableFile(
            "To stary format Excela (XLS) albo plik z hasłem. Zapisz go jako XLSX bez hasła."
        )
    if content.startswith(PDF) or not content.strip():
        raise UnreadableFile(NOT_A_TABLE)
    text = _decode(content)
    raw, empty = RawSheet(title), 0
    reader = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        for number, cells in enumerate(reader, start=1):
            values: list[CellValue] = [
                cell[:MAX_CELL] if cell.strip() else None for cell in cells[:MAX_COLUMNS]
            ]
            if any(value is not None for value in values):
                empty = 0
                _add_row(raw, number, values)
                continue
            empty += 1
            if empty >= MAX_EMPTY_ROWS:
                raw.unread_below = number
                break
    except csv.Error:
        raise UnreadableFile(NOT_A_TABLE) from None
    return raw


def _decode(content: bytes) -> str:
    """UTF-8 with or without its mark, UTF-16 with it, otherwise Windows-1250, as Polish Excel writes."""
    encodings = ["utf-16"] if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ["utf-8-sig", "cp1250"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise UnreadableFile(NOT_A_TABLE)


def _delimiter(text: str) -> str:
    """The separator that the first lines have most of."""
    start = "\n".join(text.splitlines()[:5])
    return max(";\t,", key=start.count)

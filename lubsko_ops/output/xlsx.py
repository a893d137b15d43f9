"""Tables as a workbook for Excel and LibreOffice, with xlsxwriter, which only this module imports.

Numbers are written as numbers and dates as dates. Text stays text whatever it starts with: no formulas, no links. The
module needs no settings and no Django: it runs in the rendering process.
"""

import pickle
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from itertools import islice
from textwrap import wrap
from typing import IO, Any

MAX_TEXT_LENGTH = 32_767  # of a cell; Excel reports a longer one as a damaged file
TRUNCATION_MARK = " […]"
MAX_ROWS = 1_048_576
STORED_BATCH = 500  # rows
MIN_DATE = date(1900, 3, 1)  # Excel's calendar has a 29 February 1900

_KINDS: dict[str, dict[str, Any]] = {
    "text": {"text_wrap": True, "valign": "top"},
    "integer": {"num_format": "#,##0", "valign": "top"},
    "number": {"num_format": "General", "valign": "top"},
    "decimal": {"num_format": "#,##0.00", "valign": "top"},
    "date": {"num_format": "dd.mm.yyyy", "valign": "top", "align": "left"},
    "hours": {"num_format": "[h]:mm", "valign": "top"},
}
_WIDTHS = {"text": 28, "integer": 10, "number": 12, "decimal": 12, "date": 12, "hours": 10}
LINE_HEIGHT, MAX_HEIGHT = 15, 409  # of rows, in points
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LOOKS_LIKE_FORMULA = re.compile(r"\s*[=+\-@]")


@dataclass(frozen=True)
class SheetColumn:
    """A column; ``width`` in characters. Kinds:

    text     ``str()`` of anything; True and False as tak and nie
    integer  a number; decimal: shown with two decimal places; number: with as many as it has
    date     a date, or the Polish date of a datetime
    hours    a timedelta or whole minutes; shown as 37:30, can be summed

    A timedelta among numbers is shown as hours too.
    """

    header: str
    kind: str = "text"
    width: float | None = None

    def __post_init__(self) -> None:
        if self.kind not in _KINDS:
            raise ValueError(f"No such kind of column: {self.kind}")


@dataclass(frozen=True)
class Sheet:
    """One table; ``None`` is an empty cell. Text in a column of numbers ("x", "–") stays text.

    ``notes`` are sentences under the table.
    """

    title: str
    columns: Sequence[SheetColumn]
    rows: Iterable[Sequence[Any]]
    notes: Sequence[str] = ()


@dataclass(frozen=True)
class RowFile:
    """Rows in a file, which is read batch by batch: a long table is never in memory as a whole."""

    path: str

    def __iter__(self) -> Iterator[Sequence[Any]]:
        with open(self.path, "rb") as file:
            while True:
                try:
                    batch = pickle.load(file)
                except EOFError:
                    return
                yield from batch


def write_rows(rows: Iterable[Sequence[Any]], file: IO[bytes]) -> None:
    """Write rows of plain values to the file, in batches; see ``RowFile``."""
    remaining = iter(rows)
    while batch := list(islice(remaining, STORED_BATCH)):
        pickle.dump(batch, file)
    file.flush()


def write_workbook(sheets: Sequence[Sheet], created: datetime) -> bytes:
    """The .xlsx file, written row by row; ``created``: UTC without a time zone, as document properties are stored.

    Raises ValueError for no sheets, a row with a wrong number of values, or more rows than a sheet holds.
    """
    import xlsxwriter

    if not sheets:
        raise ValueError("A workbook has at least one sheet.")
    file = BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as workbook:
        workbook.set_properties({"title": _text(sheets[0].title)[:255], "created": created})
        styles = {kind: workbook.add_format(properties) for kind, properties in _KINDS.items()}
        # Marks the cell as text, like a leading apostrophe: without it, editing the cell makes it a formula.
        styles["quoted"] = workbook.add_format({**_KINDS["text"], "quote_prefix": True})
        styles["header"] = workbook.add_format(
            {"bold": True, "text_wrap": True, "valign": "bottom", "bottom": 2, "top": 2}
        )
        used_names: set[str] = set()
        for sheet in sheets:
            _write_sheet(workbook.add_worksheet(_sheet_name(sheet.title, used_names)), sheet, styles)
    return file.getvalue()


def _write_sheet(page: Any, sheet: Sheet, styles: dict[str, Any]) -> None:
    _set_height(page, 0, [column.header for column in sheet.columns], sheet.columns)
    for index, column in enumerate(sheet.columns):
        page.set_column(index, index, _width(column))
        page.write_string(0, index, _text(column.header), styles["header"])
    line = 0
    for line, row in enumerate(sheet.rows, start=1):
        if len(row) != len(sheet.columns):
            raise ValueError(f"Row {line} has {len(row)} values for {len(sheet.columns)} columns.")
        if line + len(sheet.notes) + 1 >= MAX_ROWS:
            raise ValueError(f"A sheet holds no more than {MAX_ROWS} rows.")
        _set_height(page, line, row, sheet.columns)
        for index, (column, value) in enumerate(zip(sheet.columns, row, strict=True)):
            _write(page, line, index, value, column.kind, styles)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, line, len(sheet.columns) - 1)
    for number, note in enumerate(sheet.notes, start=2):
        _write(page, line + number, 0, note, "text", styles | {"text": None})
    _set_page_layout(page, sheet.title)


def _width(column: SheetColumn) -> float:
    return column.width or _WIDTHS[column.kind]


def _set_height(page: Any, line: int, row: Sequence[Any], columns: Sequence[SheetColumn]) -> None:
    """The height of a row whose texts are wrapped: LibreOffice does not find it by itself."""
    lines = max(
        (
            _count_lines(value, _width(column))
            for column, value in zip(columns, row, strict=True)
            if isinstance(value, str)
        ),
        default=1,
    )
    if lines > 1:
        page.set_row(line, min(lines * LINE_HEIGHT, MAX_HEIGHT))


def _count_lines(text: str, width: float) -> int:
    if len(text) <= width and "\n" not in text:
        return 1
    return sum(len(wrap(part, int(width))) or 1 for part in text.splitlines())


def _write(page: Any, line: int, index: int, value: Any, kind: str, styles: dict[str, Any]) -> None:
    """One cell, by the kind of its column and the type of the value."""
    style = styles[kind]
    if isinstance(value, bool):
        value = "tak" if value else "nie"
    if value is None or value == "":
        page.write_blank(line, index, None, style)
    elif kind != "text" and isinstance(value, timedelta):
        page.write_number(line, index, value / timedelta(days=1), styles["hours"])
    elif kind == "hours" and isinstance(value, int):
        page.write_number(line, index, value / (24 * 60), style)
    elif kind == "date" and isinstance(value, date) and value >= MIN_DATE:
        page.write_datetime(line, index, value, style)
    elif kind in ("integer", "decimal", "number") and isinstance(value, int | float | Decimal):
        page.write_number(line, index, value, style)
    else:
        text = _text(value)
        if _LOOKS_LIKE_FORMULA.match(text):
            style = styles["quoted"]
        page.write_string(line, index, text, style)


def _text(value: Any) -> str:
    """Text without control characters, truncated to what a cell holds."""
    if isinstance(value, date):
        return f"{value:%d.%m.}{value.year:04}"
    text = str(value).replace("\r\n", "\n").replace("\r", "\n")
    text = _NOT_IN_XML.sub("", text)
    units = text.encode("utf-16-le")  # Excel counts UTF-16 units
    if len(units) > 2 * MAX_TEXT_LENGTH:
        text = (
            units[: 2 * (MAX_TEXT_LENGTH - len(TRUNCATION_MARK))].decode("utf-16-le", "ignore")
            + TRUNCATION_MARK
        )
    return text


def _sheet_name(title: str, taken: set[str]) -> str:
    """A valid sheet name: at most 31 characters, none of []:*?/\\, unique."""
    plain = re.sub(r"\s+", " ", re.sub(r"[\[\]:*?/\\]", " ", _text(title))).strip(" '")
    plain = "Arkusz" if not plain or plain.casefold() == "history" else plain
    name, number = _truncate(plain, 31), 1
    while name.casefold() in taken:
        number += 1
        ending = f" ({number})"
        name = _truncate(plain, 31 - len(ending)) + ending
    taken.add(name.casefold())
    return name


def _truncate(text: str, length: int) -> str:
    """The text truncated to ``length``, between words if possible."""
    truncated = text[:length]
    if len(text) > length and text[length] != " " and " " in truncated:
        truncated = truncated[: truncated.rindex(" ")]
    return truncated.strip(" ',;")


def _set_page_layout(page: Any, title: str) -> None:
    """A4 landscape, fitted to the page width, header row on each page, title above and page numbers below."""
    page.set_landscape()
    page.set_paper(9)
    page.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    if title:
        page.set_header("&L" + _text(title).replace("\n", " ")[:120].replace("&", "&&"))
    page.set_footer("&RStrona &P z &N")

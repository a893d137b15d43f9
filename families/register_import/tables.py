"""Recognizes the sheets of a register by their headings and reads their rows column by column."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeVar

from django.core.exceptions import ValidationError
from openpyxl.utils import get_column_letter

from families.register_import.cells import CellError, to_text
from families.register_import.columns import (
    EXAMPLE,
    GUIDE_TITLE,
    LAYOUTS,
    REMARKS_TITLE,
    TO_CORRECT,
    Column,
    SheetLayout,
    heading_key,
)
from families.register_import.problems import RegisterProblem
from families.register_import.reading import CellValue, Formula, RawSheet, UnreadableFile
from lubsko_ops.core.polish import join_list
from lubsko_ops.core.search_keys import fold

T = TypeVar("T")
HEADINGS_WITHIN = 15  # rows that hold anything: titles may stand above the headings
NOT_A_REGISTER = (
    "W tym pliku nie ma kolumn rejestru rodzin. Pobierz szablon i skopiuj do niego wiersze swojego arkusza albo nazwij "
    "kolumny tak jak w szablonie."
)
IGNORED = {heading_key(TO_CORRECT), ""}
SKIPPED_SHEETS = {fold(GUIDE_TITLE), fold(REMARKS_TITLE)}


@dataclass
class RegisterRow:
    """A row of a recognized sheet: its cells by the key of the column. ``broken``: keys of cells with an error."""

    table: "Table"
    number: int
    cells: dict[str, CellValue]
    family: str = ""
    broken: set[str] = field(default_factory=set)

    def text(self, key: str) -> str:
        return to_text(self.cells.get(key))

    @property
    def is_example(self) -> bool:
        return fold(self.text("number")).startswith(fold(EXAMPLE))


@dataclass
class Table:
    """A recognized sheet. ``letters``: the letter of each column, by its key."""

    layout: SheetLayout
    title: str
    heading_row: int
    letters: dict[str, str]
    rows: list[RegisterRow] = field(default_factory=list)


class Findings:
    """Collects the problems while rows are read."""

    def __init__(self) -> None:
        self.problems: list[RegisterProblem] = []

    def about_sheet(self, sheet: str, text: str, todo: str, *, is_error: bool, row: int = 0) -> None:
        self.problems.append(RegisterProblem(sheet, row, "", text, todo, is_error))

    def error(self, row: RegisterRow, key: str, text: str, todo: str = "popraw w arkuszu") -> None:
        row.broken.add(key)
        self._add(row, key, text, todo, is_error=True)

    def remark(
        self,
        row: RegisterRow,
        key: str,
        text: str,
        todo: str = "można wczytać",
        files: list[int] | None = None,
    ) -> None:
        self._add(row, key, text, todo, is_error=False, files=files)

    def _add(self, row, key, text, todo, *, is_error, files=None) -> None:
        column = row.table.layout.by_key[key].heading if key else ""
        self.problems.append(
            RegisterProblem(
                row.table.title, row.number, column, text, todo, is_error, row.family, files or []
            )
        )

    def read(self, row: RegisterRow, key: str, function: Callable[..., tuple[T, str]], *args) -> T | None:
        """What the cell means; None with an error noted. A column marked as required must not be empty."""
        value = row.cells.get(key)
        if key not in row.table.letters and row.table.layout.by_key[key].required:
            return None  # an error about the sheet already
        if isinstance(value, Formula):
            if key not in row.broken:
                cell = f"{row.table.letters[key]}{row.number}"
                text = f"W komórce {cell} jest formuła. Jej wyniku nie da się sprawdzić."
                self.error(row, key, text, "wklej w tej kolumnie same wartości")
            return None
        if row.table.layout.by_key[key].required and not to_text(value):
            heading = row.table.layout.by_key[key].heading
            self.error(row, key, f"Brakuje: {heading[0].lower() + heading[1:]}.", "uzupełnij")
            return None
        try:
            result, remark = function(value, *args)
        except CellError as error:
            self.error(row, key, error.text, error.todo)
            return None
        if remark:
            self.remark(row, key, remark)
        return result

    def clean(self, row: RegisterRow, instance, keys: dict[str, str]) -> None:
        """Validate the fields of a row to be; ``keys``: the column of each field that a cell fills."""
        exclude = [each.name for each in instance._meta.concrete_fields if each.name not in keys]
        try:
            instance.clean_fields(exclude=exclude)
        except ValidationError as refusal:
            for name, messages in refusal.message_dict.items():
                if keys[name] not in row.broken:
                    self.error(row, keys[name], " ".join(messages))


def recognize(sheets: list[RawSheet], findings: Findings) -> dict[str, list[Table]]:
    """The tables of the register by the key of their layout. Raises UnreadableFile when there is none."""
    tables: dict[str, list[Table]] = {layout.key: [] for layout in LAYOUTS}
    skipped = []
    for sheet in sheets:
        if fold(sheet.title) in SKIPPED_SHEETS or not sheet.rows:
            continue
        if (table := _recognize(sheet, findings)) is None:
            skipped.append(sheet.title)
            continue
        tables[table.layout.key].append(table)
        if sheet.unread_below:
            findings.about_sheet(
                sheet.title,
                f"Po wierszu {max(sheet.rows)} jest co najmniej tysiąc pustych wierszy. Niżej nie czytamy.",
                "jeśli coś tam stoi, przenieś to wyżej",
                is_error=False,
            )
    if not any(tables.values()):
        raise UnreadableFile(NOT_A_REGISTER)
    for title in skipped:
        text = "Ten arkusz nie ma nagłówków rejestru, więc go pomijamy."
        findings.about_sheet(title, text, "można wczytać", is_error=False)
    return tables


def _recognize(sheet: RawSheet, findings: Findings) -> Table | None:
    best: tuple[tuple[bool, bool, int], int, SheetLayout] | None = None
    for number, cells in islice(sorted(sheet.rows.items()), HEADINGS_WITHIN):
        keys = {heading_key(to_text(cell)) for cell in cells}
        for layout in LAYOUTS:
            matched = {layout.headings[key].key for key in keys & layout.headings.keys()}
            whole = all(each.key in matched for each in layout.columns if each.required)
            same_title = fold(sheet.title) == fold(layout.title)
            score = (whole, same_title, len(matched))
            if (whole or len(matched) >= 3 - same_title) and (best is None or score > best[0]):
                best = score, number, layout
    return _build(sheet, best[1], best[2], findings) if best else None


def _build(sheet: RawSheet, heading_row: int, layout: SheetLayout, findings: Findings) -> Table:
    columns = _read_headings(sheet, heading_row, layout, findings)
    letters = {column.key: get_column_letter(index + 1) for index, column in columns.items()}
    table = Table(layout, sheet.title, heading_row, letters)
    for number, cells in sorted(sheet.rows.items()):
        if number > heading_row:
            values = {column.key: cells[index] for index, column in columns.items() if index < len(cells)}
            row = RegisterRow(table, number, values)
            if any(value is not None for value in values.values()) and not row.is_example:
                table.rows.append(row)
    return table


def _read_headings(
    sheet: RawSheet, heading_row: int, layout: SheetLayout, findings: Findings
) -> dict[int, Column]:
    """The columns by their place. A repeated or a missing one is an error; those that are not read are named."""
    columns: dict[int, Column] = {}
    unmatched = []
    present: set[str] = set()
    for index, cell in enumerate(sheet.rows[heading_row]):
        text = to_text(cell)
        column = layout.headings.get(heading_key(text))
        if column and column.key in present:
            repeated = f"Kolumna „{column.heading}” jest w tym arkuszu dwa razy."
            findings.about_sheet(sheet.title, repeated, "zostaw jedną", is_error=True, row=heading_row)
        elif column:
            columns[index] = column
            present.add(column.key)
        elif heading_key(text) not in IGNORED:
            unmatched.append(text)
    for each in layout.columns:
        if each.required and each.key not in present:
            text = f"W arkuszu nie ma kolumny „{each.heading}”."
            findings.about_sheet(sheet.title, text, "dopisz ją", is_error=True, row=heading_row)
    if unmatched:
        text = f"Tych kolumn nie wczytujemy: {join_list(f'„{each[:40]}”' for each in unmatched)}."
        findings.about_sheet(sheet.title, text, "można wczytać", is_error=False, row=heading_row)
    return columns

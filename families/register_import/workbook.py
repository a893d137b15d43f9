"""The workbooks an import gives: the template to fill in, and the uploaded one with what is to be mended."""

from collections.abc import Iterator

from families.register_import.cells import to_text
from families.register_import.columns import GUIDE_TITLE, LAYOUTS, REMARKS_TITLE, TO_CORRECT
from families.register_import.problems import RegisterProblem, Report, group_by_row
from families.register_import.reading import CellValue, Formula, RawSheet
from lubsko_ops.output.xlsx import Sheet, SheetColumn

GUIDE_NOTES = (
    "Wiersze, których numer rodziny zaczyna się od słowa „przykład”, są wymyślone i nie zostaną wczytane.",
    "Kolumny mogą stać w innej kolejności. Kolumny dopisane przez Was pomijamy i mówimy o tym.",
    "Nie używaj formuł: wklej same wartości. Numery PESEL i kody pocztowe wpisuj jako tekst.",
)
CORRECT_WIDTH, KEPT_WIDTH = 50.0, 24.0


def template_sheets() -> list[Sheet]:
    """The template: a sheet of each kind with two invented rows, and one that says how to fill them in."""
    sheets = [
        Sheet(
            layout.title,
            [SheetColumn(each.heading, width=each.width) for each in layout.columns],
            [[each.example[number] for each in layout.columns] for number in (0, 1)],
        )
        for layout in LAYOUTS
    ]
    columns = [
        SheetColumn("Arkusz", width=16),
        SheetColumn("Kolumna", width=24),
        SheetColumn("Wymagana", width=11),
        SheetColumn("Co wpisać", width=80),
    ]
    rows = [
        [layout.title, each.heading, "tak" if each.required else "", each.hint]
        for layout in LAYOUTS
        for each in layout.columns
    ]
    return [*sheets, Sheet(GUIDE_TITLE, columns, rows, GUIDE_NOTES)]


def corrected_sheets(sheets: list[RawSheet], report: Report, shown: dict[int, str]) -> list[Sheet]:
    """The uploaded sheets with all their cells and a column that says what to mend; rows keep their numbers.

    ``shown``: names of the families of the centre by id. Problems of the whole file and of headings stand in a sheet of
    their own: in the row of the headings they would be read as one when the workbook comes again.
    """
    titles = {sheet.title for sheet in sheets}
    about_rows = [each for each in report.problems if each.sheet in titles and each.column]
    about_file = [each for each in report.problems if each.sheet not in titles or not each.column]
    groups = group_by_row(about_rows)
    written = [
        _corrected(sheet, groups, shown) for sheet in sheets if sheet.rows and sheet.title != REMARKS_TITLE
    ]
    if about_file:
        columns = [SheetColumn("Arkusz", width=20), SheetColumn(TO_CORRECT, width=90)]
        written.append(
            Sheet(REMARKS_TITLE, columns, [[each.sheet, sentence(each, shown)] for each in about_file])
        )
    return written


def sentence(problem: RegisterProblem, shown: dict[int, str]) -> str:
    """ "PESEL: Ten PESEL ma błąd w cyfrach. Przepisz numer z dokumentu." """
    files = ", ".join(shown[pk] for pk in problem.files if pk in shown)
    parts = (
        f"{problem.column}: {problem.text}" if problem.column else problem.text,
        f"Teczki: {files}." if files else "",
        f"({'Błąd' if problem.is_error else 'Uwaga'}: {problem.todo})",
    )
    return " ".join(part for part in parts if part)


def _corrected(
    sheet: RawSheet, groups: dict[tuple[str, int], list[RegisterProblem]], shown: dict[int, str]
) -> Sheet:
    old = _old_columns(sheet)
    width = max(max(len(cells) for cells in sheet.rows.values()), 1)
    kept = [index for index in range(width) if index not in old]

    def written(number: int) -> list[str | int | float]:
        cells = sheet.rows.get(number, [])
        values = [_cell(cells[index]) if index < len(cells) else "" for index in kept]
        return [*values, "\n".join(sentence(each, shown) for each in groups.get((sheet.title, number), []))]

    rows = [written(number) for number in range(1, max(sheet.rows) + 1)]
    heading = min(sheet.rows)
    rows[heading - 1][-1] = rows[heading - 1][-1] or TO_CORRECT
    first, *others = rows
    columns = [SheetColumn(str(text), "number", KEPT_WIDTH) for text in first[:-1]]
    columns.append(SheetColumn(str(first[-1]), width=CORRECT_WIDTH))
    return Sheet(sheet.title, columns, others)


def _old_columns(sheet: RawSheet) -> set[int]:
    """The columns that this very list of problems filled in an earlier round."""
    return {
        index
        for cells in sheet.rows.values()
        for index, cell in enumerate(cells)
        if isinstance(cell, str) and cell.strip() == TO_CORRECT
    }


def _cell(value: CellValue) -> str | int | float:
    """The cell as it was typed. A number stays one: only of a number is it certain that the sheet cut its zeros."""
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        return value
    return value.text if isinstance(value, Formula) else to_text(value)


def all_files(report: Report) -> Iterator[int]:
    """Ids of the families of the centre that the report names."""
    return (pk for each in report.problems for pk in each.files)

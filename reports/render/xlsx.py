"""The statement as a workbook: numbers as numbers, definitions beside them, the families behind the report."""

from lubsko_ops.core.polish import short_date
from lubsko_ops.output.xlsx import Sheet, SheetColumn
from reports.catalogue import movement
from reports.figure import LOCAL
from reports.quarter import Column as Period
from reports.render.json import plain
from reports.statement import ASSISTANT_FIGURES, Statement

UNITS = {"": "liczba", "hours": "godziny", "posts": "etaty", "ratio": "na rodzinę"}


def sheets_of(told: Statement, *, text: str, families: list[list]) -> list[Sheet]:
    """Sheets of the report; ``families``: cells of those supported, in the order of ``family_columns``."""
    sheets = [_numbers(told), _months(told), _definitions(told)]
    if told.assistant is None:
        sheets.insert(1, _assistants(told))
    sheets.append(Sheet("Rodziny", family_columns(told), families, notes=[movement.SUPPORTED.definition]))
    if text:
        paragraphs = [[line] for line in text.splitlines() if line.strip()]
        sheets.append(Sheet("Wnioski i potrzeby", [SheetColumn("Wnioski i potrzeby", width=110)], paragraphs))
    return sheets


def _head(column: Period) -> str:
    return f"{column.head}\n{column.period.name}"


def _numbers(told: Statement) -> Sheet:
    rows = [
        [filled.table.title, group.title, line.figure.name]
        + [plain(line.figure, value) for value in line.values]
        + [UNITS[line.figure.unit]]
        for filled in told.tables
        for group in filled.groups
        for line in group.lines
    ]
    columns = [
        SheetColumn("Tabela", width=30),
        SheetColumn("Część", width=26),
        SheetColumn("Co liczymy", width=44),
    ]
    columns += [SheetColumn(_head(column), "number", 14) for column in told.columns]
    whose = str(told.assistant) if told.assistant else "cały ośrodek"
    note = (
        f"Sprawozdanie, {told.quarter.name}, {whose}. Stan na {short_date(told.quarter.on)}. Układ: {LOCAL}."
    )
    return Sheet("Liczby", [*columns, SheetColumn("Jednostka", width=12)], rows, notes=[note])


def _assistants(told: Statement) -> Sheet:
    columns = [
        SheetColumn("Asystent rodziny"),
        SheetColumn("Forma zatrudnienia"),
        SheetColumn("Etat", "number"),
    ]
    columns += [SheetColumn(figure.name, "number", 13) for figure in ASSISTANT_FIGURES]
    rows = [
        [str(each.user), each.form, each.fraction]
        + [plain(figure, value) for figure, value in zip(ASSISTANT_FIGURES, each.values, strict=True)]
        + [told.limit]
        for each in told.people
    ]
    return Sheet("Asystenci", [*columns, SheetColumn("Limit rodzin", "number")], rows)


def _months(told: Statement) -> Sheet:
    columns = [
        SheetColumn("Miesiąc"),
        SheetColumn("Wizyty odbyte", "number"),
        SheetColumn("Rok wcześniej", "number"),
    ]
    rows = [[month.name, now, before] for month, now, before in told.visits_by_month]
    return Sheet("Wizyty w miesiącach", columns, rows)


def _definitions(told: Statement) -> Sheet:
    columns = [
        SheetColumn("Co liczymy", width=44),
        SheetColumn("Definicja", width=90),
        SheetColumn("Rodzaj"),
        SheetColumn("Podstawa", width=40),
    ]
    rows = [
        [line.figure.title, line.figure.definition, str(line.figure.kind), line.figure.basis]
        for filled in told.tables
        for group in filled.groups
        for line in group.lines
    ]
    return Sheet("Definicje", columns, rows)


def family_columns(told: Statement) -> list[SheetColumn]:
    cells = movement.SUPPORTED.rows_for(told.who).source.columns
    return [SheetColumn(cell.head, cell.kind) for cell in cells]

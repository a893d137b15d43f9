"""The statement as a workbook: numbers as numbers, definitions beside them, the families behind the report."""

from lubsko_ops.core.polish import short_day
from lubsko_ops.output.xlsx import Column, Sheet
from reports.catalogue import movement
from reports.columns import Column as Period
from reports.figure import LOCAL
from reports.render.data import plain
from reports.statement import BY_ASSISTANT, Statement

UNITS = {"": "liczba", "hours": "godziny", "posts": "etaty", "ratio": "na rodzinę"}


def sheets_of(told: Statement, *, text: str, families: list[list]) -> list[Sheet]:
    """Sheets of the report; ``families``: cells of those supported, in the order of ``family_columns``."""
    sheets = [_numbers(told), _months(told), _definitions(told)]
    if told.assistant is None:
        sheets.insert(1, _assistants(told))
    sheets.append(Sheet("Rodziny", family_columns(told), families, notes=[movement.SUPPORTED.definition]))
    if text:
        paragraphs = [[line] for line in text.splitlines() if line.strip()]
        sheets.append(Sheet("Wnioski i potrzeby", [Column("Wnioski i potrzeby", width=110)], paragraphs))
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
    columns = [Column("Tabela", width=30), Column("Część", width=26), Column("Co liczymy", width=44)]
    columns += [Column(_head(column), "number", 14) for column in told.columns]
    whose = str(told.assistant) if told.assistant else "cały ośrodek"
    note = (
        f"Sprawozdanie, {told.quarter.name}, {whose}. Stan na {short_day(told.quarter.on)}. Układ: {LOCAL}."
    )
    return Sheet("Liczby", [*columns, Column("Jednostka", width=12)], rows, notes=[note])


def _assistants(told: Statement) -> Sheet:
    columns = [Column("Asystent rodziny"), Column("Forma zatrudnienia"), Column("Etat", "number")]
    columns += [Column(figure.name, "number", 13) for figure in BY_ASSISTANT]
    rows = [
        [str(each.user), each.form, each.fraction]
        + [plain(figure, value) for figure, value in zip(BY_ASSISTANT, each.values, strict=True)]
        + [told.limit]
        for each in told.people
    ]
    return Sheet("Asystenci", [*columns, Column("Limit rodzin", "number")], rows)


def _months(told: Statement) -> Sheet:
    columns = [Column("Miesiąc"), Column("Wizyty odbyte", "number"), Column("Rok wcześniej", "number")]
    rows = [[month.name, now, before] for month, now, before in told.visits_by_month]
    return Sheet("Wizyty w miesiącach", columns, rows)


def _definitions(told: Statement) -> Sheet:
    columns = [
        Column("Co liczymy", width=44),
        Column("Definicja", width=90),
        Column("Rodzaj"),
        Column("Podstawa", width=40),
    ]
    rows = [
        [line.figure.title, line.figure.definition, str(line.figure.kind), line.figure.basis]
        for filled in told.tables
        for group in filled.groups
        for line in group.lines
    ]
    return Sheet("Definicje", columns, rows)


def family_columns(told: Statement) -> list[Column]:
    cells = movement.SUPPORTED.of(told.who).source.cells
    return [Column(cell.head, cell.kind) for cell in cells]

"""The statement as a workbook: numbers, definitions and the supported families."""

from datetime import timedelta
from typing import Any

from lubsko_ops.core.dates import Month
from lubsko_ops.core.polish import short_date
from lubsko_ops.output.xlsx import Sheet, SheetColumn
from reports.catalogue import movement
from reports.figure import LOCAL, AnyFigure
from reports.quarter import ReportColumn
from reports.render.json import plain_value
from reports.statement import Statement
from reports.tables import Value

UNITS = {"": "liczba", "hours": "godziny", "posts": "etaty", "ratio": "na rodzinę"}


def build_sheets(statement: Statement, *, text: str, families: list[list[Any]]) -> list[Sheet]:
    """Sheets of the report; ``families``: cells of those supported, in the order of ``family_columns``."""
    sheets = [_numbers(statement), _months(statement), _definitions(statement)]
    if statement.assistant is None:
        sheets.insert(1, _assistants(statement))
    sheets.append(
        Sheet("Rodziny", family_columns(statement), families, notes=[movement.SUPPORTED.definition])
    )
    if text:
        paragraphs = [[line] for line in text.splitlines() if line.strip()]
        sheets.append(Sheet("Wnioski i potrzeby", [SheetColumn("Wnioski i potrzeby", width=110)], paragraphs))
    return sheets


def _header(column: ReportColumn) -> str:
    return f"{column.full_header}\n{column.period.name}"


def _cell(figure: AnyFigure, value: Value) -> Any:
    """The value as a number, of hours as hours."""
    if figure.unit == "hours" and value is not None:
        return timedelta(minutes=float(value))
    return plain_value(figure, value)


def _numbers(statement: Statement) -> Sheet:
    rows = [
        [
            f"{statement.table_numbers[table.definition.key]}. {table.definition.title}",
            group.title,
            row.figure.title,
        ]
        + [_cell(row.figure, value) for value in row.values]
        + [UNITS[row.figure.unit]]
        for table in statement.tables
        for group in table.groups
        for row in group.rows
    ]
    columns = [
        SheetColumn("Tabela", width=30),
        SheetColumn("Część", width=26),
        SheetColumn("Co liczymy", width=50),
    ]
    columns += [SheetColumn(_header(column), "number", 24) for column in statement.columns]
    subject = str(statement.assistant) if statement.assistant else "cały ośrodek"
    as_of, computed = short_date(statement.quarter.as_of), short_date(statement.quarter.on)
    note = f"Sprawozdanie, {statement.quarter.name}, {subject}. Stan na {as_of}, obliczono {computed}. Układ: {LOCAL}."
    return Sheet("Liczby", [*columns, SheetColumn("Jednostka", width=12)], rows, notes=[note])


def _assistants(statement: Statement) -> Sheet:
    columns = [
        SheetColumn("Asystent rodziny"),
        SheetColumn("Forma zatrudnienia"),
        SheetColumn("Etat", "number"),
    ]
    columns += [SheetColumn(figure.title, "number", 16) for figure in statement.assistant_figures]
    rows = [
        [str(each.user), each.contract_form, each.fraction]
        + [_cell(figure, each.value(figure)) for figure in statement.assistant_figures]
        + [statement.limit]
        for each in statement.assistants
    ]
    return Sheet("Asystenci", [*columns, SheetColumn("Limit rodzin", "number")], rows)


def _months(statement: Statement) -> Sheet:
    columns = [
        SheetColumn("Miesiąc", width=36),
        SheetColumn("Wizyty odbyte", "number"),
        SheetColumn("Rok wcześniej", "number"),
    ]
    rows = [[_month_name(month, statement), now, before] for month, now, before in statement.visits_by_month]
    return Sheet("Wizyty w miesiącach", columns, rows)


def _month_name(month: Month, statement: Statement) -> str:
    """Marks the month that runs, beside which the whole month of a year ago stands."""
    quarter = statement.quarter
    return f"{month.name}, {quarter.until}" if month.end > quarter.as_of else month.name


def _definitions(statement: Statement) -> Sheet:
    columns = [
        SheetColumn("Co liczymy", width=44),
        SheetColumn("Definicja", width=90),
        SheetColumn("Rodzaj"),
        SheetColumn("Podstawa", width=40),
    ]
    rows = [[figure.title, figure.definition, str(figure.kind), figure.basis] for figure in statement.figures]
    return Sheet("Definicje", columns, rows)


def family_columns(statement: Statement) -> list[SheetColumn]:
    columns = movement.SUPPORTED.require_rows(statement.assistant_id).row_type.columns
    return [SheetColumn(column.header, column.kind) for column in columns]

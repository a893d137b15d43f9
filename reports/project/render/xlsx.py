"""The report of a project as a workbook: numbers, indicators, surveys, meetings, money; no names of participants."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from lubsko_ops.core.polish import short_date
from lubsko_ops.output.xlsx import Sheet, SheetColumn
from projects.choices import SurveyMoment
from projects.models import Invoice
from projects.money import export
from projects.surveys.results import QuestionResult, Spread
from reports.figure import AnyFigure
from reports.project.content import MeetingAttendance
from reports.project.statement import ProjectStatement, readable_value
from reports.tables import Value

UNITS = {"": "liczba", "hours": "godziny", "percent": "%", "money": "zł", "tenths": "średnia"}
SHEETS_OF_MONEY = {
    "Pozycje": "Budżet",
    "Źródła": "Budżet według źródeł",
}  # names in the workbook of the budget


def build_sheets(statement: ProjectStatement, invoices: list[Invoice], *, today: date) -> list[Sheet]:
    """Sheets of the report; of surveys only what everybody who sees the project may see, and no words of sheets."""
    note = f"{statement.edition}, {statement.own_period.name}. Obliczono {short_date(today)}."
    money = export.build_sheets(statement.edition, statement.positions, invoices, today=today)
    return [
        _numbers(statement, note),
        _indicators(statement, note),
        _surveys(statement, note),
        _meetings(statement.meetings, note),
        *(replace(sheet, title=SHEETS_OF_MONEY.get(sheet.title, sheet.title)) for sheet in money),
        _definitions(statement),
    ]


def _cell(figure: AnyFigure, value: Value) -> Any:
    """The value as a number in the unit people read, of hours as hours."""
    if figure.unit == "hours" and value is not None:
        return timedelta(minutes=float(value))
    return readable_value(figure.unit, value)


def _numbers(statement: ProjectStatement, note: str) -> Sheet:
    columns = [
        SheetColumn("Tabela", width=26),
        SheetColumn("Co liczymy", width=50),
        SheetColumn("Plan", "number", 14),
        SheetColumn("Wykonanie", "number", 14),
        SheetColumn("Jednostka", width=12),
    ]
    rows = [
        [
            table.definition.title,
            row.figure.title,
            _cell(row.figure, statement.planned.get(row.figure.key)),
            _cell(row.figure, row.values[0]),
            UNITS.get(row.figure.unit, ""),
        ]
        for table in statement.tables
        for group in table.groups
        for row in group.rows
    ]
    return Sheet("Liczby", columns, rows, notes=[note, "Plan dotyczy całego projektu."])


def _indicators(statement: ProjectStatement, note: str) -> Sheet:
    columns = [
        SheetColumn("Lp.", "integer", 6),
        SheetColumn("Cel szczegółowy", width=44),
        SheetColumn("Wskaźnik", width=44),
        SheetColumn("Jednostka", width=14),
        SheetColumn("Baza", "number"),
        SheetColumn("Cel", "number"),
        SheetColumn("Osiągnięto", "number"),
        SheetColumn("Ocena", width=20),
        SheetColumn("Słowami", width=34),
        SheetColumn("Dzień pomiaru", "date", 14),
        SheetColumn("Źródło", width=40),
    ]
    rows = [
        [
            row.goal.position,
            row.goal.goal,
            row.goal.indicator,
            row.goal.unit,
            row.goal.base,
            row.goal.target,
            row.indicator.value,
            row.standing,
            row.indicator.words,
            row.indicator.day,
            "liczy program" if row.indicator.is_computed else row.indicator.source or row.goal.source,
        ]
        for row in statement.indicator_rows
    ]
    return Sheet("Wskaźniki", columns, rows, notes=[note])


def _surveys(statement: ProjectStatement, note: str) -> Sheet:
    columns = [
        SheetColumn("Ankieta", width=30),
        SheetColumn("Pytanie", width=60),
        SheetColumn("Odpowiedzi", width=16),
        SheetColumn("Przed", "number"),
        SheetColumn("Po", "number"),
        SheetColumn("Zmiana", "number"),
        SheetColumn("Wynik", "number"),
        SheetColumn("Ile odpowiedzi", "integer", 16),
    ]
    rows = [
        [
            result.survey.title,
            question.question.text,
            "tak, w %" if question.is_yes_no else "skala od 1 do 5",
            _mean(question, question.before),
            _mean(question, question.after),
            question.change,
            _mean(question, question.only),
            _answers(question),
        ]
        for result in statement.surveys
        for question in result.questions
        if question.spreads
    ]
    few = "Podaje się wyniki od 5 odpowiedzi, z kodem od 5 par odpowiedzi. Ile odpowiedzi: na końcu, z kodem par."
    return Sheet("Ankiety", columns, rows, notes=[note, few])


def _mean(question: QuestionResult, spread: Spread | None) -> Any:
    if spread is None:
        return None
    return spread.percent if question.is_yes_no else spread.mean


def _answers(question: QuestionResult) -> int:
    """Answers of the last moment that is shown."""
    last = max(question.spreads, key=list(SurveyMoment).index)
    return question.spreads[last].number


def _meetings(meetings: Sequence[MeetingAttendance], note: str) -> Sheet:
    columns = [
        SheetColumn("Dzień", "date"),
        SheetColumn("Grupa", width=40),
        SheetColumn("Czas", "hours"),
        SheetColumn("Przyszli", "integer"),
        SheetColumn("Mogli przyjść", "integer", 14),
        SheetColumn("Frekwencja, %", "number", 14),
    ]
    rows = [
        [
            each.meeting.starts_on,
            each.meeting.group.name,
            each.meeting.total_minutes,
            each.came,
            each.possible,
            None if each.percent is None else round(each.percent, 1),
        ]
        for each in meetings
    ]
    return Sheet("Spotkania", columns, rows, notes=[note])


def _definitions(statement: ProjectStatement) -> Sheet:
    columns = [
        SheetColumn("Co liczymy", width=44),
        SheetColumn("Definicja", width=90),
        SheetColumn("Rodzaj"),
        SheetColumn("Podstawa", width=40),
    ]
    figures = statement.catalogue.values()
    rows = [[figure.title, figure.definition, str(figure.kind), figure.basis] for figure in figures]
    return Sheet("Definicje", columns, rows)

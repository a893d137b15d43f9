"""The statement as JSON data."""

from decimal import Decimal
from typing import Any

from lubsko_ops.core.dates import Period
from reports.figure import AnyFigure
from reports.statement import AssistantFigures, Statement
from reports.tables import FigureRow, Value


def plain_value(figure: AnyFigure, value: Value) -> int | float | None:
    """The number in its display unit (hours instead of minutes), not rounded for display."""
    if value is None or (isinstance(value, int) and figure.unit != "hours"):
        return value
    exact = Decimal(value) / 60 if figure.unit == "hours" else Decimal(value)
    return float(round(exact, 4))


def build_data(statement: Statement, *, text: str) -> dict[str, Any]:
    """The whole report, see docs/how-to/read-a-report-as-json.md; names of assistants, no data of any family."""
    quarter = statement.quarter
    return {
        "report": "quarterly",
        "year": quarter.quarter.year,
        "quarter": quarter.quarter.number,
        "as_of": quarter.as_of.isoformat(),
        "computed_on": quarter.on.isoformat(),
        "running": quarter.running,
        "assistant": str(statement.assistant) if statement.assistant else None,
        "limit": statement.limit,
        "columns": [
            {"key": column.code or "kwartal", **_days(column.period)} for column in statement.columns
        ],
        "tables": [
            {
                "number": statement.table_numbers[table.definition.key],
                "title": table.definition.title,
                "note": table.definition.note,
                "groups": [
                    {"title": group.title, "figures": [_row_data(row) for row in group.rows]}
                    for group in table.groups
                ],
            }
            for table in statement.tables
        ],
        "assistants": [_assistant_data(each, statement) for each in statement.assistants],
        "months": [
            {
                **_days(Period(month.start, min(month.end, quarter.as_of))),
                "held": held,
                "year_earlier": {**_days(month.year_earlier), "held": held_before},
            }
            for month, held, held_before in statement.visits_by_month
        ],
        "definitions": [_definition(figure) for figure in statement.figures],
        "text": text,
    }


def _days(period: Period) -> dict[str, str]:
    return {"from": period.start.isoformat(), "to": period.end.isoformat()}


def _definition(figure: AnyFigure) -> dict[str, Any]:
    return {
        "key": figure.key,
        "name": figure.title,
        "kind": figure.kind.name.lower(),
        "unit": figure.unit or "count",
        "definition": figure.definition,
        "basis": figure.basis,
    }


def _row_data(row: FigureRow) -> dict[str, Any]:
    figure = row.figure
    return {
        "key": figure.key,
        "name": figure.name,
        "values": [plain_value(figure, value) for value in row.values],
    }


def _assistant_data(each: AssistantFigures, statement: Statement) -> dict[str, Any]:
    return {
        "name": str(each.user),
        "contract": each.contract_form,
        "fraction": None if each.fraction is None else float(each.fraction),
        "values": {
            figure.key: plain_value(figure, each.value(figure)) for figure in statement.assistant_figures
        },
    }

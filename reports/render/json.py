"""The statement as JSON data."""

from decimal import Decimal
from typing import Any

from reports.figure import AnyFigure
from reports.statement import FigureRow, Statement, Value


def plain_value(figure: AnyFigure, value: Value) -> int | float | None:
    """The number in its display unit (hours instead of minutes), not rounded for display."""
    if value is None or (isinstance(value, int) and figure.unit != "hours"):
        return value
    exact = Decimal(value) / 60 if figure.unit == "hours" else Decimal(value)
    return float(round(exact, 4))


def build_data(statement: Statement) -> dict[str, Any]:
    """All tables with definitions; names of assistants, no data of any family."""
    quarter = statement.quarter
    return {
        "report": "quarterly",
        "year": quarter.quarter.year,
        "quarter": quarter.quarter.number,
        "as_of": quarter.on.isoformat(),
        "running": quarter.running,
        "assistant": str(statement.assistant) if statement.assistant else None,
        "columns": [
            {
                "key": column.code or "kwartal",
                "from": column.period.start.isoformat(),
                "to": column.period.end.isoformat(),
            }
            for column in statement.columns
        ],
        "tables": [
            {
                "title": table.definition.title,
                "groups": [
                    {"title": group.title, "figures": [_row_data(row) for row in group.rows]}
                    for group in table.groups
                ],
            }
            for table in statement.tables
        ],
    }


def _row_data(row: FigureRow) -> dict[str, Any]:
    figure = row.figure
    return {
        "key": figure.key,
        "name": figure.name,
        "kind": figure.kind.name.lower(),
        "unit": figure.unit or "count",
        "definition": figure.definition,
        "basis": figure.basis,
        "values": [plain_value(figure, value) for value in row.values],
    }

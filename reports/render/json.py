"""The statement as plain data (JSON): for whoever counts on."""

from decimal import Decimal

from reports.figure import AnyFigure
from reports.statement import Statement, Value


def plain(figure: AnyFigure, value: Value) -> int | float | None:
    """The number in the unit people read it in: hours instead of minutes, decimals as they are."""
    if value is None or (isinstance(value, int) and figure.unit != "hours"):
        return value
    exact = Decimal(value) / 60 if figure.unit == "hours" else Decimal(value)
    return float(round(exact, 4))


def as_data(told: Statement) -> dict:
    """Everything the tables say, with definitions; names of assistants, no data of any family."""
    quarter = told.quarter
    return {
        "report": "quarterly",
        "year": quarter.quarter.year,
        "quarter": quarter.quarter.number,
        "as_of": quarter.on.isoformat(),
        "running": quarter.running,
        "assistant": str(told.assistant) if told.assistant else None,
        "columns": [
            {
                "key": column.code or "kwartal",
                "from": column.period.start.isoformat(),
                "to": column.period.end.isoformat(),
            }
            for column in told.columns
        ],
        "tables": [
            {
                "title": filled.table.title,
                "groups": [
                    {"title": group.title, "figures": [_line(line) for line in group.lines]}
                    for group in filled.groups
                ],
            }
            for filled in told.tables
        ],
    }


def _line(line) -> dict:
    figure = line.figure
    return {
        "key": figure.key,
        "name": figure.name,
        "kind": figure.kind.name.lower(),
        "unit": figure.unit or "count",
        "definition": figure.definition,
        "basis": figure.basis,
        "values": [plain(figure, value) for value in line.values],
    }

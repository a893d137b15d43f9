"""What the charts of a statement show, as plain values: the screen draws them now, a kept paper may do so later."""

from typing import Any

from lubsko_ops.core.polish import MONTHS_SHORT
from reports.catalogue import movement
from reports.statement import Statement

MAX_CHART_ROWS = 30  # more assistants do not fit on a page


def visits_chart_values(statement: Statement) -> dict[str, Any]:
    """Arguments of ``chart.bars``: visits held in the months of the year and of the year before.

    The months of the quarter are highlighted.
    """
    months = statement.visits_by_month
    return {
        "title": f"Wizyty odbyte w miesiącach {statement.quarter.quarter.year}",
        "labels": [MONTHS_SHORT[month.number - 1] for month, _, _ in months],
        "now": [held for _, held, _ in months],
        "earlier": [held_year_earlier for _, _, held_year_earlier in months],
        "unit": "liczba wizyt",
        "highlighted": sum(month.start >= statement.quarter.quarter.start for month, _, _ in months),
    }


def families_chart_values(statement: Statement) -> dict[str, Any] | None:
    """Families of each assistant that the limit counts; None with no assistants or too many for a page."""
    if statement.assistant or not 0 < len(statement.assistants) <= MAX_CHART_ROWS:
        return None
    assistants = sorted(statement.assistants, key=lambda each: -each.value(movement.COUNTED))
    return {
        "title": f"Rodziny liczone do limitu w ostatnim dniu okresu, {statement.quarter.name}",
        "labels": [str(each.user) for each in assistants],
        "values": [each.value(movement.COUNTED) for each in assistants],
        "limit": statement.limit,
    }

"""The comparison of the editions of a line as a workbook."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from lubsko_ops.core.polish import short_date
from lubsko_ops.output.xlsx import Sheet, SheetColumn
from projects.indicators.presenters import OVER_STATES, IndicatorRow
from reports.project.comparison import COMPARED, ComparedEdition, Comparison
from reports.project.statement import readable_value

KINDS = {"money": "decimal", "hours": "number", "percent": "number"}  # of columns, by the unit of the figure
UNITS = {"hours": ", godz.", "percent": ", %"}  # after a heading


def build_sheets(comparison: Comparison, headings: Sequence[str], *, today: date) -> list[Sheet]:
    """The editions from the earliest, then all their indicators; ``headings`` of the figures of ``COMPARED``."""
    notes = [
        f"{comparison.title}. Stan na {short_date(today)}. Pusta komórka: niczego takiego nie zapisano.",
        "Edycja, która trwa, ma liczby do dziś.",
    ]
    return [
        Sheet(
            "Edycje",
            _edition_columns(comparison, headings),
            [_row(each) for each in comparison.editions],
            notes,
        ),
        Sheet(
            "Wskaźniki",
            [
                SheetColumn("Edycja", width=34),
                SheetColumn("Od", "date"),
                SheetColumn("Nr celu", "integer"),
                SheetColumn("Wskaźnik", width=50),
                SheetColumn("Jednostka", width=14),
                SheetColumn("Na początku", "number"),
                SheetColumn("Cel", "number"),
                SheetColumn("Osiągnięto", "number"),
                SheetColumn("Wynik", width=24),
            ],
            [row for each in comparison.editions for row in _indicator_rows(each)],
        ),
    ]


def _unit_of(comparison: Comparison, key: str) -> str:
    figures = (each.figure(key) for each in comparison.editions)
    return next((figure.unit for figure in figures if figure), "")


def _edition_columns(comparison: Comparison, headings: Sequence[str]) -> list[SheetColumn]:
    units = [_unit_of(comparison, key) for key in COMPARED]
    return [
        SheetColumn("Edycja", width=34),
        SheetColumn("Od", "date"),
        SheetColumn("Do", "date"),
        SheetColumn("Stan", width=16),
        *(
            SheetColumn(heading + UNITS.get(unit, ""), KINDS.get(unit, "integer"), 14)
            for heading, unit in zip(headings, units, strict=True)
        ),
        SheetColumn("Wskaźniki osiągnięte", "integer", 14),
        SheetColumn("Wskaźniki razem", "integer", 14),
    ]


def _row(each: ComparedEdition) -> list[Any]:
    edition, number = each.edition, len(each.indicators)
    state = edition.get_state_display() + (", do dziś" if each.still_runs else "")
    figures = [_value(each, key) for key in COMPARED]
    goals = [each.reached, number] if number else [None, None]
    return [edition.title, edition.starts_on, edition.ends_on, state, *figures, *goals]


def _value(each: ComparedEdition, key: str) -> Decimal | int | None:
    figure, value = each.figure(key), each.value(key)
    if figure is None or value is None or figure.unit == "":
        return value
    return readable_value(figure.unit, value)


def _indicator_rows(each: ComparedEdition) -> list[list[Any]]:
    return [
        [
            each.edition.title,
            each.edition.starts_on,
            indicator.goal.position,
            indicator.goal.indicator or indicator.goal.goal,
            indicator.goal.unit,
            indicator.goal.base,
            indicator.goal.target,
            indicator.value,
            IndicatorRow(indicator, each.edition.state in OVER_STATES).standing,
        ]
        for indicator in each.indicators
    ]

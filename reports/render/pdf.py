"""The statement as PDF: the context of print/quarterly.html.

Plain values only, so that a paper can be kept as issued.
"""

from datetime import date
from typing import Any

from families.law import SUPPORT
from lubsko_ops.accounts.models import User
from lubsko_ops.core.polish import count_of
from reports.catalogue import movement, visits
from reports.catalogue.plans_and_assessments import ASSESSED, IN_TIME, OVERDUE, PLANS_CHANGED, PLANS_NEW
from reports.catalogue.quarterly import FIGURES
from reports.catalogue.staff import ASSISTANTS, POSTS
from reports.figure import LOCAL, AnyFigure
from reports.render.charts import families_chart_values, visits_chart_values
from reports.statement import (
    ASSISTANTS_MOVEMENT,
    ASSISTANTS_STATE,
    STATE_FIGURES,
    AssistantFigures,
    Statement,
)
from reports.tables import StatementTable, Value, format_value

BASIS = (
    "art. 11, 15 i 17 ustawy z dnia 9 czerwca 2011 r. o wspieraniu rodziny i systemie pieczy zastępczej; "
    "układ tabel: lokalna praktyka"
)
MAX_ASSISTANTS_ON_ONE_PAGE = 20
ROW_CLASSES = {"total": "total", "part": "sub"}  # by the emphasis of the figure


def build_context(
    statement: Statement, *, text: str, locality: str, manager: User | None, on: date, version: str
) -> dict[str, Any]:
    """The context but for the centre. ``version``: how far this print is the final one, in words."""
    quarter = statement.quarter
    return {
        "quarter": {
            "name": quarter.name,
            "full_name": quarter.quarter.name,
            "days": quarter.period.name,
            "year": quarter.quarter.year,
            "until": quarter.until,
            "columns": [{"header": each.header, "until": each.until} for each in quarter.columns],
        },
        "version": version,
        "limit": statement.limit,
        "assistant": str(statement.assistant or ""),
        "prepared_by": f"{statement.assistant}, asystent rodziny",
        "approved_by": f"{manager}, kierownik ośrodka" if manager else "kierownik ośrodka",
        "basis": BASIS,
        "fits_one_page": len(statement.assistants) <= MAX_ASSISTANTS_ON_ONE_PAGE,
        "as_of": quarter.as_of,
        "locality": locality,
        "dated": on,
        "assistants": [_assistant_data(each, statement) for each in statement.assistants],
        "number_of_assistants": statement.text(ASSISTANTS),
        "assistants_state": statement.table_numbers.get(ASSISTANTS_STATE),
        "assistants_movement": statement.table_numbers.get(ASSISTANTS_MOVEMENT),
        "state_headers": [figure.name for figure in STATE_FIGURES],
        "movement_headers": statement.movement_headers,
        "movement_totals": [
            print_value(figure, statement.value(figure) if figure.rows_for(None) else None)
            for figure in statement.movement_figures
        ],
        "totals": _totals(statement),
        "tables": [
            _table_data(table, statement) for table in statement.tables if not table.definition.folded
        ],
        "folded_tables": [
            _table_data(table, statement) for table in statement.tables if table.definition.folded
        ],
        "highlights": highlights(statement),
        "families_chart": families_chart_values(statement),
        "visits_chart": visits_chart_values(statement),
        "text": text,
        "definitions": _definitions(statement),
    }


def _assistant_data(each: AssistantFigures, statement: Statement) -> dict[str, Any]:
    return {
        "name": str(each.user),
        "contract_form": each.contract_form,
        "fraction": each.fraction_text,
        "has_fraction": each.fraction is not None,
        "state": [print_value(figure, each.value(figure)) for figure in STATE_FIGURES],
        "movement": [print_value(figure, each.value(figure)) for figure in statement.movement_figures],
    }


def print_value(figure: AnyFigure, value: Value) -> str:
    """As on the screen, but zero is a dash and a missing value an x, as in official statistics."""
    if value is None:
        return "x"
    return format_value(figure, value) if value else "–"


def _table_data(table: StatementTable, statement: Statement) -> dict[str, Any]:
    """A table with a column for each period. In one with hours its whole numbers leave space for the decimals."""
    has_decimals = table.definition is visits.VISITS_TABLE
    groups = [
        {
            "title": group.title,
            "rows": [
                {
                    "name": row.figure.name,
                    "texts": [print_value(row.figure, value) for value in row.values],
                    "css": ROW_CLASSES.get(row.figure.emphasis, ""),
                    "is_integer": has_decimals and not row.figure.unit,
                }
                for row in group.rows
            ],
        }
        for group in table.groups
    ]
    return {
        "number": statement.table_numbers[table.definition.key],
        "title": table.definition.title,
        "note": table.definition.note,
        "groups": groups,
        "is_grouped": len(groups) > 1,
        "has_decimals": has_decimals,
    }


def _totals(statement: Statement) -> dict[str, Any]:
    """Totals of the table of assistants; families without a leading assistant are not included."""
    state = [sum(each.value(figure) for each in statement.assistants) for figure in STATE_FIGURES]
    posts = sum(each.fraction for each in statement.assistants if each.fraction is not None)
    with_contract = sum(1 for each in statement.assistants if each.contract)
    return {
        "state": state,
        "posts": format_value(POSTS, posts),
        "limit": statement.limit * with_contract,
    }


def highlights(statement: Statement) -> list[str]:
    """The report in a few sentences, as it begins."""
    text, year_ago, until = statement.text, statement.columns[2], statement.quarter.until
    until, whole = (f" {until}", ", w całym kwartale,") if until else ("", "")
    families, families_year_ago = (
        statement.value(movement.SUPPORTED),
        statement.value(movement.SUPPORTED, year_ago),
    )
    assessed, overdue = (
        statement.value(ASSESSED),
        statement.value(OVERDUE),
    )
    held = statement.value(visits.HELD)
    on_average = f", średnio {text(visits.PER_FAMILY)} na rodzinę" if families else ""
    return [
        f"Wsparciem objęto {count_of(families, 'rodzinę,rodziny,rodzin')}{until}; rok wcześniej{whole} "
        f"{count_of(families_year_ago, 'rodzinę,rodziny,rodzin')}.",
        f"Przybyło: {text(movement.STARTED)}, ubyło: {text(movement.ENDED)}. Na koniec okresu praca trwa z "
        f"{count_of(statement.value(movement.CLOSING), 'rodziną,rodzinami,rodzinami')}.",
        f"Odbyto {count_of(held, 'wizytę,wizyty,wizyt')}{on_average}. Nieudanych było {text(visits.FAILED)}.",
        f"Plany: nowe {text(PLANS_NEW)}, zmienione {text(PLANS_CHANGED)}.",
        f"Okresowe oceny: wykonano {text(ASSESSED)}, w terminie {text(IN_TIME)}, zaległe "
        f"na koniec okresu: {text(OVERDUE)}."
        if assessed or overdue
        else "W tym okresie nie przypadła żadna okresowa ocena.",
    ]


def _definitions(statement: Statement) -> list[dict[str, Any]]:
    """The annex: every figure of the paper once, with the number of its table."""
    tables: dict[AnyFigure, int] = {
        row.figure: statement.table_numbers[table.definition.key]
        for table in statement.tables
        for group in table.groups
        for row in group.rows
    }
    if statement.assistant is None:
        for key, figures in (
            (ASSISTANTS_STATE, STATE_FIGURES),
            (ASSISTANTS_MOVEMENT, statement.movement_figures),
        ):
            for figure in figures:
                tables.setdefault(figure, statement.table_numbers[key])
    ordered = sorted(tables, key=lambda figure: (tables[figure], list(FIGURES.values()).index(figure)))
    return [
        {
            "key": figure.key,
            "name": figure.title,
            "definition": figure.definition,
            "basis": _basis(figure),
            "table": tables[figure],
        }
        for figure in ordered
    ]


def _basis(figure: AnyFigure) -> str:
    """The provision without the title of the Act, which the heading of the document names."""
    return "" if figure.basis == LOCAL else figure.basis.replace(SUPPORT.genitive, "ustawy")

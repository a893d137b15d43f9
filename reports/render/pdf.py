"""The statement as PDF: the context of print/quarterly.html."""

from datetime import date
from typing import Any

from families.law import SUPPORT
from lubsko_ops.accounts.models import User
from lubsko_ops.centre.models import Centre
from lubsko_ops.core.polish import count_of
from reports.catalogue import movement, visits
from reports.catalogue.plans_and_assessments import ASSESSED, IN_TIME, OVERDUE, PLANS_CHANGED, PLANS_NEW
from reports.catalogue.quarterly import TABLES
from reports.catalogue.staff import POSTS, STAFF
from reports.figure import LOCAL, AnyFigure
from reports.render.charts import families_chart, visits_chart
from reports.statement import AssistantFigures, Statement, StatementTable, Value, format_value

BASIS = (
    "art. 11, 15 i 17 ustawy z dnia 9 czerwca 2011 r. o wspieraniu rodziny i systemie pieczy zastępczej; "
    "układ tabel: lokalna praktyka"
)
MAX_ASSISTANTS_ON_ONE_PAGE = 20
ROW_CLASSES = {"total": "total", "part": "sub"}  # by the emphasis of the figure


def build_context(
    statement: Statement, *, text: str, centre: Centre, manager: User | None, on: date
) -> dict[str, Any]:
    # Staff and movement have their own layout in print; the other tables have a column for each period.
    period_tables = [
        table for table in statement.tables if table.definition not in (STAFF, movement.MOVEMENT)
    ]
    first = 3 if statement.assistant is None else 2
    return {
        "statement": statement,
        "quarter": statement.quarter,
        "assistant": statement.assistant,
        "centre": centre,
        "prepared_by": f"{statement.assistant}, asystent rodziny",
        "approved_by": f"{manager}, kierownik ośrodka" if manager else "kierownik ośrodka",
        "basis": BASIS,
        "fits_one_page": len(statement.assistants) <= MAX_ASSISTANTS_ON_ONE_PAGE,
        "as_of": statement.quarter.period.end,
        "locality": centre.locality,
        "dated": on,
        "assistants": [_assistant_data(each) for each in statement.assistants],
        "totals": _totals(statement),
        "movement": _movement_rows(statement),
        "tables": [_table_data(number, table) for number, table in enumerate(period_tables, start=first)],
        "highlights": _highlights(statement),
        "families_chart": families_chart(statement),
        "visits_chart": visits_chart(statement, for_print=True),
        "text": text,
        "definitions": _definitions(statement, first),
    }


def _assistant_data(each: AssistantFigures) -> dict[str, Any]:
    return {
        "name": str(each.user),
        "contract_form": each.contract_form,
        "fraction": each.fraction_text,
        "has_fraction": each.fraction is not None,
        "closing": each.value(movement.CLOSING),
        "movement": [print_value(figure, each.value(figure)) for figure in movement.ASSISTANT_FIGURES],
    }


def print_value(figure: AnyFigure, value: Value) -> str:
    """As on the screen, but zero is a dash and a missing value an x, as in official statistics."""
    if value is None:
        return "x"
    return format_value(figure, value) if value else "–"


def _table_data(number: int, table: StatementTable) -> dict[str, Any]:
    """A table with a column for each period. In one with hours its whole numbers leave space for the decimals."""
    has_decimals = table.definition is visits.VISITS_TABLE
    groups = [
        {
            "title": group.title,
            "rows": [
                {
                    "figure": row.figure,
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
        "number": number,
        "definition": table.definition,
        "groups": groups,
        "is_grouped": len(groups) > 1,
        "has_decimals": has_decimals,
    }


def _totals(statement: Statement) -> dict[str, Any]:
    """Totals of table 1; families without a leading assistant are not included."""
    families = sum(each.value(movement.CLOSING) for each in statement.assistants)
    posts = sum(each.fraction for each in statement.assistants if each.fraction is not None)
    with_contract = sum(1 for each in statement.assistants if each.contract)
    return {
        "families": families,
        "posts": format_value(POSTS, posts),
        "limit": statement.limit * with_contract,
    }


def _movement_rows(statement: Statement) -> list[dict[str, Any]]:
    """The periods of the report as rows of table 2; "x" where the centre has no such figure."""
    return [
        {
            "name": f"{column.header} narastająco" if column.code == "od-stycznia" else column.header,
            "current": not column.code,
            "texts": [
                print_value(
                    figure,
                    statement.value(figure, column) if figure.rows_for(statement.assistant_id) else None,
                )
                for figure in movement.ASSISTANT_FIGURES
            ],
        }
        for column in statement.columns
    ]


def _highlights(statement: Statement) -> list[str]:
    """The summary at the beginning of the report."""
    text, year_ago = statement.text, statement.columns[2]
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
        f"Wsparciem objęto {count_of(families, 'rodzinę,rodziny,rodzin')}; rok wcześniej "
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


def _definitions(statement: Statement, first: int) -> list[dict[str, Any]]:
    """The annex: each figure once, with the number of its table; without areas and tasks."""
    numbers = {STAFF: 1, movement.MOVEMENT: first - 1}
    period_tables = [table.definition for table in statement.tables if table.definition not in numbers]
    visible = {row.figure for table in statement.tables for group in table.groups for row in group.rows}
    numbers |= {table: number for number, table in enumerate(period_tables, start=first)}
    return [
        {"figure": figure, "table": numbers[table], "basis": _basis(figure)}
        for table in TABLES
        if table in numbers and not table.folded and (table is not STAFF or statement.assistant is None)
        for figure in table.figures
        if figure in visible or (figure in movement.ASSISTANT_FIGURES and statement.assistant is None)
    ]


def _basis(figure: AnyFigure) -> str:
    """The provision without the title of the Act, which the heading of the document names."""
    return "" if figure.basis == LOCAL else figure.basis.replace(SUPPORT.genitive, "ustawy")

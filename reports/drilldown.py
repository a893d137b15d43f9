"""Cells of a drill-down list; personal cells are masked for families outside the user's scope."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from families.people.models import Family
from lubsko_ops.accounts.models import User
from lubsko_ops.audit.access_log import note_shown
from lubsko_ops.core.polish import format_minutes, number, short_date
from reports.figure import NUMBER_KINDS, ListColumn, RowType
from reports.tables import NO_VALUE

OUT_OF_SCOPE = "nie masz dostępu"
FORMATS: dict[str, Callable[[Any], str]] = {
    "date": short_date,
    "hours": format_minutes,
    "decimal": lambda value: number(value) if isinstance(value, int) else number(value, 2),
}


@dataclass(frozen=True)
class DisplayedCell:
    """One cell of one row, for the page and the workbook."""

    column: ListColumn
    value: Any
    kind: str
    url: str = ""

    @property
    def is_number(self) -> bool:
        return self.kind in NUMBER_KINDS

    @property
    def is_text(self) -> bool:
        """Whether the cell is a plain word, without a link."""
        return self.kind == "text" and not self.url

    @property
    def day(self) -> date | None:
        """The value of a column of dates."""
        return self.value if self.kind == "date" else None

    @property
    def text(self) -> str:
        """The value as the page shows it; "–" for none."""
        if self.value in (None, ""):
            return NO_VALUE
        return str(FORMATS.get(self.kind, str)(self.value))


def display_rows(rows: list[Any], row_type: RowType, *, user: User, on: date) -> list[list[DisplayedCell]]:
    """The rows as cells. One statement."""
    visible = (row_type.visible_rows or _in_scope(row_type))(rows, user, on)
    return [[_cell(column, row, in_scope=row.pk in visible) for column in row_type.columns] for row in rows]


def _in_scope(row_type: RowType) -> Callable[[list[Any], User, date], set[int]]:
    """Rows of the families the user may open, noted as shown; every row of a type without families."""

    def visible_rows(rows: list[Any], user: User, on: date) -> set[int]:
        if not row_type.family_path:
            return {row.pk for row in rows}
        families = {row.pk: id_at(row, row_type.family_path) for row in rows}
        visible = Family.objects.visible_to(user, on=on).filter(pk__in=set(families.values()))
        visible_ids = set(visible.values_list("pk", flat=True)) if families else set()
        note_shown(visible_ids)
        return {pk for pk, family in families.items() if family in visible_ids}

    return visible_rows


def _cell(column: ListColumn, row: Any, *, in_scope: bool) -> DisplayedCell:
    if column.is_personal and not in_scope:
        return DisplayedCell(column, OUT_OF_SCOPE, "text")
    url = column.link(row) if column.link and in_scope else ""
    return DisplayedCell(column, column.value(row), column.kind, url)


def id_at(row: Any, path: str) -> int:
    """The id at the end of a lookup: "pk", "family", "period__family"."""
    *steps, last = path.split("__")
    for step in steps:
        row = getattr(row, step)
    pk: int = row.pk if last == "pk" else getattr(row, f"{last}_id")
    return pk

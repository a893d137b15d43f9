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
    "decimal": lambda value: number(value, 2),
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
    families = {row.pk: id_at(row, row_type.family_path) for row in rows} if row_type.family_path else {}
    visible_ids = set()
    if families:
        visible = Family.objects.visible_to(user, on=on).filter(pk__in=set(families.values()))
        visible_ids = set(visible.values_list("pk", flat=True))
    note_shown(visible_ids)
    return [
        [
            _cell(column, row, in_scope=not families or families[row.pk] in visible_ids)
            for column in row_type.columns
        ]
        for row in rows
    ]


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

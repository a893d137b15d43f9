"""Rows of a list as a person may see them: what is personal is masked where the file is out of her reach."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from families.permissions import visible_to
from lubsko_ops.accounts.models import User
from reports.figure import ListColumn, RowSource

OUT_OF_REACH = "poza Twoim zasięgiem"


@dataclass(frozen=True)
class Shown:
    """One cell of one row, ready for page and workbook."""

    cell: Cell
    value: Any
    kind: str
    url: str = ""


def shown(rows: list, source: RowSource, *, user: User, on: date) -> tuple[list[list[Shown]], set[int]]:
    """The rows in cells, and the ids of the families whose data they show. One statement."""
    families = {row.pk: _family_of(row, source.family_path) for row in rows} if source.family_path else {}
    reached = set()
    if families:
        within = visible_to(user, on=on).filter(pk__in=set(families.values()))
        reached = set(within.values_list("pk", flat=True))
    cells = [
        [_cell(cell, row, within=not families or families[row.pk] in reached) for cell in source.columns]
        for row in rows
    ]
    return cells, reached


def _cell(cell: ListColumn, row, *, within: bool) -> Shown:
    if cell.personal and not within:
        return Shown(cell, OUT_OF_REACH, "text")
    return Shown(cell, cell.value(row), cell.kind, cell.link(row) if cell.link and within else "")


def _family_of(row, path: str) -> int:
    """The id of the family at the end of a path like "period__family"."""
    *steps, last = path.split("__")
    for step in steps:
        row = getattr(row, step)
    return getattr(row, f"{last}_id")

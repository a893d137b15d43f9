"""Rows of several models with their ids, entered on given days, written at once with their history."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from devtools.synthetic.bulk_copy import copy_models, reset_sequence, without_indexes, write_history
from lubsko_ops.core import clock


class RowWriter:
    """Collects rows of these models, in the order of ``tables``: by model, why they were entered."""

    def __init__(self, tables: Mapping[type, str]):
        self.tables = tables
        self.rows: dict[type, list] = {model: [] for model in tables}

    def add(self, model, by: int, on: date, **values) -> Any:
        """Add a row entered on the day."""
        rows = self.rows[model]
        at = clock.to_instant(on, time(9 + len(rows) % 6, len(rows) % 60))
        rows.append(model(pk=len(rows) + 1, entered_at=at, entered_by_id=by, version=1, **values))
        return rows[-1]

    def store(self) -> None:
        """Write all of them."""
        with without_indexes([model._meta.db_table for model in self.tables]):
            for rows in self.rows.values():
                copy_models(rows)
        for model, why in self.tables.items():
            write_history(model, why=why)
            reset_sequence(model)

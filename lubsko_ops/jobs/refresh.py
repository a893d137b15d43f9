"""Comparing all stored rows with the facts: every night, and after bulk changes by ``refresh_stored_rows``."""

from lubsko_ops.core.stored_rows import STORED_ROWS, refresh_all

JOB_NAME = "stored_rows"


def refresh_stored_rows() -> dict[str, int]:
    """Refresh every kind of stored rows for all families; returns how many were wrong by (Polish) kind."""
    return {rows.label: refresh_all(rows) for rows in STORED_ROWS}

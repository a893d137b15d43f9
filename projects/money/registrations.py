"""What the money of projects registers: the history of invoices."""

from lubsko_ops.audit.change_entries import HISTORY_TABLES, HistoryTable
from projects.models import Invoice
from projects.papers import PROJECT_FILE
from projects.permissions import PROJECT_VIEW


def register() -> None:
    hidden = frozenset({"line"})
    HISTORY_TABLES.register(
        HistoryTable(Invoice, ("line",), "{number}", hidden, PROJECT_VIEW, file_kind=PROJECT_FILE), order=91
    )

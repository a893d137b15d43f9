"""What the results of projects register: the history of readings."""

from lubsko_ops.audit.change_entries import HISTORY_TABLES, HistoryTable
from projects.models import IndicatorReading
from projects.papers import PROJECT_FILE
from projects.permissions import PROJECT_VIEW


def register() -> None:
    hidden = frozenset({"goal"})
    HISTORY_TABLES.register(
        HistoryTable(
            IndicatorReading, ("goal",), "z dnia {day}", hidden, PROJECT_VIEW, file_kind=PROJECT_FILE
        ),
        order=91,
    )

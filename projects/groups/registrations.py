"""What groups register: their history."""

from lubsko_ops.audit.change_entries import HISTORY_TABLES, HistoryTable
from projects.models import GroupDay, GroupLeader
from projects.papers import PROJECT_FILE
from projects.permissions import PROJECT_VIEW


def register() -> None:
    hidden = frozenset({"group"})
    for model, name in ((GroupLeader, "{user} {name}"), (GroupDay, "{starts_on}")):
        table = HistoryTable(model, ("group",), name, hidden, PROJECT_VIEW, file_kind=PROJECT_FILE)
        HISTORY_TABLES.register(table, order=92)

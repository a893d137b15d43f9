from families.deadlines.models import Deadline
from families.deadlines.recalculate import (
    families_with_work,
    recalculate_after_action,
    refresh_deadlines,
)
from families.people.models import Family
from families.visits.queries import SIDEBAR_DEADLINES
from lubsko_ops.core.actions import ACTION_HOOKS, Phase
from lubsko_ops.core.compiled_query import CompiledQuery
from lubsko_ops.core.stored_rows import StoredRows, register_stored_rows

OPEN_DEADLINES = CompiledQuery(
    lambda family: Deadline.objects.filter(family=family, done_on=None).order_by("due_on"), family=-1
)


def open_deadlines(family: Family) -> list[Deadline]:
    """Open deadlines of the family, nearest first."""
    return OPEN_DEADLINES.all(family=family.pk)


def register() -> None:
    ACTION_HOOKS.register(recalculate_after_action, order=Phase.DEADLINES)
    register_stored_rows(
        StoredRows("deadlines", "terminy", Phase.DEADLINES, families_with_work, refresh_deadlines)
    )
    SIDEBAR_DEADLINES.register(open_deadlines)

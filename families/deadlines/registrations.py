from django.db.models import QuerySet

from families.deadlines.models import Deadline
from families.deadlines.recalculate import (
    families_with_work,
    recalculate_after_action,
    refresh_deadlines,
)
from families.people.models import Family
from families.visits.queries import SIDEBAR_DEADLINES
from lubsko_ops.core.actions import ACTION_HOOKS, Phase
from lubsko_ops.core.stored_rows import StoredRows, register_stored_rows


def open_deadlines(family: Family) -> QuerySet[Deadline]:
    """Open deadlines of the family, nearest first."""
    return Deadline.objects.filter(family=family, done_on=None).order_by("due_on")


def register() -> None:
    ACTION_HOOKS.register(recalculate_after_action, order=Phase.DEADLINES)
    register_stored_rows(
        StoredRows("deadlines", "terminy", Phase.DEADLINES, families_with_work, refresh_deadlines)
    )
    SIDEBAR_DEADLINES.register(open_deadlines)

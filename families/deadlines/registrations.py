from families.deadlines.models import Deadline
from families.deadlines.norm_changes import (
    JOB_NAME,
    describe_change,
    get_progress,
    recalculate_after_change,
    resume_recalculations,
    start_recalculation,
)
from families.deadlines.recalculate import (
    families_with_work,
    recalculate_after_action,
    refresh_deadlines,
)
from families.deadlines.rules import KINDS_OF_NORM
from families.people.models import Family
from families.visits.queries import SIDEBAR_DEADLINES
from lubsko_ops.centre.norms import NORM_DEPENDENTS, NormDependents
from lubsko_ops.core.actions import ACTION_HOOKS, Phase
from lubsko_ops.core.compiled_query import CompiledQuery
from lubsko_ops.core.stored_rows import StoredRows, register_stored_rows
from lubsko_ops.jobs.background import BACKGROUND_JOBS, BackgroundJob
from lubsko_ops.jobs.nightly import JOBS, NightlyJob

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
    NORM_DEPENDENTS.register(
        NormDependents(
            "deadlines", frozenset(KINDS_OF_NORM), start_recalculation, describe_change, get_progress
        )
    )
    BACKGROUND_JOBS.register(BackgroundJob(JOB_NAME, recalculate_after_change, priority=10))
    JOBS.register(NightlyJob(JOB_NAME, resume_recalculations, "przeliczanie po zmianie normy"))

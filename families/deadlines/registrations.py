from django.db.models import QuerySet

from families.deadlines.models import Deadline
from families.deadlines.recalculate import recalculate_after_action, recalculate_all
from families.people.models import Family
from families.visits.queries import SIDEBAR_DEADLINES
from lubsko_ops.core.actions import ACTION_HOOKS, Phase
from lubsko_ops.jobs.nightly import JOBS, NightlyJob


def open_deadlines(family: Family) -> QuerySet[Deadline]:
    """Open deadlines of the family, nearest first."""
    return Deadline.objects.filter(family=family, done_on=None).order_by("due_on")


def register() -> None:
    ACTION_HOOKS.register(recalculate_after_action, order=Phase.DEADLINES)
    JOBS.register(NightlyJob("deadlines", recalculate_all))
    SIDEBAR_DEADLINES.register(open_deadlines)

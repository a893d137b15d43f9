from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from families.deadlines.models import Deadline
from families.deadlines.recalculate import recalculate_after_action, recalculate_all
from families.visits.queries import SIDEBAR_DEADLINES
from lubsko_ops.core.actions import ACTION_HOOKS, Phase
from lubsko_ops.jobs.nightly import JOBS, NightlyJob


def open_deadlines() -> QuerySet:
    """Facts of the open deadlines of the family OuterRef("pk"), nearest first."""
    rows = Deadline.objects.filter(family=OuterRef("pk"), done_on=None).order_by("due_on")
    return rows.values(facts=JSONObject(kind="kind", due_on="due_on"))


def register() -> None:
    ACTION_HOOKS.register(recalculate_after_action, order=Phase.DEADLINES)
    JOBS.register(NightlyJob("deadlines", recalculate_all))
    SIDEBAR_DEADLINES.register(open_deadlines)

from families.deadlines.recalculate import recalculate_after_action, recalculate_all
from lubsko_ops.core.actions import ACTION_HOOKS, Phase
from lubsko_ops.jobs.nightly import JOBS, NightlyJob


def register() -> None:
    ACTION_HOOKS.register(recalculate_after_action, order=Phase.DEADLINES)
    JOBS.register(NightlyJob("deadlines", recalculate_all))

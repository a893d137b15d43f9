from families.deadlines.recalculate import recalculate_after_action, recalculate_all
from lubsko_ops.core.actions import on_action_committing
from lubsko_ops.jobs import nightly


def register() -> None:
    on_action_committing(recalculate_after_action, order=20)
    nightly.register_job("deadlines", recalculate_all)

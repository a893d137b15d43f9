from families.deadlines.recalculate import after_deed, refresh_all
from lubsko_ops.core.actions import on_action_committing
from lubsko_ops.jobs import nightly


def register() -> None:
    on_action_committing(after_deed, order=20)
    nightly.register("deadlines", refresh_all)

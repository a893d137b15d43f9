"""Deeds about the progress of the plan's actions: dated facts, told mostly at a visit."""

from datetime import date

from families.plans.models import ActionProgress, PlanAction
from families.plans.validators import check_progress
from lubsko_ops.accounts.models import User
from lubsko_ops.audit.history import save_with_history
from lubsko_ops.core.actions import action


@action
def record_progress(
    *, action: PlanAction, day: date, by: User, state: str = "", effect: str = "", note: str = "", visit=None
) -> ActionProgress:
    """Write what has become of an action by the day; with a visit also that it was worked on there.

    Raises ValidationError when the plan was not in force on the day, or an action is dropped without a reason.
    """
    check_progress(action.plan, day=day, state=state, note=note)
    row = ActionProgress(action=action, day=day, visit=visit, state=state, effect=effect, note=note)
    return save_with_history(row, by=by, why="Postęp działania planu")

"""Sentences other apps offer for the progress of a row of the plan; nothing saves them but the user."""

from collections.abc import Callable
from datetime import date

from families.plans.models import PlanAction
from lubsko_ops.accounts.models import User
from lubsko_ops.core.registry import Registry

# Sentences about the row as the user may read them on the day, short enough for its remarks.
PROGRESS_HINTS: Registry[Callable[[PlanAction, User, date], list[str]]] = Registry("hints about progress")


def progress_hints(action: PlanAction, user: User, *, on: date) -> list[str]:
    """What other apps say about the row, in order."""
    return [text for load in PROGRESS_HINTS for text in load(action, user, on)]

"""The room's place in the family file."""

from families.views import FilePage, register_page
from lubsko_ops.access import Permission


def register() -> None:
    register_page(FilePage(25, "Plan", "families:plan", Permission.PLAN_VIEW))

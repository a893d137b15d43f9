"""What this room offers to the frame: a page of the family file, a panel of the manager's start page."""

from families.people.duplicates.views import waiting
from families.base_views import FilePage, register_page
from lubsko_ops.core import dashboard


def register() -> None:
    register_page(FilePage(20, "Osoby", "families:people"))
    dashboard.register(30, waiting)

"""What this room offers to the frame: a page of the family file, a panel of the manager's start page."""

from families.people.same_person.views import waiting
from families.views import FilePage, register_page
from lubsko_ops import start


def register() -> None:
    register_page(FilePage(20, "Osoby", "families:people"))
    start.register(30, waiting)

"""The room's place in the frame and in the family file."""

from families.views import FilePage, register_page
from lubsko_ops import frame
from lubsko_ops.access import Permission


def register() -> None:
    frame.register(frame.NavItem("Wizyty", "families:my-visits", Permission.VISIT_LOG, order=20))
    register_page(FilePage(20, "Wizyty", "families:diary", Permission.VISIT_VIEW))

"""What this room offers to the frame: tabs, pages of the file, history, the search, a panel of the start page."""

from families.casefile import sources
from families.casefile.search import found_families
from families.casefile.start.roles import of_families
from families.views import FilePage, register_page
from lubsko_ops import frame, search, start
from lubsko_ops.access import Permission


def register() -> None:
    frame.register(frame.NavItem("Rodziny", "families:list", Permission.FAMILY_VIEW, order=10))
    register_page(FilePage(0, "Przegląd", "families:overview"))
    register_page(FilePage(80, "Historia", "families:history"))
    register_page(FilePage(90, "Dostęp", "families:access", Permission.ACCESS_LOG_VIEW))
    search.register(found_families)
    start.register(10, of_families)
    sources.register()

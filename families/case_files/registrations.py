from families.base_views import FILE_HEADER, FILE_TABS, FileTab
from families.case_files import history_sources
from families.case_files.header import get_header
from families.case_files.search import search_families
from lubsko_ops.core.navigation import NAVIGATION, NavItem
from lubsko_ops.core.permissions import Permission
from lubsko_ops.search.registry import SEARCH_SOURCES


def register() -> None:
    FILE_HEADER.register(get_header)
    NAVIGATION.register(NavItem("Rodziny", "families:list", Permission.FAMILY_VIEW), order=10)
    FILE_TABS.register(FileTab("Przegląd", "families:overview"), order=0)
    FILE_TABS.register(FileTab("Historia", "families:history"), order=80)
    FILE_TABS.register(FileTab("Dostęp", "families:access", Permission.ACCESS_LOG_VIEW), order=90)
    SEARCH_SOURCES.register(search_families)
    history_sources.register()

from families.base_views import FileTab, register_tab
from families.case_files import history_sources
from families.case_files.search import search_families
from lubsko_ops.core import navigation
from lubsko_ops.core.permissions import Permission
from lubsko_ops.search import registry as search


def register() -> None:
    navigation.register_nav_item(
        navigation.NavItem("Rodziny", "families:list", Permission.FAMILY_VIEW, order=10)
    )
    register_tab(FileTab(0, "Przegląd", "families:overview"))
    register_tab(FileTab(80, "Historia", "families:history"))
    register_tab(FileTab(90, "Dostęp", "families:access", Permission.ACCESS_LOG_VIEW))
    search.register_source(search_families)
    history_sources.register()

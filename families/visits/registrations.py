from families.base_views import FileTab, register_tab
from families.visits import timeline_source
from lubsko_ops.core import navigation
from lubsko_ops.core.permissions import Permission


def register() -> None:
    timeline_source.register()
    navigation.register_nav_item(
        navigation.NavItem("Wizyty", "families:my-visits", Permission.VISIT_LOG, order=20)
    )
    register_tab(FileTab(20, "Wizyty", "families:case-log", Permission.VISIT_VIEW))

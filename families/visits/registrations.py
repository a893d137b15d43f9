from families.base_views import FILE_TABS, FileTab
from families.plans.editor_context import EDITOR_COUNTS
from families.visits import timeline_source
from families.visits.queries import count_open_agreements_of
from lubsko_ops.core.navigation import NAVIGATION, NavItem
from lubsko_ops.core.permissions import Permission


def register() -> None:
    timeline_source.register()
    NAVIGATION.register(NavItem("Wizyty", "families:my-visits", Permission.VISIT_LOG), order=20)
    FILE_TABS.register(FileTab("Wizyty", "families:case-log", Permission.VISIT_VIEW), order=20)
    EDITOR_COUNTS.register(("Otwarte ustalenia", count_open_agreements_of))

from families.base_views import FILE_TABS, FileTab
from families.plans.editor_context import EDITOR_COUNTS
from families.visits import history, timeline_events
from families.visits.permissions import (
    CONTACT_LOG,
    SAFEGUARDING_FOLLOW_UP,
    VISIT_LOG,
    VISIT_VIEW,
    VISITS_AREA,
)
from families.visits.queries import count_open_agreements_of
from lubsko_ops.audit.models import ACCESS_AREAS
from lubsko_ops.core.navigation import NAVIGATION, NavItem
from lubsko_ops.core.permissions import PERMISSIONS


def register() -> None:
    for permission in (VISIT_VIEW, VISIT_LOG, CONTACT_LOG, SAFEGUARDING_FOLLOW_UP):
        PERMISSIONS.register(permission, order=40)
    ACCESS_AREAS.register(VISITS_AREA)
    history.register()
    timeline_events.register()
    NAVIGATION.register(NavItem("Wizyty", "families:my-visits", VISIT_LOG), order=20)
    FILE_TABS.register(FileTab("Wizyty", "families:case-log", VISIT_VIEW), order=20)
    EDITOR_COUNTS.register(("Otwarte ustalenia", count_open_agreements_of))

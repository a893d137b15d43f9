"""What consultations register: permission, areas, tabs, panels, days on which a specialist needs the access."""

from families.base_views import FILE_TABS, SPECIALIST_TABS, FileTab
from families.people.permissions import FAMILY_VIEW
from families.specialists.days import SPECIALIST_DAYS
from families.specialists.permissions import SPECIALIST_FILE
from lubsko_ops.audit.models import ACCESS_AREAS
from lubsko_ops.core.dashboard import PANELS
from lubsko_ops.core.permissions import PERMISSIONS
from projects.consultations.actions import consultation_days
from projects.consultations.dashboard import get_specialist_panels
from projects.consultations.permissions import (
    CONSULTATION_AREA,
    CONSULTATION_LIST_AREA,
    CONSULTATION_VIEW,
)


def register() -> None:
    PERMISSIONS.register(CONSULTATION_VIEW, order=86)
    for area in (CONSULTATION_AREA, CONSULTATION_LIST_AREA):
        ACCESS_AREAS.register(area)
    FILE_TABS.register(FileTab("Konsultacje", "consultations:family", FAMILY_VIEW), order=65)
    SPECIALIST_TABS.register(
        FileTab("Konsultacje", "consultations:specialist-family", SPECIALIST_FILE), order=10
    )
    SPECIALIST_DAYS.register(consultation_days)
    PANELS.register(get_specialist_panels, order=20)

"""What consultations register: permission, areas, tabs, panels, days on which a specialist needs the access."""

from datetime import date

from families.base_views import FILE_TABS, SPECIALIST_TABS, FileTab
from families.people.permissions import FAMILY_VIEW
from families.specialists.days import SPECIALIST_DAYS
from families.specialists.permissions import SPECIALIST_FILE
from lubsko_ops.accounts.duties import PERSON_DUTIES, DutyKind, PersonDuty
from lubsko_ops.audit.change_entries import HISTORY_TABLES, HistoryTable
from lubsko_ops.audit.models import ACCESS_AREAS
from lubsko_ops.core.dashboard import PANELS
from lubsko_ops.core.permissions import PERMISSIONS, Role
from lubsko_ops.core.polish import count_of
from projects.choices import ConsultationState
from projects.consultations.actions import consultation_days
from projects.consultations.dashboard import get_specialist_panels
from projects.consultations.permissions import (
    CONSULTATION_AREA,
    CONSULTATION_FILE,
    CONSULTATION_LIST_AREA,
    CONSULTATION_VIEW,
)
from projects.models import Consultation


def planned_consultations(person, after: date) -> list[PersonDuty]:
    """Consultations arranged for later days."""
    rows = Consultation.objects.filter(specialist=person, state=ConsultationState.PLANNED, day__gt=after)
    number = rows.count()
    words = "umówiona konsultacja,umówione konsultacje,umówionych konsultacji"
    return [PersonDuty(count_of(number, words))] if number else []


def register() -> None:
    # Without the texts: who may read the last one need not have been allowed to read those before.
    HISTORY_TABLES.register(
        HistoryTable(
            Consultation,
            (),
            "{day}",
            frozenset({"specialist", "family", "participation", "worker", "subject", "note"}),
            CONSULTATION_VIEW,
            file_kind=CONSULTATION_FILE,
        ),
        order=95,
    )
    PERSON_DUTIES.register(DutyKind("consultations", Role.SPECIALIST, planned_consultations), order=33)
    PERMISSIONS.register(CONSULTATION_VIEW, order=86)
    for area in (CONSULTATION_AREA, CONSULTATION_LIST_AREA):
        ACCESS_AREAS.register(area)
    FILE_TABS.register(FileTab("Konsultacje", "consultations:family", FAMILY_VIEW), order=65)
    SPECIALIST_TABS.register(
        FileTab("Konsultacje", "consultations:specialist-family", SPECIALIST_FILE), order=10
    )
    SPECIALIST_DAYS.register(consultation_days)
    PANELS.register(get_specialist_panels, order=20)

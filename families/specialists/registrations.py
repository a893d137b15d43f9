"""What this app registers at start-up."""

from datetime import date

from families.base_views import WORK_PARTS
from families.specialists.models import FamilySpecialist
from families.specialists.permissions import (
    SPECIALIST_ADD,
    SPECIALIST_AREA,
    SPECIALIST_FILE,
    SPECIALIST_LIST_AREA,
    SPECIALISTS_AREA,
)
from families.specialists.queries import specialists_of
from families.timeline.events import EVENT_KINDS, EventKind
from lubsko_ops.accounts.duties import PERSON_DUTIES, DutyKind, PersonDuty
from lubsko_ops.audit.change_entries import HISTORY_TABLES, HistoryTable
from lubsko_ops.audit.models import ACCESS_AREAS
from lubsko_ops.core.dates import ONE_DAY
from lubsko_ops.core.links import reverse
from lubsko_ops.core.permissions import PERMISSIONS, Role, has_permission
from lubsko_ops.core.polish import count_of


def specialists_part(family, *, user, on) -> dict:
    """The specialists on the page of the work: who has and had access. One statement."""
    may_add = family.workable and has_permission(user, SPECIALIST_ADD)
    rows = specialists_of(family, on=on)
    for row in rows:
        url = reverse("families:specialist-change", args=[family.pk, row.pk]) if may_add else ""
        row.actions = [{"label": "Zmień albo zakończ", "url": url, "row": row.specialist}] if url else []
        row.is_now, row.is_later = row.is_active_on(on) and not row.work_ended, row.starts_on > on
    return {"template": "specialists/_work_part.html", "rows": rows, "may_add": may_add}


def specialist_event(entry, row) -> dict:
    """``who`` is empty: the title names the specialist, who did not enter the row."""
    url = reverse("families:work", args=[entry.family])
    return {"title": "Specjalista dopuszczony do rodziny", "url": url}


def open_accesses(person, after: date) -> list[PersonDuty]:
    """Families that stay open to the specialist after the day."""
    rows = FamilySpecialist.objects.active_on_or_after(after + ONE_DAY).filter(specialist=person)
    number = rows.values("family").distinct().count()
    return [PersonDuty(f"dostęp do {count_of(number, 'rodziny,rodzin,rodzin')}")] if number else []


def register() -> None:
    PERSON_DUTIES.register(DutyKind("families of a specialist", Role.SPECIALIST, open_accesses), order=32)
    for permission in (SPECIALIST_ADD, SPECIALIST_FILE):
        PERMISSIONS.register(permission, order=45)
    for area in (SPECIALIST_AREA, SPECIALISTS_AREA, SPECIALIST_LIST_AREA):
        ACCESS_AREAS.register(area)
    HISTORY_TABLES.register(
        HistoryTable(FamilySpecialist, ("family",), "{specialist}", frozenset({"family"})), order=45
    )
    WORK_PARTS.register(specialists_part)
    EVENT_KINDS.register(
        EventKind(
            "specialist", FamilySpecialist, "family", "starts_on", specialist_event, author="specialist"
        )
    )

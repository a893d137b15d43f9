"""What this app registers at start-up."""

from datetime import date

from families.care.models import Placement
from families.care.permissions import CARE_VIEW
from families.people.corrections.actions import REMOVAL_BLOCKERS
from families.people.duplicates.merge_rules import MERGE_RULES, MergeRule
from families.people.history import FAMILY
from families.people.membership_days import MEMBERSHIP_DAYS
from families.people.models import Family, Person
from lubsko_ops.audit.change_entries import HISTORY_TABLES, HistoryTable
from lubsko_ops.core.permissions import PERMISSIONS
from lubsko_ops.core.polish import short_date


def placement_removal_refusal(family: Family, person: Person, since: date | None) -> str:
    """Polish sentence when the person was placed in care before ``since`` (None: at any time); empty otherwise."""
    first = Placement.objects.filter(family=family, person=person).order_by("starts_on").first()
    if first is None or (since and first.starts_on >= since):
        return ""
    return f"To dziecko jest zapisane w pieczy zastępczej od {short_date(first.starts_on)}. Jego wpis musi zostać."


def placement_days(family: int, person: int) -> list[tuple[date, str]]:
    """Days on which the child was placed in care."""
    rows = Placement.objects.filter(family=family, person=person)
    return [(row.starts_on, "umieszczenie w pieczy") for row in rows]


def placement_text(row: Placement) -> str:
    returned = ", wróciło do rodziny" if row.returned else ""
    return f"{row.get_form_display()} {row.validity}{returned}"


def register() -> None:
    MEMBERSHIP_DAYS.register(placement_days)
    PERMISSIONS.register(CARE_VIEW, order=60)
    HISTORY_TABLES.register(HistoryTable(Placement, ("family",), "{person}", FAMILY, CARE_VIEW), order=50)
    REMOVAL_BLOCKERS.register(placement_removal_refusal)
    MERGE_RULES.register(
        MergeRule(
            Placement,
            same=("family",),
            differ=("form", "starts_on", "ends_on", "returned"),
            by_days=True,
            subject=lambda row: f"Piecza zastępcza: rodzina {row.family}",
            text=placement_text,
            family="family_id",
        )
    )

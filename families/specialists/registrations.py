"""What this app registers at start-up."""

from datetime import date

from families.permissions import SCOPES, Scope
from families.specialists.models import FamilySpecialist
from families.specialists.permissions import SPECIALIST_ADD
from lubsko_ops.accounts.models import User
from lubsko_ops.audit.change_entries import HISTORY_TABLES, HistoryTable
from lubsko_ops.core.permissions import PERMISSIONS, Role


def families_of_specialist(user: User, on: date, readable_since: date):
    """Families to which the specialist is added on the day. Nothing stays readable after the last day."""
    return FamilySpecialist.objects.active_on(on).filter(specialist=user).values("family")


def register() -> None:
    PERMISSIONS.register(SPECIALIST_ADD, order=45)
    SCOPES.register(Scope("families of a specialist", Role.SPECIALIST, families_of_specialist), order=40)
    HISTORY_TABLES.register(
        HistoryTable(FamilySpecialist, ("family",), "{specialist}", frozenset({"family"})), order=45
    )

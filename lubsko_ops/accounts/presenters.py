"""Rows of the list of staff."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from lubsko_ops.core.polish import count_of

ENDS_SOON_DAYS = 60
DAYS = "dzień,dni,dni"


@dataclass(frozen=True)
class StaffRow:
    """An account in the list; ``user`` carries ``shown_grants``, ``shown_regions`` and ``has_open_link``."""

    user: Any
    today: date

    @property
    def pk(self) -> int:
        return self.user.pk

    @property
    def name(self) -> str:
        """Surname first, as the list is sorted."""
        return f"{self.user.last_name} {self.user.first_name}".strip() or self.user.username

    @property
    def state(self) -> str:
        """What is unusual about the account, or that it works."""
        user, today = self.user, self.today
        if not user.is_active:
            return "zamknięte"
        if not user.shown_grants:
            return "bez roli"
        if not user.has_usable_password():
            return "czeka na hasło" if user.has_open_link else "bez zaproszenia"
        last = max((grant.ends_on or date.max for grant in user.shown_grants), default=date.max)
        left = (last - today).days
        if left <= ENDS_SOON_DAYS:
            return "kończy się dziś" if left == 0 else f"kończy się za {count_of(left, DAYS)}"
        if min(grant.starts_on for grant in user.shown_grants) > today:
            return "zacznie się później"
        return "czynne"

    @property
    def state_kind(self) -> str:
        """Kind of the tag: empty for the usual state."""
        state = self.state
        if state == "czynne":
            return ""
        return "late" if state in ("zamknięte", "bez zaproszenia") else "soon"

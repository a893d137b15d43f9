"""Rules of roles: which may stand beside each other, and which open cases."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from lubsko_ops.core.permissions import Role
from lubsko_ops.core.polish import short_date

# Roles that open cases: a manager learns of each of them (docs/decisions/0022-accounts-and-invitations.md).
CASE_ROLES = frozenset({Role.ASSISTANT, Role.SOCIAL_WORKER, Role.SPECIALIST, Role.MANAGER})
EXCLUSIVE = frozenset({Role.ASSISTANT, Role.SOCIAL_WORKER})
ARTICLE_17 = (
    "Pracy asystenta rodziny nie można łączyć z obowiązkami pracownika socjalnego "
    "(art. 17 ustawy z dnia 9 czerwca 2011 r. o wspieraniu rodziny i systemie pieczy zastępczej)."
)
NO_REGION_WITHOUT_ROLE = "Rejon przypisuje się pracownikowi socjalnemu. Nadaj najpierw tę rolę."
END_BEFORE_START = "Ostatni dzień nie może poprzedzać pierwszego."


@dataclass(frozen=True)
class Days:
    """Something that lasts from a day to a day, both included, or until further notice: a role, a region."""

    what: str | int
    starts_on: date
    ends_on: date | None = None

    def overlaps(self, other: "Days") -> bool:
        return (self.ends_on is None or other.starts_on <= self.ends_on) and (
            other.ends_on is None or self.starts_on <= other.ends_on
        )

    def text(self) -> str:
        """ "od 01.09.2026 do 31.12.2026"."""
        until = f" do {short_date(self.ends_on)}" if self.ends_on else ""
        return f"od {short_date(self.starts_on)}{until}"


def role_refusal(new: Days, others: Iterable[Days]) -> str:
    """Polish sentence when the role cannot stand beside the other ones of the person; empty otherwise."""
    for other in others:
        if not new.overlaps(other):
            continue
        if other.what == new.what:
            return f"Ta osoba ma już tę rolę {other.text()}. Wybierz inne dni."
        if {new.what, other.what} == EXCLUSIVE:
            return f"W tym czasie ta osoba jest: {Role(str(other.what)).label} ({other.text()}). {ARTICLE_17}"
    return ""


def region_refusal(new: Days, others: Iterable[Days]) -> str:
    """Polish sentence when the person has the region already; empty otherwise."""
    for other in others:
        if other.what == new.what and new.overlaps(other):
            return f"Ta osoba ma już ten rejon {other.text()}. Wybierz inne dni."
    return ""

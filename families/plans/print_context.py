"""What the head of a printed plan says of the family on a day: who, where, with whom, on what basis."""

from dataclasses import dataclass
from datetime import date

from families.care.models import Placement
from families.caseload.models import LeadWorkerAssignment, WorkPeriod
from families.choices import CHILDREN, PARENTS, AddressKind, AssignmentKind, Stay
from families.people.models import Address, Family, Membership, Person
from families.people.queries import ADULT
from families.sensitive_facts import BASES, hidden_from
from lubsko_ops.accounts.models import User
from lubsko_ops.core.dates import age_on
from lubsko_ops.core.polish import list_in_words, short_day


@dataclass(frozen=True)
class Facts:
    """The family on the day, as far as paper may say it. ``assistant``: who leads it, or stands in."""

    on: date
    memberships: list[Membership]  # of all times, the latest last
    placed: frozenset[int]  # ids of persons in foster care
    address: Address | None
    assistant: User | None
    social_worker: User | None
    bases: list[str]

    @property
    def present(self) -> list[Membership]:
        """Those who belong to the family and are alive, parents first."""
        alive = [row for row in self.memberships if row.is_active_on(self.on) and not self._dead(row.person)]
        return sorted(alive, key=lambda row: (row.kinship not in PARENTS, row.pk))

    @property
    def adults(self) -> list[Person]:
        """Adults of the household, and a parent who is a minor."""
        here = [row for row in self.present if row.stay != Stay.ELSEWHERE and not self._is_child(row)]
        return [row.person for row in here]

    @property
    def children(self) -> list[Person]:
        """Children from the eldest, also those who live elsewhere."""
        found = [row.person for row in self.present if self._is_child(row)]
        return sorted(found, key=lambda person: person.born_on or self.on)

    @property
    def family_words(self) -> str:
        """Adults by name and the address; one withheld from anybody stands on no paper."""
        names = list_in_words(str(person) for person in self.adults)
        where = self.address.line if self.address and self.address.may_be_printed else ""
        return ", ".join(part for part in (names, where) if part)

    @property
    def children_words(self) -> str:
        """ "Igor (12 l., w pieczy zastępczej), Nadia (6 l.)"."""
        return ", ".join(self._child_words(person) for person in self.children)

    @property
    def in_care(self) -> bool:
        """A child of the family is in foster care."""
        return any(person.pk in self.placed for person in self.children)

    @property
    def basis_words(self) -> str:
        return list_in_words(self.bases)

    def kin_of(self, person: Person) -> str:
        """ "Matka", "Babcia": the word for the person, also for one who has left."""
        words = [row.kin for row in self.memberships if row.person_id == person.pk]
        return words[-1].capitalize() if words else "Członek rodziny"

    def _child_words(self, person: Person) -> str:
        known = person.born_on is not None and person.born_on <= self.on
        years = age_on(person.born_on, self.on) if known else None
        said = [f"{years} l." if years else "poniżej roku"] if known else []
        if person.pk in self.placed:
            said.append("w pieczy zastępczej")
        return f"{person.first_name} ({', '.join(said)})" if said else person.first_name

    def _is_child(self, row: Membership) -> bool:
        if row.person.born_on is None:
            return row.kinship in CHILDREN
        return age_on(row.person.born_on, self.on) < ADULT and row.kinship not in PARENTS

    def _dead(self, person: Person) -> bool:
        return person.died_on is not None and person.died_on < self.on


def facts_of(family: Family, period: WorkPeriod | None, *, user, on: date) -> Facts:
    """The facts of the day as this user may see them: six statements at most."""
    residence = Address.objects.active_on(on).filter(family=family, kind=AddressKind.RESIDENCE)
    leads = LeadWorkerAssignment.objects.active_on(on).filter(family=family).select_related("social_worker")
    placed = Placement.objects.active_on(on).filter(family=family).values_list("person", flat=True)
    lead = leads.first()
    return Facts(
        on=on,
        memberships=list(family.memberships.select_related("person").order_by("starts_on", "pk")),
        placed=frozenset(placed),
        address=residence.first(),
        assistant=_assistant(period, on=on),
        social_worker=lead.social_worker if lead else None,
        bases=_bases(period, user=user, on=on),
    )


def _assistant(period: WorkPeriod | None, *, on: date) -> User | None:
    if period is None:
        return None
    kinds = (AssignmentKind.LEADING, AssignmentKind.STAND_IN)
    rows = period.assignments.active_on(on).filter(kind__in=kinds).select_related("assistant")
    found = sorted(rows, key=lambda row: (kinds.index(row.kind), row.pk))
    return found[0].assistant if found else None


def _bases(period: WorkPeriod | None, *, user, on: date) -> list[str]:
    """ "zgoda z 04.03.2026 r.", "zobowiązanie sądu III Nsm 112/24 z …"; each kind once."""
    if period is None:
        return []
    rows = period.bases.active_on(on).exclude(kind__in=hidden_from(user, BASES)).order_by("starts_on", "pk")
    by_kind: dict[str, str] = {}
    for row in rows:
        words = " ".join(part for part in (row.get_kind_display(), row.reference) if part)
        by_kind.setdefault(row.kind, f"{words} z {short_day(row.starts_on)} r.")
    return list(by_kind.values())

"""The register as rows that are not saved yet, and in which row of the sheets each of them stands."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from families.assessments.models import Assessment
from families.caseload.models import Assignment, LeadWorkerAssignment, LegalBasis, WorkPeriod
from families.people.models import Address, Family, FamilyCategory, Membership, Person, Phone
from families.plans.models import Plan
from families.register_import.tables import RegisterRow
from lubsko_ops.accounts.models import User
from lubsko_ops.audit.models import AuditedModel, Origin
from lubsko_ops.core.search_keys import fold

# In this order they are saved, each after those it refers to.
MODELS: tuple[type[AuditedModel], ...] = (
    Family, Address, FamilyCategory, Person, Membership, Phone, WorkPeriod, LegalBasis, Assignment,
    LeadWorkerAssignment, Plan, Assessment,
)  # fmt: skip


@dataclass
class Placed:
    """A row to be saved and the row of the sheet it comes from."""

    row: RegisterRow
    instance: AuditedModel


@dataclass
class FamilyEntry:
    """A family of the register with all its rows. ``since``: from which day it is in the file."""

    row: RegisterRow
    family: Family
    since: date
    period: WorkPeriod | None = None
    address: Address | None = None
    assessed_on: date | None = None
    people: list[tuple[RegisterRow, Person, Membership]] = field(default_factory=list)
    bases: list[tuple[RegisterRow, LegalBasis]] = field(default_factory=list)
    assignments: list[tuple[RegisterRow, Assignment]] = field(default_factory=list)
    leads: list[tuple[RegisterRow, LeadWorkerAssignment]] = field(default_factory=list)
    plans: list[tuple[RegisterRow, Plan]] = field(default_factory=list)
    placed: list[Placed] = field(default_factory=list)  # everything, in any order

    def add(self, row: RegisterRow, instance: AuditedModel) -> None:
        instance.origin = Origin.IMPORT
        self.placed.append(Placed(row, instance))

    def person_named(self, text: str) -> list[Person]:
        """The people of the family whose names are these words, in any order; or only the first name."""
        wanted = sorted(fold(text).split())
        whole = [person for _, person, _ in self.people if sorted(fold(str(person)).split()) == wanted]
        return whole or [person for _, person, _ in self.people if fold(person.first_name).split() == wanted]

    def assistant_on(self, day: date) -> User | None:
        """The leading assistant on the day, or the first one after it, or the last one before."""
        rows = sorted((assignment for _, assignment in self.assignments), key=lambda each: each.starts_on)
        on_day = [each for each in rows if each.is_active_on(day)]
        later = [each for each in rows if each.starts_on > day]
        chosen = (on_day or later or rows[-1:])[:1]
        return chosen[0].assistant if chosen else None


@dataclass
class Register:
    """All families of the register, in the order of the sheet."""

    entries: list[FamilyEntry] = field(default_factory=list)

    def placed(self, model: type[AuditedModel]) -> Iterator[Placed]:
        return (each for entry in self.entries for each in entry.placed if type(each.instance) is model)

    def count(self, model: type[AuditedModel]) -> int:
        return sum(1 for _ in self.placed(model))

    @property
    def size(self) -> int:
        return sum(len(entry.placed) for entry in self.entries)

"""Plain input values of the actions, as a form, an import or the demo data give them."""

from dataclasses import dataclass, field
from datetime import date

from families.people.models import Person
from families.plans.models import Plan, PlanAction


@dataclass(frozen=True)
class PlanData:
    """A version of the plan as entered: ``plan`` and its rows in order are not saved; the action copies them.

    A row with an id is changed; a new one may have the ``origin`` of the row it continues. ``addressed``: ids of the
    remarks that were addressed.
    """

    plan: Plan
    rows: list[PlanAction] = field(default_factory=list)
    addressed: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class SignatureData:
    """The signature of a family member, or a refusal with its reason."""

    person: Person
    kind: str
    day: date
    reason: str = ""


@dataclass(frozen=True)
class ProgressData:
    """Progress of an action at a visit. Empty state: worked on, nothing changed."""

    action: PlanAction
    state: str = ""
    note: str = ""

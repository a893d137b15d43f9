"""Plain input values of the actions, as a form, an import or the demo data give them."""

from dataclasses import dataclass, field
from datetime import date

from families.people.models import Person
from families.plans.models import PlanAction


@dataclass(frozen=True)
class RowData:
    """A row of the plan. ``row``: the row to change; ``goes_on_from``: the row of an earlier version it continues."""

    goal: str = ""
    area: str = ""
    problem: str = ""
    actions: str = ""
    who: str = ""
    due_on: date | None = None
    expected_outcome: str = ""
    row: PlanAction | None = None
    goes_on_from: PlanAction | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing but the area is filled in."""
        return not any((self.goal, self.problem, self.actions, self.who, self.due_on, self.expected_outcome))


@dataclass(frozen=True)
class PlanData:
    """A version of the plan with its rows in order. ``addressed``: ids of the remarks that were addressed."""

    covers_from: date
    covers_to: date
    main_goal: str = ""
    reason: str = ""
    coordinated: bool = False
    coordinated_with: str = ""
    coordinated_on: date | None = None
    rows: list[RowData] = field(default_factory=list)
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

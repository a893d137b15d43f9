"""What is written of a plan: plain values, as a form, an import or the demo gives them."""

from dataclasses import dataclass, field
from datetime import date

from families.people.models import Person
from families.plans.models import PlanAction


@dataclass(frozen=True)
class RowData:
    """A row of the plan as typed. ``row``: the row to change; ``goes_on_from``: a row of an earlier version."""

    goal: str = ""
    area: str = ""
    problem: str = ""
    actions: str = ""
    who: str = ""
    due_on: date | None = None
    expected: str = ""
    row: PlanAction | None = None
    goes_on_from: PlanAction | None = None

    @property
    def empty(self) -> bool:
        """Nothing was written into it."""
        return not any((self.goal, self.problem, self.actions, self.who, self.due_on, self.expected))


@dataclass(frozen=True)
class PlanData:
    """A version of the plan as typed, its rows in their order. ``heeded``: ids of remarks that were heeded."""

    covers_from: date
    covers_to: date
    main_goal: str = ""
    reason: str = ""
    coordinated: bool = False
    coordinated_with: str = ""
    coordinated_on: date | None = None
    rows: list[RowData] = field(default_factory=list)
    heeded: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Said:
    """What one member of the family said to the plan: signed, or refused and why."""

    person: Person
    kind: str
    day: date
    reason: str = ""


@dataclass(frozen=True)
class TouchData:
    """An action worked on at a visit; an empty state: worked on, nothing changed."""

    action: PlanAction
    state: str = ""
    note: str = ""

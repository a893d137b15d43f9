"""A version of the plan as it is read on a day: each row with what has become of it and what was said of it."""

from dataclasses import dataclass, field
from datetime import date

from families.choices import ActionState, PlanState
from families.people.models import Person
from families.plans.models import ActionProgress, Plan, PlanAction, PlanReturn, PlanSignature, RowRemark
from families.plans.queries import progress_of, signers_of
from lubsko_ops.core.polish import count_of

FINISHED = (ActionState.DONE, ActionState.PARTLY, ActionState.NOT_DONE, ActionState.DROPPED)
REMARKS = "uwagą,uwagami,uwagami"


@dataclass(frozen=True)
class Row:
    """A row of the plan on a day. ``followed``: its version is in force, so its term runs."""

    action: PlanAction
    on: date
    followed: bool = False
    progress: list[ActionProgress] = field(default_factory=list)  # oldest first, of the whole line
    remarks: list[RowRemark] = field(default_factory=list)  # of the last sending back

    @property
    def state(self) -> ActionProgress | None:
        """The last fact that says a state; before any, the row is only planned."""
        return next((fact for fact in reversed(self.progress) if fact.state), None)

    @property
    def effect(self) -> ActionProgress | None:
        return next((fact for fact in reversed(self.progress) if fact.effect), None)

    @property
    def finished(self) -> bool:
        return self.state is not None and self.state.state in FINISHED

    @property
    def late(self) -> bool:
        """Past its term without having come to an end."""
        due = self.action.due_on
        return self.followed and due is not None and due < self.on and not self.finished

    @property
    def newest_first(self) -> list[ActionProgress]:
        return self.progress[::-1]


def rows_of(plan: Plan, *, on: date) -> list[Row]:
    """The rows with what was told of them until the day, in this version or before it; one statement."""
    progress = progress_of(plan, until=on)
    back = last_return(plan)
    remarks = back.remarks.all() if back else []
    return [
        Row(
            action=action,
            on=on,
            followed=plan.in_force_on(on),
            progress=progress[action.line],
            remarks=[each for each in remarks if each.action_id == action.pk],
        )
        for action in plan.actions.all()
    ]


def last_return(plan: Plan) -> PlanReturn | None:
    """The last sending back of a version that is not accepted yet."""
    return None if plan.frozen else next(iter(plan.returns.all()), None)


def return_words(back: PlanReturn) -> str:
    """ "Wrócił z 2 uwagami": the remark to the whole counts as one."""
    said = len(back.remarks.all()) + bool(back.text)
    return f"Wrócił z {count_of(said, REMARKS)}"


@dataclass(frozen=True)
class Signer:
    """A member of the family and what is recorded of her; ``needed``: the plan waits for her."""

    person: Person
    needed: bool
    signature: PlanSignature | None = None


def signers(plan: Plan, *, on: date) -> list[Signer]:
    """Whose signatures an accepted plan waits for, and those recorded; of a signed plan only the recorded ones."""
    recorded = {row.person_id: row for row in plan.signatures.all()}
    waits = signers_of(plan, on=on) if plan.state == PlanState.ACCEPTED else []
    found = [Signer(person, True, recorded.pop(person.pk, None)) for person in waits]
    return found + [Signer(row.person, False, row) for row in recorded.values()]


def ran_out(plan: Plan, *, on: date) -> bool:
    """In force still, though the period it was written for is over."""
    return plan.in_force_on(on) and plan.covers_to < on

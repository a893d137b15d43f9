"""Presentation of a plan version on a day: rows with progress and remarks, and signatures."""

from dataclasses import dataclass, field
from datetime import date

from families.choices import ActionState, PlanState
from families.people.models import Person
from families.plans.co_authors import specialist_names, who_text
from families.plans.models import ActionProgress, Plan, PlanAction, PlanReturn, PlanSignature, RowRemark
from families.plans.queries import progress_by_lineage, required_signers
from lubsko_ops.core.polish import count_of

FINISHED = (ActionState.DONE, ActionState.PARTLY, ActionState.NOT_DONE, ActionState.DROPPED)
REMARKS = "uwagą,uwagami,uwagami"


@dataclass(frozen=True)
class PlanRowSummary:
    """A row of the plan on a day. ``in_force``: its version is in force, so its due date counts."""

    action: PlanAction
    on: date
    in_force: bool = False
    progress: list[ActionProgress] = field(default_factory=list)  # of the whole lineage, oldest first
    remarks: list[RowRemark] = field(default_factory=list)  # of the last return
    who: str = ""  # as entered, and the specialists it names

    @property
    def state(self) -> ActionProgress | None:
        """The last entry with a state; without one the row is only planned."""
        return next((each for each in reversed(self.progress) if each.state), None)

    @property
    def effect(self) -> ActionProgress | None:
        return next((each for each in reversed(self.progress) if each.effect), None)

    @property
    def is_finished(self) -> bool:
        return self.state is not None and self.state.state in FINISHED

    @property
    def is_overdue(self) -> bool:
        """Past its due date and not finished."""
        due_on = self.action.due_on
        return self.in_force and due_on is not None and due_on < self.on and not self.is_finished

    @property
    def newest_first(self) -> list[ActionProgress]:
        return self.progress[::-1]


def row_summaries(plan: Plan, *, on: date) -> list[PlanRowSummary]:
    """Rows with their progress until the day, in this version or earlier ones; one statement, two with specialists."""
    names = specialist_names(plan)
    progress = progress_by_lineage(plan, until=on)
    last_return = latest_return(plan)
    remarks = last_return.remarks.all() if last_return else []
    return [
        PlanRowSummary(
            action=action,
            on=on,
            in_force=plan.in_force_on(on),
            progress=progress[action.lineage_id],
            remarks=[each for each in remarks if each.action_id == action.pk],
            who=who_text(action, names),
        )
        for action in plan.actions.all()
    ]


def latest_return(plan: Plan) -> PlanReturn | None:
    """The last return of a version that is not accepted yet."""
    return None if plan.frozen else next(iter(plan.returns.all()), None)


def return_summary(plan_return: PlanReturn) -> str:
    """ "Wrócił z 2 uwagami"; the remark on the whole plan counts as one."""
    remark_count = len(plan_return.remarks.all()) + bool(plan_return.text)
    return f"Wrócił z {count_of(remark_count, REMARKS)}"


@dataclass(frozen=True)
class SignatureSummary:
    """A family member and their recorded signature, if any; ``required``: the plan needs it."""

    person: Person
    required: bool
    signature: PlanSignature | None = None


def signature_summaries(plan: Plan, *, on: date) -> list[SignatureSummary]:
    """Required and recorded signatures of an accepted plan; only the recorded ones of a signed plan."""
    recorded = {row.person_id: row for row in plan.signatures.all()}
    required = required_signers(plan, on=on) if plan.state == PlanState.ACCEPTED else []
    summaries = [SignatureSummary(person, True, recorded.pop(person.pk, None)) for person in required]
    return summaries + [SignatureSummary(row.person, False, row) for row in recorded.values()]


def is_in_force_past_planned_end(plan: Plan, *, on: date) -> bool:
    """Whether the plan is still in force although the last day it was written for has passed."""
    return plan.in_force_on(on) and plan.covers_to < on

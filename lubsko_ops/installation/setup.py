"""The first steps as a user sees them: which are done, skipped or waiting, and which comes next."""

from dataclasses import dataclass
from datetime import date

from lubsko_ops.centre.settings_pages import SETUP_STEPS, SetupStep, StepState
from lubsko_ops.core.links import reverse
from lubsko_ops.core.polish import count_of
from lubsko_ops.installation.models import SetupProgress


@dataclass(frozen=True)
class StepRow:
    """A step with its state; ``own``: the user does it, others do the rest."""

    step: SetupStep
    state: StepState
    own: bool
    skipped: bool

    @property
    def url(self) -> str:
        return reverse(self.step.url_name) if self.own else ""

    @property
    def is_settled(self) -> bool:
        """Done or skipped."""
        return self.state.done or self.skipped

    @property
    def who(self) -> str:
        """Who does the step, when it is not this user."""
        return "" if self.own else " albo ".join(sorted(role.label for role in self.step.done_by))


def get_steps(user, progress: SetupProgress, *, day: date) -> list[StepRow]:
    """All steps in their order, as the user sees them."""
    return [
        StepRow(
            step,
            step.get_state(user, day),
            own=bool(step.done_by & user.roles),
            skipped=step.key in progress.skipped,
        )
        for step in SETUP_STEPS
    ]


def next_step(rows: list[StepRow]) -> StepRow | None:
    """The first step that this user may do now; None when there is none."""
    return next((row for row in rows if row.own and not row.is_settled and not row.state.waiting), None)


def steps_lede(rows: list[StepRow]) -> str:
    """ "Zrobione 2 z 8. Następne: konta pracowników, około 10 minut." """
    done = sum(row.state.done for row in rows)
    text = f"Zrobione {done} z {len(rows)}."
    if following := next_step(rows):
        minutes = count_of(following.step.minutes, "minuta,minuty,minut")
        title = following.step.title[0].lower() + following.step.title[1:]
        return f"{text} Następne: {title}, około {minutes}."
    if all(row.is_settled for row in rows):
        return f"{text} To wszystko."
    return f"{text} Reszta należy do innych osób."

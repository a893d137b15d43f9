"""What is due in a family on a day: from the law, the norms of the centre and the facts. No database here."""

from dataclasses import dataclass, field
from datetime import date

from families import law
from families.choices import DeadlineKind, PlanState
from families.plans.review_triggers import PlanFacts
from lubsko_ops.centre.norms import get_norm
from lubsko_ops.core.dates import Period, Range, uncovered_periods


@dataclass(frozen=True)
class ConcernFacts:
    """A reported danger: its row, the day of the visit, the day of the last step, and the day it was over."""

    report: int
    reported_on: date
    last_step_on: date | None = None
    over_on: date | None = None


@dataclass
class CaseFacts:
    """What the duties of one family depend on; days as written, persons as ids."""

    began_on: date | None = None
    ended_on: date | None = None
    # Leading and stand-in assistants of the period: (id, first day, last day), and the leading social workers.
    assistants: list[tuple[int, date, date | None]] = field(default_factory=list)
    social_workers: list[tuple[int, date, date | None]] = field(default_factory=list)
    bases: list[Range] = field(default_factory=list)
    first_visit_on: date | None = None
    last_visit_on: date | None = None
    last_assessment_on: date | None = None
    dangers: list[ConcernFacts] = field(default_factory=list)
    plan: PlanFacts = field(default_factory=PlanFacts)

    def working(self, on: date) -> bool:
        """Whether work goes on on the day."""
        return (
            self.began_on is not None
            and self.began_on <= on
            and (self.ended_on is None or on <= self.ended_on)
        )


@dataclass(frozen=True)
class DeadlineSpec:
    """One duty as it should stand."""

    kind: str
    due_on: date
    since: date
    responsible: int | None
    about: int = 0
    done_on: date | None = None


def compute_deadlines(facts: CaseFacts, on: date) -> list[DeadlineSpec]:
    """Everything due in the family as seen on the day, with what is already done of the kinds that happen once."""
    found = [_follow_up(danger, facts, on) for danger in facts.dangers]
    if facts.working(on):
        rules = (_basis, _visit, _assessment, _plan, _plan_step, _plan_review)
        found += [due for rule in rules for due in rule(facts, on)]
    return found


def _follow_up(danger: ConcernFacts, facts: CaseFacts, on: date) -> DeadlineSpec:
    """A danger is looked at again until it is over, also after the work has ended."""
    since = danger.last_step_on or danger.reported_on
    due_on = law.safeguarding_check_due_on(since, working_days=get_norm("danger_follow_up_days"))
    who = _on_duty(facts.social_workers, on)
    return DeadlineSpec(DeadlineKind.DANGER, due_on, since, who, about=danger.report, done_on=danger.over_on)


def _basis(facts: CaseFacts, on: date) -> list[DeadlineSpec]:
    """Work goes on and no basis holds: due from the first day without one."""
    gaps = uncovered_periods(Period(facts.began_on, on), facts.bases)
    if not gaps or gaps[-1].end != on:
        return []
    since = gaps[-1].start
    return [DeadlineSpec(DeadlineKind.BASIS, since, since, _on_duty(facts.social_workers, on))]


def _visit(facts: CaseFacts, on: date) -> list[DeadlineSpec]:
    """The first visit is due from the first day of the assistant, the next ones from the last visit held."""
    who = _on_duty(facts.assistants, on)
    since = _first_assistant_on(facts)
    found = []
    if since is not None:
        due_on = law.visit_due_on(since, rhythm_days=get_norm("first_visit_days"))
        found.append(DeadlineSpec(DeadlineKind.FIRST_VISIT, due_on, since, who, done_on=facts.first_visit_on))
    if facts.last_visit_on is not None:
        last = facts.last_visit_on
        due_on = law.visit_due_on(last, rhythm_days=get_norm("visit_rhythm_days"))
        found.append(DeadlineSpec(DeadlineKind.VISIT, due_on, last, who))
    return found


def _assessment(facts: CaseFacts, on: date) -> list[DeadlineSpec]:
    since = facts.last_assessment_on or facts.began_on
    who = _on_duty(facts.assistants, on)
    return [DeadlineSpec(DeadlineKind.ASSESSMENT, law.assessment_due_on(since), since, who)]


def _plan(facts: CaseFacts, on: date) -> list[DeadlineSpec]:
    """The first plan of the period is due from the first day of the first assistant; it is done when it is sent."""
    since = _first_assistant_on(facts)
    if since is None:
        return []
    due_on = law.plan_due_on(since, days=get_norm("plan_days"))
    who = _on_duty(facts.assistants, on)
    return [DeadlineSpec(DeadlineKind.PLAN, due_on, since, who, done_on=facts.plan.drawn_up_on(on))]


def _plan_step(facts: CaseFacts, on: date) -> list[DeadlineSpec]:
    """A version on its way waits for one person at a time; ``about`` is the number of the version."""
    assistant, social_worker = _on_duty(facts.assistants, on), _on_duty(facts.social_workers, on)
    found = []
    for each in facts.plan.versions:
        kind, since, who, days = {
            PlanState.DRAFT: (DeadlineKind.PLAN_FIX, each.to_mend_since, assistant, "plan_step_days"),
            PlanState.CONSULTATION: (
                DeadlineKind.PLAN_CONSULT,
                each.sent_on,
                social_worker,
                "plan_step_days",
            ),
            PlanState.ACCEPTANCE: (DeadlineKind.PLAN_ACCEPT, each.consulted_on, None, "plan_step_days"),
            PlanState.ACCEPTED: (DeadlineKind.PLAN_SIGN, each.accepted_on, assistant, "plan_signing_days"),
            PlanState.SIGNED: ("", None, None, ""),
        }[each.state]
        if since is not None:
            due_on = law.plan_step_due_on(since, days=get_norm(days))
            found.append(DeadlineSpec(kind, due_on, since, who, about=each.number))
    return found


def _plan_review(facts: CaseFacts, on: date) -> list[DeadlineSpec]:
    """A plan in force is looked at again after an event, and by the end of its period at the latest."""
    plan = facts.plan.last_sent(on)
    if plan is None:
        return []
    events = facts.plan.unanswered(on)
    first = events[0].day if events else None
    due_on = law.plan_review_due_on(
        covers_to=plan.covers_to, event_on=first, days=get_norm("plan_review_days")
    )
    return [
        DeadlineSpec(
            DeadlineKind.PLAN_REVIEW, due_on, first or plan.drawn_up_on, _on_duty(facts.assistants, on)
        )
    ]


def _first_assistant_on(facts: CaseFacts) -> date | None:
    return min((start for _, start, _ in facts.assistants), default=None)


def _on_duty(people: list[tuple[int, date, date | None]], on: date) -> int | None:
    """Who holds the place on the day; of two (leading and stand-in) the one who came last."""
    held = [(start, who) for who, start, end in people if start <= on and (end is None or on <= end)]
    return max(held)[1] if held else None

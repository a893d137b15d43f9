"""Rules computing the deadlines of a family from the law, the centre's norms and case facts. No database access.

A term set by a norm is counted as of the day asked about: ``Norms.due_on``.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from families import law
from families.choices import DeadlineKind, PlanState
from families.deadlines.sources import OpenTask
from families.plans.review_triggers import PlanFacts
from lubsko_ops.centre.norms import STANDARD_NORMS, Norms
from lubsko_ops.core.dates import Period, Range, uncovered_periods


@dataclass(frozen=True)
class ConcernFacts:
    """A safeguarding concern (id): the day of the visit, of the last step, and the day it was closed."""

    concern_id: int
    reported_on: date
    last_step_on: date | None = None
    closed_on: date | None = None


@dataclass
class CaseFacts:
    """The facts the deadlines of one family depend on; users as ids.

    ``imported_on``: the day the work came from the register kept before; its earlier visits are on paper.
    """

    began_on: date | None = None
    ended_on: date | None = None
    imported_on: date | None = None
    # Leading and stand-in assistants of the period: (id, first day, last day), and the leading social workers.
    assistants: list[tuple[int, date, date | None]] = field(default_factory=list)
    social_workers: list[tuple[int, date, date | None]] = field(default_factory=list)
    bases: list[Range] = field(default_factory=list)
    first_visit_on: date | None = None
    last_visit_on: date | None = None
    last_assessment_on: date | None = None
    concerns: list[ConcernFacts] = field(default_factory=list)
    plan: PlanFacts = field(default_factory=PlanFacts)
    norms: Norms = STANDARD_NORMS
    others: list[OpenTask] = field(default_factory=list)  # from higher apps

    def works_on(self, on: date) -> bool:
        """Whether work is in progress on the day."""
        return (
            self.began_on is not None
            and self.began_on <= on
            and (self.ended_on is None or on <= self.ended_on)
        )


@dataclass(frozen=True)
class DeadlineSpec:
    """One deadline as it should be stored."""

    kind: str
    due_on: date
    since: date
    responsible: int | None
    subject_id: int = 0
    done_on: date | None = None


def _follow_ups(facts: CaseFacts, on: date) -> list[DeadlineSpec]:
    return [_follow_up(concern, facts, on) for concern in facts.concerns]


def _follow_up(concern: ConcernFacts, facts: CaseFacts, on: date) -> DeadlineSpec:
    """A safeguarding concern is followed up until it is closed, also after the work has ended."""
    since = concern.last_step_on or concern.reported_on
    due_on = facts.norms.due_on(
        "danger_follow_up_days",
        since,
        on=on,
        count=lambda day, norm: law.safeguarding_check_due_on(day, working_days=norm),
    )
    who = _on_duty(facts.social_workers, on)
    return DeadlineSpec(
        DeadlineKind.DANGER, due_on, since, who, subject_id=concern.concern_id, done_on=concern.closed_on
    )


def _basis(facts: CaseFacts, on: date) -> list[DeadlineSpec]:
    """Work without a legal basis: due from the first day of the present gap."""
    gaps = uncovered_periods(Period(facts.began_on, on), facts.bases) if facts.began_on else []
    if not gaps or gaps[-1].end != on:
        return []
    since = gaps[-1].start
    return [DeadlineSpec(DeadlineKind.BASIS, since, since, _on_duty(facts.social_workers, on))]


def _visit(facts: CaseFacts, on: date) -> list[DeadlineSpec]:
    """The first visit counts from the assistant's first day, the next ones from the last visit held.

    Of imported work the first one recorded here counts from the import.
    """
    who = _on_duty(facts.assistants, on)
    since = _first_assistant_on(facts)
    specs = []
    if since is not None:
        since = max(since, facts.imported_on or since)
        due_on = facts.norms.due_on("first_visit_days", since, on=on, count=_visit_due_on)
        specs.append(DeadlineSpec(DeadlineKind.FIRST_VISIT, due_on, since, who, done_on=facts.first_visit_on))
    if facts.last_visit_on is not None:
        last = facts.last_visit_on
        due_on = facts.norms.due_on("visit_rhythm_days", last, on=on, count=_visit_due_on)
        specs.append(DeadlineSpec(DeadlineKind.VISIT, due_on, last, who))
    return specs


def _assessment(facts: CaseFacts, on: date) -> list[DeadlineSpec]:
    since = facts.last_assessment_on or facts.began_on
    if since is None:
        return []
    who = _on_duty(facts.assistants, on)
    return [DeadlineSpec(DeadlineKind.ASSESSMENT, law.assessment_due_on(since), since, who)]


def _plan(facts: CaseFacts, on: date) -> list[DeadlineSpec]:
    """The first plan of the period counts from the first assistant's first day; it is done when it is sent."""
    since = _first_assistant_on(facts)
    if since is None:
        return []
    due_on = facts.norms.due_on("plan_days", since, on=on, count=_plan_due_on)
    who = _on_duty(facts.assistants, on)
    return [DeadlineSpec(DeadlineKind.PLAN, due_on, since, who, done_on=facts.plan.drawn_up_on(on))]


def _plan_step(facts: CaseFacts, on: date) -> list[DeadlineSpec]:
    """Each plan version in progress waits for one person at a time; ``subject_id`` is its number."""
    assistant, social_worker = _on_duty(facts.assistants, on), _on_duty(facts.social_workers, on)
    specs = []
    for each in facts.plan.versions:
        kind, since, who, days = {
            PlanState.DRAFT: (DeadlineKind.PLAN_FIX, each.in_correction_since, assistant, "plan_step_days"),
            PlanState.CONSULTATION: (
                DeadlineKind.PLAN_CONSULT,
                each.sent_on,
                social_worker,
                "plan_step_days",
            ),
            PlanState.ACCEPTANCE: (DeadlineKind.PLAN_ACCEPT, each.consulted_on, None, "plan_step_days"),
            PlanState.ACCEPTED: (DeadlineKind.PLAN_SIGN, each.accepted_on, assistant, "plan_signing_days"),
            PlanState.SIGNED: ("", None, None, ""),
        }[PlanState(each.state)]
        if since is not None:
            due_on = facts.norms.due_on(days, since, on=on, count=_plan_step_due_on)
            specs.append(DeadlineSpec(kind, due_on, since, who, subject_id=each.number))
    return specs


def _plan_review(facts: CaseFacts, on: date) -> list[DeadlineSpec]:
    """A plan in force is reviewed after a triggering event, and by the end of its period at the latest."""
    plan = facts.plan.last_sent(on)
    if plan is None or plan.drawn_up_on is None:
        return []
    first = facts.plan.review_event_on(on)
    due_on = plan.covers_to
    if first:
        due_on = facts.norms.due_on(
            "plan_review_days",
            first,
            on=on,
            count=lambda day, norm: law.plan_review_due_on(covers_to=plan.covers_to, event_on=day, days=norm),
        )
    return [
        DeadlineSpec(
            DeadlineKind.PLAN_REVIEW, due_on, first or plan.drawn_up_on, _on_duty(facts.assistants, on)
        )
    ]


def _others(facts: CaseFacts, on: date) -> list[DeadlineSpec]:
    """What higher apps ask for; the assistant does it."""
    who = _on_duty(facts.assistants, on)
    return [DeadlineSpec(task.kind, task.due_on, task.since, who, task.subject_id) for task in facts.others]


def _plan_due_on(since: date, norm: int) -> date:
    return law.plan_due_on(since, days=norm)


def _visit_due_on(since: date, norm: int) -> date:
    return law.visit_due_on(since, rhythm_days=norm)


def _plan_step_due_on(since: date, norm: int) -> date:
    return law.plan_step_due_on(since, days=norm)


def _first_assistant_on(facts: CaseFacts) -> date | None:
    return min((start for _, start, _ in facts.assistants), default=None)


def _on_duty(people: list[tuple[int, date, date | None]], on: date) -> int | None:
    """The user (id) in charge on the day; of two (leading and stand-in) the one who started last."""
    active = [(start, user) for user, start, end in people if start <= on and (end is None or on <= end)]
    return max(active)[1] if active else None


CONCERN_KINDS = frozenset({DeadlineKind.DANGER})
BASIS_KINDS = frozenset({DeadlineKind.BASIS})
VISIT_KINDS = frozenset({DeadlineKind.FIRST_VISIT, DeadlineKind.VISIT})
ASSESSMENT_KINDS = frozenset({DeadlineKind.ASSESSMENT})
PLAN_STEP_KINDS = frozenset(
    {DeadlineKind.PLAN_FIX, DeadlineKind.PLAN_CONSULT, DeadlineKind.PLAN_ACCEPT, DeadlineKind.PLAN_SIGN}
)
REVIEW_KINDS = frozenset({DeadlineKind.PLAN_REVIEW})
SOURCE_KINDS = frozenset({DeadlineKind.PROJECT_PAPERS, DeadlineKind.PROJECT_ABSENCES})
PLAN_KINDS = frozenset({DeadlineKind.PLAN}) | PLAN_STEP_KINDS | REVIEW_KINDS
ALL_KINDS = frozenset(DeadlineKind)
SOCIAL_WORKER_KINDS = (
    CONCERN_KINDS | BASIS_KINDS | PLAN_STEP_KINDS
)  # the responsible user may be a social worker
ASSISTANT_KINDS = ALL_KINDS - CONCERN_KINDS - BASIS_KINDS
# The kinds of deadlines that a norm decides; each set is what one rule yields.
KINDS_OF_NORM: dict[str, frozenset[DeadlineKind]] = {
    "danger_follow_up_days": CONCERN_KINDS,
    "first_visit_days": VISIT_KINDS,
    "visit_rhythm_days": VISIT_KINDS,
    "plan_days": frozenset({DeadlineKind.PLAN}),
    "plan_step_days": PLAN_STEP_KINDS,
    "plan_signing_days": PLAN_STEP_KINDS,
    "plan_review_days": REVIEW_KINDS,
}
# Each rule with the kinds it yields; all but the first only while work is in progress.
RULES: list[tuple[Callable[[CaseFacts, date], list[DeadlineSpec]], frozenset[DeadlineKind]]] = [
    (_follow_ups, CONCERN_KINDS),
    (_basis, BASIS_KINDS),
    (_visit, VISIT_KINDS),
    (_assessment, ASSESSMENT_KINDS),
    (_plan, frozenset({DeadlineKind.PLAN})),
    (_plan_step, PLAN_STEP_KINDS),
    (_plan_review, REVIEW_KINDS),
    (_others, SOURCE_KINDS),
]


def compute_deadlines(
    facts: CaseFacts, on: date, kinds: frozenset[DeadlineKind] = ALL_KINDS
) -> list[DeadlineSpec]:
    """All deadlines of the family as seen on the day, including completed ones of kinds that occur once.

    kinds: only these, for facts loaded with the same kinds.
    """
    works = facts.works_on(on)
    return [
        spec
        for rule, its_kinds in RULES
        if its_kinds & kinds and (works or rule is _follow_ups)
        for spec in rule(facts, on)
        if spec.kind in kinds  # of what higher apps ask for, some kinds may not have been asked about
    ]

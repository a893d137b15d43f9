"""Workflow of a version: its progress steps, whom it waits for and what the user may do with it."""

from dataclasses import dataclass, field
from datetime import date

from families.choices import PlanState
from families.people.models import Family, Person
from families.plans import validators
from families.plans.models import Plan, PlanReturn
from families.plans.permissions import PLAN_ACCEPT, PLAN_CONSULT, PLAN_SIGN, PLAN_WRITE
from families.plans.presenters import latest_return
from families.plans.review_triggers import ReviewTrigger
from lubsko_ops.core.links import reverse
from lubsko_ops.core.permissions import Permission, has_permission
from lubsko_ops.core.polish import join_list, short_date

STAGES = (
    PlanState.DRAFT,
    PlanState.CONSULTATION,
    PlanState.ACCEPTANCE,
    PlanState.ACCEPTED,
    PlanState.SIGNED,
)
STAGE_NAMES = ("Szkic", "Do konsultacji", "Do akceptacji", "Do podpisów", "Obowiązuje")
MANAGER = "kierownik"
FAMILY = "członkowie rodziny"


@dataclass(frozen=True)
class PlanActionLink:
    """A button leading to the form of an action."""

    label: str
    url: str


@dataclass
class NextStep:
    """Whom the version waits for (``text``), the user's main action and other ones, and why they may not act."""

    text: str = ""
    main: PlanActionLink | None = None
    others: list[PlanActionLink] = field(default_factory=list)
    refusal: str = ""

    @property
    def has_content(self) -> bool:
        return bool(self.text or self.main or self.others)


@dataclass(frozen=True)
class WorkflowState:
    """Input of the workflow texts. ``missing``: required signers who have not signed.

    ``social_worker``: name of the leading social worker, empty when there is none. ``editable``: the work goes on and
    the user may change the case file. ``reasons``: why the plan in force is due for review, ``review_by``: until when.
    """

    plan: Plan
    family: Family
    user: object
    on: date
    social_worker: str
    editable: bool
    missing: list[Person]
    reasons: list[ReviewTrigger] = field(default_factory=list)
    review_by: date | None = None

    def can(self, permission: Permission) -> bool:
        return self.editable and has_permission(self.user, permission)

    def version_link(self, label: str, name: str) -> PlanActionLink:
        return PlanActionLink(label, reverse(f"families:{name}", args=[self.family.pk, self.plan.number]))

    def plan_link(self, label: str, name: str) -> PlanActionLink:
        return PlanActionLink(label, reverse(f"families:{name}", args=[self.family.pk]))

    @property
    def consultant(self) -> str:
        return consultant_label(self.social_worker)


def consultant_label(social_worker: str) -> str:
    """Who consults: the leading social worker, or the one of the region when none is assigned."""
    return f"{social_worker}, pracownik socjalny" if social_worker else "pracownik socjalny rejonu"


def progress_steps(state: WorkflowState) -> list[dict]:
    """The five steps with their dates or whom they wait for, as the tracker takes them; none of one on paper."""
    plan = state.plan
    if plan.is_on_paper:
        return []
    current = STAGES.index(plan.state)
    notes = (
        _draft_note(plan),
        _consultation_note(state),
        _acceptance_note(plan),
        _signatures_note(state),
        _in_force_note(state),
    )
    ended = plan.in_force_until is not None and plan.in_force_until < state.on
    return _build_steps(notes, current=current, ended=ended)


def draft_progress_steps(*, last_return: PlanReturn | None, social_worker: str) -> list[dict]:
    """The steps of a draft being written, also of one not saved yet."""
    note = returned_label(last_return) if last_return else ""
    return _build_steps((note, consultant_label(social_worker), MANAGER, FAMILY, "po podpisach"), current=0)


def _build_steps(notes: tuple[str, ...], *, current: int, ended: bool = False) -> list[dict]:
    return [
        {
            "name": name,
            "note": note,
            "state": "past" if index < current or ended else "now" * (index == current),
        }
        for index, (name, note) in enumerate(zip(STAGE_NAMES, notes, strict=True))
    ]


def returned_label(plan_return: PlanReturn) -> str:
    return f"wrócił do poprawy {short_date(plan_return.day)}"


def _draft_note(plan: Plan) -> str:
    if plan.state != PlanState.DRAFT:
        return f"wysłano {short_date(plan.sent_on)}, {plan.author}"
    last_return = latest_return(plan)
    return returned_label(last_return) if last_return else f"pisze {plan.author}"


def _consultation_note(state: WorkflowState) -> str:
    plan = state.plan
    if plan.consulted_on:
        return f"skonsultowano {short_date(plan.consulted_on)}, {plan.consulted_by}"
    waiting = f"czeka od {short_date(plan.sent_on)}: " if plan.state == PlanState.CONSULTATION else ""
    return waiting + state.consultant


def _acceptance_note(plan: Plan) -> str:
    if plan.accepted_on:
        return f"zaakceptowano {short_date(plan.accepted_on)}, {plan.accepted_by}"
    waiting = f"czeka od {short_date(plan.consulted_on)}: " if plan.state == PlanState.ACCEPTANCE else ""
    return waiting + MANAGER


def _signatures_note(state: WorkflowState) -> str:
    plan = state.plan
    if not plan.frozen:
        return FAMILY
    if plan.state == PlanState.ACCEPTED and state.missing:
        return f"czeka na: {_names(state.missing)}"
    if plan.unsigned_cause:
        return "bez wymaganego podpisu, decyzją kierownika"
    recorded = [row.day for row in plan.signatures.all()]
    return f"odnotowano {short_date(max(recorded))}" if recorded else "czeka na podpisy"


def _in_force_note(state: WorkflowState) -> str:
    plan = state.plan
    if plan.in_force_from:
        if not plan.was_in_force:
            return "nie wszedł w życie"
        end = f" do {short_date(plan.in_force_until)}" if plan.in_force_until else ""
        not_yet = "dopiero " if plan.in_force_from > state.on else ""
        return f"{not_yet}od {short_date(plan.in_force_from)}{end}"
    if plan.state == PlanState.ACCEPTED:
        signed = plan.signatures.all() and not state.missing
        return "czeka na wprowadzenie w życie" if signed else "po podpisach"
    return f"okres planu od {short_date(plan.covers_from)}"


def _names(people: list[Person]) -> str:
    return join_list(str(person) for person in people)


def next_step(state: WorkflowState) -> NextStep:
    """What comes next: the user's actions, or whom the version waits for and why the user may not decide."""
    by_state = {
        PlanState.DRAFT: _draft_step,
        PlanState.CONSULTATION: _consultation_step,
        PlanState.ACCEPTANCE: _acceptance_step,
        PlanState.ACCEPTED: _signatures_step,
        PlanState.SIGNED: _in_force_step,
    }
    return by_state[state.plan.state](state)


def _draft_step(state: WorkflowState) -> NextStep:
    if state.can(PLAN_WRITE):
        return NextStep(
            main=state.version_link("Popraw" if state.plan.drawn_up_on else "Pisz dalej", "plan-edit")
        )
    return NextStep(text=f"Szkic. Pisze {state.plan.author}.")


def _consultation_step(state: WorkflowState) -> NextStep:
    step = NextStep(text=f"Czeka na konsultację od {short_date(state.plan.sent_on)}: {state.consultant}.")
    if state.can(PLAN_CONSULT):
        step.refusal = validators.own_plan_refusal(state.plan, state.user)
        if not step.refusal:
            step = NextStep(main=state.version_link("Zapisz konsultację", "plan-consult"))
            step.others.append(state.version_link("Odeślij z uwagami", "plan-send-back"))
    return _add_withdrawal(state, step)


def _acceptance_step(state: WorkflowState) -> NextStep:
    step = NextStep(text=f"Czeka na akceptację od {short_date(state.plan.consulted_on)}: {MANAGER}.")
    if state.can(PLAN_ACCEPT):
        own_plan = validators.own_plan_refusal(state.plan, state.user)
        step.refusal = own_plan or validators.single_reviewer_refusal(state.plan, state.user)
        if not step.refusal:
            step = NextStep(main=state.version_link("Zaakceptuj", "plan-accept"))
        if not own_plan:
            step.others.append(state.version_link("Odeślij z uwagami", "plan-send-back"))
    return _add_withdrawal(state, step)


def _add_withdrawal(state: WorkflowState, step: NextStep) -> NextStep:
    if state.plan.author_id == state.user.pk and state.can(PLAN_WRITE):
        step.others.append(state.version_link("Wycofaj do poprawy", "plan-withdraw"))
    return step


def _signatures_step(state: WorkflowState) -> NextStep:
    """The assistant records the signatures; others with the permission may do so too."""
    recorded = state.plan.signatures.all()
    if state.missing:
        text = f"Czeka na podpisy: {_names(state.missing)}."
    elif recorded:
        last = max(row.day for row in recorded)
        text = validators.past_period_sentence(state.plan, last) or "Podpisy są odnotowane."
    else:
        text = "Nikt jeszcze nie podpisał, a żadna dorosła osoba nie mieszka teraz z rodziną."
    step = NextStep(text=text)
    if state.can(PLAN_ACCEPT) and (state.missing or not recorded):
        step.others.append(state.version_link("Ktoś nie może podpisać", "plan-unsigned"))
    if not state.can(PLAN_SIGN):
        return step
    sign = state.version_link("Odnotuj podpisy", "plan-sign")
    if recorded and not state.missing:
        step.main = state.version_link("Wprowadź w życie", "plan-in-force")
    elif has_permission(state.user, PLAN_WRITE):
        return NextStep(main=sign)
    step.others.append(sign)
    return step


def _in_force_step(state: WorkflowState) -> NextStep:
    """A plan in force waits for nobody; the assistant may write a new version or record a review without change."""
    can_write = state.plan.in_force_on(state.on) and state.can(PLAN_WRITE)
    step = NextStep(text=_review_text(state, "Przejrzyj plan" if can_write else "Plan do przeglądu"))
    if can_write:
        new_version = state.plan_link("Napisz nową wersję", "plan-new")
        if state.plan.covers_to < state.on:
            step.main = new_version
        else:
            step.others.append(new_version)
        step.others.append(state.plan_link("Odnotuj przegląd bez zmian", "plan-review"))
    return step


def _review_text(state: WorkflowState, prefix: str) -> str:
    """ "Przejrzyj plan: zmiana asystenta 03.10.2026, do 17.10.2026." Empty when there is no reason."""
    if not state.reasons:
        return ""
    until = f", do {short_date(state.review_by)}" if state.review_by else ""
    return f"{prefix}: {join_list(str(each) for each in state.reasons)}{until}."

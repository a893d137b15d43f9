"""The way of a version: where it stands, whose turn it is, and what this person may do with it."""

from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse

from families.choices import PlanState
from families.people.models import Family, Person
from families.plans import validators
from families.plans.models import Plan, PlanReturn
from families.plans.presenters import last_return
from families.plans.review_triggers import Event
from lubsko_ops.core.permissions import Permission, has_permission
from lubsko_ops.core.polish import join_list, short_date

STAGES = (PlanState.DRAFT, PlanState.CONSULTATION, PlanState.ACCEPTANCE, PlanState.ACCEPTED)
NAMES = ("Szkic", "Do konsultacji", "Do akceptacji", "Obowiązuje")
MANAGER = "kierownik"


@dataclass(frozen=True)
class Deed:
    """What may be done with the version: words of the button and where it leads."""

    label: str
    url: str


@dataclass
class Turn:
    """Whom the version waits for (``words``), the one main deed of this person, the others, and why not."""

    words: str = ""
    main: Deed | None = None
    others: list[Deed] = field(default_factory=list)
    why_not: str = ""


@dataclass(frozen=True)
class Situation:
    """What the way of a version is told from: the version, its family, who looks and when, and who has not signed.

    ``worker``: the leading social worker as text, empty when none is named. ``goes_on``: the work goes on and this
    person may change the file. ``reasons``: why the plan in force is to be looked at again, and by when.
    """

    plan: Plan
    family: Family
    user: object
    on: date
    worker: str
    goes_on: bool
    missing: list[Person]
    reasons: list[Event] = field(default_factory=list)
    review_by: date | None = None

    def may(self, permission: Permission) -> bool:
        return self.goes_on and has_permission(self.user, permission)

    def deed(self, label: str, name: str) -> Deed:
        return Deed(label, reverse(f"families:{name}", args=[self.family.pk, self.plan.number]))

    def in_file(self, label: str, name: str) -> Deed:
        return Deed(label, reverse(f"families:{name}", args=[self.family.pk]))

    @property
    def consultant(self) -> str:
        return consultant_words(self.worker)


def consultant_words(worker: str) -> str:
    """Who consults: the leading social worker, or whoever has the region where nobody is named."""
    return f"{worker}, pracownik socjalny" if worker else "pracownik socjalny rejonu"


def steps_of(at: Situation) -> list[dict]:
    """The four steps with their dates or with whom they wait for, as the component ``chain`` takes them."""
    plan = at.plan
    here = STAGES.index(PlanState.ACCEPTED if plan.state == PlanState.SIGNED else plan.state)
    notes = (_draft_note(plan), _consultation_note(at), _acceptance_note(plan), _in_force_note(at))
    over = plan.in_force_until is not None and plan.in_force_until < at.on
    return _chain(notes, here=here, over=over)


def steps_of_draft(*, returned: PlanReturn | None, worker: str) -> list[dict]:
    """The same of a draft being written, also of one that is not saved yet."""
    back = back_words(returned) if returned else ""
    return _chain((back, consultant_words(worker), MANAGER, "po podpisach rodziny"), here=0)


def _chain(notes: tuple[str, ...], *, here: int, over: bool = False) -> list[dict]:
    return [
        {"name": name, "note": note, "state": "past" if place < here or over else "now" * (place == here)}
        for place, (name, note) in enumerate(zip(NAMES, notes, strict=True))
    ]


def back_words(back: PlanReturn) -> str:
    return f"wrócił do poprawy {short_date(back.day)}"


def _draft_note(plan: Plan) -> str:
    if plan.state != PlanState.DRAFT:
        return f"wysłano {short_date(plan.sent_on)}, {plan.author}"
    back = last_return(plan)
    return back_words(back) if back else f"pisze {plan.author}"


def _consultation_note(at: Situation) -> str:
    plan = at.plan
    if plan.consulted_on:
        return f"skonsultowano {short_date(plan.consulted_on)}, {plan.consulted_by}"
    waits = f"czeka od {short_date(plan.sent_on)}: " if plan.state == PlanState.CONSULTATION else ""
    return waits + at.consultant


def _acceptance_note(plan: Plan) -> str:
    if plan.accepted_on:
        return f"zaakceptowano {short_date(plan.accepted_on)}, {plan.accepted_by}"
    waits = f"czeka od {short_date(plan.consulted_on)}: " if plan.state == PlanState.ACCEPTANCE else ""
    return waits + MANAGER


def _in_force_note(at: Situation) -> str:
    plan = at.plan
    if plan.in_force_from:
        if not plan.was_in_force:
            return "nie wszedł w życie"
        end = f" do {short_date(plan.in_force_until)}" if plan.in_force_until else ""
        waits = "dopiero " if plan.in_force_from > at.on else ""
        return f"{waits}od {short_date(plan.in_force_from)}{end}"
    if plan.state == PlanState.ACCEPTED and at.missing:
        return f"czeka na podpisy: {_names(at.missing)}"
    if plan.state == PlanState.ACCEPTED:
        return "czeka na wprowadzenie w życie" if plan.signatures.all() else "czeka na podpisy"
    return f"okres planu od {short_date(plan.covers_from)}"


def _names(people: list[Person]) -> str:
    return join_list(str(person) for person in people)


def turn_of(at: Situation) -> Turn:
    """Whose turn it is. Others see whom the version waits for; who wrote it sees why she does not decide."""
    by_state = {
        PlanState.DRAFT: _draft,
        PlanState.CONSULTATION: _consultation,
        PlanState.ACCEPTANCE: _acceptance,
        PlanState.ACCEPTED: _signatures,
        PlanState.SIGNED: _in_force,
    }
    return by_state[at.plan.state](at)


def _draft(at: Situation) -> Turn:
    if at.may(Permission.PLAN_WRITE):
        return Turn(main=at.deed("Popraw" if at.plan.drawn_up_on else "Pisz dalej", "plan-edit"))
    return Turn(words=f"Szkic. Pisze {at.plan.author}.")


def _consultation(at: Situation) -> Turn:
    turn = Turn(words=f"Czeka na konsultację od {short_date(at.plan.sent_on)}: {at.consultant}.")
    if at.may(Permission.PLAN_CONSULT):
        turn.why_not = validators.why_not_own(at.plan, at.user)
        if not turn.why_not:
            turn = Turn(main=at.deed("Skonsultuj", "plan-consult"))
            turn.others.append(at.deed("Odeślij z uwagami", "plan-send-back"))
    return _may_withdraw(at, turn)


def _acceptance(at: Situation) -> Turn:
    turn = Turn(words=f"Czeka na akceptację od {short_date(at.plan.consulted_on)}: {MANAGER}.")
    if at.may(Permission.PLAN_ACCEPT):
        own = validators.why_not_own(at.plan, at.user)
        turn.why_not = own or validators.why_not_one_person(at.plan, at.user)
        if not turn.why_not:
            turn = Turn(main=at.deed("Akceptuj", "plan-accept"))
        if not own:
            turn.others.append(at.deed("Odeślij z uwagami", "plan-send-back"))
    return _may_withdraw(at, turn)


def _may_withdraw(at: Situation, turn: Turn) -> Turn:
    if at.plan.author_id == at.user.pk and at.may(Permission.PLAN_WRITE):
        turn.others.append(at.deed("Wycofaj do poprawy", "plan-withdraw"))
    return turn


def _signatures(at: Situation) -> Turn:
    """The assistant records the signatures; others may, when they have the paper."""
    recorded = at.plan.signatures.all()
    if at.missing:
        words = f"Czeka na podpisy: {_names(at.missing)}."
    elif recorded:
        words = "Podpisy są odnotowane."
    else:
        words = "Nikt jeszcze nie podpisał, a żadna dorosła osoba nie mieszka teraz z rodziną."
    turn = Turn(words=words)
    if not at.may(Permission.PLAN_SIGN):
        return turn
    sign = at.deed("Odnotuj podpisy", "plan-sign")
    if recorded and not at.missing:
        turn.main = at.deed("Wprowadź w życie", "plan-in-force")
    elif has_permission(at.user, Permission.PLAN_WRITE):
        return Turn(main=sign)
    turn.others.append(sign)
    return turn


def _in_force(at: Situation) -> Turn:
    """A plan in force waits for nobody; the assistant may write a new version or say it stays as it is."""
    writes = at.plan.in_force_on(at.on) and at.may(Permission.PLAN_WRITE)
    turn = Turn(words=_review_words(at, "Przejrzyj plan" if writes else "Plan do przeglądu"))
    if writes:
        new = at.in_file("Napisz nową wersję", "plan-new")
        if at.plan.covers_to < at.on:
            turn.main = new
        else:
            turn.others.append(new)
        turn.others.append(at.in_file("Przejrzano, bez zmian", "plan-review"))
    return turn


def _review_words(at: Situation, begin: str) -> str:
    """ "Przejrzyj plan: zmiana asystenta 03.10.2026, do 17.10.2026." Empty when nothing calls for it."""
    if not at.reasons:
        return ""
    until = f", do {short_date(at.review_by)}" if at.review_by else ""
    return f"{begin}: {join_list(str(each) for each in at.reasons)}{until}."

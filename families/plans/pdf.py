"""The plan on paper: the formal plan to sign, the plan for the family in plain words, a form to fill in by hand.

Who belonged to the family stands as it was when the plan was accepted; how its actions go, as it is on the day of
printing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from families import law
from families.care.models import Placement
from families.caseload.models import LeadWorkerAssignment, WorkPeriod
from families.choices import (
    CHILDREN,
    PARENTS,
    ActionState,
    AddressKind,
    AssignmentKind,
    LivingArrangement,
    PlanState,
)
from families.people.models import Address, Family, Membership, Person
from families.people.queries import ADULT_AGE
from families.plans.models import ActionProgress, Plan, PlanAction, PlanSignature
from families.plans.queries import missing_signers, progress_of, signers_of
from families.sensitive_facts import SENSITIVE_BASES, hidden_values
from lubsko_ops.accounts.models import User
from lubsko_ops.centre.models import Centre, get_centre
from lubsko_ops.core.dates import age_on
from lubsko_ops.core.polish import join_list, short_date
from lubsko_ops.output.pdf import render_pdf

NOTES_SHOWN = 2  # of one action, told in this version; one of an earlier version where this one tells nothing
BLANK_ROWS = 6  # empty rows to fill in by hand
WHOLE_PLAN = "art. 15 ust. 1 pkt 1 oraz ust. 3"
COORDINATED_PLAN = "art. 15 ust. 1 pkt 1 i 2 oraz ust. 3"


@dataclass(frozen=True)
class Facts:
    """The family on the day, as far as paper may say it. ``assistant``: who leads it, or stands in."""

    on: date
    memberships: list[Membership]  # of all times, the latest last
    placed: frozenset[int]  # ids of persons in foster care
    address: Address | None
    assistant: User | None
    social_worker: User | None
    bases: list[str]

    @property
    def present(self) -> list[Membership]:
        """Those who belong to the family and are alive, parents first."""
        alive = [row for row in self.memberships if row.is_active_on(self.on) and not self._dead(row.person)]
        return sorted(alive, key=lambda row: (row.kinship not in PARENTS, row.pk))

    @property
    def adults(self) -> list[Person]:
        """Adults of the household, and a parent who is a minor."""
        here = [
            row for row in self.present if row.stay != LivingArrangement.ELSEWHERE and not self._is_child(row)
        ]
        return [row.person for row in here]

    @property
    def children(self) -> list[Person]:
        """Children from the eldest, also those who live elsewhere."""
        found = [row.person for row in self.present if self._is_child(row)]
        return sorted(found, key=lambda person: person.born_on or self.on)

    @property
    def family_words(self) -> str:
        """Adults by name and the address; one withheld from anybody stands on no paper."""
        names = join_list(str(person) for person in self.adults)
        where = self.address.line if self.address and self.address.may_be_printed else ""
        return ", ".join(part for part in (names, where) if part)

    @property
    def children_words(self) -> str:
        """ "Igor (12 l., w pieczy zastępczej), Nadia (6 l.)"."""
        return ", ".join(self._child_words(person) for person in self.children)

    @property
    def in_care(self) -> bool:
        """A child of the family is in foster care."""
        return any(person.pk in self.placed for person in self.children)

    @property
    def basis_words(self) -> str:
        return join_list(self.bases)

    def kin_of(self, person: Person) -> str:
        """ "Matka", "Babcia": the word for the person, also for one who has left."""
        words = [row.kin for row in self.memberships if row.person_id == person.pk]
        return words[-1].capitalize() if words else "Członek rodziny"

    def _child_words(self, person: Person) -> str:
        known = person.born_on is not None and person.born_on <= self.on
        years = age_on(person.born_on, self.on) if known else None
        said = [f"{years} l." if years else "poniżej roku"] if known else []
        if person.pk in self.placed:
            said.append("w pieczy zastępczej")
        return f"{person.first_name} ({', '.join(said)})" if said else person.first_name

    def _is_child(self, row: Membership) -> bool:
        if row.person.born_on is None:
            return row.kinship in CHILDREN
        return age_on(row.person.born_on, self.on) < ADULT_AGE and row.kinship not in PARENTS

    def _dead(self, person: Person) -> bool:
        return person.died_on is not None and person.died_on < self.on


def facts_of(family: Family, period: WorkPeriod | None, *, user, on: date) -> Facts:
    """The facts of the day as this user may see them: six statements at most."""
    residence = Address.objects.active_on(on).filter(family=family, kind=AddressKind.RESIDENCE)
    leads = LeadWorkerAssignment.objects.active_on(on).filter(family=family).select_related("social_worker")
    placed = Placement.objects.active_on(on).filter(family=family).values_list("person", flat=True)
    lead = leads.first()
    return Facts(
        on=on,
        memberships=list(family.memberships.select_related("person").order_by("starts_on", "pk")),
        placed=frozenset(placed),
        address=residence.first(),
        assistant=_assistant(period, on=on),
        social_worker=lead.social_worker if lead else None,
        bases=_bases(period, user=user, on=on),
    )


def _assistant(period: WorkPeriod | None, *, on: date) -> User | None:
    if period is None:
        return None
    kinds = (AssignmentKind.LEADING, AssignmentKind.STAND_IN)
    rows = period.assignments.active_on(on).filter(kind__in=kinds).select_related("assistant")
    found = sorted(rows, key=lambda row: (kinds.index(row.kind), row.pk))
    return found[0].assistant if found else None


def _bases(period: WorkPeriod | None, *, user, on: date) -> list[str]:
    """ "zgoda z 04.03.2026 r.", "zobowiązanie sądu III Nsm 112/24 z …"; each kind once."""
    if period is None:
        return []
    rows = (
        period.bases.active_on(on)
        .exclude(kind__in=hidden_values(user, SENSITIVE_BASES))
        .order_by("starts_on", "pk")
    )
    by_kind: dict[str, str] = {}
    for row in rows:
        words = " ".join(part for part in (row.get_kind_display(), row.reference) if part)
        by_kind.setdefault(row.kind, f"{words} z {short_date(row.starts_on)} r.")
    return list(by_kind.values())


# ---- what the documents are made of ------------------------------------------------------------------
def formal_plan(plan: Plan, *, user, today: date) -> bytes:
    """Plan pracy z rodziną, landscape: facts, the table by area, signatures, consultation and acceptance.

    Before it is accepted it says on each page that it is a draft, and has no place to sign. What ``user`` may not
    see of the family is left out.
    """
    told_until = min(today, plan.in_force_until or today)
    facts = facts_of(plan.period.family, plan.period, user=user, on=plan.accepted_on or today)
    context = _common(plan, facts, as_of=told_until) | {
        "basis": legal_basis(coordinated=plan.coordinated),
        "version": version_words(plan, today=today),
        "stage": stage_words(plan),
        "areas": by_area(plan, until=today),
        **said_beside_lines(plan, facts),
        "signers": signers_on_paper(plan, facts, today=today) if plan.frozen else [],
    }
    return render_pdf("print/plan/formal.html", context)


def family_plan(plan: Plan, *, user, today: date) -> bytes:
    """Plan dla rodziny: what we do, who and by when, in large type and plain words; one page for most plans.

    Neither areas nor problems stand on it, and nothing that was given up.
    """
    facts = facts_of(plan.period.family, plan.period, user=user, on=today)
    context = _common(plan, facts, as_of=None) | {
        "names": join_list(member.first_name for member in (*facts.adults, *facts.children)),
        "years": by_year(plan, until=today),
    }
    return render_pdf("print/plan/for_family.html", context)


def blank_plan(family: Family, period, *, user, today: date) -> bytes:
    """The plan as a form to fill in by hand at the family's table; ``period`` is None before any work."""
    facts = facts_of(family, period, user=user, on=today)
    context = {
        "centre": get_centre() or Centre(),
        "case_number": period.number if period else "",
        "facts": facts,
        "assistant": facts.assistant,
        "basis": legal_basis(coordinated=facts.in_care),
        "rows": range(1, BLANK_ROWS + 1),
        "signers": [Signer(str(person), facts.kin_of(person)) for person in facts.adults],
    }
    return render_pdf("print/plan/blank.html", context)


def _common(plan: Plan, facts: Facts, *, as_of: date | None) -> dict[str, Any]:
    about = get_centre() or Centre()
    return {
        "centre": about,
        "case_number": plan.period.number,
        "place": about.locality,
        "dated": plan.drawn_up_on,
        "as_of": as_of,
        "plan": plan,
        "facts": facts,
        "assistant": facts.assistant or plan.author,
    }


def legal_basis(*, coordinated: bool) -> str:
    """The provisions the plan rests on, with the act and its journal of laws."""
    provisions = COORDINATED_PLAN if coordinated else WHOLE_PLAN
    return f"{law.SUPPORT.of(provisions)} ({law.SUPPORT.journal})"


# ---- where it stands ---------------------------------------------------------------------------------
def version_words(plan: Plan, *, today: date) -> str:
    """ "wersja 2 na okres od 01.04.2026 r. do 30.09.2026 r., obowiązuje od 08.04.2026 r."."""
    covers = f"na okres od {short_date(plan.covers_from)} r. do {short_date(plan.covers_to)} r."
    if plan.was_in_force:
        until = plan.in_force_until
        verb = "obowiązywała" if until and until < today else "obowiązuje"
        force = f", {verb} od {short_date(plan.in_force_from)} r."
        force += f" do {short_date(until)} r." if until else ""
    elif plan.in_force_from:
        force = ", nie weszła w życie"
    elif plan.frozen:
        force = f", zaakceptowana {short_date(plan.accepted_on)} r., obowiązuje po podpisaniu"
    else:
        force = ""
    return f"wersja {plan.number} {covers}{force}"


def stage_words(plan: Plan) -> str:
    """How far a draft has come; empty once the plan is accepted."""
    if plan.frozen:
        return ""
    if plan.state == PlanState.CONSULTATION:
        return f"wysłany do konsultacji {short_date(plan.sent_on)} r., czeka na pracownika socjalnego"
    if plan.state == PlanState.ACCEPTANCE:
        return f"po konsultacji {short_date(plan.consulted_on)} r., czeka na akceptację kierownika"
    returned = next(iter(plan.returns.all()), None)
    if returned:
        return f"odesłany do poprawy {short_date(returned.day)} r."
    return "wycofany do poprawy" if plan.drawn_up_on else "szkic, jeszcze niewysłany do konsultacji"


def said_beside_lines(plan: Plan, facts: Facts) -> dict[str, str]:
    """Who agreed with whom and when, as the file records it; signatures are put beside it by hand."""
    said = {"coordination": "nie" if facts.in_care else "nie dotyczy"}
    if plan.coordinated:
        day = f", {short_date(plan.coordinated_on)} r." if plan.coordinated_on else ""
        said["coordination"] = f"tak – {plan.coordinated_with or 'do uzgodnienia'}{day}"
    if plan.consulted_on:
        said["consulted_hint"] = f"skonsultowano {short_date(plan.consulted_on)} r.; podpis"
    if plan.accepted_on:
        said["accepted_hint"] = f"zaakceptowano {short_date(plan.accepted_on)} r.; pieczęć i podpis"
    return said


# ---- rows --------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Row:
    """A row of the plan with how it goes on the day; ``notes`` are the last ones said of it."""

    action: PlanAction
    state: str
    effect: str
    notes: list[str]

    @property
    def done(self) -> bool:
        return self.state == ActionState.DONE

    @property
    def state_words(self) -> str:
        return ActionState(self.state).label


def rows_of(plan: Plan, *, until: date) -> list[Row]:
    """The rows in their order; an action nobody has told anything of is planned."""
    told = progress_of(plan, until=until)
    return [_row(action, told[action.line]) for action in plan.actions.all()]


def _row(action: PlanAction, told: list[ActionProgress]) -> Row:
    state = next((each.state for each in reversed(told) if each.state), ActionState.PLANNED)
    effect = next((each.get_effect_display() for each in reversed(told) if each.effect), "")
    own = [each for each in told if each.note and each.action_id == action.pk]
    said = own or [each for each in told if each.note][-1:]
    notes = [f"{short_date(each.day)}: {each.note}" for each in said[-NOTES_SHOWN:]]
    visits = [each.day for each in told if each.visit_id]
    if not notes and visits:
        notes = [f"ostatnio na wizycie {short_date(max(visits))}"]
    return Row(action, state, effect, notes)


def by_area(plan: Plan, *, until: date) -> list[tuple[str, list[Row]]]:
    """Rows under the names of their areas, which come in the order of the plan; rows keep their numbers."""
    return _grouped(rows_of(plan, until=until), lambda row: row.action.get_area_display())


def by_year(plan: Plan, *, until: date) -> list[tuple[int | None, list[Row]]]:
    """What is to be done, in the order of terms, under the years."""
    rows = [row for row in rows_of(plan, until=until) if row.state != ActionState.DROPPED]
    rows.sort(key=lambda row: (row.action.due_on or date.max, row.action.position))
    return _grouped(rows, lambda row: row.action.due_on.year if row.action.due_on else None)


def _grouped(rows: Iterable[Row], key) -> list[tuple]:
    groups: dict = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return list(groups.items())


# ---- signatures --------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Signer:
    """A place for one signature: whose, who the person is in the family, and what is recorded already."""

    name: str
    kin: str
    signature: PlanSignature | None = None

    @property
    def signed_on(self) -> date | None:
        return self.signature.day if self.signature and not self.signature.reason else None

    @property
    def refused_on(self) -> date | None:
        return self.signature.day if self.signature and self.signature.reason else None


def signers_on_paper(plan: Plan, facts: Facts, *, today: date) -> list[Signer]:
    """Everybody whose signature the plan needs, each recorded one once; on a signed plan nobody else."""
    recorded = {each.person_id: each for each in plan.signatures.all()}
    waiting = missing_signers(plan, on=today) if plan.state != PlanState.SIGNED else []
    order = {person.pk: at for at, person in enumerate(signers_of(plan, on=facts.on))}
    people = {each.person_id: each.person for each in recorded.values()} | {each.pk: each for each in waiting}
    ranked = sorted(people.values(), key=lambda person: (order.get(person.pk, len(order)), person.pk))
    return [Signer(str(each), facts.kin_of(each), recorded.get(each.pk)) for each in ranked]

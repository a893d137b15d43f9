"""What the documents of a plan show: the formal plan, the plan for the family, a form to fill in by hand.

The formal plan is issued twice and kept (families/plans/papers.py); the other two are printed as of today.

Family members are those of the day the plan was accepted; progress is that of the day of printing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from families import law
from families.care.models import Placement
from families.caseload.models import LeadWorkerAssignment, WorkPeriod
from families.choices import ActionState, AddressKind, AssignmentKind, PlanState
from families.people.models import Address, Family, Membership, Person
from families.permissions import SENSITIVE_BASES, hidden_values
from families.plans.co_authors import specialist_names, who_text
from families.plans.models import ActionProgress, Plan, PlanAction, PlanSignature
from families.plans.queries import missing_signers, parents_first, progress_by_lineage, required_signers
from lubsko_ops.accounts.models import User
from lubsko_ops.centre.citations import get_added_journals
from lubsko_ops.centre.models import get_letterhead
from lubsko_ops.core.polish import join_list, short_date
from lubsko_ops.output.documents import document_html

MAX_NOTES = 2  # per action, of this version; one note of an earlier version if this one has none
BLANK_ROWS = 6  # empty rows of the blank form
PLAN_PROVISIONS = "art. 15 ust. 1 pkt 1 oraz ust. 3"
COORDINATED_PLAN_PROVISIONS = "art. 15 ust. 1 pkt 1 i 2 oraz ust. 3"


@dataclass(frozen=True)
class FamilyPrintFacts:
    """Data of the family on a day that may be printed. ``assistant``: the leading one, otherwise the stand-in."""

    on: date
    memberships: list[Membership]  # past ones too, latest last
    placed: frozenset[int]  # ids of persons in foster care
    address: Address | None
    assistant: User | None
    social_worker: User | None
    bases: list[str]

    @property
    def present(self) -> list[Membership]:
        """Living members of the family on the day, parents first."""
        present = [row for row in self.memberships if row.is_member_on(self.on)]
        return sorted(present, key=parents_first)

    @property
    def signers(self) -> list[Person]:
        """Who must sign on the day: see ``required_signers``."""
        return [row.person for row in self.present if row.lives_here and row.may_sign_on(self.on)]

    @property
    def children(self) -> list[Person]:
        """Children, eldest first, including those who live elsewhere; a guardian under 18 stands among the signers."""
        children = [row.person for row in self.present if row.is_child_on(self.on) and not row.is_guardian]
        return sorted(children, key=lambda person: person.born_on or self.on)

    @property
    def names_text(self) -> str:
        """Signers by name."""
        return join_list(str(person) for person in self.signers)

    @property
    def family_text(self) -> str:
        """Signers by name and the address that may be printed."""
        return ", ".join(part for part in (self.names_text, self.address_text) if part)

    @property
    def address_text(self) -> str:
        """The address, unless it is withheld from somebody."""
        return self.address.line if self.address and self.address.is_printable else ""

    @property
    def children_text(self) -> str:
        """ "Igor (12 l., w pieczy zastępczej), Nadia (3 tygodnie)"."""
        return ", ".join(self._child_text(person) for person in self.children)

    @property
    def in_care(self) -> bool:
        """Whether a child of the family is in foster care."""
        return any(person.pk in self.placed for person in self.children)

    @property
    def basis_text(self) -> str:
        return join_list(self.bases)

    def kinship_label(self, person: Person) -> str:
        """ "Matka", "Babcia"; also for a person who has left."""
        labels = [row.kinship_label for row in self.memberships if row.person_id == person.pk]
        return labels[-1].capitalize() if labels else "Członek rodziny"

    def _child_text(self, person: Person) -> str:
        details = []
        years = person.age_on(self.on)
        if years is not None:
            details.append(f"{years} l." if years else person.birth.infant_age_on(self.on))
        if person.pk in self.placed:
            details.append("w pieczy zastępczej")
        return f"{person.first_name} ({', '.join(details)})" if details else person.first_name


def get_family_print_facts(family: Family, period: WorkPeriod | None, *, user, on: date) -> FamilyPrintFacts:
    """Load the data of the day as far as the user may see it; six statements at most."""
    residence = Address.objects.active_on(on).filter(family=family, kind=AddressKind.RESIDENCE)
    leads = LeadWorkerAssignment.objects.active_on(on).filter(family=family).select_related("social_worker")
    placed = Placement.objects.active_on(on).filter(family=family).values_list("person", flat=True)
    lead = leads.first()
    return FamilyPrintFacts(
        on=on,
        memberships=list(family.memberships.select_related("person").order_by("starts_on", "pk")),
        placed=frozenset(placed),
        address=residence.first(),
        assistant=_current_assistant(period, on=on),
        social_worker=lead.social_worker if lead else None,
        bases=_legal_bases(period, user=user, on=on),
    )


def _current_assistant(period: WorkPeriod | None, *, on: date) -> User | None:
    if period is None:
        return None
    kinds = (AssignmentKind.LEADING, AssignmentKind.STAND_IN)
    rows = period.assignments.active_on(on).filter(kind__in=kinds).select_related("assistant")
    assignments = sorted(rows, key=lambda row: (kinds.index(row.kind), row.pk))
    return assignments[0].assistant if assignments else None


def _legal_bases(period: WorkPeriod | None, *, user, on: date) -> list[str]:
    """ "zgoda z 04.03.2026 r.", "zobowiązanie sądu III Nsm 112/24 z …"; each kind once.

    Never empty: a paper says that there is no basis on the day, or that it is one the user may not see.
    """
    rows = list(period.bases.active_on(on).order_by("starts_on", "pk")) if period else []
    if not rows:
        return [f"brak na dzień {short_date(on)} r."]
    hidden = hidden_values(user, SENSITIVE_BASES)
    shown = [row for row in rows if row.kind not in hidden]
    if not shown:
        return ["według akt rodziny"]
    by_kind: dict[str, str] = {}
    for row in shown:
        label = " ".join(part for part in (row.get_kind_display(), row.reference) if part)
        by_kind.setdefault(row.kind, f"{label} z {short_date(row.starts_on)} r.")
    return list(by_kind.values())


# ---- documents --------------------------------------------------------------------------------------
def family_plan(plan: Plan, *, user, today: date) -> str:
    """Plan dla rodziny: what is done, by whom and by when, in large type; one page for most plans.

    Areas, problems and dropped actions are left out.
    """
    facts = get_family_print_facts(plan.period.family, plan.period, user=user, on=today)
    context = head_context(plan, as_of=None) | {
        "plan": plan,
        "assistant": facts.assistant or plan.author,
        "names": join_list(member.first_name for member in (*facts.signers, *facts.children)),
        "years": rows_by_year(plan, until=today),
    }
    return document_html("print/plan/for_family.html", context)


def blank_plan(family: Family, period, *, user, today: date) -> str:
    """A blank plan to fill in by hand with the family; ``period`` is None before any work."""
    facts = get_family_print_facts(family, period, user=user, on=today)
    context = {
        "centre": get_letterhead(),
        "case_reference": period.case_reference if period else "",
        "file_number": period.number if period else "",
        "facts": facts,
        "assistant": facts.assistant,
        "basis": legal_basis(coordinated=facts.in_care, on=today),
        "rows": range(1, BLANK_ROWS + 1),
        "signers": [SignatureSlot(str(person), facts.kinship_label(person)) for person in facts.signers],
    }
    return document_html("print/plan/blank.html", context)


def head_context(plan: Plan, *, as_of: date | None) -> dict[str, Any]:
    own_centre = get_letterhead()
    return {
        "centre": own_centre,
        "case_reference": plan.period.case_reference,
        "file_number": plan.period.number,
        "locality": own_centre.locality,
        "dated": plan.drawn_up_on,
        "as_of": as_of,
    }


def legal_basis(*, coordinated: bool, on: date) -> str:
    """The provisions the plan rests on, with the act and, where known, its journal of laws on the day of the paper."""
    provisions = COORDINATED_PLAN_PROVISIONS if coordinated else PLAN_PROVISIONS
    journal = law.SUPPORT.journal_on(on, get_added_journals(law.SUPPORT.short))
    return f"{law.SUPPORT.of(provisions)} ({journal})" if journal else law.SUPPORT.of(provisions)


# ---- stage ------------------------------------------------------------------------------------------
def version_text(plan: Plan, *, today: date) -> str:
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


def stage_text(plan: Plan) -> str:
    """Stage of a version that is not accepted yet, otherwise empty."""
    if plan.frozen:
        return ""
    if plan.state == PlanState.CONSULTATION:
        return f"wysłany do konsultacji {short_date(plan.sent_on)} r., czeka na pracownika socjalnego"
    if plan.state == PlanState.ACCEPTANCE:
        return f"po konsultacji {short_date(plan.consulted_on)} r., czeka na akceptację kierownika"
    last_return = next(iter(plan.returns.all()), None)
    if last_return:
        return f"odesłany do poprawy {short_date(last_return.day)} r."
    return "wycofany do poprawy" if plan.drawn_up_on else "szkic, jeszcze niewysłany do konsultacji"


def leads_now_text(plan: Plan, *, today: date) -> str:
    """Who leads the family if it is not the author: "Autor planu: Anna Sikora. Od … r. rodzinę prowadzi Ewa Lis."."""
    rows = plan.period.assignments.active_on(today).filter(kind=AssignmentKind.LEADING)
    leading = rows.select_related("assistant").first()
    if leading is None or leading.assistant_id == plan.author_id:
        return ""
    since = short_date(leading.starts_on)
    return f"Autor planu: {plan.author}. Od {since} r. rodzinę prowadzi {leading.assistant}."


def unsigned_text(plan: Plan) -> str:
    """Why the plan is in force although a required signature is missing, otherwise empty."""
    if not plan.unsigned_cause:
        return ""
    cause = plan.get_unsigned_cause_display()
    return f"Plan wszedł w życie bez wymaganego podpisu decyzją kierownika: {cause}. {plan.unsigned_reason}"


def decision_texts(plan: Plan, facts: FamilyPrintFacts) -> dict[str, str]:
    """Coordination, consultation and acceptance as recorded; the signatures beside them are added by hand."""
    texts = {"coordination": "nie" if facts.in_care else "nie dotyczy"}
    if plan.coordinated:
        day = f", {short_date(plan.coordinated_on)} r." if plan.coordinated_on else ""
        texts["coordination"] = f"tak – {plan.coordinated_with or 'do uzgodnienia'}{day}"
    if plan.consulted_on:
        texts["consulted_hint"] = f"skonsultowano {short_date(plan.consulted_on)} r.; podpis"
    if plan.accepted_on:
        texts["accepted_hint"] = f"zaakceptowano {short_date(plan.accepted_on)} r.; pieczęć i podpis"
    return texts


# ---- rows --------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class PrintedPlanRow:
    """A row of the plan with its state on the day and its last notes."""

    action: PlanAction
    state: str
    effect: str
    notes: list[str]
    who: str  # as entered, and the specialists it names

    @property
    def is_done(self) -> bool:
        return self.state == ActionState.DONE

    @property
    def state_label(self) -> str:
        return ActionState(self.state).label


def printed_rows(plan: Plan, *, until: date) -> list[PrintedPlanRow]:
    """Rows in their order; an action without progress is planned."""
    progress, names = progress_by_lineage(plan, until=until), specialist_names(plan)
    return [
        _printed_row(action, progress[action.lineage_id], who_text(action, names))
        for action in plan.actions.all()
    ]


def _printed_row(action: PlanAction, progress: list[ActionProgress], who: str) -> PrintedPlanRow:
    state = next((each.state for each in reversed(progress) if each.state), ActionState.PLANNED)
    effect = next((each.get_effect_display() for each in reversed(progress) if each.effect), "")
    own = [each for each in progress if each.note and each.action_id == action.pk]
    entries = own or [each for each in progress if each.note][-1:]
    notes = [f"{short_date(each.day)}: {each.note}" for each in entries[-MAX_NOTES:]]
    visits = [each.day for each in progress if each.visit_id]
    if not notes and visits:
        notes = [f"ostatnio na wizycie {short_date(max(visits))}"]
    return PrintedPlanRow(action, state, effect, notes, who)


def rows_by_area(plan: Plan, *, until: date) -> list[tuple[str, list[PrintedPlanRow]]]:
    """Rows grouped by the label of their area, areas in the order of the plan; rows keep their numbers."""
    return _group(printed_rows(plan, until=until), lambda row: row.action.get_area_display())


def rows_by_year(plan: Plan, *, until: date) -> list[tuple[int | None, list[PrintedPlanRow]]]:
    """Rows that were not dropped, by due date, grouped by year."""
    rows = [row for row in printed_rows(plan, until=until) if row.state != ActionState.DROPPED]
    rows.sort(key=lambda row: (row.action.due_on or date.max, row.action.position))
    return _group(rows, lambda row: row.action.due_on.year if row.action.due_on else None)


def _group(rows: Iterable[PrintedPlanRow], key) -> list[tuple]:
    groups: dict = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return list(groups.items())


# ---- signatures --------------------------------------------------------------------------------------
@dataclass(frozen=True)
class SignatureSlot:
    """A slot for one signature: name and kinship of the person and their recorded signature, if any."""

    name: str
    kinship: str
    signature: PlanSignature | None = None

    @property
    def signed_on(self) -> date | None:
        return self.signature.day if self.signature and not self.signature.reason else None

    @property
    def refused_on(self) -> date | None:
        return self.signature.day if self.signature and self.signature.reason else None

    @property
    def reason(self) -> str:
        return self.signature.reason if self.signature else ""

    @property
    def recorded_by(self) -> User | None:
        return self.signature.entered_by if self.signature else None


def signature_slots(plan: Plan, facts: FamilyPrintFacts, *, today: date) -> list[SignatureSlot]:
    """Slots for recorded signatures and for missing required ones; on a signed plan only the recorded ones.

    A plan that is not accepted yet has none.
    """
    if not plan.frozen:
        return []
    recorded = {each.person_id: each for each in plan.signatures.all()}
    missing = missing_signers(plan, on=today) if plan.state != PlanState.SIGNED else []
    order = {person.pk: index for index, person in enumerate(required_signers(plan, on=facts.on))}
    people = {each.person_id: each.person for each in recorded.values()} | {each.pk: each for each in missing}
    ranked = sorted(people.values(), key=lambda person: (order.get(person.pk, len(order)), person.pk))
    return [SignatureSlot(str(each), facts.kinship_label(each), recorded.get(each.pk)) for each in ranked]

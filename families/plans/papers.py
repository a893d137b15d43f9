"""The formal plan and its two issued papers: for signature, issued at its acceptance, and in force, with signatures.

What a paper shows is kept (lubsko_ops/output/issued_papers.py); later marriages, hand-overs, placements and citations
of laws do not change it. Only progress goes on: it is printed as a copy of today over the kept content.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from families.people.models import Address, Family
from families.plans import pdf, queries
from families.plans.co_authors import co_authors_text, specialist_names
from families.plans.models import Plan
from lubsko_ops.accounts.models import User
from lubsko_ops.core import clock
from lubsko_ops.core.polish import short_date
from lubsko_ops.output.documents import document_html
from lubsko_ops.output.issued_papers import PaperKind, issue_paper, paper_context, papers_about
from lubsko_ops.output.models import IssuedPaper

TEMPLATE = "print/plan/formal.html"
FOR_SIGNATURE = PaperKind("plan_for_signature", "Plan pracy z rodziną do podpisu", TEMPLATE)
IN_FORCE = PaperKind("plan_in_force", "Plan pracy z rodziną obowiązujący", TEMPLATE)

PRINTED_FACTS = ("names_text", "family_text", "address_text", "children_text", "social_worker", "basis_text")
PRINTED_PLAN = ("number", "reason", "main_goal", "coordinated", "coordinated_with", "consulted_on", "consulted_by",
                "consultation", "accepted_by", "single_reviewer", "author")  # fmt: skip
PRINTED_ROW = ("position", "problem", "goal", "actions", "due_on", "expected_outcome")  # and who
PRINTED_SIGNATURE = ("name", "kinship", "signed_on", "refused_on", "reason", "recorded_by")


# ---- what the formal plan shows ----------------------------------------------------------------------
def formal_plan_context(plan: Plan, *, user: User, today: date) -> dict[str, Any]:
    """Plan pracy z rodziną, landscape: facts, the table by area, signatures, consultation and acceptance.

    Plain values, days and the centre only, so that it can be kept. Until the plan is accepted, each page says that it
    is a draft and there are no signature slots. Data the user may not see is left out.
    """
    family, period = plan.period.family, plan.period
    facts = pdf.get_family_print_facts(family, period, user=user, on=plan.accepted_on or today)
    signers = pdf.signature_slots(plan, facts, today=today)
    return {
        **pdf.head_context(plan, as_of=None),
        "plan": _plain(plan, PRINTED_PLAN),
        "co_authors": co_authors_text(plan, specialist_names(plan)) if plan.co_authors else "",
        "facts": _plain(facts, PRINTED_FACTS),
        "assistant": str(facts.assistant or plan.author),
        "leads_now": pdf.leads_now_text(plan, today=today) if plan.frozen else "",
        "unsigned": pdf.unsigned_text(plan),
        "basis": pdf.legal_basis(coordinated=plan.coordinated, on=plan.drawn_up_on or today),
        "stage": pdf.stage_text(plan),
        **pdf.decision_texts(plan, facts),
        "signers": [_plain(slot, PRINTED_SIGNATURE) for slot in signers],
        **progress_context(plan, today=today),
    }


def progress_context(plan: Plan, *, today: date) -> dict[str, Any]:
    """The part of the formal plan that goes on changing once it is accepted: progress, and the days in force."""
    areas = pdf.rows_by_area(plan, until=today)
    return {
        "as_of": min(today, plan.in_force_until or today),
        "version": pdf.version_text(plan, today=today),
        "areas": [(area, [_plain_row(row) for row in rows]) for area, rows in areas],
    }


def _plain_row(row: pdf.PrintedPlanRow) -> dict[str, Any]:
    own = _plain(row, ("state_label", "effect"))
    action = _plain(row.action, PRINTED_ROW) | {"who": row.who}
    return own | {"action": action, "notes": row.notes}


def _plain(thing: object, names: Iterable[str]) -> dict[str, Any]:
    """Attributes by name: people and other rows as their text, None as an empty one."""
    values = {name: getattr(thing, name) for name in names}
    return {
        name: value if isinstance(value, bool | int | date) else "" if value is None else str(value)
        for name, value in values.items()
    }


# ---- its papers --------------------------------------------------------------------------------------
def issue_plan(plan: Plan, kind: PaperKind, *, by: User) -> IssuedPaper:
    """Issue the paper of this kind as the plan stands now, inside the action that makes it so."""
    fresh = queries.with_details(queries.plan_versions(plan.period.family)).get(pk=plan.pk)
    return issue_paper(
        kind=kind,
        file=("family", plan.period.family_id),
        subject=("plan", plan.pk),
        number=f"{plan.period.number}, wersja {plan.number}",
        context=formal_plan_context(fresh, user=by, today=clock.today()),
        by=by,
    )


def issued_plans(plan: Plan) -> dict[str, IssuedPaper]:
    """The issued papers of the plan by the code of their kind. One statement."""
    return papers_about("plan", plan.pk)


def newest_paper(plan: Plan) -> IssuedPaper | None:
    """The paper in force, otherwise the one for signature; None before acceptance and for plans loaded in bulk."""
    papers = issued_plans(plan)
    return papers.get(IN_FORCE.code) or papers.get(FOR_SIGNATURE.code)


def has_withheld_address(paper: IssuedPaper, family: Family) -> bool:
    """Whether the paper shows an address that has been withheld from somebody since it was issued."""
    shown = paper_context(paper)["facts"]["address_text"]
    return any(
        each.line == shown for each in Address.objects.filter(family=family, withheld_from__isnull=False)
    )


def plan_html(plan: Plan, *, user: User, today: date) -> str:
    """The plan printed now: a draft, or a copy of an accepted plan with its progress until today.

    Of a plan that was issued only the progress is of today. One without a paper, which only data loaded in bulk have,
    is printed from the data of today.
    """
    paper = newest_paper(plan)
    if paper is None:
        context = formal_plan_context(plan, user=user, today=today)
        copy = f"Odpis sporządzony {short_date(today)} r. według danych z tego dnia." if plan.frozen else ""
    else:
        # Papers issued before cases had a znak sprawy do not hold the number in the register of families.
        numbers = {"file_number": plan.period.number}
        context = numbers | paper_context(paper) | progress_context(plan, today=today)
        context["printed_at"] = clock.now().replace(microsecond=0)
        # The address may have been withheld from somebody since: a copy does not need it.
        context["facts"]["family_text"] = context["facts"]["names_text"]
        copy = f"Odpis ze stanem realizacji. W aktach jest plan wydrukowany {short_date(paper.issued_on)} r."
    whole: dict[str, Any] = context | {"copy": copy}
    return document_html(TEMPLATE, whole)

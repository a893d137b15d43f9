"""The two issued papers of a plan: for signature, issued at its acceptance, and in force, with the last signature.

What they show is kept (lubsko_ops/output/issued_papers.py); later marriages, hand-overs, placements and citations of
laws do not change them. Only progress goes on: it is printed as a copy of today over the kept content.
"""

from datetime import date
from typing import Any

from families.people.models import Address, Family
from families.plans import pdf, queries
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


def issue_plan(plan: Plan, kind: PaperKind, *, by: User) -> IssuedPaper:
    """Issue the paper of this kind as the plan stands now, inside the action that makes it so."""
    fresh = queries.with_details(queries.plan_versions(plan.period.family)).get(pk=plan.pk)
    return issue_paper(
        kind=kind,
        file=("family", plan.period.family_id),
        subject=("plan", plan.pk),
        number=f"{plan.period.number}, wersja {plan.number}",
        context=pdf.formal_plan_context(fresh, user=by, today=clock.today()),
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
        context = pdf.formal_plan_context(plan, user=user, today=today)
        copy = f"Odpis sporządzony {short_date(today)} r. według danych z tego dnia." if plan.frozen else ""
    else:
        context = paper_context(paper) | pdf.progress_context(plan, today=today)
        context["printed_at"] = clock.now().replace(microsecond=0)
        # The address may have been withheld from somebody since: a copy does not need it.
        context["facts"]["family_text"] = context["facts"]["names_text"]
        copy = f"Odpis ze stanem realizacji. W aktach jest plan wydrukowany {short_date(paper.issued_on)} r."
    whole: dict[str, Any] = context | {"copy": copy}
    return document_html(TEMPLATE, whole)

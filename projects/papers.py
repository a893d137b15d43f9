"""Karta projektu: the whole document on paper. Issued at the approval; before, a working copy is printed from today."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.text import capfirst

from families import law
from lubsko_ops.accounts.models import User
from lubsko_ops.centre.citations import get_added_journals
from lubsko_ops.centre.models import get_letterhead
from lubsko_ops.core import clock
from lubsko_ops.core.polish import join_list, number, short_date
from lubsko_ops.output.documents import document_html
from lubsko_ops.output.issued_papers import PaperKind, issue_paper
from lubsko_ops.output.models import IssuedPaper
from projects.budget import BudgetTotals, budget_totals
from projects.document import ProjectData, load_document
from projects.models import Edition, ProjectGroup
from projects.queries import age_range, names_of

PROJECT_FILE = "project"  # kind of file in the history and of issued papers: one edition, by its id
TEMPLATE = "print/project/card.html"
CARD = PaperKind("project_card", "Karta projektu socjalnego", TEMPLATE)
TEXTS = {
    "Problem": "problem",
    "Skala problemu": "scale",
    "Przyczyny": "causes",
    "Skutki, jeśli nic nie zrobimy": "effects",
    "Źródła danych": "sources",
    "Uzasadnienie": "justification",
}


def card_context(edition: Edition, *, today: date) -> dict[str, Any]:
    """Everything the card shows, as plain values, so that it can be kept."""
    document, centre = load_document(edition), get_letterhead()
    return {
        "case_reference": edition.case_reference,
        "locality": centre.locality,
        "dated": edition.approved_on or edition.sent_on or today,
        "title": edition.title,
        "kind": edition.get_kind_display(),
        "period": period_text(edition),
        "basis": legal_basis(edition.approved_on or today),
        "authors": join_list(names_of(edition.authors).values()),
        "approved_by": str(edition.approved_by or ""),
        "approved_on": edition.approved_on,
        "small_staff": edition.small_staff,
        "realisers": edition.realisers,
        "place": edition.place,
        "places": edition.places or "",
        "diagnosis": _filled(edition, TEXTS),
        "target_group": edition.target_group,
        "criteria": edition.criteria,
        "criteria_rows": [row.line for row in document["criteria"] if row.text],
        "recruitment": "\n".join(text for text in (recruitment_days(edition), edition.recruitment) if text),
        "telephones": edition.telephones,
        "main_goal": edition.main_goal,
        "schedule": edition.schedule,
        "groups": [_group_row(group) for group in load_groups(edition)],
        "resources": edition.resources,
        "expected_results": edition.expected_results,
        "monitoring": edition.monitoring,
        "attachments": edition.attachments,
        **_tables(document),
    }


def _filled(edition: Edition, texts: dict[str, str]) -> list[list[str]]:
    return [[label, getattr(edition, name)] for label, name in texts.items() if getattr(edition, name)]


def load_groups(edition: Edition) -> list[ProjectGroup]:
    """Groups and other activities in the order of their first day. Two statements."""
    rows = edition.groups.select_related("place").prefetch_related("leaders__user")
    return list(rows.order_by("starts_on", "pk"))


def _group_row(group: ProjectGroup) -> dict[str, Any]:
    return {
        "name": group.name,
        "kind": group.get_kind_display(),
        "days": "–".join(short_date(day) for day in (group.starts_on, group.ends_on) if day),
        "place": group.place_text,
        "leaders": join_list(dict.fromkeys(str(leader) for leader in group.leaders.all())),
        "for_whom": ", ".join(text for text in (group.get_takes_display(), ages_text(group)) if text),
        "capacity": group.capacity or "",
        "meetings": group.meetings or "",
    }


def ages_text(group: ProjectGroup) -> str:
    """ "wiek 3–6 lat"; empty without limits."""
    ages = age_range(group)
    return f"wiek {ages}" if ages else ""


def _tables(document: ProjectData) -> dict[str, Any]:
    return {
        "goals": [
            {
                "goal": row.goal,
                "indicator": f"{row.indicator} ({row.unit})" if row.unit else row.indicator,
                "base": quantity_text(row.base),
                "target": quantity_text(row.target),
                "source": "; ".join(text for text in (row.source, row.measured) if text),
            }
            for row in document["goals"]
        ],
        "actions": [
            {
                "name": row.name,
                "kind": row.get_kind_display(),
                "leader": row.leader,
                "meetings": row.meetings or "",
                "hours": quantity_text(row.hours),
                "goals": row.goals_text,
            }
            for row in document["actions"]
        ],
        "hours": quantity_text(sum((row.hours or 0 for row in document["actions"]), Decimal(0))),
        "staff": [
            {
                "name": row.name or str(row.user or ""),
                "role": row.role,
                "hours": quantity_text(row.hours),
                "rate": money(row.rate),
            }
            for row in document["staff"]
        ],
        "partners": [
            {"name": row.name, "contribution": row.contribution, "agreed_on": row.agreed_on}
            for row in document["partners"]
        ],
        "budget": [
            {
                "name": row.name,
                "unit": row.unit,
                "amount": quantity_text(row.amount),
                "price": money(row.price),
                "planned": money(row.planned),
                "source": row.get_source_display(),
            }
            for row in document["budget"]
        ],
        "totals": totals_text(budget_totals(document["budget"])),
        "risks": [
            {
                "description": row.description,
                "likelihood": row.get_likelihood_display(),
                "response": row.response,
            }
            for row in document["risks"]
        ],
    }


def totals_text(totals: BudgetTotals) -> list[dict[str, str]]:
    """The totals by source, then of all, as texts; empty without lines."""
    rows = [*totals.sources, totals.total] if totals.sources else []
    return [
        {
            "label": capfirst(row.label),
            "planned": money(row.planned),
            "spent": money(row.spent),
            "left": money(row.left),
            "percent": number(row.percent, 1),
        }
        for row in rows
    ]


def quantity_text(value: Decimal | None) -> str:
    return "" if value is None else number(value)


def money(value: Decimal | None) -> str:
    """ "1 260,00"."""
    return "" if value is None else number(value, 2)


def period_text(edition: Edition) -> str:
    """ "02.11.2022–31.12.2022", "od 01.01.2012, bez końca"."""
    first = short_date(edition.starts_on)
    return f"{first}–{short_date(edition.ends_on)}" if edition.ends_on else f"od {first}, bez daty końca"


def recruitment_days(edition: Edition) -> str:
    """ "od 10.10.2022 do 28.10.2022"; empty without days."""
    days = (("od", edition.recruits_from), ("do", edition.recruits_to))
    return " ".join(f"{word} {short_date(day)}" for word, day in days if day)


def legal_basis(day: date) -> str:
    """The provisions a social project rests on, with the journal of the day where it is certain; empty until read."""
    if not law.SOCIAL_PROJECT.verified:
        return ""
    journal = law.ASSISTANCE.journal_on(day, get_added_journals(law.ASSISTANCE.short))
    return f"{law.SOCIAL_PROJECT.basis} ({journal})" if journal else law.SOCIAL_PROJECT.basis


def issue_card(edition: Edition, *, by: User) -> IssuedPaper:
    """Issue the card inside the action that approves the project."""
    return issue_paper(
        kind=CARD,
        file=(PROJECT_FILE, edition.pk),
        subject=("edition", edition.pk),
        number=edition.case_reference or f"projekt {edition.pk}",
        context=card_context(edition, today=clock.today()),
        by=by,
    )


def working_copy_html(edition: Edition, *, today: date) -> str:
    """The card printed from the data of today, marked as a working copy."""
    stage = "jeszcze niezatwierdzona" if edition.approved_on is None else ""
    copy: dict[str, Any] = {"centre": get_letterhead(), "stage": stage, "copy": not stage}
    return document_html(TEMPLATE, card_context(edition, today=today) | copy)

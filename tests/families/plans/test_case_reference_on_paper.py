"""Znak sprawy on the papers of a plan: where the case has one; the number in the register is never printed as one."""

import pytest

from families.caseload.references import record_reference
from families.plans import pdf
from families.plans.papers import plan_html
from lubsko_ops.output.issued_papers import paper_context, papers_about
from tests.factories import TODAY
from tests.page import page_text
from tests.plan_factories import create_draft_plan, create_plan_in_force

REFERENCE = "ABC.1234.5.2026"


def give_reference(family, *, by):
    record_reference(period=family.periods.get(), case_reference=REFERENCE, version=None, by=by)


@pytest.fixture
def plan(kowalscy, anna):
    return create_draft_plan(kowalscy, by=anna)


def printed(plan, *, user) -> list[str]:
    """The texts of the formal plan, the plan for the family and the blank form."""
    period = plan.period
    return [
        plan_html(plan, user=user, today=TODAY),
        pdf.family_plan(plan, user=user, today=TODAY),
        pdf.blank_plan(period.family, period, user=user, today=TODAY),
    ]


def test_a_case_without_one_prints_none_and_its_number_under_its_own_name(plan, anna):
    formal, for_family, blank = printed(plan, user=anna)
    for html in (formal, for_family, blank):
        assert "Znak sprawy" not in html
    assert "2026/001" not in for_family
    for html in (formal, blank):
        text = page_text(html)
        assert "Nr w rejestrze rodzin 2026/001" in text
        assert text.count("2026/001") == 1
        assert "nr\N{NO-BREAK SPACE}w\N{NO-BREAK SPACE}rejestrze" in html  # in the foot of each page


def test_a_case_with_one_prints_it(plan, kowalscy, anna, maria):
    give_reference(kowalscy, by=maria)
    plan.period.refresh_from_db()
    formal, for_family, blank = printed(plan, user=anna)
    for html in (formal, blank):
        assert f"Znak sprawy: <b>{REFERENCE}</b>" in html
    assert f"{REFERENCE}, wersja 1" in " ".join(for_family.split())


def test_an_issued_paper_keeps_the_reference_of_its_day(kowalscy, anna, tomasz, maria):
    give_reference(kowalscy, by=maria)
    plan = create_plan_in_force(kowalscy, by=anna, tomasz=tomasz, maria=maria)
    record_reference(
        period=kowalscy.periods.get(), case_reference="ABC.1234.6.2026", why="pomyłka", version=None, by=maria
    )
    for paper in papers_about("plan", plan.pk).values():
        assert paper_context(paper)["case_reference"] == REFERENCE

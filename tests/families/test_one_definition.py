"""One answer everywhere: a child of unknown birth, and a mother of sixteen, on list, overview, visit, plan, papers."""

import re
from datetime import date

import pytest
from django.urls import reverse

from families.case_files.overview import get_members
from families.caseload.forms.bases import BasisForm
from families.caseload.queries import living_members
from families.choices import Kinship
from families.dashboard.caseload_board import get_caseload_board
from families.dashboard.numbers import get_manager_numbers
from families.people.actions import add_member
from families.plans.actions import put_plan_in_force
from families.plans.models import Plan
from families.plans.queries import missing_signers
from families.visits.queries import possible_attendees
from tests.factories import OPENED_ON, TODAY, person_data
from tests.families.people.helpers import page_url
from tests.families.plans.helpers import plan_version_url, signed_by
from tests.families.visits.helpers import make_visit, visit_url
from tests.lubsko_ops.output.conftest import pdf_text
from tests.page import page_text
from tests.plan_factories import create_accepted_plan


def add(family, first_name, kinship, born_on, by):
    data = person_data(first_name, "Kowalska", born_on=born_on)
    return add_member(family=family, person=data, kinship=kinship, starts_on=OPENED_ON, by=by).person


def signers_on_page(client, plan) -> list[str]:
    """First names of those whose signature the page for signatures asks for."""
    html = client.get(plan_version_url(plan, "sign")).content.decode()
    ids = sorted({int(pk) for pk in re.findall(r'name="kind_(\d+)"', html)})
    required = [row.person for row in plan.period.family.memberships.order_by("pk") if row.person_id in ids]
    return [person.first_name for person in required if person in missing_signers(plan, on=TODAY)]


def paper(client, url: str) -> str:
    return " ".join(pdf_text(client.get(url).content).split())


def papers(client, plan: Plan) -> list[str]:
    """The formal plan and the blank form."""
    family = plan.period.family_id
    urls = f"/rodziny/{family}/plan/{plan.number}.pdf", f"/rodziny/{family}/plan/formularz.pdf"
    return [paper(client, url) for url in urls]


class TestChildOfUnknownBirth:
    @pytest.fixture
    def zoe(self, kowalscy, maria):
        return add(kowalscy, "Zoe", Kinship.CHILD, None, maria)

    def test_is_a_child_on_list_overview_and_board(self, as_anna, kowalscy, zoe, anna):
        family = as_anna.get("/rodziny/").context["rows"][0]
        assert (family.children, family.people) == (2, 3)
        members = get_members(kowalscy, on=TODAY)
        assert [each.person.first_name for each in members if each.is_child] == ["Kacper", "Zoe"]
        assert "1 dorosły, 2 dzieci" in page_text(as_anna.get(page_url(kowalscy, "overview")))
        board = get_caseload_board(TODAY, get_manager_numbers(TODAY))
        assert {row.user: row.children for row in board.rows}[anna] == 2

    def test_is_a_child_on_the_visit(self, as_anna, kowalscy, zoe, anna):
        members = possible_attendees(kowalscy, since=TODAY, until=TODAY)
        assert {each.person.first_name for each in members if each.is_child} == {"Kacper", "Zoe"}
        visit = make_visit(kowalscy, anna, present=[zoe])
        assert "Zoe (dziecko widziane)" in page_text(as_anna.get(visit_url(visit)))

    def test_does_not_sign_the_plan(self, as_anna, kowalscy, zoe, anna, tomasz, maria):
        plan = create_accepted_plan(kowalscy, by=anna, tomasz=tomasz, maria=maria)
        assert signers_on_page(as_anna, plan) == ["Danuta"]
        for text in papers(as_anna, plan):
            assert "Kacper (9 l.), Zoe" in text
            assert "Zoe Kowalska" not in text
        plan = signed_by(plan, kowalscy, "Danuta", by=anna).plan
        assert plan.in_force_from

    def test_gives_no_consent(self, kowalscy, zoe):
        data = {"kind": "consent", "person": zoe.pk, "starts_on": "13.10.2026"}
        form = BasisForm(data, members=living_members(kowalscy, on=TODAY), today=TODAY)
        assert form.errors["person"] == ["Zgodę wyraża osoba dorosła, a Zoe Kowalska nie ma jeszcze 18 lat."]


class TestMotherOfSixteen:
    @pytest.fixture
    def family(self, kowalscy, maria):
        """Danuta is the grandmother now; Maja, sixteen, is the mother."""
        kowalscy.memberships.filter(person__first_name="Danuta").update(kinship=Kinship.GRANDPARENT)
        add(kowalscy, "Maja", Kinship.MOTHER, date(2010, 5, 1), maria)
        return kowalscy

    def test_signs_on_page_formal_plan_and_blank_form_alike(self, as_anna, family, anna, tomasz, maria):
        plan = create_accepted_plan(family, by=anna, tomasz=tomasz, maria=maria)
        assert signers_on_page(as_anna, plan) == ["Danuta", "Maja"]
        for text in papers(as_anna, plan):
            assert "Maja Kowalska i Danuta Kowalska, ul. Długa" in text
            assert "Kacper (9 l.)" in text and "Maja (16" not in text
            signatures = text.partition("Podpisy")[2]
            assert "Maja Kowalska" in signatures and "Danuta Kowalska" in signatures
        signed_by(plan, family, "Danuta", by=anna)
        plan.refresh_from_db()
        with pytest.raises(Exception, match="Brakuje podpisu albo odmowy: Maja Kowalska"):
            put_plan_in_force(plan=plan, version=None, by=anna)

    def test_is_no_adult_on_screen(self, as_anna, family):
        assert "1 dorosły, 2 dzieci" in page_text(as_anna.get(page_url(family, "overview")))
        assert as_anna.get("/rodziny/").context["rows"][0].children == 2
        assert "małoletni rodzic" in page_text(as_anna.get(reverse("families:people", args=[family.pk])))

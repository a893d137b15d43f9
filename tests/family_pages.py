"""Addresses of the pages of a family with the rows their arguments name, and a cast that has all such rows."""

import pytest
from django.urls import reverse

from families.base_views import FamilyMixin
from families.caseload.models import Assignment, LeadWorkerAssignment, LegalBasis, WorkPeriod
from families.people.actions import add_phone
from families.people.models import Address, FamilyProblem, Membership, Phone
from families.plans.models import Plan
from families.specialists.models import FamilySpecialist
from families.visits.models import Contact, SafeguardingConcern, Visit
from tests.factories import TODAY
from tests.families.plans.helpers import half_signed
from tests.families.specialists.helpers import let_in
from tests.families.visits.helpers import make_concern, make_contact
from tests.plan_factories import create_plan_in_force, plan_data
from tests.url_inventory import Route, all_routes

# Arguments that identify no row of a family.
FIXED_ARGUMENTS = {"year": 2026, "quarter": 3, "figure": "objete-wsparciem"}


def row_of(family, argument: str) -> int | str:
    """Value of a URL argument for the family: the id of a row, the version of a plan, a quarter or a figure."""
    if argument in FIXED_ARGUMENTS:
        return FIXED_ARGUMENTS[argument]
    period = WorkPeriod.objects.get(family=family)
    if argument == "version":
        return plan_of(family).number
    rows = {
        "pk": lambda: family,
        "membership": lambda: Membership.objects.filter(family=family).order_by("pk")[1],
        "person": lambda: Membership.objects.filter(family=family).order_by("pk")[1].person,
        "address": lambda: Address.objects.filter(family=family).first(),
        "phone": lambda: Phone.objects.filter(family=family).first(),
        "problem": lambda: FamilyProblem.objects.filter(family=family).first(),
        "basis": lambda: LegalBasis.objects.filter(period=period).first(),
        "assignment": lambda: Assignment.objects.filter(period=period).first(),
        "period": lambda: period,
        "visit": lambda: Visit.objects.filter(period=period).first(),
        "contact": lambda: Contact.objects.filter(period=period).first(),
        "concern": lambda: SafeguardingConcern.objects.filter(visit__period=period).first(),
        "specialist": lambda: FamilySpecialist.objects.filter(family=family).first(),
        "lead": lambda: LeadWorkerAssignment.objects.filter(family=family).first(),
        "signature": lambda: plan_of(family).signatures.first(),
        "action": lambda: plan_of(family).actions.first(),
    }
    return plan_of(family).number if argument == "version" else rows[argument]().pk


def plan_of(family) -> Plan:
    """The last version of the plan; URLs identify it by its number."""
    return Plan.objects.filter(period__family=family).order_by("number").last()


def url_for(route, family, *, rows_of=None) -> str:
    arguments = [row_of(family if name == "pk" else rows_of or family, name) for name in route.arguments]
    return reverse(route.name, args=arguments)


def family_routes() -> list[Route]:
    return [route for route in all_routes() if route.view_class and issubclass(route.view_class, FamilyMixin)]


@pytest.fixture
def cast_with_rows(anna, ewa, tomasz, zofia, maria, jan, olga, kowalscy, nowakowie):
    """The users by name; both families have a row for every argument of an address."""
    for family in (kowalscy, nowakowie):
        add_phone(family=family, number="600 000 001", starts_on=TODAY, by=maria)
    for family, assistant in ((kowalscy, anna), (nowakowie, ewa)):
        make_concern(family, assistant)
        make_contact(family, assistant)
        let_in(family, olga, by=maria)
    half_signed(kowalscy, by=anna, tomasz=tomasz, maria=maria)
    # The version of the other family's plan must be one that this family's plan does not have.
    create_plan_in_force(nowakowie, by=ewa, tomasz=zofia, maria=maria)
    second = plan_data(reason="koniec półrocza")
    half_signed(nowakowie, by=ewa, tomasz=zofia, maria=maria, data=second)
    return {user.username: user for user in (anna, ewa, tomasz, zofia, maria, jan)}

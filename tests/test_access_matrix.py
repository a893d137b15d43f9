"""Every address of a family × method × role × own, other's, and somebody else's row under one's own family.

The expected answer comes from the two tables (rights, reach), so a new address is in the matrix the day it is born.
"""

import pytest
from django.urls import reverse

from families.base_views import FamilyMixin
from families.caseload.models import Assignment, LeadWorkerAssignment, LegalBasis, WorkPeriod
from families.people.models import Address, FamilyProblem, Membership, Phone
from families.people.phones import add_phone
from families.permissions import visible_to, workable_by
from families.plans.models import Plan
from families.visits.models import Contact, SafeguardingConcern, Visit
from lubsko_ops.audit.models import AccessDeniedEntry, AccessLogEntry
from lubsko_ops.core.permissions import Permission, has_permission
from tests.factories import TODAY
from tests.families.plans.pages import half_signed
from tests.families.visits.pages import called, in_danger
from tests.form_client import rolled_back
from tests.plan_factories import create_plan_in_force, plan_data
from tests.url_inventory import all_routes

IN_FAMILY = [
    route for route in all_routes() if route.view_class and issubclass(route.view_class, FamilyMixin)
]
# What only the one who wrote it may correct; anna and ewa wrote everything here.
OWN_ROWS = {"families:contact-edit", "families:visit-edit"}
# Whoever decides about a plan at one of its stages may send it back; the page itself tells whose turn it is.
ONE_OF = {"families:plan-send-back": [Permission.PLAN_CONSULT, Permission.PLAN_ACCEPT]}


# Arguments that name no row of a family.
PLACES = {"year": 2026, "quarter": 3, "figure": "objete-wsparciem"}


def row_of(family, argument: str) -> int | str:
    """The id of a row of the family for an argument of an address; of a plan its version, of a report its quarter and
    figure."""
    if argument in PLACES:
        return PLACES[argument]
    period = WorkPeriod.objects.get(family=family)
    if argument == "version":
        return plan_of(family).number
    found = {
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
        "report": lambda: SafeguardingConcern.objects.filter(visit__period=period).first(),
        "lead": lambda: LeadWorkerAssignment.objects.filter(family=family).first(),
        "signature": lambda: plan_of(family).signatures.first(),
        "action": lambda: plan_of(family).actions.first(),
    }
    return plan_of(family).number if argument == "version" else found[argument]().pk


def plan_of(family) -> Plan:
    """The last version; an address names it by its number."""
    return Plan.objects.filter(period__family=family).order_by("number").last()


def address_of(route, family, *, rows_of=None) -> str:
    arguments = [row_of(family if name == "pk" else rows_of or family, name) for name in route.arguments]
    return reverse(route.name, args=arguments)


@pytest.fixture
def cast(anna, ewa, tomasz, zofia, maria, jan, kowalscy, nowakowie):
    for family in (kowalscy, nowakowie):
        add_phone(family=family, number="600 000 001", since=TODAY, by=maria)
    for family, assistant in ((kowalscy, anna), (nowakowie, ewa)):
        in_danger(family, assistant)
        called(family, assistant)
    half_signed(kowalscy, by=anna, tomasz=tomasz, maria=maria)
    # A number is no id: that of the other family's plan must be one this family has not reached.
    create_plan_in_force(nowakowie, by=ewa, tomasz=zofia, maria=maria)
    second = plan_data(reason="koniec półrocza")
    half_signed(nowakowie, by=ewa, tomasz=zofia, maria=maria, data=second)
    return {user.username: user for user in (anna, ewa, tomasz, zofia, maria, jan)}


def expected(route, user, family) -> set[int]:
    if not visible_to(user, on=TODAY).filter(pk=family.pk).exists():
        return {404}
    if route.view_class.changes and not workable_by(user, on=TODAY).filter(pk=family.pk).exists():
        return {403}
    rights = ONE_OF.get(route.name, [route.view_class.permission])
    if not any(has_permission(user, right) for right in rights):
        return {403}
    if route.name in OWN_ROWS and user.username not in ("anna", "ewa"):
        return {403}
    return {200, 302, 405, 409, 422}


def wrong_with(client, user, route, family) -> list[str]:
    """What the answers to this person about this family should have been and were not."""
    wanted, faults = expected(route, user, family), []
    for method in ("get", "post"):
        refusals, readings = AccessDeniedEntry.objects.count(), AccessLogEntry.objects.count()
        response = getattr(client, method)(address_of(route, family))
        where = f"{user.username} {method} {route} {family}: {response.status_code}"
        if response.status_code not in wanted:
            faults.append(f"{where} instead of {wanted}")
        if response.status_code in (403, 404):
            if AccessDeniedEntry.objects.count() != refusals + 1:
                faults.append(f"{where}, and the refusal is not written down")
            if family.name in response.content.decode():
                faults.append(f"{where}, and the refusal names the family")
        if response.status_code == 200 and AccessLogEntry.objects.count() != readings + 1:
            faults.append(f"{where}, and a page of a family leaves exactly one row")
    return faults


@pytest.mark.usefixtures("no_paper")
@pytest.mark.parametrize(
    "name", ["anna", "tomasz", "maria", "jan"]
)  # of each role one: both families are asked
def test_each_role_gets_what_the_tables_say(client, cast, kowalscy, nowakowie, name):
    faults = []
    for route in IN_FAMILY:
        with rolled_back():
            client.force_login(cast[name])
            for family in (kowalscy, nowakowie):
                faults += wrong_with(client, cast[name], route, family)
    assert faults == []


@pytest.mark.usefixtures("no_paper")
def test_a_row_of_another_family_does_not_exist_under_ones_own(client, cast, kowalscy, nowakowie):
    client.force_login(cast["maria"])
    for route in IN_FAMILY:
        if len(route.arguments) > 1:
            mixed = address_of(route, kowalscy, rows_of=nowakowie)
            assert client.get(mixed).status_code in (404, 405), route
            assert client.post(mixed).status_code == 404, route


def test_the_matrix_is_not_empty():
    assert len(IN_FAMILY) >= 10

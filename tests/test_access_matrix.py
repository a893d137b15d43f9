"""Every URL of a family × method × role × own and foreign families, and rows of another family under one's own.

The expected status follows from the permission table and the querysets, so new URLs are covered automatically.
"""

import pytest
from django.urls import reverse

from families.base_views import FamilyMixin
from families.caseload.models import Assignment, LeadWorkerAssignment, LegalBasis, WorkPeriod
from families.people.actions import add_phone
from families.people.models import Address, Family, FamilyProblem, Membership, Phone
from families.plans.models import Plan
from families.visits.models import Contact, SafeguardingConcern, Visit
from lubsko_ops.audit.models import AccessDeniedEntry, AccessLogEntry
from lubsko_ops.core.permissions import Permission, has_permission
from tests.factories import TODAY
from tests.families.plans.helpers import half_signed
from tests.families.visits.helpers import make_concern, make_contact
from tests.form_client import rolled_back
from tests.plan_factories import create_plan_in_force, plan_data
from tests.url_inventory import all_routes

FAMILY_ROUTES = [
    route for route in all_routes() if route.view_class and issubclass(route.view_class, FamilyMixin)
]
# Rows that only their author may correct; here anna and ewa wrote everything.
AUTHOR_ONLY = {"families:contact-edit", "families:visit-edit"}
# Any of these permissions suffices; the page itself checks whose turn it is.
ANY_PERMISSION = {"families:plan-send-back": [Permission.PLAN_CONSULT, Permission.PLAN_ACCEPT]}


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


@pytest.fixture
def users(anna, ewa, tomasz, zofia, maria, jan, kowalscy, nowakowie):
    for family in (kowalscy, nowakowie):
        add_phone(family=family, number="600 000 001", since=TODAY, by=maria)
    for family, assistant in ((kowalscy, anna), (nowakowie, ewa)):
        make_concern(family, assistant)
        make_contact(family, assistant)
    half_signed(kowalscy, by=anna, tomasz=tomasz, maria=maria)
    # The version of the other family's plan must be one that this family's plan does not have.
    create_plan_in_force(nowakowie, by=ewa, tomasz=zofia, maria=maria)
    second = plan_data(reason="koniec półrocza")
    half_signed(nowakowie, by=ewa, tomasz=zofia, maria=maria, data=second)
    return {user.username: user for user in (anna, ewa, tomasz, zofia, maria, jan)}


def expected_statuses(route, user, family) -> set[int]:
    if not Family.objects.visible_to(user, on=TODAY).filter(pk=family.pk).exists():
        return {404}
    if (
        route.view_class.requires_workable
        and not Family.objects.workable_by(user, on=TODAY).filter(pk=family.pk).exists()
    ):
        return {403}
    permissions = ANY_PERMISSION.get(route.name, [route.view_class.permission])
    if not any(has_permission(user, permission) for permission in permissions):
        return {403}
    if route.name in AUTHOR_ONLY and user.username not in ("anna", "ewa"):
        return {403}
    return {200, 302, 405, 409, 422}


def find_faults(client, user, route, family) -> list[str]:
    """Deviations of the responses to the user from what is expected."""
    allowed, faults = expected_statuses(route, user, family), []
    for method in ("get", "post"):
        denied, logged = AccessDeniedEntry.objects.count(), AccessLogEntry.objects.count()
        response = getattr(client, method)(url_for(route, family))
        label = f"{user.username} {method} {route} {family}: {response.status_code}"
        if response.status_code not in allowed:
            faults.append(f"{label} instead of {allowed}")
        if response.status_code in (403, 404):
            if AccessDeniedEntry.objects.count() != denied + 1:
                faults.append(f"{label}, and the denial is not logged")
            if family.name in response.content.decode():
                faults.append(f"{label}, and the page names the family")
        if response.status_code == 200 and AccessLogEntry.objects.count() != logged + 1:
            faults.append(f"{label}, and the access log did not get exactly one row")
    return faults


@pytest.mark.usefixtures("no_pdf")
@pytest.mark.parametrize("name", ["anna", "tomasz", "maria", "jan"])  # one of each role
def test_each_role_gets_what_the_permission_table_says(client, users, kowalscy, nowakowie, name):
    faults = []
    for route in FAMILY_ROUTES:
        with rolled_back():
            client.force_login(users[name])
            for family in (kowalscy, nowakowie):
                faults += find_faults(client, users[name], route, family)
    assert faults == []


@pytest.mark.usefixtures("no_pdf")
def test_a_row_of_another_family_is_not_found_under_ones_own(client, users, kowalscy, nowakowie):
    client.force_login(users["maria"])
    for route in FAMILY_ROUTES:
        if len(route.arguments) > 1:
            mixed = url_for(route, kowalscy, rows_of=nowakowie)
            assert client.get(mixed).status_code in (404, 405), route
            assert client.post(mixed).status_code == 404, route


def test_the_matrix_is_not_empty():
    assert len(FAMILY_ROUTES) >= 10

"""URLs of plan pages, and plans in the states the tests need."""

from datetime import date

from django.urls import reverse

from families.choices import LivingArrangement, SignatureKind
from families.people.actions import add_member
from families.plans.actions import record_signature
from families.plans.models import Plan
from lubsko_ops.core import clock
from tests.factories import OPENED_ON, person_data
from tests.plan_factories import create_accepted_plan, create_plan_in_force, plan_data
from tests.recorded_rows import recorded

UNKNOWN_ID = 987_654


def plan_url(family) -> str:
    return reverse("families:plan", args=[family.pk])


def plan_version_url(plan, name="version", *more) -> str:
    """URL of a page of one version: page_of(plan, "consult")."""
    return reverse(f"families:plan-{name}", args=[plan.period.family_id, plan.number, *more])


def reload_plan(plan) -> Plan:
    return Plan.objects.get(pk=plan.pk)


def member(family, first_name):
    return family.memberships.get(person__first_name=first_name).person


@recorded
def with_grandmother(family, *, by):
    """Add Zofia, the grandmother, to the household: one more required signature."""
    data = person_data("Zofia", "Kowalska", born_on=date(1955, 3, 1))
    return add_member(
        family=family,
        person=data,
        kinship="relative",
        starts_on=OPENED_ON,
        stay=LivingArrangement.HERE,
        by=by,
    )


@recorded
def signed_by(plan, family, first_name, *, by, kind=SignatureKind.SIGNED, reason=""):
    return record_signature(
        plan=plan,
        person=member(family, first_name),
        kind=kind,
        day=clock.today(),
        reason=reason,
        version=None,
        by=by,
    )


@recorded
def half_signed(family, *, by, tomasz, maria, data=None):
    """Accepted; Piotr, who lives elsewhere, has signed, Danuta has not."""
    plan = create_accepted_plan(family, by=by, tomasz=tomasz, maria=maria, data=data)
    return signed_by(plan, family, "Piotr", by=by)


@recorded
def two_versions(family, *, by, tomasz, maria, **values):
    """Two versions, the first replaced by the second today."""
    first = create_plan_in_force(family, by=by, tomasz=tomasz, maria=maria)
    data = plan_data(reason="koniec półrocza", **values)
    return first, create_plan_in_force(family, by=by, tomasz=tomasz, maria=maria, data=data)

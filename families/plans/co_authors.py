"""Specialists named in a plan: co-authors of the whole, and those who do what a row says. Kept as ids of users."""

from datetime import date

from django.db.models import QuerySet

from families.choices import PlanState
from families.people.models import Family
from families.plans.models import Plan, PlanAction
from families.specialists.queries import names_of_specialists
from lubsko_ops.accounts.models import User


def specialist_names(plan: Plan) -> dict[int, str]:
    """Names of all specialists in the plan by id. One statement, none when the plan names nobody."""
    named = {pk for row in plan.actions.all() for pk in row.specialists}
    return names_of_specialists(named | set(plan.co_authors))


def who_text(action: PlanAction, names: dict[int, str]) -> str:
    """ "Danuta, Olga Marzec (specjalista)"."""
    specialists = [f"{name} (specjalista)" for pk, name in names.items() if pk in action.specialists]
    return ", ".join(filter(None, [action.who, *specialists]))


def co_authors_text(plan: Plan, names: dict[int, str]) -> str:
    return ", ".join(name for pk, name in names.items() if pk in plan.co_authors)


def plan_for_specialist(family: Family, user: User, *, on: date) -> Plan | None:
    """The version in force on the day; a co-author reads also the one in preparation, instead."""
    plans = Plan.objects.filter(period__family=family).select_related("period").order_by("-number")
    in_work = plans.exclude(state=PlanState.SIGNED).filter(co_authors__contains=[user.pk])
    signed = plans.filter(state=PlanState.SIGNED, in_force_from__lte=on)
    return in_work.first() or next((plan for plan in signed if plan.in_force_on(on)), None)


def rows_naming(plan: Plan, user: User) -> QuerySet[PlanAction]:
    """Rows that name the specialist, in the order of the plan."""
    return plan.actions.filter(specialists__contains=[user.pk]).order_by("position", "pk")

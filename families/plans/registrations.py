"""Registrations of the plans app: case file tab, timeline, and signatures that keep a person in the family."""

from datetime import date

from families.base_views import FILE_TABS, FileTab
from families.people.corrections.actions import REMOVAL_BLOCKERS
from families.people.models import Family, Person
from families.plans import timeline_source
from families.plans.models import PlanSignature
from lubsko_ops.core.permissions import Permission
from lubsko_ops.core.polish import short_date


def signed_plan_refusal(family: Family, person: Person, since: date | None) -> str:
    """A sentence if the person signed a plan, before ``since`` when given; otherwise empty."""
    signatures = PlanSignature.objects.filter(plan__period__family=family, person=person).order_by("day")
    signature = signatures.select_related("plan").first()
    if signature is None or (since and signature.day >= since):
        return ""
    return (
        f"Ta osoba {short_date(signature.day)} wypowiedziała się o planie pracy, wersja {signature.plan.number} "
        f"({signature.get_kind_display()}). Jej wpis w rodzinie musi zostać."
    )


def register() -> None:
    timeline_source.register()
    FILE_TABS.register(FileTab("Plan", "families:plan", Permission.PLAN_VIEW), order=25)
    REMOVAL_BLOCKERS.register(signed_plan_refusal)

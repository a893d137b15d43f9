"""The room's place in the family file, and what it holds about the family's people."""

from datetime import date

from families.base_views import FileTab, register_tab
from families.people.corrections.actions import HOLDS
from families.people.models import Family, Person
from families.plans import timeline_source
from families.plans.models import PlanSignature
from lubsko_ops.core.permissions import Permission
from lubsko_ops.core.polish import short_date


def why_plan_rests_on(family: Family, person: Person, since: date | None) -> str:
    """A sentence when the person signed a plan before the day (None: at all), otherwise an empty string."""
    signed = PlanSignature.objects.filter(plan__period__family=family, person=person).order_by("day")
    first = signed.select_related("plan").first()
    if first is None or (since and first.day >= since):
        return ""
    return (
        f"Ta osoba {short_date(first.day)} wypowiedziała się o planie pracy, wersja {first.plan.number} "
        f"({first.get_kind_display()}). Jej wpis w rodzinie musi zostać."
    )


def register() -> None:
    timeline_source.register()
    register_tab(FileTab(25, "Plan", "families:plan", Permission.PLAN_VIEW))
    HOLDS.append(why_plan_rests_on)

"""The room's place in the family file, and what it holds about the family's people."""

from families.assignments.models import WorkBasis
from families.people.corrections.actions import HOLDS
from families.people.models import Family, Person
from families.views import FilePage, register_page


def why_work_rests_on(family: Family, person: Person) -> str:
    """A sentence when the person's consent is a basis of work with the family, otherwise an empty string."""
    if not WorkBasis.objects.filter(period__family=family, person=person).exists():
        return ""
    return "Praca z rodziną opiera się na tej osobie. Popraw najpierw podstawę pracy."


def register() -> None:
    register_page(FilePage(60, "Przydzielenie", "families:work"))
    HOLDS.append(why_work_rests_on)

"""The room's place in the family file, and what it holds about the family's people."""

from datetime import date

from families.base_views import FileTab, register_tab
from families.caseload import families_without_work, timeline_source
from families.caseload.death_handlers import end_bases, resume_bases
from families.caseload.models import LegalBasis
from families.people.actions import WITH_DEATH, WITHOUT_DEATH
from families.people.corrections.actions import HOLDS
from families.people.models import Family, Person
from lubsko_ops.core.actions import on_action_committing
from lubsko_ops.core.polish import short_day


def why_work_rests_on(family: Family, person: Person, since: date | None) -> str:
    """A sentence when the work rests on the person before the day (None: at all), otherwise an empty string."""
    bases = LegalBasis.objects.filter(period__family=family, person=person).order_by("starts_on")
    first = bases.first()
    if first is None or (since and first.starts_on >= since):
        return ""
    return (
        f"Na tej osobie opiera się praca z rodziną ({first.get_kind_display()} od "
        f"{short_day(first.starts_on)}). Popraw najpierw podstawę pracy."
    )


def register() -> None:
    on_action_committing(families_without_work.after_deed, order=10)
    timeline_source.register()
    register_tab(FileTab(60, "Praca", "families:work"))
    HOLDS.append(why_work_rests_on)
    WITH_DEATH.append(end_bases)
    WITHOUT_DEATH.append(resume_bases)

"""What this app registers at start-up."""

from datetime import date

from families.base_views import FILE_TABS, FileTab
from families.caseload import families_without_work, timeline_source
from families.caseload.actions import end_bases_on_death, reopen_bases_after_death_undone
from families.caseload.models import LegalBasis
from families.people.actions import DEATH_HANDLERS, DEATH_UNDO_HANDLERS
from families.people.corrections.actions import REMOVAL_BLOCKERS
from families.people.models import Family, Person
from lubsko_ops.core.actions import ACTION_HOOKS, Phase
from lubsko_ops.core.polish import short_date


def basis_removal_refusal(family: Family, person: Person, since: date | None) -> str:
    """Polish sentence when a legal basis names the person before ``since`` (None: at any time); empty otherwise."""
    bases = LegalBasis.objects.filter(period__family=family, person=person).order_by("starts_on")
    first = bases.first()
    if first is None or (since and first.starts_on >= since):
        return ""
    return (
        f"Na tej osobie opiera się praca z rodziną ({first.get_kind_display()} od "
        f"{short_date(first.starts_on)}). Popraw najpierw podstawę pracy."
    )


def register() -> None:
    ACTION_HOOKS.register(families_without_work.update_after_action, order=Phase.FACTS)
    timeline_source.register()
    FILE_TABS.register(FileTab("Praca", "families:work"), order=60)
    REMOVAL_BLOCKERS.register(basis_removal_refusal)
    DEATH_HANDLERS.register(end_bases_on_death)
    DEATH_UNDO_HANDLERS.register(reopen_bases_after_death_undone)

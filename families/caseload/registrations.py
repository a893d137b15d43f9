"""What this app registers at start-up."""

from datetime import date

from families.base_views import FileTab, register_tab
from families.caseload import families_without_work, timeline_source
from families.caseload.actions import end_bases_on_death, reopen_bases_after_death_undone
from families.caseload.models import LegalBasis
from families.people.actions import DEATH_HANDLERS, DEATH_UNDO_HANDLERS
from families.people.corrections.actions import REMOVAL_BLOCKERS
from families.people.models import Family, Person
from lubsko_ops.core.actions import on_action_committing
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
    on_action_committing(families_without_work.update_after_action, order=10)
    timeline_source.register()
    register_tab(FileTab(60, "Praca", "families:work"))
    REMOVAL_BLOCKERS.append(basis_removal_refusal)
    DEATH_HANDLERS.append(end_bases_on_death)
    DEATH_UNDO_HANDLERS.append(reopen_bases_after_death_undone)

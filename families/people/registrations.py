"""Registrations of the app: a tab of the case file, a dashboard panel, timeline events, the duplicate cache."""

from datetime import date
from functools import partial

from django.db.models import QuerySet

from families.base_views import FILE_TABS, FileTab
from families.choices import AddressKind
from families.people import history, timeline_events
from families.people.duplicates import candidate_cache, merge_rules
from families.people.models import Address, Family, Person
from families.people.permissions import (
    BASICS_AREA,
    DOWNLOAD_AREA,
    DUPLICATES_AREA,
    FAMILY_EDIT,
    FAMILY_LIST_AREA,
    FAMILY_VIEW,
    PEOPLE_AREA,
    PEOPLE_MERGE,
)
from families.permissions import SCOPES, Scope
from lubsko_ops.accounts.models import RegionGrant
from lubsko_ops.audit.change_entries import refresh_entries
from lubsko_ops.audit.models import ACCESS_AREAS
from lubsko_ops.core.actions import ACTION_HOOKS, Phase
from lubsko_ops.core.locks import LOCKED_MODELS, LockedModel, LockOrder
from lubsko_ops.core.permissions import PERMISSIONS, Role
from lubsko_ops.core.stored_rows import StoredRows, register_stored_rows
from lubsko_ops.jobs.nightly import JOBS, NightlyJob


def residents_of_regions(user, on: date, readable_since: date) -> QuerySet:
    """Families living on the day in a region granted to the social worker."""
    regions = RegionGrant.objects.active_on(on).filter(user=user).values("region")
    homes = Address.objects.active_on(on).filter(family__isnull=False, kind=AddressKind.RESIDENCE)
    return homes.filter(region__in=regions).values("family")


def all_families() -> QuerySet:
    return Family.objects.values_list("pk", flat=True)


def rebuild_pairs() -> dict[str, int]:
    """The nightly job of the possible duplicates."""
    return {"pary": candidate_cache.rebuild_candidates()}


def register() -> None:
    for permission in (FAMILY_VIEW, FAMILY_EDIT, PEOPLE_MERGE):
        PERMISSIONS.register(permission, order=10)
    for area in (FAMILY_LIST_AREA, DOWNLOAD_AREA, PEOPLE_AREA, BASICS_AREA, DUPLICATES_AREA):
        ACCESS_AREAS.register(area)
    history.register()
    refresh = partial(refresh_entries, "family")
    register_stored_rows(
        StoredRows("changes", "wpisy historii zmian", Phase.CHANGE_ENTRY, all_families, refresh)
    )
    SCOPES.register(Scope("residents of regions", Role.SOCIAL_WORKER, residents_of_regions), order=30)
    LOCKED_MODELS.register(LockedModel(LockOrder.FAMILIES, Family), order=LockOrder.FAMILIES)
    LOCKED_MODELS.register(LockedModel(LockOrder.PEOPLE, Person), order=LockOrder.PEOPLE)
    # Last in order: it may wait for the advisory lock while the locks on families are already held.
    ACTION_HOOKS.register(candidate_cache.refresh_after_action, order=Phase.DUPLICATES)
    JOBS.register(NightlyJob("pairs", rebuild_pairs, "być może ta sama osoba"))
    timeline_events.register()
    merge_rules.register()
    FILE_TABS.register(FileTab("Osoby", "families:people", FAMILY_VIEW), order=20)

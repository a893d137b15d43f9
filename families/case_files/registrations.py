from django.db.models import Count

from families.base_views import (
    FAMILY_QUERYSET,
    FILE_ALERTS,
    FILE_HEADER,
    FILE_TABS,
    SPECIALIST_TABS,
    FileTab,
)
from families.case_files.header import families_with_summary, get_alerts, get_header
from families.case_files.models import CaseSummary
from families.case_files.permissions import (
    ACCESS_LOG_AREA,
    ACCESS_LOG_VIEW,
    CITATION_EDIT,
    HISTORY_AREA,
    LAW_VIEW,
    OVERVIEW_AREA,
)
from families.case_files.search import search_families
from families.case_files.specialist_search import search_families_of_specialist
from families.case_files.summaries import all_families, refresh_summaries, update_after_action
from families.choices import WorkStatus
from families.people.permissions import FAMILY_VIEW
from families.specialists.permissions import SPECIALIST_FILE
from lubsko_ops.accounts.models import Region
from lubsko_ops.audit.models import ACCESS_AREAS
from lubsko_ops.centre.dictionaries.uses import ENTRY_USES, EntryUse
from lubsko_ops.centre.settings_pages import SETTINGS_PAGES, SettingsPage
from lubsko_ops.core.actions import ACTION_HOOKS, Phase
from lubsko_ops.core.links import reverse
from lubsko_ops.core.navigation import NAVIGATION, NavItem
from lubsko_ops.core.permissions import PERMISSIONS
from lubsko_ops.core.stored_rows import StoredRows, register_stored_rows
from lubsko_ops.search.providers import SEARCH_PROVIDERS


def count_families_by_region() -> dict[int, int]:
    """Families in progress by the region in which they live."""
    running = CaseSummary.objects.filter(region__isnull=False, status=WorkStatus.RUNNING)
    return dict(running.order_by().values_list("region").annotate(number=Count("*")))


def families_of_region_url(region: Region) -> str:
    return f"{reverse('families:list')}?rejon={region.pk}"


def register() -> None:
    PERMISSIONS.register(ACCESS_LOG_VIEW, order=70)
    PERMISSIONS.register(LAW_VIEW, order=90)
    PERMISSIONS.register(CITATION_EDIT, order=90)
    SETTINGS_PAGES.register(SettingsPage("Podstawy prawne", "law", LAW_VIEW), order=40)
    for area in (OVERVIEW_AREA, HISTORY_AREA, ACCESS_LOG_AREA):
        ACCESS_AREAS.register(area)
    FAMILY_QUERYSET.register(families_with_summary)
    FILE_HEADER.register(get_header)
    FILE_ALERTS.register(get_alerts)
    NAVIGATION.register(NavItem("Rodziny", "families:list", FAMILY_VIEW), order=10)
    own = NavItem("Rodziny", "families:specialist-list", SPECIALIST_FILE, unless=FAMILY_VIEW)
    NAVIGATION.register(own, order=10)
    SPECIALIST_TABS.register(FileTab("Rodzina", "families:specialist-file", SPECIALIST_FILE), order=0)
    FILE_TABS.register(FileTab("Przegląd", "families:overview", FAMILY_VIEW), order=0)
    FILE_TABS.register(FileTab("Historia", "families:history", FAMILY_VIEW), order=80)
    FILE_TABS.register(FileTab("Dostęp", "families:access", ACCESS_LOG_VIEW), order=90)
    SEARCH_PROVIDERS.register(search_families)
    SEARCH_PROVIDERS.register(search_families_of_specialist)
    ACTION_HOOKS.register(update_after_action, order=Phase.SUMMARY)
    ENTRY_USES.register(
        EntryUse(
            Region,
            "rodzina w toku,rodziny w toku,rodzin w toku",
            count_families_by_region,
            families_of_region_url,
            FAMILY_VIEW,
            "Zostaną przy nim, dopóki nie dostaną innego adresu albo rejonu; do tego czasu widzą je tylko ich "
            "prowadzący i kierownik.",
        )
    )
    register_stored_rows(
        StoredRows("summaries", "stany teczek", Phase.SUMMARY, all_families, refresh_summaries)
    )

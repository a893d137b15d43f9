from families.base_views import FAMILY_QUERYSET, FILE_ALERTS, FILE_HEADER, FILE_TABS, FileTab
from families.case_files.header import families_with_summary, get_alerts, get_header
from families.case_files.permissions import (
    ACCESS_LOG_AREA,
    ACCESS_LOG_VIEW,
    CITATION_EDIT,
    HISTORY_AREA,
    LAW_VIEW,
    OVERVIEW_AREA,
)
from families.case_files.search import search_families
from families.case_files.summaries import all_families, refresh_summaries, update_after_action
from families.people.permissions import FAMILY_VIEW
from lubsko_ops.audit.models import ACCESS_AREAS
from lubsko_ops.centre.settings_pages import SETTINGS_PAGES, SettingsPage
from lubsko_ops.core.actions import ACTION_HOOKS, Phase
from lubsko_ops.core.navigation import NAVIGATION, NavItem
from lubsko_ops.core.permissions import PERMISSIONS
from lubsko_ops.core.stored_rows import StoredRows, register_stored_rows
from lubsko_ops.search.providers import SEARCH_PROVIDERS


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
    FILE_TABS.register(FileTab("Przegląd", "families:overview", FAMILY_VIEW), order=0)
    FILE_TABS.register(FileTab("Historia", "families:history", FAMILY_VIEW), order=80)
    FILE_TABS.register(FileTab("Dostęp", "families:access", ACCESS_LOG_VIEW), order=90)
    SEARCH_PROVIDERS.register(search_families)
    ACTION_HOOKS.register(update_after_action, order=Phase.SUMMARY)
    register_stored_rows(
        StoredRows("summaries", "stany teczek", Phase.SUMMARY, all_families, refresh_summaries)
    )

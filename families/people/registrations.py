"""Registrations of the app: a tab of the case file, a dashboard panel, timeline events, the duplicate cache."""

from families.base_views import FILE_TABS, FileTab
from families.people import timeline_source
from families.people.duplicates import candidate_cache
from families.people.duplicates.views import waiting_duplicates_panel
from lubsko_ops.core.actions import ACTION_HOOKS, Phase
from lubsko_ops.core.dashboard import PANELS
from lubsko_ops.jobs.nightly import JOBS, NightlyJob


def register() -> None:
    # Last in order: it may wait for the advisory lock while the locks on families are already held.
    ACTION_HOOKS.register(candidate_cache.refresh_after_action, order=Phase.DUPLICATES)
    JOBS.register(NightlyJob("pairs", candidate_cache.rebuild_candidates))
    timeline_source.register()
    FILE_TABS.register(FileTab("Osoby", "families:people"), order=20)
    PANELS.register(waiting_duplicates_panel, order=30)

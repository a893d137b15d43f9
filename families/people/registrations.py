"""Registrations of the app: a tab of the case file, a dashboard panel, timeline events, the duplicate cache."""

from families.base_views import FileTab, register_tab
from families.people import timeline_source
from families.people.duplicates import candidate_cache
from families.people.duplicates.views import waiting_duplicates_panel
from lubsko_ops.core import dashboard
from lubsko_ops.core.actions import on_action_committing
from lubsko_ops.jobs import nightly


def register() -> None:
    # Last in order: it may wait for the advisory lock while the locks on families are already held.
    on_action_committing(candidate_cache.refresh_after_action, order=30)
    nightly.register_job("pairs", candidate_cache.rebuild_candidates)
    timeline_source.register()
    register_tab(FileTab(20, "Osoby", "families:people"))
    dashboard.register_panels(30, waiting_duplicates_panel)

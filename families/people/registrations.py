"""What this room offers to the frame: a page of the family file, a panel of the manager's start page."""

from families.base_views import FileTab, register_tab
from families.people import timeline_source
from families.people.duplicates import candidate_cache
from families.people.duplicates.views import waiting
from lubsko_ops.core import dashboard
from lubsko_ops.core.actions import on_action_committing
from lubsko_ops.jobs import nightly


def register() -> None:
    on_action_committing(
        candidate_cache.after_deed, order=30
    )  # the last: it waits for others while the families are held already
    nightly.register_job("pairs", candidate_cache.rebuild_pairs)
    timeline_source.register()
    register_tab(FileTab(20, "Osoby", "families:people"))
    dashboard.register_panels(30, waiting)

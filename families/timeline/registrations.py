from families.timeline.recalculate import families_with_events, refresh_after_action, refresh_timeline
from lubsko_ops.core.actions import ACTION_HOOKS, Phase
from lubsko_ops.core.stored_rows import StoredRows, register_stored_rows


def register() -> None:
    ACTION_HOOKS.register(refresh_after_action, order=Phase.TIMELINE)
    register_stored_rows(
        StoredRows("timeline", "wpisy osi czasu", Phase.TIMELINE, families_with_events, refresh_timeline)
    )

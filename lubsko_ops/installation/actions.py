"""Actions on the first steps of a new installation."""

from lubsko_ops.centre.settings_pages import SETUP_STEPS
from lubsko_ops.core import clock
from lubsko_ops.core.actions import action
from lubsko_ops.installation.models import PROGRESS, SetupProgress


@action
def begin_setup() -> SetupProgress:
    """Start the guide of a new installation; called when the first administrator is made."""
    progress = SetupProgress.objects.create(began_at=clock.now())
    PROGRESS.clear_with_commit()
    return progress


@action
def skip_step(*, key: str, skipped: bool) -> None:
    """Skip a step for now, or take it back onto the list. An unknown key changes nothing."""
    progress = SetupProgress.objects.select_for_update(no_key=True).order_by("pk").first()
    if progress is None or key not in SETUP_STEPS:
        return
    others = [each for each in progress.skipped if each != key]
    progress.skipped = [*others, key] if skipped else others
    progress.save(update_fields=["skipped"])
    PROGRESS.clear_with_commit()


@action
def finish_setup() -> None:
    """End the guide: every step is done or skipped."""
    SetupProgress.objects.filter(finished_at=None).update(finished_at=clock.now())
    PROGRESS.clear_with_commit()

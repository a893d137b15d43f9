"""Actions on the first steps of a new installation and on exports of its data."""

from datetime import datetime

from django.core.exceptions import ValidationError

from lubsko_ops.accounts.models import User
from lubsko_ops.centre.settings_pages import SETUP_STEPS
from lubsko_ops.core import clock
from lubsko_ops.core.actions import action
from lubsko_ops.core.locks import lock_name
from lubsko_ops.installation.models import PROGRESS, DataExport, DataExportDownload, SetupProgress
from lubsko_ops.jobs.background import start_job

EXPORT_JOB = "data_export"


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


@action
def request_export(*, reason: str, by: User) -> DataExport:
    """Ask for a file with all data of the centre; a worker makes it after the commit. One at a time."""
    lock_name(EXPORT_JOB)
    if DataExport.objects.filter(state=DataExport.State.WAITING).exists():
        raise ValidationError("Poprzedni eksport jeszcze powstaje. Poczekaj, aż będzie gotowy.")
    export = DataExport.objects.create(reason=reason, requested_at=clock.now(), requested_by=by)
    start_job(EXPORT_JOB, export.pk)
    return export


@action
def record_download(*, export: DataExport, by: User, confirmed_at: datetime) -> DataExportDownload | None:
    """Record that the file of the export is handed out; None when this confirmation has served a download already."""
    lock_name(f"download {by.pk}")
    if DataExportDownload.objects.filter(user=by, at__gte=confirmed_at).exists():
        return None
    return DataExportDownload.objects.create(export=export, user=by, at=clock.now())

"""What this app registers at start-up."""

from allauth.account.signals import authentication_step_completed
from django.template.loader import render_to_string

from lubsko_ops.accounts.signals import first_administrator_created
from lubsko_ops.centre.settings_pages import SETTINGS_NOTES, SETTINGS_PAGES, SETUP_STEPS, SettingsPage
from lubsko_ops.core.dashboard import PANELS, DashboardAction, Panel
from lubsko_ops.core.links import reverse
from lubsko_ops.core.permissions import PERMISSIONS, has_permission
from lubsko_ops.installation.account_steps import MANAGER_STEP, STAFF_STEP
from lubsko_ops.installation.actions import EXPORT_JOB, begin_setup, finish_setup
from lubsko_ops.installation.confirmation import remember_confirmation
from lubsko_ops.installation.export import expire_exports, get_listed_files, make_export
from lubsko_ops.installation.models import PROGRESS
from lubsko_ops.installation.permissions import DATA_EXPORT, FIRST_STEPS, HEALTH_VIEW
from lubsko_ops.installation.setup import get_steps, next_step, steps_lede
from lubsko_ops.jobs.background import BACKGROUND_JOBS, BackgroundJob
from lubsko_ops.jobs.nightly import JOBS, NightlyJob
from lubsko_ops.output.file_store import LISTED_FILES


def first_steps_panel(request) -> Panel | None:
    """On the start page of managers and administrators, until the first steps are finished."""
    if not has_permission(request.user, FIRST_STEPS):
        return None
    progress = PROGRESS.get()
    if progress is None or progress.finished_at:
        return None
    rows = get_steps(request.user, progress, day=request.today)
    if all(row.is_settled for row in rows):
        finish_setup()  # it does not come back with the next assistant
        return None
    action = DashboardAction("Pierwsze kroki", reverse("first-steps"))
    context = {"rows": rows, "next_step": next_step(rows), "lede": steps_lede(rows)}
    return Panel("installation/_first_steps_panel.html", context, actions=(action,))


def is_under_way() -> bool:
    """Whether the first steps are not finished yet."""
    progress = PROGRESS.get()
    return progress is not None and progress.finished_at is None


def get_guide_note(request) -> str:
    """On the pages of the settings, while the first steps are under way: which step comes next."""
    progress = PROGRESS.get()
    if progress is None or progress.finished_at or not has_permission(request.user, FIRST_STEPS):
        return ""
    rows = get_steps(request.user, progress, day=request.today)
    following = next_step(rows)
    if following is None:
        return ""
    context = {"step": following, "lede": f"{sum(row.state.done for row in rows)} z {len(rows)}"}
    return render_to_string("installation/_guide_note.html", context)


def start_guide(sender, **kwargs) -> None:
    """Receiver of ``first_administrator_created``."""
    begin_setup()


def delete_expired() -> dict[str, int]:
    """The nightly job; a file that has expired since the last night is already refused."""
    return {"pliki eksportu": expire_exports()}


def register() -> None:
    for permission in (FIRST_STEPS, HEALTH_VIEW, DATA_EXPORT):
        PERMISSIONS.register(permission, order=95)
    SETTINGS_PAGES.register(SettingsPage("Pierwsze kroki", "first-steps", FIRST_STEPS, is_under_way), order=5)
    SETTINGS_PAGES.register(SettingsPage("Stan", "installation-health", HEALTH_VIEW), order=95)
    SETUP_STEPS.register(MANAGER_STEP, order=20)
    SETUP_STEPS.register(STAFF_STEP, order=42)
    PANELS.register(first_steps_panel, order=1)
    SETTINGS_NOTES.register(get_guide_note)
    SETTINGS_PAGES.register(SettingsPage("Eksport", "data-exports", DATA_EXPORT), order=90)
    BACKGROUND_JOBS.register(BackgroundJob(EXPORT_JOB, make_export))
    JOBS.register(NightlyJob("data_exports", delete_expired, "usuwanie plików eksportu"))
    LISTED_FILES.register(get_listed_files)
    authentication_step_completed.connect(remember_confirmation, dispatch_uid="remember_confirmation")
    first_administrator_created.connect(start_guide, dispatch_uid="start_guide")

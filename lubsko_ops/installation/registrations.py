"""What this app registers at start-up."""

from lubsko_ops.accounts.signals import first_administrator_created
from lubsko_ops.centre.settings_pages import SETTINGS_PAGES, SettingsPage
from lubsko_ops.core.dashboard import PANELS, DashboardAction, Panel
from lubsko_ops.core.links import reverse
from lubsko_ops.core.permissions import PERMISSIONS, has_permission
from lubsko_ops.installation.actions import begin_setup
from lubsko_ops.installation.models import PROGRESS
from lubsko_ops.installation.permissions import FIRST_STEPS, HEALTH_VIEW
from lubsko_ops.installation.setup import get_steps, next_step, steps_lede


def first_steps_panel(request) -> Panel | None:
    """On the start page of managers and administrators, until the first steps are finished."""
    if not has_permission(request.user, FIRST_STEPS):
        return None
    progress = PROGRESS.get()
    if progress is None or progress.finished_at:
        return None
    rows = get_steps(request.user, progress, day=request.today)
    if all(row.is_settled for row in rows):
        return None
    action = DashboardAction("Pierwsze kroki", reverse("first-steps"))
    context = {"rows": rows, "next_step": next_step(rows), "lede": steps_lede(rows)}
    return Panel("installation/_first_steps_panel.html", context, actions=(action,))


def start_guide(sender, **kwargs) -> None:
    """Receiver of ``first_administrator_created``."""
    begin_setup()


def register() -> None:
    for permission in (FIRST_STEPS, HEALTH_VIEW):
        PERMISSIONS.register(permission, order=95)
    SETTINGS_PAGES.register(SettingsPage("Pierwsze kroki", "first-steps", FIRST_STEPS), order=5)
    SETTINGS_PAGES.register(SettingsPage("Stan", "installation-health", HEALTH_VIEW), order=95)
    PANELS.register(first_steps_panel, order=1)
    first_administrator_created.connect(start_guide, dispatch_uid="start_guide")

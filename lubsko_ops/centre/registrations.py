from lubsko_ops.centre.permissions import CENTRE_EDIT, NORMS_EDIT, SETTINGS_VIEW
from lubsko_ops.centre.settings_pages import SETTINGS_PAGES, SETUP_STEPS, SettingsPage
from lubsko_ops.centre.setup_steps import CENTRE_STEP, NORMS_STEP
from lubsko_ops.core.dashboard import URLS, NamedUrl
from lubsko_ops.core.links import reverse
from lubsko_ops.core.navigation import NAVIGATION, NavItem
from lubsko_ops.core.permissions import PERMISSIONS


def register() -> None:
    for permission in (SETTINGS_VIEW, CENTRE_EDIT, NORMS_EDIT):
        PERMISSIONS.register(permission, order=90)
    NAVIGATION.register(NavItem("Ustawienia", "settings", SETTINGS_VIEW), order=90)
    SETTINGS_PAGES.register(SettingsPage("Ośrodek", "centre", CENTRE_EDIT), order=10)
    SETTINGS_PAGES.register(SettingsPage("Normy", "norms", NORMS_EDIT), order=30)
    SETUP_STEPS.register(CENTRE_STEP, order=10)
    SETUP_STEPS.register(NORMS_STEP, order=50)
    URLS.register(NamedUrl("settings", lambda: reverse("settings")))

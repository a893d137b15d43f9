"""What users may do in this app."""

from lubsko_ops.core.permissions import Permission, Role

SETTINGS_VIEW = Permission("settings_view", "otwierać ustawienia ośrodka", {Role.MANAGER, Role.ADMIN})
CENTRE_EDIT = Permission("centre_edit", "zmieniać dane i nagłówek ośrodka", {Role.MANAGER, Role.ADMIN})
NORMS_EDIT = Permission("norms_edit", "zmieniać normy ośrodka", {Role.MANAGER, Role.ADMIN})

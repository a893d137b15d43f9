"""Permissions: what each role may do, and which sensitive data it may see.

Which families a user may open is decided elsewhere (``Family.objects.visible_to``, families/permissions.py); a page
needs both.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import models

from lubsko_ops.core.registry import Registry


class Role(models.TextChoices):
    """Rola w ośrodku. Held through dated RoleGrant rows (accounts/models.py); a user may hold several at once."""

    ASSISTANT = "assistant", "asystent rodziny"
    SOCIAL_WORKER = "social_worker", "pracownik socjalny"
    SPECIALIST = "specialist", "specjalista"
    MANAGER = "manager", "kierownik"
    ADMIN = "admin", "administrator"


@dataclass(frozen=True, eq=False)
class Permission:
    """What the roles may do. The label completes the sentence "Ta osoba może …".

    Each app defines and registers its own in its permissions.py. ``without_role``: also granted to accounts that hold
    no role.
    """

    codename: str
    label: str
    roles: Collection[Role]
    without_role: bool = False

    def is_granted_to(self, roles: Collection[str]) -> bool:
        """Whether one of the roles grants the permission."""
        return any(role in self.roles for role in roles)


PERMISSIONS: Registry[Permission] = Registry("permissions", key=lambda permission: permission.codename)

OWN_ACCOUNT = Permission("own_account", "korzystać z własnego konta", set(Role), without_role=True)


class SensitiveKind(models.TextChoices):
    """Data inside a case file with narrower access (art. 9 and 10 RODO; Niebieska Karta)."""

    HEALTH = "health", "zdrowie i uzależnienia"
    COURT = "court", "sąd i orzeczenia"
    BLUE_CARD = "blue_card", "Niebieska Karta"


# For families the user may open. An assistant sees Niebieska Karta only as a member of the family's group, which is
# a fact of the case (see families/), so the role does not grant it.
SENSITIVE_ACCESS: dict[str, set[SensitiveKind]] = {
    Role.ASSISTANT: {SensitiveKind.HEALTH, SensitiveKind.COURT},
    Role.SOCIAL_WORKER: set(SensitiveKind),
    Role.SPECIALIST: set(),
    Role.MANAGER: set(SensitiveKind),
    Role.ADMIN: set(),
}


def has_permission(user, permission: Permission) -> bool:
    """Whether one of the user's current roles grants the permission."""
    if not user.is_authenticated or not user.is_active:
        return False
    return permission.without_role or permission.is_granted_to(user.roles)


def can_see_sensitive(user, kind: SensitiveKind) -> bool:
    """Whether one of the user's current roles may see this kind of sensitive data in a file they may open."""
    return any(kind in SENSITIVE_ACCESS[role] for role in user.roles)

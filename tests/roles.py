"""Permissions of a role, for tests that take some away."""

from lubsko_ops.core.permissions import PERMISSIONS, Permission, Role


def permissions_of(role: Role) -> set[Permission]:
    return {permission for permission in PERMISSIONS if role in permission.roles}


def set_permissions(monkeypatch, role: Role, granted: set[Permission]) -> None:
    """Grant the role exactly these permissions until the end of the test."""
    for permission in PERMISSIONS:
        roles = set(permission.roles) - {role} | ({role} if permission in granted else set())
        monkeypatch.setitem(vars(permission), "roles", roles)

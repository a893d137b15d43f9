"""What users may do in this app."""

from lubsko_ops.core.permissions import Permission, Role

SPECIALIST_ADD = Permission(
    "specialist_add", "dopuszczać specjalistę do rodziny", {Role.SOCIAL_WORKER, Role.MANAGER}
)

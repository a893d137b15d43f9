"""What users may do in this app."""

from lubsko_ops.core.permissions import Permission, Role

FAMILY_OPEN = Permission("family_open", "założyć teczkę rodziny", {Role.SOCIAL_WORKER, Role.MANAGER})

"""What users may do in this app."""

from lubsko_ops.core.permissions import Permission, Role

STAFF_VIEW = Permission("staff_view", "czytać listę kont i ról", {Role.MANAGER, Role.ADMIN})

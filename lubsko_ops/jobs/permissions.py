"""What users may do in this app."""

from lubsko_ops.core.permissions import Permission, Role

JOBS_VIEW = Permission("jobs_view", "widzieć, co poprawiły prace nocne", {Role.ADMIN})

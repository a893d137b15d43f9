"""What users may do in this app."""

from lubsko_ops.core.permissions import Permission, Role

CARE_VIEW = Permission(
    "care_view",
    "czytać wpisy o pieczy zastępczej",
    {Role.ASSISTANT, Role.SOCIAL_WORKER, Role.MANAGER},
)

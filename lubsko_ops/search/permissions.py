"""What users may do in this app, and what its pages are called in the access log."""

from lubsko_ops.audit.models import AccessArea
from lubsko_ops.core.permissions import Permission, Role

SEARCH = Permission(
    "search",
    "szukać rodzin i osób, do których ma dostęp",
    {Role.ASSISTANT, Role.SOCIAL_WORKER, Role.SPECIALIST, Role.MANAGER},
)

SEARCH_AREA = AccessArea("search", "wyniki wyszukiwania", is_listing=True)

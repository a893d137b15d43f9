"""What users may do in this app, and what its pages are called in the access log."""

from lubsko_ops.audit.models import AccessArea
from lubsko_ops.core.permissions import Permission, Role

SPECIALIST_ADD = Permission(
    "specialist_add", "dopuszczać specjalistę do rodziny", {Role.SOCIAL_WORKER, Role.MANAGER}
)
SPECIALIST_FILE = Permission(
    "specialist_file", "czytać wąską część teczek rodzin, do których jest dopuszczony", {Role.SPECIALIST}
)

SPECIALIST_AREA = AccessArea("specialist", "część dla specjalisty")
SPECIALISTS_AREA = AccessArea("specialists", "dopuszczenie specjalisty")
SPECIALIST_LIST_AREA = AccessArea("specialist_list", "lista rodzin specjalisty", is_listing=True)

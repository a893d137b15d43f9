"""What users may do in this app, and what its pages are called in the access log."""

from lubsko_ops.audit.models import AccessArea
from lubsko_ops.core.permissions import Permission, Role

REGISTER_IMPORT = Permission("register_import", "wczytać dotychczasowy rejestr rodzin", {Role.MANAGER})

IMPORT_AREA = AccessArea("register_import", "wczytywanie rejestru", is_listing=True)

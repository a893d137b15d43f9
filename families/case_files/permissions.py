"""What users may do in this app, and what its pages are called in the access log."""

from lubsko_ops.audit.models import AccessArea
from lubsko_ops.core.permissions import Permission, Role

ACCESS_LOG_VIEW = Permission("access_log_view", "sprawdzać, kto otwierał teczkę", {Role.MANAGER})
LAW_VIEW = Permission("law_view", "czytać przepisy, które stosuje aplikacja", set(Role))
CITATION_EDIT = Permission("citation_edit", "dodawać miejsce publikacji aktu", {Role.MANAGER})

OVERVIEW_AREA = AccessArea("overview", "przegląd")
HISTORY_AREA = AccessArea("history", "historia zmian")
ACCESS_LOG_AREA = AccessArea("access", "rejestr dostępu")

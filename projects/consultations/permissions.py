"""What users may do with consultations, and what their pages are called in the access log."""

from lubsko_ops.audit.models import AccessArea
from lubsko_ops.core.permissions import Permission
from projects.permissions import STAFF

CONSULTATION_VIEW = Permission("consultation_view", "czytać konsultacje, które może czytać", STAFF)

CONSULTATION_AREA = AccessArea("consultation", "konsultacje")
CONSULTATION_LIST_AREA = AccessArea("consultations", "lista konsultacji", is_listing=True)

CONSULTATION_FILE = "consultation"  # kind of file in the history: one consultation, by its id

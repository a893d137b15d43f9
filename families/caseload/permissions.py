"""What users may do in this app, and what its pages are called in the access log."""

from lubsko_ops.audit.models import AccessArea
from lubsko_ops.core.permissions import Permission, Role

ASSIGN = Permission("assign", "przydzielać asystenta i pracownika socjalnego", {Role.MANAGER})
BASIS_RECORD = Permission(
    "basis_record", "zapisywać podstawę pracy z rodziną", {Role.SOCIAL_WORKER, Role.MANAGER}
)

ASSIGNMENT_AREA = AccessArea("assignment", "przydzielenie i podstawa")
REFERENCES_AREA = AccessArea("references", "sprawy bez znaku", is_listing=True)

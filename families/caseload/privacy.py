"""Privacy class of every field of this app's models (see lubsko_ops/core/privacy.py)."""

from lubsko_ops.core.privacy import AUDIT_FIELDS, PERSONAL, PLAIN, SENSITIVE, VALIDITY_FIELDS

ROW = AUDIT_FIELDS | VALIDITY_FIELDS

CLASSES = {
    "caseload.Assignment": {PLAIN: ROW | {"period", "assistant", "kind", "override_reason"}},
    "caseload.CaseCounter": {PLAIN: {"year", "last"}},
    "caseload.FamilyWithoutWork": {PLAIN: {"family"}},
    "caseload.LeadWorkerAssignment": {PLAIN: ROW | {"family", "social_worker"}},
    "caseload.LegalBasis": {
        SENSITIVE: {"kind", "reference", "end_reason"}, PERSONAL: {"person"}, PLAIN: ROW | {"period"},
    },
    "caseload.WorkPeriod": {
        SENSITIVE: {"closing_reason"}, PERSONAL: {"serial"}, PLAIN: ROW | {"family", "year"},
    },
}  # fmt: skip

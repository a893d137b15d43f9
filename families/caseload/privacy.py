"""Privacy class of every field of this app's models (see lubsko_ops/core/privacy.py)."""

from lubsko_ops.core.privacy import AUDIT_FIELDS, PERSONAL, PLAIN, SENSITIVE, VALIDITY_FIELDS

ROW = AUDIT_FIELDS | VALIDITY_FIELDS
EARLY_END = {"end_cause", "planned_end"}

CLASSES = {
    "caseload.Assignment": {PLAIN: ROW | EARLY_END | {"period", "assistant", "kind", "override_reason", "origin"}},
    "caseload.CaseCounter": {PLAIN: {"year", "last"}},
    "caseload.LeadWorkerAssignment": {PLAIN: ROW | EARLY_END | {"family", "social_worker", "origin"}},
    "caseload.LegalBasis": {
        SENSITIVE: {"kind", "reference", "end_reason"}, PERSONAL: {"person", "end_cause"},
        PLAIN: ROW | {"period", "planned_end", "origin"},
    },
    "caseload.WorkPeriod": {
        SENSITIVE: {"closing_reason"}, PERSONAL: {"serial", "case_reference", "register_number"},
        PLAIN: ROW | {"family", "year", "origin"},
    },
}  # fmt: skip

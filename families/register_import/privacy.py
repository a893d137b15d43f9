"""Privacy class of every field of this app's models (see lubsko_ops/core/privacy.py)."""

from lubsko_ops.core.privacy import AUDIT_FIELDS, PLAIN, SENSITIVE

CLASSES = {
    "register_import.RegisterImport": {
        SENSITIVE: {"note"},
        PLAIN: AUDIT_FIELDS
        | {"state", "checksum", "families", "people", "errors", "warnings", "seconds", "started_by"},
    },
    "register_import.ImportFile": {
        SENSITIVE: {"content", "report"}, PLAIN: {"register_import", "uploaded_at"},
    },
    "register_import.ImportProgress": {
        PLAIN: {"register_import", "stage", "done", "total", "beat_at", "attempts", "cancel_requested"},
    },
    "register_import.ImportedRows": {PLAIN: {"id", "register_import", "label", "ids"}},
}  # fmt: skip

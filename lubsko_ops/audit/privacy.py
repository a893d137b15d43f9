"""Privacy class of every field of this app's models (see lubsko_ops/core/privacy.py)."""

from lubsko_ops.core.privacy import PERSONAL, PLAIN, SENSITIVE

CLASSES = {
    "audit.AccessDeniedEntry": {PERSONAL: {"user", "path"}, PLAIN: {"id", "at", "view_name", "method", "status"}},
    "audit.AccessLogEntry": {
        PERSONAL: {"user", "families", "persons"}, PLAIN: {"id", "at", "view_name", "access_area", "emergency"},
    },
    "audit.ChangeEntry": {
        SENSITIVE: {"reason"}, PERSONAL: {"by"},
        PLAIN: {"id", "at", "file_kind", "file_id", "labels", "row_ids", "history_ids"},
    },
}  # fmt: skip

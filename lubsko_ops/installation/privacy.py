"""Privacy class of every field of this app's models (see lubsko_ops/core/privacy.py)."""

from lubsko_ops.core.privacy import PLAIN

CLASSES = {
    "installation.DataExport": {
        PLAIN: {
            "id", "reason", "requested_at", "requested_by", "state", "tables_done", "tables_total",
            "made_at", "expires_at", "rows", "size",
        },
    },
    "installation.DataExportDownload": {PLAIN: {"id", "export", "user", "at"}},
    "installation.DataExportPart": {PLAIN: {"id", "export", "number", "stored_as", "checksum", "size"}},
    "installation.SetupProgress": {PLAIN: {"id", "began_at", "skipped", "finished_at"}},
}  # fmt: skip

"""Privacy class of every field of this app's models (see lubsko_ops/core/privacy.py)."""

from lubsko_ops.core.privacy import PLAIN, SENSITIVE

CLASSES = {
    "output.IssuedPaper": {
        SENSITIVE: {"context"},
        PLAIN: {
            "id", "kind", "file_kind", "file_id", "subject_kind", "subject_id", "number", "title", "template",
            "template_version", "context_checksum", "issued_at", "issued_by", "stored_as", "checksum", "size",
            "rendered_at",
        },
    },
}  # fmt: skip

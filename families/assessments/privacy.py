"""Privacy class of every field of this app's models (see lubsko_ops/core/privacy.py)."""

from lubsko_ops.core.privacy import AUDIT_FIELDS, PLAIN

CLASSES = {
    "assessments.Assessment": {
        PLAIN: AUDIT_FIELDS | {"period", "author", "covers_from", "covers_to", "handed_over_on", "origin"},
    },
}  # fmt: skip

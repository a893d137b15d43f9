"""Privacy class of every field of this app's models (see lubsko_ops/core/privacy.py)."""

from lubsko_ops.core.privacy import AUDIT_FIELDS, PERSONAL, PLAIN, SENSITIVE, VALIDITY_FIELDS

ROW = AUDIT_FIELDS | VALIDITY_FIELDS

CLASSES = {
    "care.Placement": {
        PERSONAL: {"person"}, SENSITIVE: {"form", "returned"}, PLAIN: ROW | {"family"},
    },
}  # fmt: skip

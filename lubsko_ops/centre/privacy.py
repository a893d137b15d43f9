"""Privacy class of every field of this app's models (see lubsko_ops/core/privacy.py)."""

from lubsko_ops.core.privacy import AUDIT_FIELDS, PLAIN

CLASSES = {
    "centre.Centre": {
        PLAIN: AUDIT_FIELDS
        | {"name", "name_locative", "short_name", "locality", "address_line", "phone", "email", "website"}
    },
}  # fmt: skip

"""Privacy class of every field of this app's models (see lubsko_ops/core/privacy.py)."""

from lubsko_ops.core.privacy import AUDIT_FIELDS, PERSONAL, PLAIN, VALIDITY_FIELDS

CLASSES = {
    "specialists.FamilySpecialist": {
        PERSONAL: {"purpose"}, PLAIN: AUDIT_FIELDS | VALIDITY_FIELDS | {"family", "specialist"},
    },
}  # fmt: skip

"""Privacy class of every field of this app's models (see lubsko_ops/core/privacy.py)."""

from lubsko_ops.core.privacy import AUDIT_FIELDS, PLAIN

CLASSES = {
    "centre.ActCitation": {PLAIN: AUDIT_FIELDS | {"act", "journal", "starts_on", "source"}},
    "centre.Centre": {
        PLAIN: AUDIT_FIELDS
        | {
            "name",
            "name_genitive",
            "name_locative",
            "short_name",
            "locality",
            "address_line",
            "phone",
            "email",
            "website",
            "foot",
            "data_processing",
            "problem_contact",
            "coat_of_arms",
            "coat_of_arms_label",
        }
    },
    "centre.CoatOfArms": {PLAIN: {"id", "kind", "content", "checksum"}},
    "centre.NormValue": {PLAIN: AUDIT_FIELDS | {"name", "value", "starts_on", "decided_by", "why"}},
}  # fmt: skip

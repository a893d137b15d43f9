"""Privacy class of every field of this app's models (see lubsko_ops/core/privacy.py)."""

from lubsko_ops.core.privacy import AUDIT_FIELDS, PLAIN

ENTRY = AUDIT_FIELDS | {"name", "closed_from"}

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
    "centre.FilingSymbol": {
        PLAIN: AUDIT_FIELDS
        | {"unit", "symbol", "title", "category", "year_from", "year_to", "purpose", "numbered_elsewhere"}
    },
    "centre.Institution": {PLAIN: ENTRY | {"kind", "address", "phone", "email", "note"}},
    "centre.MeetingPlace": {PLAIN: ENTRY | {"address", "capacity", "accessible"}},
    "centre.SymbolCounter": {PLAIN: AUDIT_FIELDS | {"symbol", "year", "kind", "last", "given"}},
}  # fmt: skip

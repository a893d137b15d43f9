"""Privacy class of every field of this app's models (see lubsko_ops/core/privacy.py)."""

from lubsko_ops.core.privacy import AUDIT_FIELDS, PERSONAL, PLAIN, SENSITIVE, VALIDITY_FIELDS

ROW = AUDIT_FIELDS | VALIDITY_FIELDS

CLASSES = {
    "people.Address": {
        PERSONAL: {"street", "house", "flat", "postal_code", "locality", "search_key"},
        SENSITIVE: {"withheld_from"},
        PLAIN: ROW | {"family", "membership", "kind", "region", "origin"},
    },
    "people.DuplicateCandidate": {PERSONAL: {"person_a", "person_b"}, PLAIN: {"id"}},
    "people.Family": {PERSONAL: {"name", "search_key"}, PLAIN: AUDIT_FIELDS | {"origin"}},
    "people.FamilyCategory": {SENSITIVE: {"category"}, PLAIN: ROW | {"family", "origin"}},
    "people.FamilyProblem": {SENSITIVE: {"problem"}, PLAIN: ROW | {"family"}},
    "people.Membership": {
        PERSONAL: {"kinship", "stay", "end_cause"},
        PLAIN: ROW | {"family", "person", "planned_end", "origin"},
    },
    "people.DuplicateDismissal": {PERSONAL: {"person_a", "person_b"}, PLAIN: AUDIT_FIELDS},
    "people.PersonMerge": {
        PERSONAL: {"kept", "dropped"}, PLAIN: AUDIT_FIELDS | {"writes", "rows_after", "undone"},
    },
    "people.Person": {
        PERSONAL: {
            "first_name", "last_name", "other_spellings", "sex", "born_on", "birth_precision", "died_on", "pesel",
            "pesel_key", "pesel_missing", "other_document", "search_key", "merged_into",
        },
        PLAIN: AUDIT_FIELDS | {"origin"},
    },
    "people.Phone": {
        PERSONAL: {"number", "digits", "note", "person", "end_cause"},
        PLAIN: ROW | {"family", "planned_end", "origin"},
    },
}  # fmt: skip

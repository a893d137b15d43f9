"""Classes of the families' fields (see lubsko_ops/privacy.py)."""

from lubsko_ops.privacy import DATED, PERSONAL, PLAIN, RECORDED, SENSITIVE

ROW = RECORDED | DATED

CLASSES = {
    "families.Address": {
        PERSONAL: {"street", "house", "flat", "postal_code", "locality", "search_key"},
        SENSITIVE: {"withheld_from"},
        PLAIN: ROW | {"family", "membership", "kind", "region"},
    },
    "families.Assignment": {PLAIN: ROW | {"period", "assistant", "kind", "override_reason"}},
    "families.CaseCounter": {PLAIN: {"year", "last"}},
    "families.Family": {PERSONAL: {"name", "search_key"}, PLAIN: RECORDED},
    "families.FamilyCategory": {SENSITIVE: {"category"}, PLAIN: ROW | {"family"}},
    "families.FamilyProblem": {SENSITIVE: {"problem"}, PLAIN: ROW | {"family"}},
    "families.Membership": {PERSONAL: {"kinship", "stay"}, PLAIN: ROW | {"family", "person"}},
    "families.NotSamePerson": {PERSONAL: {"one", "other"}, PLAIN: RECORDED},
    "families.Person": {
        PERSONAL: {
            "first_name", "last_name", "other_spellings", "sex", "born_on", "died_on", "pesel", "pesel_key",
            "pesel_missing", "other_document", "search_key", "merged_into",
        },
        PLAIN: RECORDED,
    },
    "families.Phone": {PERSONAL: {"number", "digits", "note", "person"}, PLAIN: ROW | {"family"}},
    "families.SocialWorkerLead": {PLAIN: ROW | {"family", "social_worker"}},
    "families.WorkBasis": {
        SENSITIVE: {"kind", "reference", "ended_why"}, PERSONAL: {"person"}, PLAIN: ROW | {"period"},
    },
    "families.WorkPeriod": {SENSITIVE: {"closing_reason"}, PLAIN: ROW | {"family", "year", "serial"}},
}  # fmt: skip

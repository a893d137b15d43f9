"""Privacy class of every field of this app's models (see lubsko_ops/core/privacy.py)."""

from lubsko_ops.core.privacy import PERSONAL, PLAIN, SENSITIVE

CLASSES = {
    "case_files.CaseSummary": {
        PERSONAL: {"serial", "sort_name", "leading_sort_name", "address", "phone", "search_key"},
        SENSITIVE: {"bases", "basis_kinds", "category", "deadline_kind", "open_concerns", "concerns"},
        PLAIN: {
            "family", "computed_on", "valid_until", "period", "year", "status", "starts_on", "ends_on", "opened_on",
            "waiting_since", "leading_planned", "without_basis_since", "leading", "assistants",
            "social_worker", "region", "people", "children", "child_ids", "deadline_subject", "due_on", "responsible",
            "last_visit_on", "next_visit_on", "next_visit_at",
        },
    },
}  # fmt: skip

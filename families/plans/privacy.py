"""Privacy class of every field of this app's models (see lubsko_ops/core/privacy.py)."""

from lubsko_ops.core.privacy import AUDIT_FIELDS, PERSONAL, PLAIN, SENSITIVE

CLASSES = {
    "plans.Plan": {
        SENSITIVE: {"main_goal", "reason", "coordinated", "coordinated_with", "coordinated_on", "consultation",
                    "unsigned_cause", "unsigned_reason"},
        PLAIN: AUDIT_FIELDS
        | {
            "period", "number", "author", "writers", "co_authors", "covers_from", "covers_to", "state", "drawn_up_on",
            "sent_on",
            "consulted_on", "consulted_by", "accepted_on", "accepted_by", "single_reviewer", "in_force_from",
            "in_force_to", "origin",
        },
    },
    "plans.PlanAction": {
        SENSITIVE: {"area", "problem", "goal", "actions", "expected_outcome"},
        PERSONAL: {"who", "specialists"},
        PLAIN: AUDIT_FIELDS | {"plan", "position", "origin", "due_on"},
    },
    "plans.ActionProgress": {
        SENSITIVE: {"state", "effect", "note"}, PLAIN: AUDIT_FIELDS | {"action", "day", "visit"},
    },
    "plans.PlanSignature": {
        PERSONAL: {"person"}, SENSITIVE: {"kind", "reason"}, PLAIN: AUDIT_FIELDS | {"plan", "day"},
    },
    "plans.PlanReturn": {SENSITIVE: {"text"}, PLAIN: AUDIT_FIELDS | {"plan", "day", "stage"}},
    "plans.RowRemark": {
        SENSITIVE: {"about", "text"}, PLAIN: AUDIT_FIELDS | {"plan_return", "action", "addressed"},
    },
    "plans.PlanReview": {SENSITIVE: {"note"}, PLAIN: AUDIT_FIELDS | {"period", "day"}},
}  # fmt: skip

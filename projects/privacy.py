"""Privacy class of every field of this app's models (see lubsko_ops/core/privacy.py). No data of families."""

from lubsko_ops.core.privacy import AUDIT_FIELDS, PERSONAL, PLAIN

ROW = AUDIT_FIELDS | {"edition", "position"}
CLASSES = {
    "projects.ProjectLine": {PLAIN: AUDIT_FIELDS | {"title"}},
    "projects.Edition": {
        PERSONAL: {"realisers", "telephones"},
        PLAIN: AUDIT_FIELDS
        | {
            "line", "title", "kind", "starts_on", "ends_on", "state", "authors", "writers", "copied_from",
            "case_reference", "sent_on", "approved_on", "approved_by", "small_staff", "place", "problem", "scale",
            "causes", "effects", "sources", "justification", "target_group", "criteria", "places", "recruitment",
            "recruits_from", "recruits_to", "main_goal", "schedule", "resources", "expected_results", "monitoring",
            "attachments",
        },
    },
    "projects.ProjectStep": {PLAIN: AUDIT_FIELDS | {"edition", "kind", "day", "text"}},
    "projects.SpecificGoal": {
        PLAIN: ROW | {"goal", "indicator", "unit", "base", "target", "reached", "source"}, PERSONAL: {"measured"},
    },
    "projects.PlannedAction": {
        PLAIN: ROW | {"name", "kind", "meetings", "hours", "goals"}, PERSONAL: {"leader"},
    },
    "projects.StaffMember": {PLAIN: ROW | {"user", "role", "hours", "rate"}, PERSONAL: {"name"}},
    "projects.Partner": {PLAIN: ROW | {"contribution", "agreed_on"}, PERSONAL: {"name"}},
    "projects.Risk": {PLAIN: ROW | {"description", "likelihood", "response"}},
    "projects.BudgetLine": {PLAIN: ROW | {"name", "unit", "amount", "price", "source", "spent"}},
}  # fmt: skip

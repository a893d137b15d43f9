"""Privacy class of every field of this app's models (see lubsko_ops/core/privacy.py)."""

from lubsko_ops.core.privacy import AUDIT_FIELDS, PERSONAL, PLAIN, SENSITIVE, VALIDITY_FIELDS

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
            "attachments", "search_key",
        },
    },
    "projects.ProjectStep": {PLAIN: AUDIT_FIELDS | {"edition", "kind", "day", "text"}},
    "projects.SpecificGoal": {
        PLAIN: ROW | {"goal", "indicator", "unit", "base", "target", "computed_by", "source"}, PERSONAL: {"measured"},
    },
    "projects.IndicatorReading": {PLAIN: AUDIT_FIELDS | {"goal", "day", "value"}, PERSONAL: {"source"}},
    "projects.PlannedAction": {
        PLAIN: ROW | {"name", "kind", "meetings", "hours", "goals"}, PERSONAL: {"leader"},
    },
    "projects.StaffMember": {PLAIN: ROW | {"user", "role", "hours", "rate"}, PERSONAL: {"name"}},
    "projects.Partner": {PLAIN: ROW | {"contribution", "agreed_on"}, PERSONAL: {"name"}},
    "projects.Risk": {PLAIN: ROW | {"description", "likelihood", "response"}},
    "projects.Criterion": {PLAIN: ROW | {"text", "check_by", "age_from", "age_to"}},
    "projects.ProjectGroup": {
        PLAIN: AUDIT_FIELDS | VALIDITY_FIELDS | {
            "edition", "name", "kind", "takes", "description", "place", "other_place", "capacity", "age_from",
            "age_to", "age_unit", "meetings", "hours", "goals", "copied_from",
        },
        PERSONAL: {"partners"},
    },
    "projects.GroupLeader": {PLAIN: AUDIT_FIELDS | VALIDITY_FIELDS | {"group", "user"}, PERSONAL: {"name"}},
    "projects.GroupDay": {
        PLAIN: AUDIT_FIELDS | VALIDITY_FIELDS | {
            "group", "starts_at", "ends_at", "programme", "volunteers", "people", "parcels", "kilograms",
        },
    },
    "projects.Participation": {
        PERSONAL: {"person", "child", "contact_phone", "contact_address", "plan_goal", "admission_reason"},
        PLAIN: AUDIT_FIELDS | {"edition", "group", "family", "status", "status_on", "offered_on", "reported_on"},
    },
    "projects.ParticipationStep": {
        PERSONAL: {"reason", "text"}, PLAIN: AUDIT_FIELDS | {"participation", "kind", "status", "group", "day"},
    },
    "projects.CriterionAnswer": {
        PERSONAL: {"answer", "source"}, PLAIN: AUDIT_FIELDS | {"participation", "criterion"},
    },
    "projects.ParticipantConsent": {
        PERSONAL: {"person", "given_by"},
        PLAIN: AUDIT_FIELDS | {"edition", "kind", "given_on", "withdrawn_on"},
    },
    "projects.TherapyReason": {SENSITIVE: {"text"}, PLAIN: AUDIT_FIELDS | {"participation"}},
    "projects.Consultation": {
        PERSONAL: {"subject", "note"},
        PLAIN: AUDIT_FIELDS | {
            "specialist", "group", "family", "participation", "worker", "state", "day", "starts_at", "minutes",
            "readers",
        },
    },
    "projects.BudgetLine": {
        PLAIN: ROW | {"name", "unit", "amount", "price", "source", "typed_spent", "difference"},
    },
    # Whom an invoice is from and what it is for may name a person.
    "projects.Invoice": {
        PERSONAL: {"purpose", "supplier"}, PLAIN: AUDIT_FIELDS | {"line", "number", "day", "amount"},
    },
    "projects.Survey": {
        PLAIN: AUDIT_FIELDS | {
            "edition", "kind", "title", "introduction", "with_codes", "word_1", "word_2", "word_3", "word_4", "word_5",
            "closed_on",
        },
    },
    "projects.SurveyQuestion": {
        PLAIN: AUDIT_FIELDS | {"survey", "position", "text", "kind", "lowest", "highest"},
    },
    "projects.SurveySheet": {
        PERSONAL: {"code"}, PLAIN: AUDIT_FIELDS | {"survey", "moment", "number", "filled_on"},
    },
    "projects.SurveyAnswer": {PERSONAL: {"value", "text"}, PLAIN: AUDIT_FIELDS | {"sheet", "question"}},
}  # fmt: skip

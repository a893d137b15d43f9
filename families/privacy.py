"""Classes of the families' fields (see lubsko_ops/core/privacy.py)."""

from lubsko_ops.core.privacy import DATED, PERSONAL, PLAIN, RECORDED, SENSITIVE

ROW = RECORDED | DATED

CLASSES = {
    "families.Address": {
        PERSONAL: {"street", "house", "flat", "postal_code", "locality", "search_key"},
        SENSITIVE: {"withheld_from"},
        PLAIN: ROW | {"family", "membership", "kind", "region"},
    },
    "families.Assessment": {
        PLAIN: RECORDED | {"period", "author", "covers_from", "covers_to", "handed_over_on"},
    },
    "families.Assignment": {PLAIN: ROW | {"period", "assistant", "kind", "override_reason"}},
    "families.Agreement": {
        SENSITIVE: {"what"}, PERSONAL: {"person"}, PLAIN: RECORDED | {"visit", "agreed_by", "due_on"},
    },
    "families.AgreementTick": {PLAIN: RECORDED | {"agreement", "visit", "outcome", "moved_to"}},
    "families.AlikePair": {PERSONAL: {"one", "other"}, PLAIN: {"id"}},
    "families.CaseCounter": {PLAIN: {"year", "last"}},
    "families.Contact": {
        PERSONAL: {"who"},
        SENSITIVE: {"party", "about"},
        PLAIN: RECORDED | {"period", "author", "day", "starts_at", "minutes", "way"},
    },
    "families.DangerReport": {
        SENSITIVE: {"description", "action_taken", "notified", "notified_at"},
        PERSONAL: {"notified_who"},
        PLAIN: RECORDED | {"visit"},
    },
    "families.DangerStep": {SENSITIVE: {"what", "closes", "reopens"}, PLAIN: RECORDED | {"report", "day"}},
    "families.Duty": {
        SENSITIVE: {"kind"},
        PLAIN: {"id", "family", "about", "due_on", "since", "responsible", "done_on"},
    },
    "families.Family": {PERSONAL: {"name", "search_key"}, PLAIN: RECORDED},
    "families.FamilyCategory": {SENSITIVE: {"category"}, PLAIN: ROW | {"family"}},
    "families.FamilyProblem": {SENSITIVE: {"problem"}, PLAIN: ROW | {"family"}},
    "families.Membership": {PERSONAL: {"kinship", "stay"}, PLAIN: ROW | {"family", "person"}},
    "families.NotBegun": {PLAIN: {"family"}},
    "families.NotSamePerson": {PERSONAL: {"one", "other"}, PLAIN: RECORDED},
    "families.Person": {
        PERSONAL: {
            "first_name", "last_name", "other_spellings", "sex", "born_on", "died_on", "pesel", "pesel_key",
            "pesel_missing", "other_document", "search_key", "merged_into",
        },
        PLAIN: RECORDED,
    },
    "families.Phone": {PERSONAL: {"number", "digits", "note", "person"}, PLAIN: ROW | {"family"}},
    "families.Presence": {PERSONAL: {"person"}, PLAIN: RECORDED | {"visit"}},
    "families.Placement": {
        PERSONAL: {"person"}, SENSITIVE: {"form", "returned"}, PLAIN: ROW | {"family"},
    },
    "families.Plan": {
        SENSITIVE: {"main_goal", "reason", "coordinated", "coordinated_with", "coordinated_on", "consultation"},
        PLAIN: RECORDED
        | {
            "period", "number", "author", "covers_from", "covers_to", "state", "drawn_up_on", "sent_on",
            "consulted_on", "consulted_by", "accepted_on", "accepted_by", "one_person", "in_force_from",
            "in_force_to",
        },
    },
    "families.PlanAction": {
        SENSITIVE: {"area", "problem", "goal", "actions", "expected"},
        PERSONAL: {"who"},
        PLAIN: RECORDED | {"plan", "position", "first", "due_on"},
    },
    "families.ActionProgress": {
        SENSITIVE: {"state", "effect", "note"}, PLAIN: RECORDED | {"action", "day", "visit"},
    },
    "families.PlanSignature": {
        PERSONAL: {"person"}, SENSITIVE: {"kind", "reason"}, PLAIN: RECORDED | {"plan", "day"},
    },
    "families.PlanReturn": {SENSITIVE: {"text"}, PLAIN: RECORDED | {"plan", "day", "stage"}},
    "families.RowRemark": {
        SENSITIVE: {"about", "text"}, PLAIN: RECORDED | {"sent_back", "action", "heeded"},
    },
    "families.PlanReview": {SENSITIVE: {"note"}, PLAIN: RECORDED | {"period", "day"}},
    "families.SocialWorkerLead": {PLAIN: ROW | {"family", "social_worker"}},
    "families.Visit": {
        PERSONAL: {"place_note", "others_note"},
        SENSITIVE: {"others", "areas", "tasks", "facts", "opinion", "confirmation_why"},
        PLAIN: RECORDED
        | {
            "period", "assistant", "day", "starts_at", "second_hour", "begins", "minutes", "place", "kind",
            "result", "next_day", "next_at", "confirmation", "kilometres",
        },
    },
    "families.WorkBasis": {
        SENSITIVE: {"kind", "reference", "ended_why"}, PERSONAL: {"person"}, PLAIN: ROW | {"period"},
    },
    "families.WorkPeriod": {SENSITIVE: {"closing_reason"}, PLAIN: ROW | {"family", "year", "serial"}},
}  # fmt: skip

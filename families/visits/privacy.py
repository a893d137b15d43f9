"""Privacy class of every field of this app's models (see lubsko_ops/core/privacy.py)."""

from lubsko_ops.core.privacy import AUDIT_FIELDS, PERSONAL, PLAIN, SENSITIVE

CLASSES = {
    "visits.Agreement": {
        SENSITIVE: {"what"}, PERSONAL: {"person"}, PLAIN: AUDIT_FIELDS | {"visit", "agreed_by", "due_on"},
    },
    "visits.AgreementTick": {PLAIN: AUDIT_FIELDS | {"agreement", "visit", "outcome", "moved_to"}},
    "visits.Contact": {
        PERSONAL: {"who"},
        SENSITIVE: {"party", "about"},
        PLAIN: AUDIT_FIELDS | {"period", "author", "day", "starts_at", "minutes", "way"},
    },
    "visits.DangerReport": {
        SENSITIVE: {"description", "action_taken", "notified", "notified_at"},
        PERSONAL: {"notified_who"},
        PLAIN: AUDIT_FIELDS | {"visit"},
    },
    "visits.DangerStep": {SENSITIVE: {"what", "closes", "reopens"}, PLAIN: AUDIT_FIELDS | {"report", "day"}},
    "visits.Presence": {PERSONAL: {"person"}, PLAIN: AUDIT_FIELDS | {"visit"}},
    "visits.Visit": {
        PERSONAL: {"place_note", "others_note"},
        SENSITIVE: {"others", "areas", "tasks", "facts", "opinion", "confirmation_why"},
        PLAIN: AUDIT_FIELDS
        | {
            "period", "assistant", "day", "starts_at", "second_hour", "begins", "minutes", "place", "kind",
            "result", "next_day", "next_at", "confirmation", "kilometres",
        },
    },
}  # fmt: skip

"""Privacy class of every field of this app's models (see lubsko_ops/core/privacy.py)."""

from lubsko_ops.core.privacy import AUDIT_FIELDS, PERSONAL, PLAIN, SENSITIVE

CLASSES = {
    "visits.Agreement": {
        SENSITIVE: {"what"}, PERSONAL: {"person"}, PLAIN: AUDIT_FIELDS | {"visit", "agreed_by", "due_on"},
    },
    "visits.AgreementOutcome": {PLAIN: AUDIT_FIELDS | {"agreement", "visit", "outcome", "moved_to"}},
    "visits.Contact": {
        PERSONAL: {"counterpart_name"},
        SENSITIVE: {"counterpart_type", "subject"},
        PLAIN: AUDIT_FIELDS | {"period", "author", "day", "starts_at", "minutes", "channel"},
    },
    "visits.SafeguardingAcknowledgement": {PLAIN: AUDIT_FIELDS | {"concern", "roles"}},
    "visits.SafeguardingConcern": {
        SENSITIVE: {"description", "action_taken", "notified", "notified_at"},
        PERSONAL: {"notified_who"},
        PLAIN: AUDIT_FIELDS | {"visit"},
    },
    "visits.SafeguardingStep": {SENSITIVE: {"what", "closes", "reopens"}, PLAIN: AUDIT_FIELDS | {"concern", "day"}},
    "visits.VisitAttendee": {PERSONAL: {"person"}, PLAIN: AUDIT_FIELDS | {"visit"}},
    "visits.Visit": {
        PERSONAL: {"place_note", "others_note", "specialists"},
        SENSITIVE: {"other_attendees", "areas", "tasks", "facts", "opinion", "no_signature_reason"},
        PLAIN: AUDIT_FIELDS
        | {
            "period", "assistant", "day", "starts_at", "fold", "started_at", "minutes", "place", "kind",
            "result", "next_day", "next_at", "confirmation", "kilometres",
        },
    },
}  # fmt: skip

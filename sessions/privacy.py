"""Privacy class of every field of this app's models (see lubsko_ops/core/privacy.py)."""

from lubsko_ops.core.privacy import AUDIT_FIELDS, PERSONAL, PLAIN, SENSITIVE

CLASSES = {
    "meetings.GroupSchedule": {
        PLAIN: AUDIT_FIELDS
        | {"group", "sentences", "starts_at", "minutes", "content", "made_until", "certificate_from"},
    },
    "meetings.Meeting": {
        PERSONAL: {"course", "remarks"},
        PLAIN: AUDIT_FIELDS | {
            "group", "starts_on", "ends_on", "starts_at", "minutes", "place", "other_place", "state", "scheduled_on",
            "scheduled_at", "made_up_for", "topic", "materials", "homework", "guest_children", "uid", "sequence",
        },
    },
    "meetings.MeetingChange": {
        PERSONAL: {"reason"},
        PLAIN: AUDIT_FIELDS | {
            "meeting", "kind", "decided_on", "from_on", "from_until", "from_at", "from_minutes", "from_place",
            "to_on", "to_until", "to_at", "to_minutes", "to_place",
        },
    },
    "meetings.MeetingLeader": {
        PERSONAL: {"name", "reason"}, PLAIN: AUDIT_FIELDS | {"meeting", "user", "instead_of"},
    },
    "meetings.MeetingPart": {
        PERSONAL: {"leaders"},
        PLAIN: AUDIT_FIELDS | {"meeting", "position", "audience", "starts_at", "minutes", "topic", "place"},
    },
    "meetings.MeetingFile": {
        PLAIN: AUDIT_FIELDS | {"meeting", "title", "content_type", "stored_as", "checksum", "size"},
    },
    "meetings.Attendance": {
        SENSITIVE: {"reason"},
        PERSONAL: {"person", "presence", "late_minutes", "people"},
        PLAIN: AUDIT_FIELDS | {"meeting", "participation"},
    },
    "meetings.AbsenceFollowUp": {
        PERSONAL: {"person", "note"}, PLAIN: AUDIT_FIELDS | {"participation", "meeting", "kind", "day"},
    },
    "meetings.Certificate": {
        PERSONAL: {"person"},
        PLAIN: AUDIT_FIELDS | {
            "edition", "participation", "year", "number", "issued_on", "attended", "meetings", "minutes",
        },
    },
    "meetings.CalendarAddress": {
        SENSITIVE: {"token"},
        PLAIN: AUDIT_FIELDS | {"user", "kind", "group", "leader", "token_hash", "revoked_at", "last_read_at"},
    },
}  # fmt: skip

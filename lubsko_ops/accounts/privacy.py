"""Privacy class of every field of this app's models (see lubsko_ops/core/privacy.py)."""

from lubsko_ops.core.privacy import AUDIT_FIELDS, PERSONAL, PLAIN, VALIDITY_FIELDS

CLASSES = {
    "accounts.AccountLink": {
        PLAIN: AUDIT_FIELDS
        | {"user", "kind", "token_hash", "valid_until", "used_at", "cancelled_at", "audience"}
    },
    "accounts.Contract": {
        PERSONAL: {"form", "fraction", "family_limit"} | VALIDITY_FIELDS, PLAIN: AUDIT_FIELDS | {"user"},
    },
    "accounts.FirstAdministratorLink": {PLAIN: {"id", "token_hash", "created_at", "used_at", "used_by"}},
    "accounts.Region": {PLAIN: AUDIT_FIELDS | {"name", "closed_from"}},
    "accounts.LinkAcknowledgement": {PLAIN: {"id", "link", "user", "at"}},
    "accounts.RegionGrant": {PLAIN: AUDIT_FIELDS | VALIDITY_FIELDS | {"user", "region", "awaits_acknowledgement"}},
    "accounts.RoleEndNotice": {PLAIN: {"id", "grant", "reader", "ended_by", "at", "read_at"}},
    "accounts.RoleGrant": {
        PLAIN: AUDIT_FIELDS | VALIDITY_FIELDS | {"user", "role", "deputy_for", "awaits_acknowledgement"}
    },
    "accounts.User": {
        PERSONAL: {"username", "first_name", "last_name", "email", "phone"},
        PLAIN: {
            "id", "password", "last_login", "is_superuser", "is_staff", "is_active", "date_joined", "theme",
            "session_generation", "password_set_at", "version",
        },
    },
}  # fmt: skip

"""Privacy class of every field of this app's models (see lubsko_ops/core/privacy.py)."""

from lubsko_ops.core.privacy import DATED, PERSONAL, PLAIN, RECORDED

CLASSES = {
    "accounts.Contract": {PERSONAL: {"form", "fraction"} | DATED, PLAIN: RECORDED | {"user"}},
    "accounts.FirstAdministratorLink": {PLAIN: {"id", "token_hash", "made_at", "used_at", "used_by"}},
    "accounts.Region": {PLAIN: {"id", "name"}},
    "accounts.RegionGrant": {PLAIN: RECORDED | DATED | {"user", "region"}},
    "accounts.RoleGrant": {PLAIN: RECORDED | DATED | {"user", "role", "deputy_for"}},
    "accounts.User": {
        PERSONAL: {"username", "first_name", "last_name", "email", "phone"},
        PLAIN: {
            "id", "password", "last_login", "is_superuser", "is_staff", "is_active", "date_joined", "theme",
        },
    },
}  # fmt: skip

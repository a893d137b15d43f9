"""Classes of fields: every column of every model of ours is PERSONAL, SENSITIVE or PLAIN, or a test fails.

The table drives masking, anonymised copies and erasure after retention. Each app declares its CLASSES in its
privacy.py; this module collects them by name and imports none of them. Machinery that every recorded row has
is declared here once.
"""

from importlib import import_module

from django.apps import apps

PERSONAL = "personal"  # tells who somebody is or where to find them
SENSITIVE = "sensitive"  # special categories and court facts (art. 9 and 10 RODO), and what points to them
PLAIN = "plain"  # says nothing about a person when it stands alone

RECORDED = {"id", "entered_at", "entered_by", "version"}
DATED = {"starts_on", "ends_on"}

CLASSES = {
    "ops.Centre": {
        PLAIN: RECORDED
        | {"name", "name_locative", "short_name", "locality", "address_line", "phone", "email", "website"}
    },
    "ops.Contract": {PERSONAL: {"form", "fraction"} | DATED, PLAIN: RECORDED | {"user"}},
    "ops.Draft": {PERSONAL: {"title"}, SENSITIVE: {"content"}, PLAIN: {"id", "user", "key", "address", "saved_at"}},
    "ops.FirstAdministratorLink": {PLAIN: {"id", "token_hash", "made_at", "used_at", "used_by"}},
    "ops.NightlyWork": {PLAIN: {"id", "name", "night", "done_at"}},
    "ops.ReadEntry": {PERSONAL: {"user", "families"}, PLAIN: {"id", "at", "address", "part", "emergency"}},
    "ops.RefusalEntry": {PERSONAL: {"user", "path"}, PLAIN: {"id", "at", "address", "method", "status"}},
    "ops.Region": {PLAIN: {"id", "name"}},
    "ops.RegionGrant": {PLAIN: RECORDED | DATED | {"user", "region"}},
    "ops.RoleGrant": {PLAIN: RECORDED | DATED | {"user", "role", "deputy_for"}},
    "ops.SearchQuery": {PERSONAL: {"text", "pesel_key"}, PLAIN: {"id", "user", "asked_at"}},
    "ops.Submission": {
        PERSONAL: {"result_words"},
        SENSITIVE: {"content"},
        PLAIN: {"id", "user", "key", "deed", "content_hash", "address", "result_address", "sent_at"},
    },
    "ops.User": {
        PERSONAL: {"username", "first_name", "last_name", "email", "phone"},
        PLAIN: {
            "id", "password", "last_login", "is_superuser", "is_staff", "is_active", "date_joined", "theme",
        },
    },
}  # fmt: skip


def all_classes() -> dict[str, dict[str, set[str]]]:
    """The classes of all our apps, by model label."""
    collected = dict(CLASSES)
    for config in apps.get_app_configs():
        if config.name in ("families", "projects", "sessions", "reports"):
            try:
                collected |= import_module(f"{config.name}.privacy").CLASSES
            except ModuleNotFoundError as missing:
                if missing.name != f"{config.name}.privacy":
                    raise
    return collected

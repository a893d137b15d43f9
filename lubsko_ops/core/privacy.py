"""Classes of fields: every column of every model of ours is PERSONAL, SENSITIVE or PLAIN, or a test fails.

The table drives masking, anonymised copies and erasure after retention. Each app declares its CLASSES in its
privacy.py; this module collects them by name and imports none of them. Machinery that every recorded row has
is declared here once.
"""

from importlib import import_module

from django.utils.module_loading import module_has_submodule

from lubsko_ops.core.own_apps import get_own_app_configs

PERSONAL = "personal"  # tells who somebody is or where to find them
SENSITIVE = "sensitive"  # special categories and court facts (art. 9 and 10 RODO), and what points to them
PLAIN = "plain"  # says nothing about a person when it stands alone

AUDIT_FIELDS = {"id", "entered_at", "entered_by", "version"}
VALIDITY_FIELDS = {"starts_on", "ends_on"}


def get_privacy_classes() -> dict[str, dict[str, set[str]]]:
    """The classes of all our apps, by model label."""
    collected = {}
    for config in get_own_app_configs():
        if module_has_submodule(config.module, "privacy"):
            collected |= import_module(f"{config.name}.privacy").CLASSES
    return collected

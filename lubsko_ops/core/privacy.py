"""Classes of fields: every column of every model of ours is PERSONAL, SENSITIVE or PLAIN, or a test fails.

The table drives masking, anonymised copies and erasure after retention. Each app declares its CLASSES in its
privacy.py; this module collects them by name and imports none of them. Machinery that every recorded row has
is declared here once.
"""

from importlib import import_module
from pathlib import Path

from django.apps import apps
from django.conf import settings

PERSONAL = "personal"  # tells who somebody is or where to find them
SENSITIVE = "sensitive"  # special categories and court facts (art. 9 and 10 RODO), and what points to them
PLAIN = "plain"  # says nothing about a person when it stands alone

RECORDED = {"id", "entered_at", "entered_by", "version"}
DATED = {"starts_on", "ends_on"}


def all_classes() -> dict[str, dict[str, set[str]]]:
    """The classes of all our apps, by model label."""
    collected = {}
    for config in apps.get_app_configs():
        if Path(config.path).is_relative_to(settings.BASE_DIR):
            try:
                collected |= import_module(f"{config.name}.privacy").CLASSES
            except ModuleNotFoundError as missing:
                if missing.name != f"{config.name}.privacy":
                    raise
    return collected

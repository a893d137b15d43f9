"""Privacy classes: every column of every model of the project is PERSONAL, SENSITIVE or PLAIN (a test checks it).

The classes decide what the lists behind report numbers mask for users without access to a family, on the page and in
the workbook. Each app declares its CLASSES in its privacy.py; this module collects them by name. Fields of the base
models are listed here.
"""

from functools import cache
from importlib import import_module

from django.utils.module_loading import module_has_submodule

from lubsko_ops.core.own_apps import get_own_app_configs

PERSONAL = "personal"  # identifies a person or says where to find them
SENSITIVE = "sensitive"  # special categories and court facts (art. 9 and 10 RODO), and what points to them
PLAIN = "plain"  # says nothing about a person on its own

AUDIT_FIELDS = {"id", "entered_at", "entered_by", "version"}
VALIDITY_FIELDS = {"starts_on", "ends_on"}


def get_privacy_classes() -> dict[str, dict[str, set[str]]]:
    """Privacy classes of all own apps by model label."""
    collected: dict[str, dict[str, set[str]]] = {}
    for config in get_own_app_configs():
        if module_has_submodule(config.module, "privacy"):
            collected |= getattr(import_module(f"{config.name}.privacy"), "CLASSES", {})
    return collected


@cache
def is_protected(path: str) -> bool:
    """Whether "app.Model.field" is personal or sensitive. Raises LookupError for a field without a class."""
    label, _, field = path.rpartition(".")
    classes = get_privacy_classes().get(label, {})
    for name, fields in classes.items():
        if field in fields:
            return name != PLAIN
    raise LookupError(f"{path} has no privacy class.")

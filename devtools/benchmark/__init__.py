"""Subjects of the benchmark: every ``*_subjects`` module of this package lists its own with ``subjects()``."""

from importlib import import_module
from pkgutil import iter_modules


def all_subjects() -> list:
    names = sorted(each.name for each in iter_modules(__path__) if each.name.endswith("_subjects"))
    return [subject for name in names for subject in import_module(f"{__name__}.{name}").subjects()]

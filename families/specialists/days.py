"""Days on which rows of other apps need a specialist in a family: access is not pulled from under them."""

from collections.abc import Callable, Iterable
from datetime import date

from lubsko_ops.core.registry import Registry

# Registered by other apps: from the ids of the family and the specialist to the days of their rows, of what kind each.
SPECIALIST_DAYS: Registry[Callable[[int, int], Iterable[tuple[date, str]]]] = Registry("days of specialists")


def needed_days(family: int, specialist: int) -> set[tuple[date, str]]:
    """All days on which the specialist needs the access."""
    return {each for days in SPECIALIST_DAYS for each in days(family, specialist)}

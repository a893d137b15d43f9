"""Numbers of the application that may measure a goal, offered by higher apps."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lubsko_ops.core.registry import Registry
from projects.models import Edition

NO_NUMBER = "Tej liczby program dla tego projektu nie liczy. Wybierz z listy."


@dataclass(frozen=True)
class ComputedNumber:
    """A number that is counted. ``key`` is the same in every edition; ``group``: heading in the list of choices."""

    key: str
    label: str
    group: str
    unit: str = ""


@dataclass(frozen=True)
class ComputedValue:
    """Its value in the unit people read (hours, per cent, zł), None where there is none, and the page behind it."""

    value: Decimal | None
    url: str = ""


@dataclass(frozen=True)
class NumberSource:
    """What a higher app counts of a project.

    ``numbers``: what it can count of this edition. ``load``: values of these keys from the first day of the edition to
    the given day.
    """

    code: str
    numbers: Callable[[Edition], list[ComputedNumber]]
    load: Callable[[Edition, Collection[str], date], dict[str, ComputedValue]]


NUMBER_SOURCES: Registry[NumberSource] = Registry("numbers that measure goals", key=lambda item: item.code)


def numbers_of(edition: Edition) -> list[ComputedNumber]:
    """Everything that can measure a goal of this edition, in the order of the sources."""
    return [number for source in NUMBER_SOURCES for number in source.numbers(edition)]


def load_values(edition: Edition, keys: Collection[str], *, until: date) -> dict[str, ComputedValue]:
    """Values of these keys up to the day; a key that nothing counts any more is left out."""
    values: dict[str, ComputedValue] = {}
    for source in NUMBER_SOURCES if keys else ():
        values |= source.load(edition, keys, until)
    return values

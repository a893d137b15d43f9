"""How the value of an indicator stands to its target, and the words for it. No database."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from lubsko_ops.core.polish import number, short_date
from projects.models import SpecificGoal


class Standing(StrEnum):
    """How a value stands to the target."""

    REACHED = "osiągnięto"
    MISSED = "nie osiągnięto"
    UNMEASURED = "brak wartości"
    NO_TARGET = "bez wartości docelowej"


@dataclass(frozen=True)
class Indicator:
    """The indicator of a goal with its value, typed as a reading of ``day`` or computed (``url``: its page)."""

    goal: SpecificGoal
    value: Decimal | None = None
    day: date | None = None
    source: str = ""
    is_computed: bool = False
    url: str = ""

    @property
    def falls(self) -> bool:
        """Whether the target lies below the base, so that less is better."""
        base, target = self.goal.base, self.goal.target
        return base is not None and target is not None and target < base

    @property
    def standing(self) -> Standing:
        target = self.goal.target
        if self.value is None:
            return Standing.UNMEASURED
        if target is None:
            return Standing.NO_TARGET
        return Standing.REACHED if self._misses(target) <= 0 else Standing.MISSED

    def _misses(self, target: Decimal) -> Decimal:
        """By how much the value misses the target; zero or less when it does not."""
        value = self.value or Decimal(0)
        return value - target if self.falls else target - value

    @property
    def words(self) -> str:
        """ "9 z 10, zabrakło 1", "3,8 przy celu 3,4", "12 z 10, o 2 więcej"; empty without a value."""
        target = self.goal.target
        if self.value is None or target is None:
            return "" if self.value is None else number(self.value)
        misses = self._misses(target)
        if self.falls:
            rest = f", o {number(misses)} za dużo" if misses > 0 else ""
            return f"{number(self.value)} przy celu {number(target)}{rest}"
        rest = (
            f", zabrakło {number(misses)}"
            if misses > 0
            else f", o {number(-misses)} więcej"
            if misses
            else ""
        )
        return f"{number(self.value)} z {number(target)}{rest}"


def reading_refusal(goal: SpecificGoal, day: date, *, first_day: date, today: date) -> str:
    """Why the goal has no reading of this day; empty when it may. ``first_day``: of the project."""
    if goal.computed_by:
        return f"Cel {goal.position}: tę wartość liczy program, więc się jej nie wpisuje."
    if day > today:
        return f"Cel {goal.position}: dzień pomiaru jeszcze nie nadszedł."
    if day < first_day:
        return f"Cel {goal.position}: projekt zaczął się {short_date(first_day)}, a pomiar jest wcześniejszy."
    return ""

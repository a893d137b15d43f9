"""How the value of an indicator stands to its target, and the words for it. No database."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from lubsko_ops.core.polish import NBSP, count_of, number, short_date
from projects.models import SpecificGoal

# ---- units -------------------------------------------------------------------------------------------
POINTS = "punkt procentowy,punkty procentowe,punktów procentowych,punktu procentowego"
POINTS_GENITIVE = "punktu procentowego,punktów procentowych,punktów procentowych,punktu procentowego"
PERCENT_POINTS = ("punktów procentowych", "punkty procentowe", "pkt proc", "p.p", "pp")
PERCENT = ("%", "proc", "odset")
SCORES = ("punkt", "pkt", "średni", "skal", "ocen", "stop")
# Beginnings of the words people use for one unit; what begins otherwise is a unit of its own.
UNITS = {
    "osoby": (
        *(
            "osob",
            "osób",
            "uczestni",
            "kobiet",
            "mężczyzn",
            "mam",
            "matk",
            "ojc",
            "rodzic",
            "dziec",
            "dzieck",
        ),
        *("dorosł", "dorośl", "senior", "wolontariusz"),
    ),
    "rodziny": ("rodzin",),
    "spotkania": ("spotka", "warsztat", "zaję"),
    "wizyty": ("wizyt",),
    "godziny": ("godz",),
    "zł": ("zł", "pln"),
    "kg": ("kg", "kilogram"),
}


def is_percent(unit: str) -> bool:
    """Whether the unit is per cent; percentage points are a score."""
    word = unit.strip().lower()
    return word.startswith(PERCENT) and not word.startswith(PERCENT_POINTS)


def is_score(unit: str) -> bool:
    """Whether values of the unit are no parts of a whole: points, means, degrees."""
    return unit.strip().lower().startswith((*SCORES, *PERCENT_POINTS))


def in_unit(value: Decimal, unit: str) -> str:
    """ "60 %", "9": the value as texts beside its unit write it."""
    return f"{number(value)}{NBSP}%" if is_percent(unit) else number(value)


def _amount(size: Decimal, forms: str) -> str:
    return count_of(size, forms) if forms else number(size)


def unit_kind(unit: str) -> str:
    """The same for all words of one unit: "osoby" of "osób" and of "uczestniczek"; empty for a word of its own."""
    word = unit.strip().lower()
    if is_percent(word):
        return "%"
    if is_score(word):
        return "punkty"
    return next((kind for kind, beginnings in UNITS.items() if word.startswith(beginnings)), "")


# ---- value and target ---------------------------------------------------------------------------------
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
        """The value beside the target: "9 z 10, zabrakło 1", "3,1 przy celu 3,4, zabrakło 0,3", in per cent "60 %, cel
        80 %, zabrakło 20 punktów procentowych". The value alone without a target; empty without a value.
        """
        value, target, unit = self.value, self.goal.target, self.goal.unit
        if value is None:
            return ""
        if target is None:
            return in_unit(value, unit)
        if is_percent(unit):
            beginning = f"{in_unit(value, unit)}, cel {in_unit(target, unit)}"
        elif self._is_part(value, target):
            beginning = f"{number(value)} z {number(target)}"
        else:
            beginning = f"{number(value)} przy celu {number(target)}"
        return beginning + self._difference(self._misses(target))

    def _is_part(self, value: Decimal, target: Decimal) -> bool:
        """Whether "9 z 10" makes sense: so many whole things of those aimed at, not more, and not a score."""
        is_whole = value == int(value) and target == int(target)
        return is_whole and 0 <= value <= target and not self.falls and not is_score(self.goal.unit)

    def _difference(self, misses: Decimal) -> str:
        if not misses:
            return ""
        size, percent = abs(misses), is_percent(self.goal.unit)
        if misses > 0 and not self.falls:
            return f", zabrakło {_amount(size, POINTS_GENITIVE if percent else '')}"
        word = "za dużo" if misses > 0 else "mniej" if self.falls else "więcej"
        return f", o {_amount(size, POINTS if percent else '')} {word}"


# ---- readings ----------------------------------------------------------------------------------------
def day_refusal(day: date, *, first_day: date, today: date) -> str:
    """Why there is no reading of this day; empty when there may be one. ``first_day``: of the project."""
    if day > today:
        return "Dzień pomiaru jeszcze nie nadszedł."
    if day < first_day:
        return f"Projekt zaczął się {short_date(first_day)}, a pomiar jest wcześniejszy."
    return ""


def reading_refusal(goal: SpecificGoal, day: date, *, first_day: date, today: date) -> str:
    """Why the goal has no reading of this day; empty when it may."""
    if goal.computed_by:
        return f"Cel {goal.position}: tę wartość liczy program, więc się jej nie wpisuje."
    refusal = day_refusal(day, first_day=first_day, today=today)
    return f"Cel {goal.position}: {refusal}" if refusal else ""


def unit_question(goal: SpecificGoal, unit: str) -> str:
    """What to ask before the goal is measured by a number in this unit; empty where nothing speaks against it."""
    own, new = unit_kind(goal.unit), unit_kind(unit)
    if not goal.unit or own == new or ("%" not in (own, new) and not (own and new)):
        return ""
    return f"Cel {goal.position} jest w jednostce „{goal.unit}”, a ta liczba w jednostce „{unit}”."

"""Indicators as pages show them: texts, standing, where the value is from, earlier readings."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from lubsko_ops.core.polish import plural_form
from projects.choices import EditionState
from projects.indicators.computed import ComputedNumber
from projects.indicators.rules import Indicator, Standing, in_unit
from projects.models import Edition, IndicatorReading

NO_VALUE = "–"
ON_THE_WAY = "w drodze"
OVER_STATES = (EditionState.TO_SETTLE, EditionState.SETTLED, EditionState.WITHDRAWN)


@dataclass(frozen=True)
class IndicatorRow:
    """An indicator on a page. ``readings``: from the newest; ``number``: what computes it; ``url``: its list."""

    indicator: Indicator
    is_over: bool
    readings: list[IndicatorReading] = field(default_factory=list)
    number: ComputedNumber | None = None
    url: str = ""

    @property
    def goal(self):
        return self.indicator.goal

    @property
    def base(self) -> str:
        return self._text(self.goal.base)

    @property
    def target(self) -> str:
        return self._text(self.goal.target)

    @property
    def reached(self) -> str:
        return self._text(self.indicator.value)

    def _text(self, value) -> str:
        return NO_VALUE if value is None else in_unit(value, self.goal.unit)

    @property
    def words(self) -> str:
        """Only where they say more than the numbers beside them."""
        return (
            self.indicator.words if self.indicator.value is not None and self.goal.target is not None else ""
        )

    @property
    def standing(self) -> str:
        """A target that is missed while the project lasts is on its way."""
        missed = self.indicator.standing == Standing.MISSED
        return ON_THE_WAY if missed and not self.is_over else str(self.indicator.standing)

    @property
    def kind(self) -> str:
        """Kind of the status."""
        if self.indicator.standing == Standing.REACHED:
            return "done"
        return "soon" if self.indicator.standing == Standing.MISSED and self.is_over else "quiet"

    @property
    def latest(self) -> IndicatorReading | None:
        """The reading that is the value."""
        return self.readings[0] if self.readings and not self.indicator.is_computed else None

    @property
    def earlier(self) -> list[dict]:
        """All others with their values as texts, of a computed goal every one."""
        rows = self.readings if self.indicator.is_computed else self.readings[1:]
        return [{"row": row, "text": self._text(row.value)} for row in rows]


def indicator_rows(edition: Edition, indicators: Iterable[Indicator]) -> list[IndicatorRow]:
    """Rows of a short table: values and standing alone."""
    is_over = edition.state in OVER_STATES
    return [IndicatorRow(each, is_over) for each in indicators]


def reached_text(indicators: Iterable[Indicator]) -> str:
    """ "2 z 6 osiągnięte"; empty without goals."""
    standings = [each.standing for each in indicators]
    reached = standings.count(Standing.REACHED)
    word = plural_form(reached, "osiągnięty,osiągnięte,osiągniętych")
    return f"{reached} z {len(standings)} {word}" if standings else ""

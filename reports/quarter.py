"""The columns of a quarterly report: this quarter, the one before, the same a year ago, since January."""

from dataclasses import dataclass
from datetime import date

from lubsko_ops.core.dates import ROMAN_NUMERALS, Period, Quarter


@dataclass(frozen=True)
class Column:
    """A column: its name in an address ("" for the quarter itself), the days, heads for screen and paper."""

    code: str
    period: Period
    above: str
    head: str

    @property
    def words(self) -> str:
        """For a sentence: "III kw. 2026, 01.07.2026–30.09.2026"."""
        return f"{self.head}, {Period(self.period.start, self.period.end).name}"


@dataclass(frozen=True)
class ReportQuarter:
    """A quarter as seen on a day: of the one running, only the days until that day."""

    quarter: Quarter
    on: date

    @property
    def running(self) -> bool:
        """Its last day is not over before midnight either."""
        return self.on <= self.quarter.end

    @property
    def period(self) -> Period:
        """The days of the quarter that have come."""
        return Period(self.quarter.start, min(self.quarter.end, self.on))

    @property
    def name(self) -> str:
        """ "III kwartał 2026"."""
        return self.quarter.name.removesuffix(" r.")

    @property
    def columns(self) -> tuple[Column, ...]:
        now, quarter = self.period, self.quarter
        months = (
            f"{_roman(1)}–{_roman(now.end.month)} {now.end.year}"
            if now.end.month > 1
            else f"I {now.end.year}"
        )
        return (
            Column("", now, "do dziś" if self.running else "", short(quarter)),
            Column("poprzedni", quarter.previous, "poprzedni", short(quarter.previous)),
            Column("rok-temu", quarter.year_earlier, "rok temu", short(quarter.year_earlier)),
            Column("od-stycznia", now.since_january, "od stycznia", months),
        )


def short(quarter: Quarter) -> str:
    """ "III kw. 2026"."""
    return f"{ROMAN_NUMERALS[quarter.number - 1]} kw. {quarter.year}"


def _roman(month: int) -> str:
    return ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")[month - 1]

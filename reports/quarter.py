"""A quarter as reported on a day, and the columns of its report: quarter, previous, year earlier, since January."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from lubsko_ops.core.dates import ROMAN_NUMERALS, Period, Quarter, quarter_and_previous, thirty_days
from lubsko_ops.core.polish import MONTHS_GENITIVE


@dataclass(frozen=True)
class ReportColumn:
    """A column of the report. code: name in the URL, "" for the quarter itself. prefix: shown above the header.

    until: "do 30 listopada" for days of a running quarter, which stand beside whole quarters; empty for whole ones.
    """

    code: str
    period: Period
    prefix: str
    header: str
    until: str = ""

    @property
    def full_header(self) -> str:
        """ "IV kw. 2026, do 30 listopada"."""
        return ", ".join(filter(None, (self.header, self.until)))

    @property
    def label(self) -> str:
        """ "III kw. 2026, 01.07.2026–30.09.2026"."""
        return f"{self.header}, {Period(self.period.start, self.period.end).name}"


@dataclass(frozen=True)
class ReportQuarter:
    """A quarter as of a day; the running one ends with that day."""

    quarter: Quarter
    on: date

    @property
    def running(self) -> bool:
        """The last day of a quarter still belongs to the running quarter."""
        return self.on <= self.quarter.end

    @property
    def period(self) -> Period:
        """The days of the quarter so far."""
        return Period(self.quarter.start, min(self.quarter.end, self.on))

    @property
    def as_of(self) -> date:
        """The day that "stan na" means on every page and paper: the last day that the quarter itself counts."""
        return self.period.end

    @property
    def until(self) -> str:
        """ "do 30 listopada" for the running quarter, otherwise empty."""
        return f"do {self.on.day} {MONTHS_GENITIVE[self.on.month - 1]}" if self.running else ""

    @property
    def name(self) -> str:
        """ "III kwartał 2026"."""
        return self.quarter.name.removesuffix(" r.")

    @cached_property
    def columns(self) -> tuple[ReportColumn, ...]:
        now, quarter = self.period, self.quarter
        months = (
            f"{_roman(1)}–{_roman(now.end.month)} {now.end.year}"
            if now.end.month > 1
            else f"I {now.end.year}"
        )
        return (
            ReportColumn("", now, "", short_quarter_name(quarter), self.until),
            ReportColumn("poprzedni", quarter.previous, "poprzedni", short_quarter_name(quarter.previous)),
            ReportColumn(
                "rok-temu", quarter.year_earlier, "rok temu", short_quarter_name(quarter.year_earlier)
            ),
            ReportColumn("od-stycznia", now.year_to_date, "od stycznia", months, self.until),
        )

    @cached_property
    def list_columns(self) -> tuple[ReportColumn, ...]:
        """Periods that only lists have: those of the numbers on the start page, beside the running quarter."""
        if not self.running:
            return ()
        _, before = quarter_and_previous(self.on)
        previous = short_quarter_name(self.quarter.previous)
        return (
            ReportColumn("poprzedni-dotad", before, "do tego samego dnia", previous),
            ReportColumn("30-dni", thirty_days(self.on), "", "30 dni"),
        )


def short_quarter_name(quarter: Quarter) -> str:
    """ "III kw. 2026"."""
    return f"{ROMAN_NUMERALS[quarter.number - 1]} kw. {quarter.year}"


def _roman(month: int) -> str:
    return ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")[month - 1]

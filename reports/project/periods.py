"""What a report of a project is about: the whole project, or one of its years."""

from dataclasses import dataclass
from datetime import date

from lubsko_ops.core.dates import Period
from projects.models import Edition
from reports.project.statement import project_period, project_years

FINAL = "koncowe"


@dataclass(frozen=True)
class ReportPeriod:
    """The days a report is about. ``year``: of a partial report, None for the final one.

    ``so_far``: the part of them that has passed, whose numbers are shown until all have.
    """

    days: Period
    so_far: Period
    year: int | None = None

    @property
    def is_final(self) -> bool:
        return self.year is None

    @property
    def title(self) -> str:
        return "Sprawozdanie końcowe" if self.is_final else f"Sprawozdanie częściowe za {self.year} r."

    @property
    def label(self) -> str:
        """ "końcowe", "2026": in the choice of reports."""
        return "końcowe" if self.is_final else str(self.year)

    @property
    def slug(self) -> str:
        """ "koncowe", "2026": in the addresses of its forms, which keep no query."""
        return FINAL if self.is_final else str(self.year)

    @property
    def query(self) -> str:
        """What names it in the address of a page, after the path."""
        return "" if self.is_final else f"?rok={self.year}"


def report_periods(edition: Edition, *, today: date) -> list[ReportPeriod]:
    """Reports of the project, the final one first, then those of its years so far; none before its first day.

    Without a last day there is no final report yet; within one year no other.
    """
    so_far = project_period(edition, None, today=today)
    if so_far is None:
        return []
    periods = []
    if edition.ends_on:
        periods.append(ReportPeriod(Period(edition.starts_on, edition.ends_on), so_far))
        if edition.ends_on.year == edition.starts_on.year:
            return periods
    return periods + [_of_year(edition, year, today) for year in project_years(edition, today=today)]


def _of_year(edition: Edition, year: int, today: date) -> ReportPeriod:
    first, last = max(edition.starts_on, date(year, 1, 1)), date(year, 12, 31)
    days = Period(first, min(edition.ends_on or last, last))
    return ReportPeriod(days, Period(first, min(days.end, today)), year)


def find_period(edition: Edition, year: int | None, *, today: date) -> ReportPeriod | None:
    """The report of the year; without a year the final one, of a project without an end that of its newest year.

    A project within one year has its final report alone.
    """
    periods = report_periods(edition, today=today)
    if year is None or (len(periods) == 1 and year == edition.starts_on.year):
        return periods[0] if periods else None
    return next((each for each in periods if each.year == year), None)


def period_of(edition: Edition, days: Period, *, today: date) -> ReportPeriod | None:
    """The report about these days."""
    return next((each for each in report_periods(edition, today=today) if each.days == days), None)

"""School breaks by voivodship: a dictionary with dates, as the ministry publishes them each year.

The winter break has other dates in each voivodship. These come from newspapers, not from the announcement itself, so
they are **not verified**: they are shown as a hint and never remove a meeting by themselves. A centre passes its own
list where it has one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from lubsko_ops.core.dates import Period

LUBUSKIE = "lubuskie"


@dataclass(frozen=True)
class SchoolBreak:
    """Days without lessons in schools of a voivodship ("" is the whole country)."""

    name: str
    period: Period
    voivodship: str = ""
    verified: bool = False


WINTER = "ferie zimowe"
SCHOOL_BREAKS = (
    SchoolBreak(WINTER, Period(date(2023, 1, 30), date(2023, 2, 12)), LUBUSKIE),
    SchoolBreak(WINTER, Period(date(2025, 1, 20), date(2025, 2, 2)), LUBUSKIE),
    SchoolBreak(WINTER, Period(date(2026, 2, 16), date(2026, 3, 1)), LUBUSKIE),
    SchoolBreak(WINTER, Period(date(2027, 2, 15), date(2027, 2, 28)), LUBUSKIE),
)


def school_break_name(day: date, breaks: Iterable[SchoolBreak], voivodship: str = LUBUSKIE) -> str:
    """Name of the break on the day in the voivodship; empty on other days."""
    names = (each.name for each in breaks if day in each.period and each.voivodship in ("", voivodship))
    return next(names, "")
